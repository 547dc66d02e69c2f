package timeline

import "cmp"

// choice is the best predecessor found so far.
type choice struct {
	release  int // -1 for none
	left     int // commits it leaves
	ancestor bool
}

// fewest returns the release, among those taken that fit, that leaves the fewest
// commits to a release at tip; -1 if none fits. Of equals an ancestor is chosen, of
// several at one commit the last published, then the lowest version.
//
// It goes down the graph once, from the newest candidate. One below a candidate
// that was counted leaves no fewer, and one that is older than so many commits of
// this release leaves at least that many: neither is counted. Counting ends at the
// best number so far.
func (ps *predecessors) fewest(tip int32, taken []int, fits func(int) bool, ancestorsOnly bool) int {
	defer ps.walk.reset()
	best := choice{release: -1, left: ps.g.len()}
	ps.walk.mark(tip, fromTip)
	passed := 0 // commits of this release that are newer than the candidate
	for len(taken) > 0 {
		id := ps.releases[taken[len(taken)-1]].id
		var k int
		if k, taken = ps.preferred(taken, fits); k < 0 {
			continue
		}
		passed += ps.descend(id)
		if passed > best.left || ancestorsOnly && ps.walk.open == 0 {
			break
		}
		from := ps.walk.flags[id]
		ancestor := from&fromTip != 0
		hopeless := from&fromNot != 0 && (!ancestor || best.ancestor)
		if hopeless || ancestorsOnly && !ancestor {
			continue
		}
		n := ps.g.countBetween(id, tip, best.left)
		if best.release < 0 || n < best.left || n == best.left && ancestor && !best.ancestor {
			best = choice{release: k, left: n, ancestor: ancestor}
		}
		ps.walk.mark(id, fromNot)
	}
	return best.release
}

// descend takes the walk down to the commits at or below id, and returns how many
// of those passed are commits of the release it began at.
func (ps *predecessors) descend(id int32) int {
	n := 0
	w := ps.walk
	for len(w.queue) > 0 && w.queue[0] > id {
		i, from := w.pop()
		if from&fromTip != 0 {
			n++
		}
		for _, p := range ps.g.parentsOf(i) {
			if p >= 0 {
				w.mark(p, from)
			}
		}
	}
	return n
}

// preferred takes the releases at the newest commit off the list and returns the
// one that fits best: the last published, then the lowest version; -1 if none fits.
func (ps *predecessors) preferred(taken []int, fits func(int) bool) (best int, rest []int) {
	best, rest = -1, taken
	id := ps.releases[taken[len(taken)-1]].id
	for len(rest) > 0 && ps.releases[rest[len(rest)-1]].id == id {
		k := rest[len(rest)-1]
		rest = rest[:len(rest)-1]
		if fits(k) && (best < 0 || ps.laterOrLower(k, best)) {
			best = k
		}
	}
	return best, rest
}

// laterOrLower reports whether release k was published after another, or at the
// same time with a lower version.
func (ps *predecessors) laterOrLower(k, than int) bool {
	a, b := ps.releases[k], ps.releases[than]
	if c := a.Published.Compare(b.Published); c != 0 {
		return c > 0
	}
	return cmp.Or(a.compareVersion(b), cmp.Compare(a.Tag, b.Tag)) < 0
}
