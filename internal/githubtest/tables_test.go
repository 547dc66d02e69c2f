package githubtest

import (
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// valueless are types of the schema that no noun can be turned into: fields that
// lead to them are null or empty.
var valueless = []string{
	"AutoMergeRequest", "BranchNamePatternParameters", "BypassForcePushAllowance",
	"BypassPullRequestAllowance", "DeploymentRequest", "GpgSignature", "MergeQueueConfiguration",
	"MergeQueueEntry", "PushAllowance", "RepositoryCodeowners", "RepositoryCodeownersError",
	"RepositoryRulesetBypassActor", "RepositoryVulnerabilityAlert", "ReviewDismissalAllowance",
	"ReviewRequest", "SmimeSignature", "SshSignature", "StatusCheckRollup",
	"TagNamePatternParameters", "UnknownSignature",
}

// beyondEvents are fields of events that nouns do not record, of types that occur in
// no timeline here.
var beyondEvents = []string{"DeployedEvent.deployment"}

func TestEveryFieldOfTheSchemaIsServed(t *testing.T) {
	s, err := PrunedSchema()
	if err != nil {
		t.Fatal(err)
	}
	tables := newTables(s)
	for name, def := range s.ast.Types {
		if def.Kind != ast.Object || slices.Contains(valueless, name) {
			continue
		}
		if tables[name] == nil {
			t.Errorf("type %s has no table", name)
			continue
		}
		names := tables[name].names()
		for _, f := range def.Fields {
			if !slices.Contains(names, f.Name) && !strings.HasPrefix(f.Name, "__") && !slices.Contains(beyondEvents, name+"."+f.Name) {
				t.Errorf("field %s.%s has no resolver", name, f.Name)
			}
		}
	}
}

func TestEveryResolverIsOfAFieldOfTheSchema(t *testing.T) {
	s, err := PrunedSchema()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"__schema": true, "__type": true}
	for name, def := range s.ast.Types {
		for _, f := range def.Fields {
			known[name+"."+f.Name] = true
			if strings.HasSuffix(name, "Event") || connection(name) {
				known[f.Name] = true // tables of events and connections are shared
			}
		}
	}
	for name, table := range newTables(s) {
		if s.ast.Types[name] == nil {
			t.Errorf("the schema has no type %s", name)
		}
		for _, field := range table.names() {
			if !known[name+"."+field] && !known[field] {
				t.Errorf("the schema has no field %s.%s", name, field)
			}
		}
	}
}

func TestRemovedFieldsAreUnknown(t *testing.T) {
	s := serve(t, small(), Options{Without: []string{"Issue.issueType", "RepositoryRuleset"}})
	g := ask(t, s, `{repository(owner: "o", name: "r") {issue(number: 3) {issueType {name}}}}`, nil)
	if code := dig(t, g.Errors[0], "extensions", "code"); code != "undefinedField" {
		t.Errorf("errors %v, want undefinedField", g.Errors)
	}
	g = ask(t, s, `{repository(owner: "o", name: "r") {rulesets(first: 1) {totalCount}}}`, nil)
	if len(g.Errors) > 0 {
		t.Errorf("connection of a removed type: errors %v, want it empty", g.Errors)
	}
	if _, err := New(small(), Options{Without: []string{"Issue.nothing"}}); err == nil {
		t.Error("removing a field that is not there: no error")
	}
}
