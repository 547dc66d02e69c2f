package github

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/shurcooL/githubv4"
)

// String is GraphQL's String, as a variable has to name its type.
type String = githubv4.String

// shape is the query of a batch, a struct type made at run time: githubv4 sends a
// field of a struct for each alias, and how many there are is known only now.
type shape struct {
	query        reflect.Type
	inRepository bool
	n            int
}

// shape makes the query's type: a field "a0", "a1" and so on for each item.
func (b Batch[T]) shape(items []map[string]any) (shape, error) {
	fields := make([]reflect.StructField, len(items))
	for i, item := range items {
		t, err := numbered(reflect.TypeFor[T](), item, i)
		if err != nil {
			return shape{}, err
		}
		fields[i] = reflect.StructField{
			Name: "A" + strconv.Itoa(i),
			Type: reflect.PointerTo(t),
			Tag:  tag(alias(i) + ":" + withNumbers(b.Field, item, i)),
		}
	}
	meter := reflect.StructField{Name: "RateLimit", Type: reflect.TypeFor[*RateLimit]()}
	if !b.inRepository() {
		return shape{query: reflect.StructOf(append([]reflect.StructField{meter}, fields...)), n: len(items)}, nil
	}
	repository := reflect.StructField{
		Name: "Repository",
		Type: reflect.PointerTo(reflect.StructOf(fields)),
		Tag:  tag("repository(owner: $repositoryOwner, name: $repositoryName)"),
	}
	return shape{query: reflect.StructOf([]reflect.StructField{meter, repository}), inRepository: true, n: len(items)}, nil
}

func alias(i int) string { return "a" + strconv.Itoa(i) }

func tag(graphql string) reflect.StructTag {
	return reflect.StructTag("graphql:" + strconv.Quote(graphql))
}

// answers takes the items out of a filled query.
func answers[T any](s shape, q reflect.Value) []*T {
	all := make([]*T, s.n)
	if s.inRepository {
		q = q.FieldByName("Repository")
		if q.IsNil() {
			return all
		}
		q = q.Elem()
	}
	for i := range all {
		all[i] = q.FieldByName("A" + strconv.Itoa(i)).Convert(reflect.TypeFor[*T]()).Interface().(*T)
	}
	return all
}

// path turns the path of a fault into one that begins with an item's index, if it
// leads to an item.
func (s shape) path(p []string) []string {
	keys := p
	if s.inRepository && len(keys) > 0 && keys[0] == "repository" {
		keys = keys[1:]
	}
	if len(keys) == 0 {
		return p
	}
	n, found := strings.CutPrefix(keys[0], "a")
	if i, err := strconv.Atoi(n); !found || err != nil || i < 0 || i >= s.n {
		return p
	}
	return append([]string{n}, keys[1:]...)
}

var variable = regexp.MustCompile(`\$\w+`)

// withNumbers gives the variables of one item its number: "$after" is "$after3".
func withNumbers(text string, item map[string]any, i int) string {
	return variable.ReplaceAllStringFunc(text, func(name string) string {
		if _, own := item[name[1:]]; own {
			return name + strconv.Itoa(i)
		}
		return name
	})
}

// numbered returns t with an item's number on its variables in all tags: t itself
// where there are none. The type made differs from t in tags alone, so that a
// pointer to it converts.
func numbered(t reflect.Type, item map[string]any, i int) (reflect.Type, error) {
	made, ok := retagged(t, func(s string) string { return withNumbers(s, item, i) })
	if !ok || !reflect.PointerTo(made).ConvertibleTo(reflect.PointerTo(t)) {
		return nil, fmt.Errorf("a batch of %s: a variable of an item stands inside a type with a name or an embedded or unexported field", t)
	}
	return made, nil
}

// retagged returns t with other graphql tags, or false where a struct among them
// cannot be made anew.
func retagged(t reflect.Type, change func(string) string) (reflect.Type, bool) {
	switch t.Kind() {
	case reflect.Pointer:
		made, ok := retagged(t.Elem(), change)
		if made == t.Elem() {
			return t, ok
		}
		return reflect.PointerTo(made), ok
	case reflect.Slice:
		made, ok := retagged(t.Elem(), change)
		if made == t.Elem() {
			return t, ok
		}
		return reflect.SliceOf(made), ok
	case reflect.Struct:
		return retaggedStruct(t, change)
	}
	return t, true
}

func retaggedStruct(t reflect.Type, change func(string) string) (reflect.Type, bool) {
	if isScalar(t) {
		return t, true
	}
	fields, changed, plain := make([]reflect.StructField, t.NumField()), false, true
	for i := range fields {
		old := t.Field(i)
		inner, ok := retagged(old.Type, change)
		if !ok {
			return t, false
		}
		fields[i] = reflect.StructField{Name: old.Name, Type: inner, Tag: old.Tag}
		if text, ok := old.Tag.Lookup("graphql"); ok && change(text) != text {
			fields[i].Tag = tag(change(text))
		}
		changed = changed || inner != old.Type || fields[i].Tag != old.Tag
		plain = plain && old.IsExported() && !old.Anonymous
	}
	if !changed {
		return t, true
	}
	if !plain {
		return t, false
	}
	return reflect.StructOf(fields), true
}

// isScalar reports whether githubv4 takes a struct for a value rather than a
// selection: one that reads its own JSON.
func isScalar(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(unmarshaler)
}

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()
