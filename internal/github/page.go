package github

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// PageInfo is where a page of a connection ends.
type PageInfo struct {
	HasNextPage bool
	EndCursor   string
}

// Connection is one page of a list. A node is nil where GitHub refused it.
type Connection[N any] struct {
	TotalCount int
	PageInfo   PageInfo
	Nodes      []*N
}

// Pages is a list that is longer than a page.
type Pages[N any] struct {
	// Size is how many items are asked for at first, at least 1. It is halved when
	// GitHub finds a page too big, and grows again after eight good pages.
	Size int
	// After is where to go on, "" at the beginning.
	After string
	// Ask asks for one page; after is nil at the beginning.
	Ask func(ctx context.Context, size int, after *string) (Connection[N], []Fault, error)
}

// Page is what [Pages.All] yields: a page as it was answered.
type Page[N any] struct {
	Connection[N]
	Faults []Fault
	Size   int // how many items were asked for
}

// All yields page after page until the list ends or the caller stops. An error is
// yielded once, as the last, with an empty page: Ask's own, which is [ErrTooBig]
// only where one item alone is too big, or [ErrNoProgress] for a list that does
// not move on.
func (p Pages[N]) All(ctx context.Context) iter.Seq2[Page[N], error] {
	return func(yield func(Page[N], error) bool) {
		pace, way := newPace(p.Size), track{seen: map[string]bool{p.After: true}}
		for after := p.After; ; {
			page, err := p.page(ctx, &pace, after)
			if err == nil {
				err = way.moved(page.PageInfo, len(page.Nodes))
			}
			if err != nil {
				yield(Page[N]{}, err)
				return
			}
			if !yield(page, nil) || !page.PageInfo.HasNextPage {
				return
			}
			after = page.PageInfo.EndCursor
		}
	}
}

// page asks for the page after a cursor, with fewer and fewer items until GitHub
// can answer.
func (p Pages[N]) page(ctx context.Context, pace *pace, after string) (Page[N], error) {
	for {
		var cursor *string
		if after != "" {
			cursor = &after
		}
		size, ask := pace.size, ctx
		if size > 1 {
			ask = Dividing(ctx)
		}
		c, faults, err := p.Ask(ask, size, cursor)
		switch {
		case err == nil:
			pace.good()
			return Page[N]{Connection: c, Faults: faults, Size: size}, nil
		case !errors.Is(err, ErrTooBig):
			return Page[N]{}, err
		case size == 1:
			return Page[N]{}, fmt.Errorf("one item alone: %w", err)
		}
		pace.tooBig(size)
	}
}

// track remembers where a list has been.
type track struct {
	seen  map[string]bool
	empty int // pages in a row
}

// moved returns an error if the list goes in circles or on without anything.
func (t *track) moved(info PageInfo, items int) error {
	if t.empty++; items > 0 {
		t.empty = 0
	}
	if !info.HasNextPage {
		return nil
	}
	switch {
	case t.seen[info.EndCursor] || info.EndCursor == "":
		return fmt.Errorf("%w: a page ends where an earlier one ended", ErrNoProgress)
	case t.empty >= 2:
		return fmt.Errorf("%w: two pages in a row are empty", ErrNoProgress)
	}
	t.seen[info.EndCursor] = true
	return nil
}
