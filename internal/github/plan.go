package github

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/shurcooL/graphql/ident"
)

// A plan says where the parts of a JSON value go that githubv4 would put into some
// Go values at once: a field that several inline fragments name goes into each.
type plan struct {
	types  []reflect.Type   // of the values
	fields map[string]*step // of an object, by key
	item   *plan            // of a list
	// odd is set where a type is beyond this decoder.
	odd bool
}

// A step is a field of an object, and the places in the values around it.
type step struct {
	places []place
	plan   *plan
}

// place is a field within one of several values.
type place struct {
	value int   // which of them
	index []int // as of [reflect.Value.FieldByIndex]
}

// planner makes plans. Those for one type with a name are kept: the types that
// batches are made of at run time are too many.
type planner struct {
	known map[reflect.Type]*plan
	depth int
}

// plans are those that were made so far. A plan is not changed once it is here.
var plans sync.Map // of *plan by reflect.Type

func planFor(t reflect.Type) *plan {
	p := planner{known: map[reflect.Type]*plan{}}
	made := p.plan([]reflect.Type{t})
	for t, sub := range p.known {
		plans.LoadOrStore(t, sub)
	}
	return made
}

// plan makes the plan for values of some types.
func (p *planner) plan(types []reflect.Type) *plan {
	t := types[0]
	keep := len(types) == 1 && t.Name() != ""
	if keep {
		if made, ok := plans.Load(t); ok {
			return made.(*plan)
		}
		if made, ok := p.known[t]; ok {
			return made
		}
	}
	made := &plan{types: types}
	if keep {
		p.known[t] = made
	}
	if p.depth++; p.depth > maxDepth {
		made.odd = true
	} else {
		p.fill(made)
	}
	p.depth--
	return made
}

// fill works out what is inside the types of a plan: the fields of structs, or the
// items of slices.
func (p *planner) fill(made *plan) {
	var items []reflect.Type
	structs := make([]reflect.Type, len(made.types))
	for i, t := range made.types {
		switch {
		case isScalar(t):
		case t.Kind() == reflect.Slice:
			items = append(items, t.Elem())
		case t.Kind() == reflect.Struct:
			structs[i] = t
		case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct && !isScalar(t.Elem()):
			structs[i] = t.Elem()
		}
	}
	if len(items) == len(made.types) {
		made.item = p.plan(items)
		return
	}
	if slices.Contains(structs, nil) {
		return
	}
	found := map[string]*reached{}
	for i, t := range structs {
		made.odd = !collectFields(found, i, t, nil) || made.odd
	}
	made.fields = map[string]*step{}
	for key, f := range found {
		made.fields[key] = &step{places: f.places, plan: p.plan(f.types)}
	}
}

// reached is where a key leads, and to which types.
type reached struct {
	places []place
	types  []reflect.Type
}

// collectFields adds the fields of a struct, and those of the fragments and embedded
// structs inside it. It reports whether githubv4's rules are all known for it.
func collectFields(into map[string]*reached, value int, t reflect.Type, at []int) bool {
	plain := true
	for _, key := range keysOf(t) {
		i := fieldNamed(t, key)
		f := into[key]
		if f == nil {
			f = &reached{}
			into[key] = f
		}
		f.places = append(f.places, place{value, append(slices.Clone(at), i)})
		f.types = append(f.types, t.Field(i).Type)
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if !isFragment(f) && !f.Anonymous {
			continue
		}
		if f.Type.Kind() != reflect.Struct || f.PkgPath != "" && !f.Anonymous {
			plain = false
			continue
		}
		plain = collectFields(into, value, f.Type, append(slices.Clone(at), i)) && plain
	}
	return plain
}

// keysOf are the keys that GitHub answers with for the fields of a struct, each once.
func keysOf(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		f := t.Field(i)
		if f.PkgPath != "" || isFragment(f) || f.Anonymous {
			continue
		}
		key, tagged := tagName(f)
		if !tagged {
			key = ident.ParseMixedCaps(f.Name).ToLowerCamelCase()
		}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// fieldNamed is the field that githubv4 takes for a key: the first one of that name.
func fieldNamed(t reflect.Type, key string) int {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.PkgPath != "" || isFragment(f) {
			continue
		}
		name, tagged := tagName(f)
		if tagged && name == key || !tagged && strings.EqualFold(f.Name, key) {
			return i
		}
	}
	return -1 // not for a key of keysOf
}

func isFragment(f reflect.StructField) bool {
	return strings.HasPrefix(strings.TrimSpace(f.Tag.Get("graphql")), "...")
}

// tagName is the key that a tag names, without arguments and directives; an alias
// goes before the name.
func tagName(f reflect.StructField) (string, bool) {
	text, tagged := f.Tag.Lookup("graphql")
	if i := strings.IndexAny(text, "(:@"); i >= 0 {
		text = text[:i]
	}
	return strings.TrimSpace(text), tagged
}
