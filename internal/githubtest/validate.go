package githubtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// plan is a query that the schema allows, with its variables.
type plan struct {
	doc       *ast.QueryDocument
	op        *ast.OperationDefinition
	variables map[string]any
}

// check parses a query and holds it and its variables against the schema.
func (s *Schema) check(q query) (plan, []*fault) {
	doc, err := parser.ParseQuery(&ast.Source{Input: q.Query})
	if err != nil {
		return plan{}, []*fault{syntax(err)}
	}
	if errs := validator.ValidateWithRules(s.ast, doc, lenientRules()); len(errs) > 0 {
		return plan{}, invalid(doc, errs)
	}
	op := doc.Operations.ForName(q.OperationName)
	if op == nil {
		return plan{}, []*fault{faultf("", "An operation name is required")}
	}
	if op.Operation != ast.Query {
		return plan{}, []*fault{faultf("", "Schema is not configured for %ss", op.Operation)}
	}
	variables, wrong := s.variables(op, q.Variables)
	return plan{doc, op, variables}, wrong
}

// lenientRules are those of GraphQL but one: GitHub takes fields of one name and
// different types in fragments on different types.
func lenientRules() *rules.Rules {
	r := rules.NewDefaultRules()
	r.RemoveRule("OverlappingFieldsCanBeMerged")
	return r
}

// syntax is a query that cannot be parsed.
func syntax(err error) *fault {
	f := faultf("", "%s", err)
	var g *gqlerror.Error
	if errors.As(err, &g) {
		f.Message = g.Message
		f.Locations = places(g)
	}
	return f
}

func places(err *gqlerror.Error) []location {
	var list []location
	for _, l := range err.Locations {
		list = append(list, location{l.Line, l.Column})
	}
	return list
}

// variables checks the values that came with an operation.
func (s *Schema) variables(op *ast.OperationDefinition, given map[string]any) (map[string]any, []*fault) {
	values, err := validator.VariableValues(s.ast, op, given)
	if err == nil {
		return values, nil
	}
	var g *gqlerror.Error
	if !errors.As(err, &g) || len(g.Path) < 2 {
		return nil, []*fault{faultf("", "%s", err)}
	}
	name, _ := g.Path[1].(ast.PathName)
	def := op.VariableDefinitions.ForName(string(name))
	f := faultf("", "Variable $%s of type %s was provided invalid value", name, def.Type)
	f.Locations = locations(def.Position)
	f.Extensions = map[string]any{
		"value":    given[string(name)],
		"problems": []any{map[string]any{"path": pathOf(g.Path[2:]), "explanation": g.Message}},
	}
	return nil, []*fault{f}
}

func pathOf(path ast.Path) []any {
	list := []any{}
	for _, e := range path {
		switch e := e.(type) {
		case ast.PathName:
			list = append(list, string(e))
		case ast.PathIndex:
			list = append(list, int(e))
		}
	}
	return list
}

// invalid turns what the validator found into GitHub's words. It finds a mistake in a
// fragment each time the fragment is spread; one fault is enough.
func invalid(doc *ast.QueryDocument, errs gqlerror.List) []*fault {
	var faults []*fault
	seen := map[string]bool{}
	for _, err := range errs {
		key := fmt.Sprint(err.Rule, err.Locations, err.Message)
		if seen[key] {
			continue
		}
		seen[key] = true
		f := faultf("", "%s", err.Message)
		f.Locations = places(err)
		if len(f.Locations) > 0 {
			if at := find(doc, f.Locations[0]); at.path != nil {
				f.Path = at.path
				at.explain(f, err.Rule)
			}
		}
		faults = append(faults, f)
	}
	return faults
}

// spot is a field of a query, with the path that leads there.
type spot struct {
	path  []any
	field *ast.Field
}

// explain words the mistakes that a client must tell apart.
func (s spot) explain(f *fault, rule string) {
	if s.field == nil || s.field.ObjectDefinition == nil {
		return
	}
	typ, name := s.field.ObjectDefinition.Name, s.field.Name
	switch rule {
	case "FieldsOnCorrectType":
		f.Message = fmt.Sprintf("Field '%s' doesn't exist on type '%s'", name, typ)
		f.Extensions = map[string]any{"code": "undefinedField", "typeName": typ, "fieldName": name}
	case "KnownArgumentNames":
		if arg := s.unknown(); arg != "" {
			f.Message = fmt.Sprintf("Field '%s' doesn't accept argument '%s'", name, arg)
			f.Extensions = map[string]any{"code": "argumentNotAccepted", "name": name, "typeName": "Field", "argumentName": arg}
			f.Path = append(f.Path, arg)
		}
	case "ProvidedRequiredArguments":
		missing := strings.Join(s.missing(), ", ")
		f.Message = fmt.Sprintf("Field '%s' is missing required arguments: %s", name, missing)
		f.Extensions = map[string]any{"code": "missingRequiredArguments", "className": "Field", "name": name, "arguments": missing}
	case "ScalarLeafs":
		f.Extensions = map[string]any{"code": "selectionMismatch", "nodeName": fmt.Sprintf("field '%s'", name), "typeName": typ}
	}
}

// unknown is the first argument that the field does not take.
func (s spot) unknown() string {
	for _, arg := range s.field.Arguments {
		if s.field.Definition != nil && s.field.Definition.Arguments.ForName(arg.Name) == nil {
			return arg.Name
		}
	}
	return ""
}

// missing are the arguments that the field needs and was not given.
func (s spot) missing() []string {
	var names []string
	for _, def := range s.field.Definition.Arguments {
		if def.Type.NonNull && def.DefaultValue == nil && s.field.Arguments.ForName(def.Name) == nil {
			names = append(names, def.Name)
		}
	}
	return names
}

// find looks for the field or fragment at a place of the query's text.
func find(doc *ast.QueryDocument, at location) spot {
	for _, op := range doc.Operations {
		top := strings.TrimSpace(string(op.Operation) + " " + op.Name)
		if s := within(op.SelectionSet, at, []any{top}); s.path != nil {
			return s
		}
	}
	for _, f := range doc.Fragments {
		if s := within(f.SelectionSet, at, []any{"fragment " + f.Name}); s.path != nil {
			return s
		}
	}
	return spot{}
}

func within(set ast.SelectionSet, at location, path []any) spot {
	for _, sel := range set {
		here := slices.Concat(path, []any{step(sel)})
		if pos := sel.GetPosition(); pos != nil && pos.Line == at.Line && pos.Column == at.Column {
			f, _ := sel.(*ast.Field)
			return spot{here, f}
		}
		if s := within(below(sel), at, here); s.path != nil {
			return s
		}
	}
	return spot{}
}

// step is how a path of the query names a selection.
func step(sel ast.Selection) string {
	switch sel := sel.(type) {
	case *ast.Field:
		return sel.Alias
	case *ast.InlineFragment:
		return "... on " + sel.TypeCondition
	case *ast.FragmentSpread:
		return "... " + sel.Name
	}
	return ""
}

func below(sel ast.Selection) ast.SelectionSet {
	switch sel := sel.(type) {
	case *ast.Field:
		return sel.SelectionSet
	case *ast.InlineFragment:
		return sel.SelectionSet
	}
	return nil
}

// query is the body of a request.
type query struct {
	Query         string         `json:"query"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
}

// readQuery reads a request's body; whole numbers keep their digits.
func readQuery(body []byte) (query, error) {
	var q query
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.UseNumber()
	err := d.Decode(&q)
	return q, err
}
