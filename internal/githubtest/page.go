package githubtest

// connectionFields are those of every connection: a page of a list.
var connectionFields = fields[page]{
	"totalCount":    func(c call[page]) any { return c.of.all() },
	"filteredCount": func(c call[page]) any { return c.of.all() },
	"pageCount":     func(c call[page]) any { return c.of.to - c.of.from },
	"pageInfo":      func(c call[page]) any { return object{"PageInfo", c.of} },
	"nodes":         func(c call[page]) any { return c.of.nodes() },
	"edges":         func(c call[page]) any { return c.of.edges() },
}

// all is how many items the whole list has.
func (p page) all() int { return max(p.total, p.count()) }

func (p page) nodes() []any {
	items := make([]any, 0, p.to-p.from)
	for i := p.from; i < p.to; i++ {
		items = append(items, p.at(i))
	}
	return items
}

// edge is an item of a page with its place. The executor knows its type.
type edge struct {
	page
	i int
}

func (p page) edges() []any {
	items := make([]any, 0, p.to-p.from)
	for i := p.from; i < p.to; i++ {
		items = append(items, edge{p, i})
	}
	return items
}

var edgeFields = fields[edge]{
	"cursor": func(c call[edge]) any { return c.of.cursor(c.of.i) },
	"node":   func(c call[edge]) any { return c.of.at(c.of.i) },
}

var pageInfoFields = fields[page]{
	"startCursor":     func(c call[page]) any { return c.of.bound(c.of.from) },
	"endCursor":       func(c call[page]) any { return c.of.bound(c.of.to - 1) },
	"hasNextPage":     func(c call[page]) any { return c.of.there(c.of.to) },
	"hasPreviousPage": func(c call[page]) any { return c.of.from > 0 },
}

// bound returns the cursor of an end of the page, or null for an empty page.
func (p page) bound(i int) any {
	if p.from >= p.to {
		return nil
	}
	return p.cursor(i)
}
