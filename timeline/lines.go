package timeline

// lines tells how each commit came to the lines that are kept or delivered.
type lines struct {
	reached *reach
	// bringer is the merge that brought a commit from a side: of nested merges the
	// innermost. It is none for a commit on the first-parent chain of a line, and
	// for one that no line reaches.
	bringer []int32
}

// side is a parent of a merge that is still to be followed.
type side struct{ merge, parent int32 }

// follow walks the lines below the tips, the first tip's line first. Every commit
// is visited once: those of a side are what the merge brought, as all that its
// first parent reaches has been visited before.
func (g *graph) follow(tips []int32) *lines {
	l := &lines{reached: g.newReach(), bringer: make([]int32, g.len())}
	for i := range l.bringer {
		l.bringer[i] = none
	}
	var sides []side
	for _, tip := range tips {
		sides = l.chain(side{merge: none, parent: tip}, sides)
		for len(sides) > 0 {
			next := sides[len(sides)-1]
			sides = l.chain(next, sides[:len(sides)-1])
		}
	}
	return l
}

// chain visits a first-parent chain down to what was visited before, and adds the
// sides of its merges so that the oldest is on top.
func (l *lines) chain(from side, sides []side) []side {
	g := l.reached.g
	for i := from.parent; i >= 0 && !l.reached.has(i); i = g.firstParent(i) {
		l.reached.set(i)
		l.bringer[i] = from.merge
		if parents := g.parentsOf(i); len(parents) > 1 {
			for k := len(parents) - 1; k > 0; k-- {
				sides = append(sides, side{merge: i, parent: parents[k]})
			}
		}
	}
	return sides
}
