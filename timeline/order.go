package timeline

import (
	"slices"

	"github.com/shipshape-report/shipshape"
)

// byTime returns pointers to the commits ordered by time and object id, each
// object id once, and the place of each in that order.
func byTime(commits []shipshape.Commit) ([]*shipshape.Commit, map[shipshape.OID]int32) {
	sorted := make([]*shipshape.Commit, len(commits))
	for i := range commits {
		sorted[i] = &commits[i]
	}
	compare := func(a, b *shipshape.Commit) int { return a.Compare(*b) }
	if !slices.IsSortedFunc(sorted, compare) {
		slices.SortFunc(sorted, compare)
	}
	places := make(map[shipshape.OID]int32, len(sorted))
	unique := sorted[:0]
	for _, c := range sorted {
		if _, twice := places[c.OID]; !twice {
			places[c.OID] = int32(len(unique))
			unique = append(unique, c)
		}
	}
	return unique, places
}

// edges are the parents of commits by their place in a list.
type edges struct {
	starts, parents []int32
}

// parentPlaces looks up the parents of every commit; none stands for a parent
// that is not among them.
func parentPlaces(commits []*shipshape.Commit, places map[shipshape.OID]int32) edges {
	e := edges{starts: make([]int32, 1, len(commits)+1), parents: make([]int32, 0, len(commits))}
	for _, c := range commits {
		for _, o := range c.Parents {
			place, ok := places[o]
			if !ok {
				place = none
			}
			e.parents = append(e.parents, place)
		}
		e.starts = append(e.starts, int32(len(e.parents)))
	}
	return e
}

// of returns the parents of the commit at a place.
func (e edges) of(place int32) []int32 { return e.parents[e.starts[place]:e.starts[place+1]] }

// The states of a commit while it is being placed.
const (
	unplaced uint8 = iota
	waiting        // for its parents
	placed
)

// parentsFirst returns the places so that parents come before children, and
// otherwise in their order. An edge that closes a circle is cut: it is overwritten
// with none.
func (e edges) parentsFirst() []int32 {
	n := int32(len(e.starts) - 1)
	state := make([]uint8, n)
	next := slices.Clone(e.starts[:n]) // the parent to look at next
	order := make([]int32, 0, n)
	var stack []int32
	for place := range n {
		if state[place] == unplaced {
			stack = append(stack, place)
			state[place] = waiting
		}
		for len(stack) > 0 {
			top := stack[len(stack)-1]
			if next[top] == e.starts[top+1] {
				state[top] = placed
				order = append(order, top)
				stack = stack[:len(stack)-1]
				continue
			}
			parent := &e.parents[next[top]]
			next[top]++
			switch {
			case *parent == none || state[*parent] == placed:
			case state[*parent] == waiting:
				*parent = none
			default:
				state[*parent] = waiting
				stack = append(stack, *parent)
			}
		}
	}
	return order
}
