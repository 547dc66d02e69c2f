package githubtest

import (
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// price is what an operation costs by the formula that GitHub documents: the fetches
// of its connections, in hundredths, and the nodes it may return at most. See
// https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api.
type price struct {
	fetches, nodes int
	roots          []string // keys of the fields at the top
	fault          *fault   // where one path alone asks for too many nodes
}

// maxNodes is how many nodes one query may ask for.
const maxNodes = 500_000

// points is the price in points.
func (p price) points() int { return max(1, (p.fetches+50)/100) }

// estimate prices an operation. Page sizes are taken as filled.
func (x *execution) estimate(op *ast.OperationDefinition) price {
	var p price
	p.add(x, op.SelectionSet, 1)
	for _, g := range x.collect("Query", nil, op.SelectionSet) {
		p.roots = append(p.roots, g.key)
	}
	if p.fault == nil && p.nodes > maxNodes {
		p.fault = faultf("MAX_NODE_LIMIT_EXCEEDED", "This query requests up to %s possible nodes which exceeds the maximum limit of 500,000.", grouped(p.nodes))
	}
	return p
}

// add prices a selection that is fetched so many times.
func (p *price) add(x *execution, set ast.SelectionSet, times int) {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			if x.included(sel.Directives) {
				p.field(x, sel, times)
			}
		case *ast.InlineFragment:
			if x.included(sel.Directives) {
				p.add(x, sel.SelectionSet, times)
			}
		case *ast.FragmentSpread:
			if x.included(sel.Directives) {
				p.add(x, x.fragments.ForName(sel.Name).SelectionSet, times)
			}
		}
	}
}

// field prices a field and what is below it. Ids are fetched one by one.
func (p *price) field(x *execution, f *ast.Field, times int) {
	args, err := readArguments(f, x.variables)
	if err != nil || f.Definition == nil {
		return
	}
	switch size := args.number("first") + args.number("last"); {
	case connection(f.Definition.Type.Name()) && (size > 0 || lists(f)):
		if size <= 0 {
			size = maxPage
		}
		p.fetches += times
		times *= size
		p.nodes += times
	case f.Name == "nodes" && f.ObjectDefinition.Name == "Query":
		times *= max(1, len(args.texts("ids")))
	}
	if times > maxNodes && p.fault == nil {
		p.fault = faultf("MAX_NODE_LIMIT_EXCEEDED", "By the time this query traverses to the %s connection, it is requesting up to %s possible nodes which exceeds the maximum limit of 500,000.", f.Name, grouped(times))
		p.fault.Locations = locations(f.Position)
	}
	p.add(x, f.SelectionSet, min(times, maxNodes+1))
}

// lists reports whether a connection's items are selected, not only their number.
func lists(f *ast.Field) bool {
	for _, sel := range f.SelectionSet {
		if inner, ok := sel.(*ast.Field); !ok || inner.Name == "nodes" || inner.Name == "edges" {
			return true
		}
	}
	return false
}

// grouped writes a number with commas, as GitHub's messages have it.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	rest := strconv.Itoa(n%1000 + 1000)[1:]
	return grouped(n/1000) + "," + rest
}
