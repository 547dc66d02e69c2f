package github

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// list is a list of n numbers that a server pages; more than most items at once
// are too big for it.
type list struct {
	n     int
	most  func(after int) int
	asked []int // sizes, refused ones too
}

func (l *list) ask(_ context.Context, size int, after *string) (Connection[int], []Fault, error) {
	l.asked = append(l.asked, size)
	from := 0
	if after != nil {
		from, _ = strconv.Atoi(*after)
	}
	if l.most != nil && size > l.most(from) {
		return Connection[int]{}, nil, &QueryError{Err: ErrTooBig}
	}
	c := Connection[int]{TotalCount: l.n}
	for i := from; i < min(from+size, l.n); i++ {
		c.Nodes = append(c.Nodes, &i)
	}
	to := from + len(c.Nodes)
	c.PageInfo = PageInfo{HasNextPage: to < l.n, EndCursor: strconv.Itoa(to)}
	return c, nil, nil
}

// read pages to the end and returns the numbers.
func read(t *testing.T, p Pages[int]) ([]int, error) {
	t.Helper()
	var got []int
	var failed error
	for page, err := range p.All(t.Context()) {
		if failed != nil {
			t.Fatal("the list goes on after an error")
		}
		if failed = err; err != nil && len(page.Nodes) > 0 {
			t.Error("an error comes with a page")
		}
		for _, n := range page.Nodes {
			got = append(got, *n)
		}
	}
	return got, failed
}

func count(from, to int) []int {
	var all []int
	for i := from; i < to; i++ {
		all = append(all, i)
	}
	return all
}

func TestPagesReadAListToItsEnd(t *testing.T) {
	for n := range 8 {
		l := &list{n: n}
		got, err := read(t, Pages[int]{Size: 2, Ask: l.ask})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(count(0, n), got); diff != "" {
			t.Errorf("%d items (-want +got):\n%s", n, diff)
		}
		if want := max((n+1)/2, 1); len(l.asked) != want {
			t.Errorf("%d items took %d pages, want %d", n, len(l.asked), want)
		}
	}
}

func TestPagesGoOnAfterACursor(t *testing.T) {
	got, err := read(t, Pages[int]{Size: 2, After: "3", Ask: (&list{n: 8}).ask})
	if diff := cmp.Diff(count(3, 8), got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestPagesStopWhenTheCallerDoes(t *testing.T) {
	l := &list{n: 100}
	for range (Pages[int]{Size: 2, Ask: l.ask}).All(t.Context()) {
		break
	}
	if len(l.asked) != 1 {
		t.Errorf("%d pages, want 1", len(l.asked))
	}
}

func TestPagesHalveAndGrow(t *testing.T) {
	heavy := func(after int) int {
		if after < 16 {
			return 3
		}
		return 100
	}
	l := &list{n: 60, most: heavy}
	got, err := read(t, Pages[int]{Size: 8, Ask: l.ask})
	if diff := cmp.Diff(count(0, 60), got); err != nil || diff != "" {
		t.Fatalf("%v (-want +got):\n%s", err, diff)
	}
	// 8 and 4 are refused; eight pages of 2 reach 16; eight of 4 reach 48.
	want := []int{8, 4, 2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4, 8, 8}
	if diff := cmp.Diff(want, l.asked); diff != "" {
		t.Errorf("sizes (-want +got):\n%s", diff)
	}
}

// TestPagesLoseNothingWhateverIsTooBig asks servers whose patience changes from
// item to item.
func TestPagesLoseNothingWhateverIsTooBig(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := r.IntN(300)
		most := make([]int, n+1)
		for i := range most {
			most[i] = 1 + r.IntN(40)
		}
		l := &list{n: n, most: func(after int) int { return most[after] }}
		got, err := read(t, Pages[int]{Size: 1 + r.IntN(40), Ask: l.ask})
		if diff := cmp.Diff(count(0, n), got); err != nil || diff != "" {
			t.Fatalf("seed %d: %v (-want +got):\n%s", seed, err, diff)
		}
	}
}

func TestOneItemTooBigEndsAList(t *testing.T) {
	l := &list{n: 9, most: func(after int) int { return 3 - after }}
	got, err := read(t, Pages[int]{Size: 4, Ask: l.ask})
	if !errors.Is(err, ErrTooBig) {
		t.Errorf("error = %v", err)
	}
	if diff := cmp.Diff(count(0, 3), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestListsThatDoNotMoveOnAreErrors(t *testing.T) {
	page := func(items int, end string) Connection[int] {
		return Connection[int]{PageInfo: PageInfo{HasNextPage: true, EndCursor: end}, Nodes: make([]*int, items)}
	}
	for name, next := range map[string]func(n int) Connection[int]{
		"the same cursor": func(int) Connection[int] { return page(2, "x") },
		"no cursor":       func(int) Connection[int] { return page(2, "") },
		"a circle":        func(n int) Connection[int] { return page(2, strconv.Itoa(n%3)) },
		"empty pages":     func(n int) Connection[int] { return page(0, fmt.Sprint("c", n)) },
	} {
		n := 0
		p := Pages[int]{Size: 2, Ask: func(context.Context, int, *string) (Connection[int], []Fault, error) {
			n++
			return next(n), nil, nil
		}}
		var last error
		for _, last = range p.All(t.Context()) {
			if n > 10 {
				t.Fatalf("%s: goes on without end", name)
			}
		}
		if !errors.Is(last, ErrNoProgress) {
			t.Errorf("%s: error = %v", name, last)
		}
	}
}

func TestOneEmptyPageIsNoReasonToStop(t *testing.T) {
	sizes := []int{2, 0, 1}
	n := 0
	p := Pages[int]{Size: 2, Ask: func(context.Context, int, *string) (Connection[int], []Fault, error) {
		c := Connection[int]{PageInfo: PageInfo{HasNextPage: n < 2, EndCursor: strconv.Itoa(n)}, Nodes: make([]*int, sizes[n])}
		n++
		return c, nil, nil
	}}
	for _, err := range p.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if n != 3 {
		t.Errorf("%d pages, want 3", n)
	}
}
