package timeline

// reach is the set of commits that the tips added so far lead to. All additions
// together cost as much as one walk over the graph.
type reach struct {
	g    *graph
	seen []uint64 // a bit per commit
}

// newReach returns a reach that holds nothing.
func (g *graph) newReach() *reach { return &reach{g: g, seen: make([]uint64, (g.len()+63)/64)} }

// has reports whether commit i was reached.
func (r *reach) has(i int32) bool { return i >= 0 && r.seen[i>>6]&(1<<(i&63)) != 0 }

// add adds a tip and returns what it newly reaches, in topological order, newest
// first: nothing if the tip was reached before or is negative.
func (r *reach) add(tip int32) []int32 {
	if tip < 0 || r.has(tip) {
		return nil
	}
	r.set(tip)
	fresh := []int32{tip}
	for next := 0; next < len(fresh); next++ {
		for _, p := range r.g.parentsOf(fresh[next]) {
			if p >= 0 && !r.has(p) {
				r.set(p)
				fresh = append(fresh, p)
			}
		}
	}
	newest(fresh)
	return fresh
}

func (r *reach) set(i int32) { r.seen[i>>6] |= 1 << (i & 63) }
