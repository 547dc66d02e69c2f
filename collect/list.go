package collect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// asker asks for a page of a list; after is nil at the beginning.
type asker[N any] func(ctx context.Context, size int, after *string) (github.Connection[N], []github.Fault, error)

// bare is an item of which nothing is asked.
type bare struct {
	Typename string `graphql:"__typename"`
}

// list is a list of a repository, and what becomes of its items.
type list[N any] struct {
	entity shipshape.Entity
	field  string // of the entity, where the list is one of its fields
	size   int    // best page
	after  string // where to begin, "" at the beginning
	ask    asker[N]
	// stub asks for the same list without its contents. An item that is too big for
	// GitHub is stepped over with it; without it the list ends there.
	stub asker[bare]
	// rest returns what an item's nested lists lack; nil where there are none. It is
	// read before the items are taken.
	rest func(*N) []*tail
	// take keeps an item. False ends the reading: what follows is not wanted.
	take func(*N) (more bool, err error)
	// at is the instant that the list is ordered by, newest first; nil for a list
	// in another order.
	at func(*N) time.Time
	// again says that what is withheld was counted by an earlier reading.
	again bool
	// patched says that the caller finds and asks for what the list does not give, so
	// that it is no gap of its own.
	patched bool

	done, withheld int
	signOn         bool // whether single sign-on is why items are withheld
	enough         bool
}

// readAll reads a list to its end, or until take has enough. What GitHub does not
// give becomes a gap; an error means that the list was not finished.
func readAll[N any](ctx context.Context, r *reader, l list[N]) error {
	err := l.pages(ctx, r)
	for errors.Is(err, github.ErrTooBig) && !l.enough {
		if err = l.step(ctx, r); err == nil && !l.enough {
			err = l.pages(ctx, r)
		}
	}
	if !l.again && !l.patched {
		r.withheld(l.entity, l.field, l.withheld, l.done, l.signOn)
	}
	return err
}

// pages reads page after page from where the list has come to.
func (l *list[N]) pages(ctx context.Context, r *reader) error {
	pages := github.Pages[N]{Size: r.size(l.size), After: l.after, Ask: l.ask}
	for page, err := range pages.All(ctx) {
		if err != nil {
			return fmt.Errorf("%s of %s: %w", l.entity, r.name, err)
		}
		r.listFaults(l.entity, l.field, page.Faults)
		l.signOn = l.signOn || slices.ContainsFunc(page.Faults, func(f github.Fault) bool { return f.SAML })
		if page.Nodes == nil && len(page.Faults) == 0 {
			l.lacks(r, r.refused(l.entity, l.field, github.Fault{})) // an empty list is not nil
		}
		if err := r.tails(ctx, l.tails(page.Nodes)); err != nil {
			return err
		}
		for _, n := range page.Nodes {
			if err := l.keep(r, n); err != nil || l.enough {
				return err
			}
		}
		l.after = page.PageInfo.EndCursor
		r.progress(l.entity, l.done, page.TotalCount)
	}
	return nil
}

// tails returns what the nested lists of a page lack.
func (l *list[N]) tails(page []*N) []*tail {
	var all []*tail
	for _, n := range page {
		if n != nil && l.rest != nil {
			all = append(all, l.rest(n)...)
		}
	}
	return all
}

// keep takes one item, nil where GitHub withheld it.
func (l *list[N]) keep(r *reader, n *N) error {
	l.done++
	if n == nil {
		l.withheld++
		return nil
	}
	more, err := l.take(n)
	l.enough = !more
	if l.at != nil && more {
		r.oldest[l.entity] = l.at(n).UTC()
	}
	return err
}

// step passes over the one item that the list stands before, which is too big for
// GitHub. Where that cannot be done the list ends, and a gap says so. Where GitHub
// cannot even say where the item ends, it is not the item.
func (l *list[N]) step(ctx context.Context, r *reader) error {
	if l.stub == nil {
		l.cut(r)
		return nil
	}
	page, err := l.next(ctx)
	switch {
	case errors.Is(err, github.ErrTooBig):
		return fmt.Errorf("%s of %s: %w", l.entity, r.name, outage(err))
	case err != nil:
		return fmt.Errorf("%s of %s: %w", l.entity, r.name, err)
	case page.EndCursor == "" || page.EndCursor == l.after:
		l.cut(r)
		return nil
	}
	l.done++
	l.after, l.enough = page.EndCursor, !page.HasNextPage
	l.lacks(r, tooBig(l.entity, l.field, l.done))
	return nil
}

// cut ends the list where it has come to. What it holds before some instant is not
// known; where nothing was read, or the list has no order in time, that is all of it.
func (l *list[N]) cut(r *reader) {
	l.enough = true
	before, some := r.oldest[l.entity]
	if !some {
		before = r.o.Until.UTC()
	}
	l.lacks(r, cutShort(l.entity, l.field, l.done, before))
}

// outage is the error of a query that GitHub finds too big although it asks for next
// to nothing.
func outage(err error) error {
	e, ok := errors.AsType[*github.QueryError](err)
	if !ok {
		return fmt.Errorf("%w: %v", github.ErrUnavailable, err)
	}
	down := *e
	down.Err, down.Remedy = github.ErrUnavailable, "look at githubstatus.com, then try again"
	return &down
}

// lacks notes a gap of the list, unless the caller does.
func (l *list[N]) lacks(r *reader, g shipshape.Gap) {
	if !l.patched {
		r.gap(g)
	}
}

// next asks where the next item ends, and nothing else of it.
func (l *list[N]) next(ctx context.Context) (github.PageInfo, error) {
	var after *string
	if l.after != "" {
		after = &l.after
	}
	page, _, err := l.stub(ctx, 1, after)
	return page.PageInfo, err
}
