package collect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// record is one record whose nested lists may be longer than a page.
type record struct {
	entity shipshape.Entity
	id     string // as gaps name it: number, tag or database id
	typ    string // GraphQL type
	node   string // node id
}

// nested is a list that the records of a type have.
type nested struct {
	field string   // of the entity, in the nouns' spelling
	also  []string // further fields that come out of the list
	list  string   // GraphQL field
	// more are further arguments of the list, beside those of its page; with are
	// the variables in it. A name stands for the same value in all lists.
	more string
	with map[string]any
}

// tail is the rest of a nested list, which begins where its first page ended.
type tail struct {
	record
	nested
	whole bool             // whether the list is at its end
	lost  bool             // whether GitHub gave no list at all, not even an empty one
	nulls func() int       // how many items GitHub gave as null so far
	info  *github.PageInfo // where the list has come to
	page  reflect.Type     // github.Connection of the list's nodes
	// add appends a page that was answered, and reports whether it held anything.
	add func(page any) bool
}

// rest returns the tail of a list that a record has, or nothing where the list is
// whole. A list that GitHub left out has a tail too, so that it is missed, and so has
// one with items that are null. Reading the tail appends to c, so that whoever
// converts c afterwards cannot tell that it was cut.
func rest[N any](of record, list nested, c *github.Connection[N]) []*tail {
	whole := c.Nodes != nil && !c.PageInfo.HasNextPage
	if whole && !slices.Contains(c.Nodes, nil) {
		return nil
	}
	return []*tail{{
		record: of,
		nested: list,
		whole:  whole,
		lost:   c.Nodes == nil,
		nulls: func() (n int) {
			for _, item := range c.Nodes {
				if item == nil {
					n++
				}
			}
			return n
		},
		info: &c.PageInfo,
		page: reflect.TypeFor[github.Connection[N]](),
		add: func(page any) bool {
			next, ok := page.(github.Connection[N])
			if !ok || len(next.Nodes) == 0 && next.TotalCount == 0 {
				return false
			}
			c.Nodes, c.PageInfo = append(c.Nodes, next.Nodes...), next.PageInfo
			return true
		},
	}}
}

// tailWidth is how many tails one query asks for. A point would buy 148, but not
// the time to find 100 items for each: GitHub stops after ten seconds.
const tailWidth = 20

// tailPage is how many items a tail is asked for at once, the most that GitHub
// allows.
const tailPage = 100

// tails reads nested lists to their ends. What cannot be read becomes a gap that
// names the record; an error means that some lists were not finished.
func (r *reader) tails(ctx context.Context, queue []*tail) error {
	width, size := r.size(tailWidth), r.size(tailPage)
	queue = r.continuable(queue)
	for len(queue) > 0 {
		batch := queue[:min(width, len(queue))]
		more, err := r.tailPages(ctx, batch, size)
		switch {
		case err == nil:
			queue = slices.Concat(more, queue[len(batch):])
		case !errors.Is(err, github.ErrTooBig):
			return fmt.Errorf("long lists of the %s of %s: %w", plurals[batch[0].entity], r.name, err)
		case len(batch) > 1:
			width = len(batch) / 2
		case size > 1:
			size /= 2
		default:
			r.cut(batch[0], "What follows is too big for GitHub to answer.")
			queue, size = queue[1:], r.size(tailPage)
		}
	}
	return nil
}

// continuable leaves out the tails that cannot be asked for: of lists that GitHub
// did not give, and of those that it says go on, but not where.
func (r *reader) continuable(tails []*tail) []*tail {
	var able []*tail
	for _, t := range tails {
		r.countNulls(t)
		switch {
		case t.whole:
		case t.lost && r.covered(t.entity, t.field):
		case t.lost:
			r.cut(t, "GitHub left them out.")
		case t.info.EndCursor == "":
			r.cut(t, "GitHub does not say how the list goes on.")
		default:
			able = append(able, t)
		}
	}
	return able
}

// covered reports whether it is said already that a field is not known.
func (r *reader) covered(e shipshape.Entity, field string) bool {
	return slices.ContainsFunc(r.h.Gaps, func(g shipshape.Gap) bool { return g.Covers(e, field) })
}

// tailPages asks for a page of each tail, appends what comes, and returns the tails
// that go on.
func (r *reader) tailPages(ctx context.Context, batch []*tail, size int) ([]*tail, error) {
	if len(batch) > 1 || size > 1 {
		ctx = github.Dividing(ctx)
	}
	query := reflect.New(tailQuery(batch))
	faults, err := r.client.Query(ctx, query.Interface(), tailVariables(batch, size))
	if err != nil {
		return nil, err
	}
	refused := r.tailFaults(batch, faults)
	var more []*tail
	for i, t := range batch {
		before := t.info.EndCursor
		came := t.add(query.Elem().FieldByName(tailField(i)).FieldByName("On").FieldByName("List").Interface())
		r.countNulls(t)
		switch {
		case came && !t.info.HasNextPage:
		case came && t.info.EndCursor != before && t.info.EndCursor != "":
			more = append(more, t)
		case came:
			r.cut(t, "GitHub does not say how the list goes on.")
		case !refused[i]:
			r.cut(t, "GitHub gave nothing more of it.")
		}
	}
	return more, nil
}

// tailQuery makes the type of a query for a page of each tail:
//
//	struct {
//		RateLimit *github.RateLimit
//		T0 struct {
//			On struct {
//				List github.Connection[reviewNode] `graphql:"list: reviews(first: $size, after: $after0)"`
//			} `graphql:"... on PullRequest"`
//		} `graphql:"t0: node(id: $id0)"`
//	}
func tailQuery(batch []*tail) reflect.Type {
	fields := []reflect.StructField{{Name: "RateLimit", Type: reflect.TypeFor[*github.RateLimit]()}}
	for i, t := range batch {
		list := oneField("List", t.page, fmt.Sprintf("list: %s(first: $size, after: $after%d%s)", t.list, i, t.more))
		on := oneField("On", list, "... on "+t.typ)
		fields = append(fields, reflect.StructField{
			Name: tailField(i), Type: on, Tag: selection(fmt.Sprintf("t%d: node(id: $id%d)", i, i)),
		})
	}
	return reflect.StructOf(fields)
}

func oneField(name string, t reflect.Type, graphql string) reflect.Type {
	return reflect.StructOf([]reflect.StructField{{Name: name, Type: t, Tag: selection(graphql)}})
}

func selection(graphql string) reflect.StructTag {
	return reflect.StructTag("graphql:" + strconv.Quote(graphql))
}

func tailField(i int) string { return "T" + strconv.Itoa(i) }

func tailVariables(batch []*tail, size int) map[string]any {
	v := map[string]any{"size": githubv4.Int(size)}
	for i, t := range batch {
		v["id"+strconv.Itoa(i)] = githubv4.ID(t.node)
		v["after"+strconv.Itoa(i)] = githubv4.String(t.info.EndCursor)
		for name, value := range t.with {
			v[name] = value
		}
	}
	return v
}

// tailFaults turns what was refused within tails into gaps of their records, and
// tells for each tail whether there was something.
func (r *reader) tailFaults(batch []*tail, faults []github.Fault) []bool {
	refused := make([]bool, len(batch))
	for _, f := range faults {
		t, i := faulty(batch, f)
		if t == nil {
			continue
		}
		refused[i] = true
		inside := insideItem(f.Path) != nil
		if !inside && f.Type != github.FaultForbidden {
			r.cut(t, "GitHub gave nothing more of it.")
			continue
		}
		for _, field := range t.fields() {
			g := r.refused(t.entity, field, f)
			if inside {
				g = r.lacking(t.entity, field, f)
			}
			g.ID = t.id
			r.gap(g)
		}
	}
	return refused
}

// faulty returns the tail whose alias a fault's path begins with, or nil.
func faulty(batch []*tail, f github.Fault) (*tail, int) {
	if len(f.Path) == 0 {
		return nil, 0
	}
	n, found := strings.CutPrefix(f.Path[0], "t")
	i, err := strconv.Atoi(n)
	if !found || err != nil || i < 0 || i >= len(batch) {
		return nil, 0
	}
	return batch[i], i
}

// fields are all that comes out of the list.
func (l nested) fields() []string { return append([]string{l.field}, l.also...) }

// cut notes that a list could not be read to its end.
func (r *reader) cut(t *tail, why string) {
	for _, field := range t.fields() {
		r.gap(shipshape.Gap{
			Entity: t.entity,
			Field:  field,
			ID:     t.id,
			Reason: shipshape.Truncated,
			Why:    fmt.Sprintf("The %s of %s were not read to their end. %s", cmp.Or(field, t.list), t.id, why),
			Remedy: "Collect again at a quieter hour.",
		})
	}
}
