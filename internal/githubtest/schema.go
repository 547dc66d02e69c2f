package githubtest

import (
	_ "embed"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

//go:embed schema/github.graphql
var prunedSchema string

//go:embed schema/overlay.graphql
var overlaySchema string

// Schema is a schema that queries are checked against.
type Schema struct{ ast *ast.Schema }

// PrunedSchema returns the schema that is checked in. It is parsed once.
var PrunedSchema = sync.OnceValues(func() (*Schema, error) { return loadSchema(prunedSchema) })

// FullSchema reads GitHub's whole schema, schema.graphql of the npm package
// @octokit/graphql-schema, and lays the newer fields over it. A server with it
// accepts every query that GitHub's schema allows, but answers only the fields that
// the pruned schema has.
func FullSchema(path string) (*Schema, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("full schema: %w", err)
	}
	return loadSchema(string(text))
}

// loadSchema parses a schema and lays the newer fields over it. Names in without,
// "Type" or "Type.field", are taken out.
func loadSchema(text string, without ...string) (*Schema, error) {
	doc, err := parser.ParseSchemas(validator.Prelude,
		&ast.Source{Name: "github.graphql", Input: text}, &ast.Source{Name: "overlay.graphql", Input: overlaySchema})
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	leaveKnown(doc)
	if err := remove(doc, without); err != nil {
		return nil, err
	}
	schema, err := validator.ValidateSchemaDocument(doc)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	return &Schema{schema}, nil
}

// leaveKnown drops from the overlay what the schema below it has too, and what that
// has twice: version 15.26.1 of the package states a field of EnterpriseOwnerInfo a
// second time.
func leaveKnown(doc *ast.SchemaDocument) {
	seen := map[string]*ast.Definition{}
	doc.Definitions = slices.DeleteFunc(doc.Definitions, func(def *ast.Definition) bool {
		double := seen[def.Name] != nil
		if !double {
			seen[def.Name] = def
			def.Fields = once(def.Fields)
		}
		return double
	})
	for _, ext := range doc.Extensions {
		ext.Fields = slices.DeleteFunc(ext.Fields, func(f *ast.FieldDefinition) bool {
			return seen[ext.Name] != nil && seen[ext.Name].Fields.ForName(f.Name) != nil
		})
	}
}

// once keeps the first of fields with one name.
func once(fields ast.FieldList) ast.FieldList {
	seen := map[string]bool{}
	return slices.DeleteFunc(fields, func(f *ast.FieldDefinition) bool {
		double := seen[f.Name]
		seen[f.Name] = true
		return double
	})
}

// remove takes types and fields out, and the fields that lead to a removed type. A
// name that is not there is an error, so that a test cannot remove nothing.
func remove(doc *ast.SchemaDocument, names []string) error {
	for _, name := range names {
		found := false
		prune := func(def *ast.Definition) {
			def.Fields = slices.DeleteFunc(def.Fields, func(f *ast.FieldDefinition) bool {
				gone := def.Name+"."+f.Name == name || f.Type.Name() == name
				found = found || gone
				return gone
			})
			def.Types, def.TypePositions = slices.DeleteFunc(def.Types, func(member string) bool { return member == name }), nil
			def.Interfaces = slices.DeleteFunc(def.Interfaces, func(face string) bool { return face == name })
		}
		doc.Definitions = slices.DeleteFunc(doc.Definitions, func(def *ast.Definition) bool {
			found = found || def.Name == name
			return def.Name == name
		})
		for _, def := range slices.Concat(doc.Definitions, doc.Extensions) {
			prune(def)
		}
		if !found {
			return fmt.Errorf("schema: no %s to remove", name)
		}
	}
	return nil
}

// implements reports whether an object type is the named type, or a member of it.
func (s *Schema) implements(object, name string) bool {
	if object == name {
		return true
	}
	def := s.ast.Types[object]
	return def != nil && slices.ContainsFunc(s.ast.GetImplements(def), func(d *ast.Definition) bool { return d.Name == name })
}

// connection reports whether a type is a page of a list.
func connection(name string) bool { return strings.HasSuffix(name, "Connection") }

// field returns the type of an object's field, which must be in the schema.
func (s *Schema) field(object, name string) *ast.Type {
	return s.ast.Types[object].Fields.ForName(name).Type
}
