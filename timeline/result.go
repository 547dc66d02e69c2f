package timeline

import (
	"time"

	"github.com/shipshape-report/shipshape"
)

// nearMerge is how close to the recorded merge a commit that only names the pull
// request's number must lie to be its result. Scripts and queues push within
// minutes; a day leaves room for clocks.
const nearMerge = 24 * time.Hour

// results finds the commits that merged pull requests resulted in.
type results struct {
	g    *graph
	name shipshape.RepositoryName
	kept []bool // on the first-parent chain of a branch or a delivered line
	// merging and ending are the commits whose subject merges a number, or ends in
	// one.
	merging, ending map[int][]int32
}

func newResults(g *graph, name shipshape.RepositoryName, tips []int32) *results {
	f := &results{g: g, name: name, kept: make([]bool, g.len()), merging: map[int][]int32{}, ending: map[int][]int32{}}
	for _, tip := range tips {
		for i := tip; i >= 0 && !f.kept[i]; i = g.firstParent(i) {
			f.kept[i] = true
		}
	}
	for i := range int32(g.len()) {
		subject := g.commit(i).Headline
		if _, n := mergedNumber(subject); n > 0 && g.merge(i) {
			f.merging[n] = append(f.merging[n], i)
		} else if n, _ := lastNumber(subject); n > 0 {
			f.ending[n] = append(f.ending[n], i)
		}
	}
	return f
}

// of returns the commit that a merged pull request resulted in: the recorded merge
// commit, unless that is missing or one of its own commits, as after a merge by
// script; else the commit whose subject merges its number, or ends in it; else its
// head. It returns none where all of these are missing.
func (f *results) of(c *shipshape.Change) int32 {
	recorded, _ := f.g.id(c.MergeCommit)
	if recorded != none && !lists(c, c.MergeCommit) {
		return recorded
	}
	if merge := f.mergeOf(c); merge != none {
		return merge
	}
	if recorded != none {
		return recorded
	}
	if squash := f.squashOf(c); squash != none {
		return squash
	}
	head, _ := f.g.id(headOf(c))
	return head
}

// mergeOf returns the merge whose subject names the pull request: the oldest with
// one of its commits as a side, else the nearest to the recorded time.
func (f *results) mergeOf(c *shipshape.Change) int32 {
	candidates := f.merging[c.Number]
	for _, i := range candidates {
		for _, side := range f.g.parentsOf(i)[1:] {
			if side >= 0 && lists(c, f.g.oid(side)) {
				return i
			}
		}
	}
	return f.nearest(c, candidates, func(i int32) bool {
		repository, _ := mergedNumber(f.g.commit(i).Headline)
		return (repository == "" || repository == f.name) && f.distance(c, i) <= nearMerge
	})
}

// squashOf returns the commit on a line whose subject ends in the pull request's
// number, and that has its title or its time. Manual cherry-picks keep the number
// of what they pick.
func (f *results) squashOf(c *shipshape.Change) int32 {
	return f.nearest(c, f.ending[c.Number], func(i int32) bool {
		commit := f.g.commit(i)
		if !f.kept[i] || len(pickedFrom(commit.Body)) > 0 {
			return false
		}
		_, title := lastNumber(commit.Headline)
		return title == c.Title || f.distance(c, i) <= nearMerge
	})
}

// nearest returns the fitting candidate nearest to the merge in time, the oldest
// of equals; none if no one fits.
func (f *results) nearest(c *shipshape.Change, candidates []int32, fits func(int32) bool) int32 {
	best := none
	for _, i := range candidates {
		if fits(i) && (best == none || f.distance(c, i) < f.distance(c, best)) {
			best = i
		}
	}
	return best
}

func (f *results) distance(c *shipshape.Change, i int32) time.Duration {
	return f.g.commit(i).CommittedAt.Sub(c.MergedAt).Abs()
}

// headOf returns the final head of a pull request: as recorded, else its last
// commit.
func headOf(c *shipshape.Change) shipshape.OID {
	if c.HeadOID == "" && len(c.Commits) > 0 {
		return c.Commits[len(c.Commits)-1].OID
	}
	return c.HeadOID
}

// lists reports whether a commit is the pull request's head or one of its own.
func lists(c *shipshape.Change, o shipshape.OID) bool {
	if o == c.HeadOID {
		return true
	}
	for i := range c.Commits {
		if c.Commits[i].OID == o {
			return true
		}
	}
	return false
}
