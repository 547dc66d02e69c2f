package collect

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// lines are the default branch and the release branches, with the commits that can
// be reached from their heads.
type lines struct {
	r  *reader
	at map[shipshape.OID]int // positions in the history's commits
	// heads are those of the lines, the default branch's first; "" for none.
	heads []shipshape.OID
	// pushed tells of each commit on a line the earliest instant at which it can have
	// been there: a rebased commit keeps an old date, and lies on newer ones.
	pushed map[shipshape.OID]time.Time
	// torn is how many commits are on a line by what points at them, and not known.
	torn int
}

// newLines follows the lines through the commits that are known.
func (r *reader) newLines() *lines {
	l := &lines{r: r, at: r.positions(), heads: []shipshape.OID{r.head}, pushed: map[shipshape.OID]time.Time{}}
	for _, ref := range r.h.Refs {
		if ref.Kind == shipshape.Branch && r.line(ref.Name) {
			l.heads = append(l.heads, ref.Target)
		}
	}
	l.follow()
	return l
}

// follow dates the commits on the lines, parents before their children. No answer
// can make it go in circles: a commit is opened once.
func (l *lines) follow() {
	opened := map[shipshape.OID]bool{}
	for stack := slices.Clone(l.heads); len(stack) > 0; {
		id := stack[len(stack)-1]
		i, known := l.at[id]
		switch {
		case opened[id] && known:
			l.date(l.r.h.Commits[i])
			stack = stack[:len(stack)-1]
		case known:
			stack = append(stack, l.r.h.Commits[i].Parents...)
		default:
			stack = stack[:len(stack)-1]
			if id != "" && !opened[id] {
				l.torn++
			}
		}
		opened[id] = true
	}
}

// date notes when a commit was pushed at the earliest: when it was committed, or when
// one of its parents was.
func (l *lines) date(c shipshape.Commit) {
	at := c.CommittedAt
	for _, parent := range c.Parents {
		if before := l.pushed[parent]; before.After(at) {
			at = before
		}
	}
	l.pushed[c.OID] = at
}

// lineCommit is a commit whose runs are read.
type lineCommit struct {
	id shipshape.OID
	// until is the last instant at which it can have been the head of a line, where
	// scheduled runs hang on it; else when it was pushed.
	until time.Time
}

// commits are the commits whose runs are read: what was pushed to a line, or was the
// head of one, at or after [Options.RunsSince], and the heads that are asked for.
// They come in the order in which they ceased to be heads, the last first: what is
// not read of them bounds what is known of runs.
func (l *lines) commits(heads map[shipshape.OID]bool) []lineCommit {
	until := l.reigns()
	var wanted []lineCommit
	for _, c := range l.r.h.Commits {
		at, onLine := l.pushed[c.OID]
		if reign := until[c.OID]; reign.After(at) {
			at = reign
		}
		switch {
		case heads[c.OID]:
			wanted = append(wanted, lineCommit{c.OID, l.r.o.Until.UTC()})
		case onLine && !at.Before(l.r.o.RunsSince):
			wanted = append(wanted, lineCommit{c.OID, at})
		}
	}
	slices.SortFunc(wanted, func(a, b lineCommit) int { return cmp.Or(b.until.Compare(a.until), cmp.Compare(b.id, a.id)) })
	return wanted
}

// reigns tells until when commits were the heads of their lines, back to the first
// that was so before [Options.RunsSince] began. The head of now is one until
// [Options.Until], whatever its date.
func (l *lines) reigns() map[shipshape.OID]time.Time {
	until := map[shipshape.OID]time.Time{}
	for _, id := range l.heads {
		for at := l.r.o.Until.UTC(); at.After(until[id]) && !at.Before(l.r.o.RunsSince); {
			pushed, known := l.pushed[id]
			if !known {
				break
			}
			until[id], at = at, pushed
			parents := l.r.h.Commits[l.at[id]].Parents
			if len(parents) == 0 {
				break
			}
			id = parents[0]
		}
	}
	return until
}

// lostRuns says what is not known of runs because commits are not. A head that GitHub
// named and did not give leaves nothing to look for runs at.
func (r *reader) lostRuns(l *lines) {
	_, began := l.pushed[r.head]
	g, lost := r.lost(shipshape.CommitEntity)
	if lost || r.head != "" && !began {
		r.gap(r.runsLostWith(g))
		return
	}
	r.lostWithRefs(shipshape.RunEntity, "looked for on the default branch and at what was delivered")
	if l.torn > 0 {
		r.gap(shipshape.Gap{Entity: shipshape.RunEntity, Reason: shipshape.Truncated,
			Why:    fmt.Sprintf("GitHub does not give %d of the commits that lines of releases lead to: workflow runs were not looked for there, nor below.", l.torn),
			Remedy: "Collect again, or from a clone."})
	}
}

// lost returns the gap that says that an entity is not known as a whole.
func (r *reader) lost(e shipshape.Entity) (shipshape.Gap, bool) {
	for _, g := range r.h.Gaps {
		if g.Covers(e, "") || g.Entity == e && g.Field == "" && g.ID == "" && g.Reason == shipshape.NotReached {
			return g, true
		}
	}
	return shipshape.Gap{}, false
}

// lostWithRefs says that the records which only branches and tags lead to are lacking,
// where those are not known. How says what was done with the others.
func (r *reader) lostWithRefs(e shipshape.Entity, how string) {
	if g, lost := r.lost(shipshape.RefEntity); lost {
		r.gap(shipshape.Gap{Entity: e, Reason: shipshape.Truncated,
			Why:    fmt.Sprintf("Branches and tags are not known: %s were only %s.", plurals[e], how),
			Remedy: g.Remedy})
	}
}

// runsLostWith is the gap of the runs where that of the commits is g, or where the
// commits have none and are not there.
func (r *reader) runsLostWith(g shipshape.Gap) shipshape.Gap {
	if g.Reason == shipshape.Forbidden {
		return shipshape.Gap{Entity: shipshape.RunEntity, Reason: shipshape.Forbidden,
			Why:    "The token may not read the commits, through which workflow runs are found.",
			Remedy: g.Remedy}
	}
	return shipshape.Gap{Entity: shipshape.RunEntity, Reason: shipshape.NotReached, Before: r.o.Until.UTC(),
		Why:    "The commits were not read, through which workflow runs are found.",
		Remedy: cmp.Or(g.Remedy, "Collect again, or from a clone.")}
}
