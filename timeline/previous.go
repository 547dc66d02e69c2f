package timeline

import (
	"cmp"
	"fmt"
	"slices"
)

// predecessors chooses what each release is counted from.
type predecessors struct {
	g        *graph
	releases []ranking // by publication
	newest   []int     // indexes into releases with a commit in the graph, newest commit first
	walk     *walker
}

func (r *Repository) newPredecessors(releases []ranking) *predecessors {
	ps := &predecessors{g: r.graph, releases: releases, walk: newWalker(r.graph)}
	for i, release := range releases {
		if release.id != none {
			ps.newest = append(ps.newest, i)
		}
	}
	slices.SortFunc(ps.newest, func(a, b int) int { return cmp.Compare(releases[b].id, releases[a].id) })
	return ps
}

// choose fills Previous, Why and Commits of the i-th release. The candidates are
// the releases published before it; a full release looks past pre-releases.
//
// Within a line it is the nearest release that is an ancestor. On a new line, or
// where the line has no ancestor, it is the release of a lower version that leaves
// the fewest commits: an ancestor can be years old where releases are made on
// branches. Versions of other families are looked at where the own one has none.
func (ps *predecessors) choose(i int) {
	this := ps.releases[i]
	if this.Missing {
		this.Why = "its commit is not in the history that was read"
		return
	}
	found, why := ps.search(i)
	this.Why = why
	from := none
	if found >= 0 {
		this.Previous, from = ps.releases[found].Release, ps.releases[found].id
	}
	this.Commits = ps.g.oids(ps.g.between(from, this.id))
}

// search returns the index of the predecessor and the reason for it; -1 for none.
func (ps *predecessors) search(i int) (int, string) {
	this := ps.releases[i]
	inLine := func(k int) bool {
		return ps.candidate(k, i) && this.sameFamily(ps.releases[k]) && this.Line == ps.releases[k].Line
	}
	if found := ps.fewest(i, inLine, true); found >= 0 {
		return found, "the nearest earlier release of " + lineName(this) + " that is an ancestor"
	}
	lower := func(k int) bool {
		return ps.candidate(k, i) && this.sameFamily(ps.releases[k]) && this.compareVersion(ps.releases[k]) > 0
	}
	if found := ps.fewest(i, lower, false); found >= 0 {
		return found, "no earlier release of " + lineName(this) +
			" is an ancestor; of the lower versions it leaves the fewest commits"
	}
	other := func(k int) bool { return ps.candidate(k, i) && !this.sameFamily(ps.releases[k]) }
	if slices.ContainsFunc(ps.newest, func(k int) bool { return ps.candidate(k, i) && this.sameFamily(ps.releases[k]) }) {
		return -1, "every earlier release has a higher version"
	}
	if found := ps.fewest(i, other, false); found >= 0 {
		return found, fmt.Sprintf("the first of its numbering; of the earlier releases %s leaves the fewest commits", ps.releases[found].Tag)
	}
	return -1, ps.whyFirst(i)
}

// candidate reports whether release k may come before release i.
func (ps *predecessors) candidate(k, i int) bool {
	return k < i && (ps.releases[i].Prerelease || !ps.releases[k].Prerelease)
}

// whyFirst words why a release has no predecessor.
func (ps *predecessors) whyFirst(i int) string {
	switch {
	case i == 0:
		return "the first release"
	case slices.ContainsFunc(ps.newest, func(k int) bool { return k < i }):
		return "the first full release"
	}
	return "no earlier release has a commit in the history that was read"
}

func lineName(r ranking) string {
	switch {
	case !r.versioned:
		return "those without a version"
	case r.Line == "":
		return "the numbered series"
	case r.version.numbered:
		return "the series " + r.Line
	}
	return "line " + r.Line
}

// fewest returns the release, among those that fit, that leaves the fewest commits
// to the i-th; -1 if none fits. Of equals an ancestor is chosen, of several at one
// commit the last published, then the lowest version.
//
// It goes down the graph once, from the newest commit that matters. A candidate
// below one that was counted leaves no fewer, and what is older than so many commits
// of this release leaves more than that many: both are never counted.
func (ps *predecessors) fewest(i int, fits func(int) bool, ancestorsOnly bool) int {
	defer ps.walk.reset()
	this := ps.releases[i]
	best, left, bestIsAncestor := -1, ps.g.len(), false
	ps.walk.mark(this.id, fromTip)
	passed := 0 // commits of this release that are newer than the candidate
	for at := 0; at < len(ps.newest); {
		id := ps.releases[ps.newest[at]].id
		group := at
		for at < len(ps.newest) && ps.releases[ps.newest[at]].id == id {
			at++
		}
		if ancestorsOnly && id > this.id {
			continue
		}
		k := ps.preferred(ps.newest[group:at], fits)
		if k < 0 {
			continue
		}
		passed += ps.descend(id)
		if passed > left || ancestorsOnly && ps.walk.open == 0 {
			break
		}
		from := ps.walk.flags[id]
		ancestor := from&fromTip != 0
		if ancestorsOnly && !ancestor || from&fromNot != 0 && (!ancestor || bestIsAncestor) {
			continue
		}
		n := ps.g.countBetween(id, this.id, left)
		if best < 0 || n < left || n == left && ancestor && !bestIsAncestor {
			best, left, bestIsAncestor = k, n, ancestor
		}
		ps.walk.mark(id, fromNot)
	}
	return best
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

// preferred returns the release among those at one commit that fits: the last
// published, then the lowest version; -1 if none fits.
func (ps *predecessors) preferred(group []int, fits func(int) bool) int {
	best := -1
	for _, k := range group {
		if !fits(k) || best >= 0 && !ps.laterOrLower(k, best) {
			continue
		}
		best = k
	}
	return best
}

func (ps *predecessors) laterOrLower(k, than int) bool {
	a, b := ps.releases[k], ps.releases[than]
	if c := a.Published.Compare(b.Published); c != 0 {
		return c > 0
	}
	return cmp.Or(a.compareVersion(b), cmp.Compare(a.Tag, b.Tag)) < 0
}
