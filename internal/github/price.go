package github

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
)

// Units predicts what a query costs by the formula that GitHub documents: units are
// the fetches that its connections need, one for each item of the lists around
// them, and nodes are the items it may return at most. [Points] turns units into
// points. Sizes are taken from the arguments first and last; ids count as the items
// of a list without a cost of its own, and what a variable leaves out costs nothing.
//
// Query is a struct in the manner of githubv4, or a pointer to one; it is only
// looked at. The error names a size that is not known.
//
// See https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api.
func Units(query any, variables map[string]any) (units, nodes int, err error) {
	p := pricer{variables: variables}
	err = p.walk(reflect.TypeOf(query), 1, 0)
	return p.units, p.nodes, err
}

// Points returns what a query of so many units costs: hundredths, rounded to the
// nearest, at least one.
func Points(units int) int { return max((units+50)/100, 1) }

// maxDepth is deeper than any query that GitHub answers, and finds types that hold
// themselves.
const maxDepth = 60

type pricer struct {
	variables    map[string]any
	units, nodes int
}

// walk adds what the selections inside a type cost, once for each of the items
// around it.
func (p *pricer) walk(t reflect.Type, around, depth int) error {
	for t != nil && (t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice) {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct || isScalar(t) {
		return nil
	}
	if depth > maxDepth {
		return fmt.Errorf("price of a query: %s is nested too deeply", t)
	}
	for i := range t.NumField() {
		f := t.Field(i)
		text := f.Tag.Get("graphql")
		if p.excluded(text) {
			continue
		}
		inside, err := p.field(text, around)
		if err == nil {
			err = p.walk(f.Type, inside, depth+1)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var (
	quoted   = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	pageSize = regexp.MustCompile(`\b(?:first|last)\s*:\s*(\$?\w+)`)
	idList   = regexp.MustCompile(`\bids\s*:\s*\$(\w+)`)
	included = regexp.MustCompile(`@include\s*\(\s*if\s*:\s*\$(\w+)\s*\)`)
)

// excluded reports whether a variable leaves a field out of the query.
func (p *pricer) excluded(text string) bool {
	m := included.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	v := reflect.ValueOf(p.variables[m[1]])
	return v.Kind() == reflect.Bool && !v.Bool()
}

// field adds the cost of one field and returns how often what it holds is fetched.
func (p *pricer) field(text string, around int) (int, error) {
	text = quoted.ReplaceAllString(text, `""`)
	if m := pageSize.FindStringSubmatch(text); m != nil {
		size, err := p.number(m[1])
		p.units += around
		p.nodes += around * size
		return around * size, err
	}
	if m := idList.FindStringSubmatch(text); m != nil {
		ids := reflect.ValueOf(p.variables[m[1]])
		if ids.Kind() != reflect.Slice {
			return 0, fmt.Errorf("price of a query: $%s is not a list", m[1])
		}
		return around * ids.Len(), nil
	}
	return around, nil
}

// number reads a size as it is written in a query.
func (p *pricer) number(text string) (int, error) {
	if text[0] != '$' {
		n, err := strconv.Atoi(text)
		if err != nil {
			return 0, fmt.Errorf("price of a query: %q is not a size", text)
		}
		return n, nil
	}
	v := reflect.ValueOf(p.variables[text[1:]])
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if !v.CanInt() {
		return 0, fmt.Errorf("price of a query: the size %s is not known", text)
	}
	return int(v.Int()), nil
}
