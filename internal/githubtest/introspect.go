package githubtest

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// named is a type of the schema by name, for __type.
func (s *Schema) named(name string) any {
	def := s.ast.Types[name]
	if def == nil {
		return nil
	}
	return object{"__Type", shape{s, ast.NamedType(name, nil)}}
}

// shape is a type as the schema tells of it, wrappers included.
type shape struct {
	schema *Schema
	t      *ast.Type
}

func (s shape) def() *ast.Definition {
	if s.t.NonNull || s.t.Elem != nil {
		return nil
	}
	return s.schema.ast.Types[s.t.NamedType]
}

func (s shape) kind() string {
	switch {
	case s.t.NonNull:
		return "NON_NULL"
	case s.t.Elem != nil:
		return "LIST"
	}
	return string(s.def().Kind)
}

// inner is the type that a wrapper is put round.
func (s shape) inner() any {
	switch {
	case s.t.NonNull:
		bare := *s.t
		bare.NonNull = false
		return object{"__Type", shape{s.schema, &bare}}
	case s.t.Elem != nil:
		return object{"__Type", shape{s.schema, s.t.Elem}}
	}
	return nil
}

var typeFields = fields[shape]{
	"kind":           func(c call[shape]) any { return c.of.kind() },
	"name":           func(c call[shape]) any { return c.of.name() },
	"description":    func(c call[shape]) any { return nil },
	"specifiedByURL": func(c call[shape]) any { return nil },
	"fields":         func(c call[shape]) any { return c.of.fields(c.args.yes("includeDeprecated")) },
	"interfaces":     func(c call[shape]) any { return c.of.interfaces() },
	"possibleTypes":  func(c call[shape]) any { return c.of.possible() },
	"enumValues":     func(c call[shape]) any { return c.of.values(c.args.yes("includeDeprecated")) },
	"inputFields":    func(c call[shape]) any { return c.of.inputs() },
	"ofType":         func(c call[shape]) any { return c.of.inner() },
	"isOneOf":        func(c call[shape]) any { return false },
}

func (s shape) name() any {
	if def := s.def(); def != nil {
		return def.Name
	}
	return nil
}

// is reports whether the type is one of some kinds.
func (s shape) is(kinds ...ast.DefinitionKind) bool {
	def := s.def()
	return def != nil && slices.Contains(kinds, def.Kind)
}

func (s shape) fields(deprecated bool) any {
	if !s.is(ast.Object, ast.Interface) {
		return nil
	}
	list := []any{}
	for _, f := range s.def().Fields {
		if !strings.HasPrefix(f.Name, "__") && (deprecated || f.Directives.ForName("deprecated") == nil) {
			list = append(list, object{"__Field", member{s.schema, f}})
		}
	}
	return list
}

func (s shape) interfaces() any {
	if !s.is(ast.Object, ast.Interface) {
		return nil
	}
	list := []any{}
	for _, name := range s.def().Interfaces {
		list = append(list, s.schema.named(name))
	}
	return list
}

func (s shape) possible() any {
	if !s.is(ast.Interface, ast.Union) {
		return nil
	}
	list := []any{}
	for _, def := range s.schema.ast.GetPossibleTypes(s.def()) {
		list = append(list, s.schema.named(def.Name))
	}
	return list
}

func (s shape) values(deprecated bool) any {
	if !s.is(ast.Enum) {
		return nil
	}
	list := []any{}
	for _, v := range s.def().EnumValues {
		if deprecated || v.Directives.ForName("deprecated") == nil {
			list = append(list, object{"__EnumValue", v})
		}
	}
	return list
}

func (s shape) inputs() any {
	if !s.is(ast.InputObject) {
		return nil
	}
	list := []any{}
	for _, f := range s.def().Fields {
		list = append(list, object{"__InputValue", input{s.schema, f.Name, f.Type, f.DefaultValue}})
	}
	return list
}

// member is a field of a type.
type member struct {
	schema *Schema
	*ast.FieldDefinition
}

var fieldFields = fields[member]{
	"name":              func(c call[member]) any { return c.of.Name },
	"description":       func(c call[member]) any { return nil },
	"args":              func(c call[member]) any { return inputsOf(c.of.schema, c.of.Arguments) },
	"type":              func(c call[member]) any { return object{"__Type", shape{c.of.schema, c.of.Type}} },
	"isDeprecated":      func(c call[member]) any { return c.of.Directives.ForName("deprecated") != nil },
	"deprecationReason": func(c call[member]) any { return nil },
}

// input is an argument, or a field of an input object.
type input struct {
	schema   *Schema
	name     string
	t        *ast.Type
	fallback *ast.Value
}

func inputsOf(s *Schema, args ast.ArgumentDefinitionList) []any {
	list := []any{}
	for _, a := range args {
		list = append(list, object{"__InputValue", input{s, a.Name, a.Type, a.DefaultValue}})
	}
	return list
}

var inputFields = fields[input]{
	"name":              func(c call[input]) any { return c.of.name },
	"description":       func(c call[input]) any { return nil },
	"type":              func(c call[input]) any { return object{"__Type", shape{c.of.schema, c.of.t}} },
	"defaultValue":      func(c call[input]) any { return c.of.defaultText() },
	"isDeprecated":      func(c call[input]) any { return false },
	"deprecationReason": func(c call[input]) any { return nil },
}

func (i input) defaultText() any {
	if i.fallback == nil {
		return nil
	}
	return i.fallback.String()
}

var enumFields = fields[*ast.EnumValueDefinition]{
	"name":              func(c call[*ast.EnumValueDefinition]) any { return c.of.Name },
	"description":       func(c call[*ast.EnumValueDefinition]) any { return nil },
	"isDeprecated":      func(c call[*ast.EnumValueDefinition]) any { return c.of.Directives.ForName("deprecated") != nil },
	"deprecationReason": func(c call[*ast.EnumValueDefinition]) any { return nil },
}

var directiveFields = fields[*ast.DirectiveDefinition]{
	"name":         func(c call[*ast.DirectiveDefinition]) any { return c.of.Name },
	"description":  func(c call[*ast.DirectiveDefinition]) any { return nil },
	"isRepeatable": func(c call[*ast.DirectiveDefinition]) any { return c.of.IsRepeatable },
	"args":         func(c call[*ast.DirectiveDefinition]) any { return inputsOf(c.schema, c.of.Arguments) },
	"locations": func(c call[*ast.DirectiveDefinition]) any {
		list := []any{}
		for _, l := range c.of.Locations {
			list = append(list, string(l))
		}
		return list
	},
}

var schemaFields = fields[*Schema]{
	"description":      func(c call[*Schema]) any { return nil },
	"queryType":        func(c call[*Schema]) any { return c.of.named("Query") },
	"mutationType":     func(c call[*Schema]) any { return nil },
	"subscriptionType": func(c call[*Schema]) any { return nil },
	"types": func(c call[*Schema]) any {
		list := []any{}
		for _, name := range sortedKeys(c.of.ast.Types) {
			list = append(list, c.of.named(name))
		}
		return list
	},
	"directives": func(c call[*Schema]) any {
		list := []any{}
		for _, name := range sortedKeys(c.of.ast.Directives) {
			list = append(list, object{"__Directive", c.of.ast.Directives[name]})
		}
		return list
	},
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
