package timeline

import (
	"cmp"
	"slices"
)

// predecessors chooses what each release is counted from. It takes the releases by
// publication and knows those taken before.
type predecessors struct {
	g        *graph
	releases []ranking
	// The releases taken, as indexes by commit id: all, by family, and by line.
	all      []int
	families map[familyKey][]int
	lines    map[lineKey][]int
	walk     *walker
}

// familyKey tells apart versions that count differently. All tags that are no
// versions are one family.
type familyKey struct {
	name                string
	numbered, versioned bool
}

// lineKey is a release line.
type lineKey struct {
	familyKey
	line string
}

func (r *Repository) newPredecessors(releases []ranking) *predecessors {
	return &predecessors{
		g: r.graph, releases: releases, walk: newWalker(r.graph),
		families: map[familyKey][]int{}, lines: map[lineKey][]int{},
	}
}

// choose fills Previous, Why and Commits of the next release, the i-th. The
// candidates are the releases published before it; a full release looks past
// pre-releases.
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
	ps.take(i)
}

// take makes a release a candidate for those after it.
func (ps *predecessors) take(i int) {
	line := ps.releases[i].key()
	ps.all = ps.insert(ps.all, i)
	ps.families[line.familyKey] = ps.insert(ps.families[line.familyKey], i)
	ps.lines[line] = ps.insert(ps.lines[line], i)
}

// insert keeps indexes in the order of their commits' ids.
func (ps *predecessors) insert(taken []int, i int) []int {
	return slices.Insert(taken, ps.from(taken, ps.releases[i].id), i)
}

// from returns how many of the indexes have a commit id up to the given one.
func (ps *predecessors) from(taken []int, id int32) int {
	at, _ := slices.BinarySearchFunc(taken, id+1, func(k int, id int32) int { return cmp.Compare(ps.releases[k].id, id) })
	return at
}

// key returns the line of a release.
func (a ranking) key() lineKey {
	return lineKey{familyKey{a.version.family, a.version.numbered, a.versioned}, a.Line}
}

// search returns the index of the predecessor and the reason for it; -1 for none.
func (ps *predecessors) search(i int) (int, string) {
	this := ps.releases[i]
	line := this.key()
	admitted := func(k int) bool { return this.Prerelease || !ps.releases[k].Prerelease }
	below := ps.lines[line][:ps.from(ps.lines[line], this.id)]
	if found := ps.fewest(this.id, below, admitted, true); found >= 0 {
		return found, "the nearest earlier release of " + lineName(this) + " that is an ancestor"
	}
	family := ps.families[line.familyKey]
	lower := func(k int) bool { return admitted(k) && this.compareVersion(ps.releases[k]) > 0 }
	if found := ps.fewest(this.id, family, lower, false); found >= 0 {
		return found, "no earlier release of " + lineName(this) +
			" is an ancestor; of the lower versions it leaves the fewest commits"
	}
	if slices.ContainsFunc(family, admitted) {
		return -1, "every earlier release has a higher version"
	}
	if found := ps.fewest(this.id, ps.all, admitted, false); found >= 0 {
		return found, "the first of its numbering; of the earlier releases it leaves the fewest commits"
	}
	switch {
	case i == 0:
		return -1, "the first release"
	case len(ps.all) > 0:
		return -1, "the first full release"
	}
	return -1, "no earlier release has a commit in the history that was read"
}

// lineName words the line of a release.
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
