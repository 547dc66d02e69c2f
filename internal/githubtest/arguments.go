package githubtest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
)

// arguments are the values of a field's arguments, defaults filled in. What was not
// given, or given as null, is not there.
type arguments map[string]any

// readArguments evaluates a field's arguments.
func readArguments(f *ast.Field, variables map[string]any) (arguments, error) {
	if len(f.Definition.Arguments) == 0 {
		return nil, nil
	}
	args := arguments{}
	for _, def := range f.Definition.Arguments {
		value := def.DefaultValue
		if given := f.Arguments.ForName(def.Name); given != nil && !absent(given.Value, variables) {
			value = given.Value
		}
		v, err := value.Value(variables)
		if err != nil {
			return nil, fmt.Errorf("argument %s: %w", def.Name, err)
		}
		if v != nil {
			args[def.Name] = v
		}
	}
	return args, nil
}

// absent reports whether a value is a variable that was not given.
func absent(v *ast.Value, variables map[string]any) bool {
	if v.Kind != ast.Variable {
		return false
	}
	_, given := variables[v.Raw]
	return !given
}

func (a arguments) has(name string) bool { return a[name] != nil }

func (a arguments) text(name string) string {
	s, _ := a[name].(string)
	return s
}

func (a arguments) yes(name string) bool {
	b, _ := a[name].(bool)
	return b
}

// number returns a whole number, in whichever of Go's types the variable came.
func (a arguments) number(name string) int {
	switch n := a[name].(type) {
	case int64:
		return int(n)
	case float64:
		return int(n)
	case json.Number:
		i, _ := strconv.Atoi(n.String())
		return i
	}
	return 0
}

// texts returns a list of strings or enumeration values. A single one is a list of
// one, as GraphQL has it.
func (a arguments) texts(name string) []string {
	switch v := a[name].(type) {
	case string:
		return []string{v}
	case []string:
		return v
	case []any:
		list := make([]string, len(v))
		for i, e := range v {
			list[i], _ = e.(string)
		}
		return list
	}
	return nil
}

// object returns an input object's fields.
func (a arguments) object(name string) arguments {
	m, _ := a[name].(map[string]any)
	return m
}

// instant returns a time; a malformed one is a fault, as GitHub has it.
func (a arguments) instant(name string) (time.Time, *fault) {
	text := a.text(name)
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, faultf("", "Argument '%s' has an invalid value (%q). Expected an ISO-8601 encoded UTC date string.", name, text)
	}
	return t, nil
}

// order returns the field and direction of an orderBy argument, or the defaults.
func (a arguments) order(field, direction string) (string, string) {
	by := a.object("orderBy")
	if by == nil {
		return field, direction
	}
	return by.text("field"), by.text("direction")
}
