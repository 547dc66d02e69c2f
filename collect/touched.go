package collect

import (
	"context"
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// touched reads the records of a list that is ordered by their last update, newest
// first.
//
// While it is paged, a record that somebody touches jumps to a page that was read
// already, and pushes the others back: they come twice, which is harmless, but the
// touched one was not yet seen, or was seen as it had been. So the beginning of
// the list is read again afterwards, back to the newest update that was seen
// before, until that takes one page: a page is of one instant.
type touched[N any] struct {
	list  list[N] // entity, size, ask and stub
	since time.Time
	// stamp is a record's number, and when it was last updated.
	stamp func(*N) (number int, at time.Time)
	tails func(*N) []*tail
	// keep takes a record whose lists are whole. The same one may come again.
	keep func(*N)

	known    map[int]time.Time // updates seen, by number
	newest   time.Time         // of them, or since
	pages    int               // of this pass
	news     bool              // whether this pass brought an update that was not known
	withheld bool              // whether GitHub withheld records
	waiting  []*N              // records whose tails are to be read
	rests    []*tail           // their tails
}

// read reads the list back to since. An error means that it was not finished.
func (t *touched[N]) read(ctx context.Context, r *reader) error {
	l := t.list
	l.at = t.at
	l.ask = func(ctx context.Context, size int, after *string) (github.Connection[N], []github.Fault, error) {
		c, faults, err := t.list.ask(ctx, size, after)
		if err == nil {
			t.pages++
			t.withheld = t.withheld || slices.Contains(c.Nodes, nil)
			r.lostTimelines(l.entity, faults)
		}
		return c, faults, err
	}
	t.known, t.newest = map[int]time.Time{}, t.since
	if err := t.pass(ctx, r, l, t.since); err != nil {
		return err
	}
	l.at, l.again = nil, t.withheld
	return t.again(ctx, r, l)
}

// again reads the beginning of the list until that takes one page. It gives up on
// a list that brings nothing new twice: its first pages hold only what is withheld.
func (t *touched[N]) again(ctx context.Context, r *reader, l list[N]) error {
	for quiet := 0; t.pages > 1 && quiet < 2; quiet++ {
		back := t.newest
		if quiet > 0 {
			// More records than a page holds have the newest instant. They were read.
			back = back.Add(1)
		}
		if err := t.pass(ctx, r, l, back); err != nil {
			return err
		}
		if t.news {
			quiet = -1
		}
	}
	return nil
}

// pass reads from the newest record back to those that were last updated before
// an instant.
func (t *touched[N]) pass(ctx context.Context, r *reader, l list[N], back time.Time) error {
	t.pages, t.news = 0, false
	l.done = len(t.known)
	l.take = func(n *N) (bool, error) {
		if at := t.at(n); at.Before(back) && !at.IsZero() {
			return false, nil
		}
		return true, t.take(ctx, r, n)
	}
	err := readAll(ctx, r, l)
	if err == nil {
		err = t.flush(ctx, r)
	}
	if err != nil && len(t.waiting) > 0 {
		// What waits is not kept: its lists are cut. Reading came as far as before it.
		r.oldest[l.entity] = t.at(t.waiting[0]).UTC()
	}
	return err
}

func (t *touched[N]) at(n *N) time.Time { _, at := t.stamp(n); return at }

// take keeps a record, or lets it wait until there are enough tails for a query.
func (t *touched[N]) take(ctx context.Context, r *reader, n *N) error {
	number, at := t.stamp(n)
	if at.After(t.newest) {
		t.newest = at
	}
	if !t.known[number].Equal(at) {
		t.known[number], t.news = at, true
	}
	rests := t.tails(n)
	if len(rests) == 0 {
		t.keep(n)
		return nil
	}
	t.waiting, t.rests = append(t.waiting, n), append(t.rests, rests...)
	if len(t.rests) < 2*tailWidth {
		return nil
	}
	return t.flush(ctx, r)
}

// flush reads the tails that wait, and keeps their records.
func (t *touched[N]) flush(ctx context.Context, r *reader) error {
	if err := r.tails(ctx, t.rests); err != nil {
		return err
	}
	for _, n := range t.waiting {
		t.keep(n)
	}
	t.waiting, t.rests = nil, nil
	return nil
}

// lostTimelines says of timelines that GitHub did not give what else was in them:
// comments, and who is assigned.
func (r *reader) lostTimelines(e shipshape.Entity, faults []github.Fault) {
	for _, f := range faults {
		if within := insideItem(f.Path); len(within) == 1 && within[0] == "timelineItems" {
			for _, field := range changeTimeline.also {
				r.gap(r.refused(e, field, f))
			}
		}
	}
}
