package githubtest

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// Each listed field is in the schema that is checked in, and nothing else is but what
// a listed interface asks of it.
func TestPrunedSchemaIsWhatTheListSays(t *testing.T) {
	text, err := os.ReadFile("schema/fields.txt")
	if err != nil {
		t.Fatal(err)
	}
	s, err := loadSchema(prunedSchema)
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		name, field, _ := strings.Cut(strings.TrimSpace(line), ".")
		listed[name+"."+field] = true
		if def := s.ast.Types[name]; def == nil || def.Fields.ForName(field) == nil {
			t.Errorf("%s.%s is listed and not in github.graphql: run the prune command", name, field)
		}
	}
	for name, def := range s.ast.Types {
		if (def.Kind != ast.Object && def.Kind != ast.Interface) || strings.HasPrefix(name, "__") {
			continue
		}
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			inherited := slices.ContainsFunc(def.Interfaces, func(face string) bool { return listed[face+"."+f.Name] })
			if !listed[name+"."+f.Name] && !inherited && f.Position.Src.Name != "overlay.graphql" {
				t.Errorf("%s.%s is in github.graphql and not listed: run the prune command", name, f.Name)
			}
		}
	}
}

// With the full schema at hand, what is checked in must agree with it.
func TestPrunedSchemaAgreesWithTheFullOne(t *testing.T) {
	if *fullSchema == "" {
		return // the full schema is not checked in
	}
	full, err := FullSchema(*fullSchema)
	if err != nil {
		t.Fatal(err)
	}
	pruned, err := PrunedSchema()
	if err != nil {
		t.Fatal(err)
	}
	for name, def := range pruned.ast.Types {
		for _, f := range def.Fields {
			theirs := full.ast.Types[name].Fields.ForName(f.Name)
			if theirs == nil || theirs.Type.String() != f.Type.String() || len(theirs.Arguments) != len(f.Arguments) {
				t.Errorf("%s.%s differs from the full schema", name, f.Name)
			}
		}
	}
}

// A package that has caught up with the overlay is no conflict.
func TestOverlayGivesWayToThePackage(t *testing.T) {
	s, err := loadSchema(prunedSchema + "\ntype IssueType {name: Int}\nextend type Issue {x: Int}")
	if err != nil {
		t.Fatal(err)
	}
	if got := s.ast.Types["IssueType"].Fields.ForName("name").Type.String(); got != "Int" {
		t.Errorf("IssueType.name is of type %s, want the package's Int", got)
	}
	if s.ast.Types["Issue"].Fields.ForName("issueType") == nil {
		t.Error("Issue.issueType is lost")
	}
}

func TestFullSchemaThatIsNotThere(t *testing.T) {
	if _, err := FullSchema("nothing.graphql"); err == nil {
		t.Error("no error")
	}
}
