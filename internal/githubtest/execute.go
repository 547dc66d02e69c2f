package githubtest

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
)

// object is a value of one of the schema's object types: the name of the type, and
// what its table of fields reads.
type object struct {
	typ string
	of  any
}

// execution answers one query. It writes JSON as it goes; where null has to replace
// what was begun, the text is cut back.
type execution struct {
	schema    *Schema
	tables    map[string]table
	index     *index
	fragments ast.FragmentDefinitionList
	variables map[string]any
	limit     rateLimit
	// oldestFirst is the order of a deployment's statuses.
	oldestFirst bool

	out    bytes.Buffer
	path   []any
	faults []*fault
	saml   string // organisation that refused the token, for the header
}

// run answers an operation and returns the text of `data`.
func (x *execution) run(op *ast.OperationDefinition) []byte {
	if !x.object(object{"Query", root{}}, op.SelectionSet) {
		return []byte("null")
	}
	return x.out.Bytes()
}

// group is the fields of a selection that answer under one key.
type group struct {
	key    string
	fields []*ast.Field
}

// collect gathers the fields that apply to an object type, by key, in the query's
// order.
func (x *execution) collect(typ string, groups []group, sets ...ast.SelectionSet) []group {
	for _, set := range sets {
		for _, sel := range set {
			switch sel := sel.(type) {
			case *ast.Field:
				if x.included(sel.Directives) {
					groups = add(groups, sel)
				}
			case *ast.InlineFragment:
				if x.included(sel.Directives) && (sel.TypeCondition == "" || x.schema.implements(typ, sel.TypeCondition)) {
					groups = x.collect(typ, groups, sel.SelectionSet)
				}
			case *ast.FragmentSpread:
				def := x.fragments.ForName(sel.Name)
				if x.included(sel.Directives) && x.schema.implements(typ, def.TypeCondition) {
					groups = x.collect(typ, groups, def.SelectionSet)
				}
			}
		}
	}
	return groups
}

// add puts a field to those with its key.
func add(groups []group, f *ast.Field) []group {
	for i := range groups {
		if groups[i].key == f.Alias {
			groups[i].fields = append(groups[i].fields, f)
			return groups
		}
	}
	return append(groups, group{f.Alias, []*ast.Field{f}})
}

// included evaluates @include and @skip.
func (x *execution) included(directives ast.DirectiveList) bool {
	for _, d := range directives {
		on, _ := d.ArgumentMap(x.variables)["if"].(bool)
		if (d.Name == "include" && !on) || (d.Name == "skip" && on) {
			return false
		}
	}
	return true
}

// object writes an object's selected fields. It reports whether the object stands;
// if not, null takes its place.
func (x *execution) object(o object, sets ...ast.SelectionSet) bool {
	x.out.WriteByte('{')
	for i, g := range x.collect(o.typ, nil, sets...) {
		if i > 0 {
			x.out.WriteByte(',')
		}
		x.write(g.key)
		x.out.WriteByte(':')
		x.path = append(x.path, g.key)
		stands := x.field(o, g.fields)
		x.path = x.path[:len(x.path)-1]
		if !stands {
			return false
		}
	}
	x.out.WriteByte('}')
	return true
}

// field writes the value of one key.
func (x *execution) field(o object, fields []*ast.Field) bool {
	f := fields[0]
	if f.Name == "__typename" {
		x.write(o.typ)
		return true
	}
	return x.value(fields, x.schema.field(o.typ, f.Name), x.resolve(o, f, fields))
}

// resolve asks the object's table for a field.
func (x *execution) resolve(o object, f *ast.Field, fields []*ast.Field) any {
	if f := x.refused(o, f.Name); f != nil {
		return f
	}
	args, err := readArguments(f, x.variables)
	if err != nil {
		return faultf("", "%s", err)
	}
	t := x.tables[o.typ]
	if t == nil {
		return unserved("type %s", o.typ)
	}
	v, ok := t.resolve(x, o.of, f.Name, args)
	if !ok {
		return unserved("field %s.%s", o.typ, f.Name)
	}
	if l, ok := v.(list); ok {
		return x.connection(o, l, f, fields, args)
	}
	return v
}

// connection cuts the page of a list that a field asks for.
func (x *execution) connection(o object, l list, f *ast.Field, fields []*ast.Field, args arguments) any {
	typ := x.schema.field(o.typ, f.Name).Name()
	wanted := false
	for _, g := range x.collect(typ, nil, selections(fields)...) {
		wanted = wanted || g.fields[0].Name == "nodes" || g.fields[0].Name == "edges"
	}
	p, fault := l.cut(f.Name, args, wanted)
	if fault != nil {
		return fault
	}
	return object{typ, p}
}

func selections(fields []*ast.Field) []ast.SelectionSet {
	sets := make([]ast.SelectionSet, len(fields))
	for i, f := range fields {
		sets[i] = f.SelectionSet
	}
	return sets
}

// value writes a value of a type. It reports false where null is due and the type
// does not allow it.
func (x *execution) value(fields []*ast.Field, t *ast.Type, v any) bool {
	mark := x.out.Len()
	if x.present(fields, t, v) {
		return true
	}
	x.out.Truncate(mark)
	if t.NonNull {
		return false
	}
	x.out.WriteString("null")
	return true
}

// present writes a value that is not null, and reports whether there was one.
func (x *execution) present(fields []*ast.Field, t *ast.Type, v any) bool {
	switch v := v.(type) {
	case nil:
		if t.NonNull {
			x.fail(faultf("", "Cannot return null for non-nullable field %s", fields[0].Name), fields[0])
		}
		return false
	case *fault:
		x.fail(v, fields[0])
		return false
	case object:
		if f := x.refusedNode(v); f != nil {
			x.fail(f, fields[0])
			return false
		}
		return x.object(v, selections(fields)...)
	case edge:
		return x.object(object{t.Name(), v}, selections(fields)...)
	case []any:
		return x.items(fields, t.Elem, v)
	}
	return x.scalar(fields[0], t, v)
}

// items writes a list.
func (x *execution) items(fields []*ast.Field, t *ast.Type, items []any) bool {
	x.out.WriteByte('[')
	for i, item := range items {
		if i > 0 {
			x.out.WriteByte(',')
		}
		x.path = append(x.path, i)
		stands := x.value(fields, t, item)
		x.path = x.path[:len(x.path)-1]
		if !stands {
			return false
		}
	}
	x.out.WriteByte(']')
	return true
}

// scalar writes a leaf. An empty string and the zero instant are null where the
// schema allows it.
func (x *execution) scalar(f *ast.Field, t *ast.Type, v any) bool {
	switch v := v.(type) {
	case bool:
		x.out.WriteString(strconv.FormatBool(v))
	case int:
		x.out.WriteString(strconv.Itoa(v))
	case int64:
		x.out.WriteString(strconv.FormatInt(v, 10))
	case time.Time:
		if v.IsZero() && !t.NonNull {
			return false
		}
		x.write(v.UTC().Format(time.RFC3339))
	case string:
		return x.text(f, t, v)
	default:
		x.fail(unserved("a value of Go type %T", v), f)
		return false
	}
	return true
}

// nobody is the object id that git gives to no object.
var nobody = strings.Repeat("0", 40)

// text writes a string and checks it against an enumeration.
func (x *execution) text(f *ast.Field, t *ast.Type, s string) bool {
	switch {
	case s == "" && !t.NonNull:
		return false
	case s == "" && t.NamedType == "GitObjectID":
		s = nobody
	}
	if def := x.schema.ast.Types[t.NamedType]; def != nil && def.Kind == ast.Enum && def.EnumValues.ForName(s) == nil {
		x.fail(faultf("", "`%s.%s` had the invalid value %q for type %s", f.ObjectDefinition.Name, f.Name, s, t.NamedType), f)
		return false
	}
	x.write(s)
	return true
}

// write writes a JSON string.
func (x *execution) write(s string) {
	text, _ := json.Marshal(s) // a string cannot fail
	x.out.Write(text)
}

// fail notes a fault where the execution stands.
func (x *execution) fail(f *fault, field *ast.Field) {
	x.faults = append(x.faults, f.at(x.path, field.Position))
}
