package collect

import (
	"cmp"
	"context"
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// boardItem is a record of a list that people touch while it is read.
type boardItem struct {
	number, updated, version int
}

// board is a list on a server, the last updated first. Before each page something
// happens, as long as there is something left to happen.
type board struct {
	items   []boardItem
	now     int
	happens []func(*board)
	asked   int
	// byPosition makes cursors count items, so that what follows one shifts when
	// the list does. Otherwise a cursor stands behind its item wherever that went.
	byPosition bool
	hidden     []int // numbers that are withheld
}

func (b *board) touch(number, wait int) {
	b.now += wait
	i := slices.IndexFunc(b.items, func(it boardItem) bool { return it.number == number })
	if i < 0 {
		b.items = append(b.items, boardItem{number, b.now, 0})
		return
	}
	b.items[i].updated, b.items[i].version = b.now, b.items[i].version+1
}

func newestFirst(x, y boardItem) int {
	return cmp.Or(cmp.Compare(y.updated, x.updated), cmp.Compare(y.number, x.number))
}

func (b *board) ask(_ context.Context, size int, after *string) (github.Connection[boardItem], []github.Fault, error) {
	b.asked++
	if len(b.happens) > 0 {
		b.happens[0](b)
		b.happens = b.happens[1:]
	}
	slices.SortFunc(b.items, newestFirst)
	from := 0
	if after != nil && b.byPosition {
		fmt.Sscan(*after, &from)
	} else if after != nil {
		var last boardItem
		fmt.Sscan(*after, &last.updated, &last.number)
		for from < len(b.items) && newestFirst(b.items[from], last) <= 0 {
			from++
		}
	}
	from = min(from, len(b.items))
	to := min(from+size, len(b.items))
	c := github.Connection[boardItem]{TotalCount: len(b.items)}
	for _, it := range b.items[from:to] {
		node := &it
		if slices.Contains(b.hidden, it.number) {
			node = nil
		}
		c.Nodes = append(c.Nodes, node)
		c.PageInfo.EndCursor = fmt.Sprint(it.updated, it.number)
	}
	if b.byPosition {
		c.PageInfo.EndCursor = fmt.Sprint(to)
	}
	c.PageInfo.HasNextPage = to < len(b.items)
	return c, nil, nil
}

// read reads a board back to an instant and returns what is known of it then.
func (b *board) read(t *testing.T, since int) map[int]boardItem {
	t.Helper()
	_, known := b.reader(t, since)
	return known
}

// reader is read, with the reader that did it.
func (b *board) reader(t *testing.T, since int) (*reader, map[int]boardItem) {
	t.Helper()
	r := newReader(nil, "o/r", Options{})
	r.most = 2
	known := map[int]boardItem{}
	list := touched[boardItem]{
		list:  list[boardItem]{entity: shipshape.ChangeEntity, size: 10, ask: b.ask},
		since: second(since),
		stamp: func(it *boardItem) (int, time.Time) { return it.number, second(it.updated) },
		tails: func(*boardItem) []*tail { return nil },
		keep:  func(it *boardItem) { known[it.number] = *it },
	}
	if err := list.read(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return r, known
}

func second(n int) time.Time { return time.Unix(int64(n), 0).UTC() }

func boardOf(n int) *board {
	b := &board{}
	for i := range n {
		b.touch(i+1, 1)
	}
	return b
}

// A record that was last in the list is touched after the first page: it stands
// first then, on a page that was read.
func TestARecordTouchedWhilePagingIsReadAsItIsThen(t *testing.T) {
	b := boardOf(6)
	b.happens = []func(*board){nil, func(b *board) { b.touch(1, 1) }}
	b.happens[0] = func(*board) {}
	got := b.read(t, 0)
	if want := (boardItem{number: 1, updated: 7, version: 1}); got[1] != want || len(got) != 6 {
		t.Errorf("read %d records, the touched one as %+v, want 6 and %+v", len(got), got[1], want)
	}
}

// What is too old stays out when the beginning is read again, even if all that is
// new is withheld.
func TestReadingAgainDoesNotReachBeyondSince(t *testing.T) {
	b := boardOf(9)
	b.hidden = []int{6, 7, 8, 9}
	if got := b.read(t, 6); len(got) != 0 {
		t.Errorf("read %v, want nothing that is older", got)
	}
}

func TestAListOfOnePageIsAskedForOnce(t *testing.T) {
	b := boardOf(2)
	if got := b.read(t, 0); len(got) != 2 || b.asked != 1 {
		t.Errorf("read %d records in %d requests, want 2 in 1", len(got), b.asked)
	}
}

func TestReadingStopsAtTheFirstRecordThatIsTooOld(t *testing.T) {
	b := boardOf(100)
	got := b.read(t, 98)
	if len(got) != 3 || b.asked != 3 {
		t.Errorf("read %d records in %d requests, want 98, 99 and 100 in two pages and the first page again", len(got), b.asked)
	}
}

// A bulk edit gives more records than a page holds the same instant: reading the
// newest ones again finds them all, each time.
func TestManyRecordsOfOneInstantAreReadTwiceAndNotForEver(t *testing.T) {
	b := boardOf(0)
	for i := range 9 {
		b.touch(i+1, 0)
	}
	if got := b.read(t, 0); len(got) != 9 || b.asked != 11 {
		t.Errorf("read %d records in %d requests, want 9 in two passes of 5, and the first page once more", len(got), b.asked)
	}
}

// Whatever is touched or added while a list is read, what is known in the end is
// what the server shows when nothing happens any more.
func TestNothingIsMissedWhateverHappensWhilePaging(t *testing.T) {
	for seed := range int64(500) {
		rnd := rand.New(rand.NewSource(seed))
		b := boardOf(rnd.Intn(12))
		b.byPosition = seed%2 == 1
		for range rnd.Intn(20) {
			b.happens = append(b.happens, func(b *board) {
				b.now++
				for range rnd.Intn(4) {
					b.touch(1+rnd.Intn(14), 0)
				}
			})
		}
		since := rnd.Intn(8)
		got := b.read(t, since)
		for _, it := range b.items {
			if it.updated < since {
				continue
			}
			if diff := gocmp.Diff(it, got[it.number], gocmp.AllowUnexported(boardItem{})); diff != "" {
				t.Fatalf("seed %d: record %d (-want +got):\n%s", seed, it.number, diff)
			}
		}
	}
}

// Records that a token may not see come as null, wherever they stand. They are
// counted once, and nothing is asked for without end.
func TestWithheldRecordsAreCountedOnce(t *testing.T) {
	for _, hidden := range [][]int{{9}, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {4, 5, 6, 7, 8, 9}, {1}} {
		b := boardOf(9)
		b.hidden = hidden
		r, got := b.reader(t, 0)
		if len(got) != 9-len(hidden) || b.asked > 20 {
			t.Errorf("%v hidden: read %d records in %d requests", hidden, len(got), b.asked)
		}
		if len(r.h.Gaps) != 1 || r.h.Gaps[0].Entity != shipshape.ChangeEntity {
			t.Errorf("%v hidden: gaps %+v, want one", hidden, r.h.Gaps)
		}
	}
}
