package githubtest

import (
	"encoding/base64"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

// list is what a connection pages through. A resolver returns it; the executor cuts
// the page.
type list struct {
	count func() int       // how many there are
	has   func(i int) bool // whether there is an i-th; nil asks count
	at    func(i int) any  // the i-th item
	// key places an item in the list's order. A cursor made of it stays where it is
	// when items come, go or move. Nil: a cursor holds the position.
	key  func(i int) string
	desc bool   // keys fall
	head string // what positions are counted from, for cursors without keys
	// total is what totalCount says, where that is more than can be listed.
	total int
	// unbounded lists may be asked for without a page size.
	unbounded bool
}

// sliceOf is a list of the items of a slice, in its order.
func sliceOf[T any](items []T, at func(i int, item T) any) list {
	return list{
		count: func() int { return len(items) },
		at:    func(i int) any { return at(i, items[i]) },
	}
}

// none is an empty list.
func none() list { return sliceOf([]int(nil), func(int, int) any { return nil }) }

// keyed gives the list keys, which must ascend, or fall where desc is set.
func (l list) keyed(desc bool, key func(i int) string) list {
	l.key, l.desc = key, desc
	return l
}

func (l list) there(i int) bool {
	if l.has != nil {
		return l.has(i)
	}
	return i < l.count()
}

// page is the part of a list that was asked for: items from up to, not including, to.
type page struct {
	list
	from, to int
}

// maxPage is the longest page that GitHub gives.
const maxPage = 100

// cut returns the page that the arguments ask for. wanted says whether items are
// selected: a count needs no page size.
func (l list) cut(name string, args arguments, wanted bool) (page, *fault) {
	p := page{list: l}
	if f := l.bounds(name, args, wanted); f != nil {
		return p, f
	}
	if after := args.text("after"); after != "" {
		skip, ok := l.find(after, true)
		if !ok {
			return p, faultf("INVALID_CURSOR_ARGUMENTS", "`%s` does not appear to be a valid cursor.", after)
		}
		p.from = skip
	}
	switch {
	case !wanted:
		p.to = p.from
	case args.has("last") || args.has("before"):
		return l.backward(p, args)
	default:
		size := maxPage
		if args.has("first") {
			size = args.number("first")
		}
		for p.to = p.from; p.to < p.from+size && l.there(p.to); {
			p.to++
		}
	}
	return p, nil
}

// backward cuts the page that ends where `before` or the list does.
func (l list) backward(p page, args arguments) (page, *fault) {
	p.to = l.count()
	if before := args.text("before"); before != "" {
		end, ok := l.find(before, false)
		if !ok {
			return p, faultf("INVALID_CURSOR_ARGUMENTS", "`%s` does not appear to be a valid cursor.", before)
		}
		p.to = min(end, p.to)
	}
	p.to = max(p.to, p.from)
	if args.has("last") {
		p.from = max(p.from, p.to-args.number("last"))
	}
	if args.has("first") {
		p.to = min(p.to, p.from+args.number("first"))
	}
	return p, nil
}

// bounds checks the page size.
func (l list) bounds(name string, args arguments, wanted bool) *fault {
	if wanted && !args.has("first") && !args.has("last") && !l.unbounded {
		return faultf("MISSING_PAGINATION_BOUNDARIES", "You must provide a `first` or `last` value to properly paginate the `%s` connection.", name)
	}
	if args.has("first") && args.has("last") {
		return faultf("INVALID_PAGINATION_BOUNDARIES", "Passing both `first` and `last` to paginate the `%s` connection is not supported.", name)
	}
	for _, bound := range []string{"first", "last"} {
		switch n := args.number(bound); {
		case n < 0:
			return faultf("INVALID_PAGINATION_BOUNDARIES", "`%s` on the `%s` connection cannot be less than zero.", bound, name)
		case n > maxPage:
			return faultf("EXCESSIVE_PAGINATION", "Requesting %d records on the `%s` connection exceeds the `%s` limit of %d records.", n, name, bound, maxPage)
		}
	}
	return nil
}

// cursorPrefix begins every cursor, before it is encoded.
const cursorPrefix = "cursor:v2:"

// cursor returns the opaque cursor of the i-th item.
func (l list) cursor(i int) string {
	place := fmt.Sprintf("%s %d", l.head, i)
	if l.key != nil {
		place = l.key(i)
	}
	return base64.StdEncoding.EncodeToString([]byte(cursorPrefix + place))
}

// find returns how many items come before a cursor's place, its own item counted
// where past is set.
func (l list) find(cursor string, past bool) (int, bool) {
	raw, err := base64.StdEncoding.DecodeString(cursor)
	place, ok := strings.CutPrefix(string(raw), cursorPrefix)
	if err != nil || !ok {
		return 0, false
	}
	if l.key != nil {
		return l.search(place, past), true
	}
	head, position, ok := strings.Cut(place, " ")
	i, err := strconv.Atoi(position)
	if !ok || err != nil || i < 0 || head != l.head {
		return 0, false
	}
	if past {
		i++
	}
	return i, true
}

func (l list) search(place string, past bool) int {
	return sort.Search(l.count(), func(i int) bool {
		c := strings.Compare(l.key(i), place)
		if l.desc {
			c = -c
		}
		return c > 0 || (c == 0 && !past)
	})
}

// instantKey writes an instant so that text order is time order.
func instantKey(t time.Time, rest string) string {
	return t.UTC().Format("20060102150405.000000000") + " " + rest
}

// numberKey writes a number so that text order is number order.
func numberKey(n int64) string { return fmt.Sprintf("%020d", n) }
