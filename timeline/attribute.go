package timeline

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// account is how the ledger counts a commit.
type account uint8

const (
	unaccounted account = iota // on no line that was followed
	owned                      // of a pull request
	tooLate                    // of what happened after the instant of the report
	picked                     // says that it is a cherry-pick, and is of no pull request
	direct                     // of no pull request
	mergeOnly                  // a merge of no pull request
)

// anchors are the two commits of which one must be contained for the pull request
// to be: its result and its head; none where the graph lacks them.
type anchors struct{ result, head int32 }

// linkChanges fills Changes with the merged pull requests, and the commits without
// one on the lines below the default branch, the version tags, the releases, and
// the delivered commits. It settles which change owns each commit, in one pass
// over the graph.
func (r *Repository) linkChanges(h *shipshape.RepositoryHistory, o Options, delivered []int32) {
	a := newAttribution(r, h, delivered)
	find := newResults(a.g, h.Repository.Name, append(r.branchTips(h), a.tips...))
	r.broughtBy = a.broughtBy(find)
	a.claimResults(find)
	a.claimListed()
	for _, c := range a.merged {
		a.claimRebased(c)
	}
	a.claimBrought()
	a.settle(o.AsOf)
	r.Changes = a.changes(o.AsOf)
}

// attribution is the work of deciding which change owns which commit.
type attribution struct {
	r       *Repository
	g       *graph
	tips    []int32 // of the lines
	lines   *lines
	merged  []*Change                 // with Facts, innermost first
	numbers map[int]*shipshape.Change // pull requests of any state
	owner   []*Change
	known   *commitIndex
}

func newAttribution(r *Repository, h *shipshape.RepositoryHistory, delivered []int32) *attribution {
	g := r.graph
	r.tip = r.defaultTip(h)
	a := &attribution{
		r: r, g: g,
		tips:    r.lineTips(h, delivered),
		numbers: map[int]*shipshape.Change{},
		owner:   make([]*Change, g.len()),
	}
	a.lines = g.follow(a.tips)
	r.owner, r.accounts = a.owner, make([]account, g.len())
	r.anchors, r.anchored = map[*Change]anchors{}, make([][]*Change, g.len())
	for i := range h.Changes {
		facts := &h.Changes[i]
		a.numbers[facts.Number] = facts
	}
	for _, facts := range a.numbers {
		if !facts.MergedAt.IsZero() {
			a.merged = append(a.merged, &Change{Repo: r, Number: facts.Number, Merged: facts.MergedAt, Facts: facts})
		}
	}
	slices.SortFunc(a.merged, innermostFirst)
	a.known = newCommitIndex(g, a.merged)
	return a
}

// innermostFirst orders pull requests so that of two that list the same commit the
// one whose own it is comes first: the earlier merged, then the smaller.
func innermostFirst(x, y *Change) int {
	return cmp.Or(x.Merged.Compare(y.Merged),
		cmp.Compare(len(x.Facts.Commits), len(y.Facts.Commits)),
		cmp.Compare(x.Number, y.Number))
}

// branchTips returns the tips of all branches.
func (r *Repository) branchTips(h *shipshape.RepositoryHistory) []int32 {
	var tips []int32
	for _, ref := range h.Refs {
		if id, ok := r.graph.id(ref.Target); ok && ref.Kind == shipshape.Branch {
			tips = append(tips, id)
		}
	}
	return tips
}

// defaultTip returns the tip of the default branch, none where it is not known.
func (r *Repository) defaultTip(h *shipshape.RepositoryHistory) int32 {
	for _, ref := range h.Refs {
		if ref.Kind == shipshape.Branch && ref.Name == r.Facts.DefaultBranch {
			id, _ := r.graph.id(ref.Target)
			return id
		}
	}
	return none
}

// lineTips returns the tips of the lines whose commits are accounted for, the
// default branch first.
func (r *Repository) lineTips(h *shipshape.RepositoryHistory, delivered []int32) []int32 {
	var tips []int32
	for _, tag := range versionTags(h) {
		tips = append(tips, r.graph.idsOf([]shipshape.OID{tag.Target})...)
	}
	tips = append(tips, r.graph.idsOf(releaseCommits(h))...)
	tips = append(tips, delivered...)
	slices.Sort(tips)
	tips = slices.Compact(tips)
	if r.tip != none {
		tips = slices.Insert(tips, 0, r.tip)
	}
	return tips
}

// claimResults gives each merged pull request its anchors and the commit it
// resulted in. Where several share one, the pull request that its subject names
// has it.
func (a *attribution) claimResults(find *results) {
	for _, c := range a.merged {
		at := anchors{result: find.of(c.Facts)}
		at.head, _ = a.g.id(headOf(c.Facts))
		a.r.anchors[c] = at
		a.anchor(c, at.result)
		if at.head != at.result {
			a.anchor(c, at.head)
		}
		if at.result != none && names(a.g.commit(at.result).Headline, c.Number) {
			a.claim(at.result, c)
		}
	}
	for _, c := range a.merged {
		a.claim(a.r.anchors[c].result, c)
	}
}

// broughtBy returns the innermost merge that brought each commit, none for a commit
// that can be the result of a merge itself: it lies on a first-parent chain, is a
// merge, or its subject names a number.
func (a *attribution) broughtBy(find *results) []int32 {
	by := slices.Clone(a.lines.bringer)
	for i := range by {
		n, _ := lastNumber(a.g.commit(int32(i)).Headline)
		if find.kept[i] || a.g.merge(int32(i)) || n > 0 {
			by[i] = none
		}
	}
	return by
}

func (a *attribution) anchor(c *Change, i int32) {
	if i != none {
		a.r.anchored[i] = append(a.r.anchored[i], c)
	}
}

// names reports whether a subject merges the number or ends in it.
func names(subject string, n int) bool {
	_, merges := mergedNumber(subject)
	ends, _ := lastNumber(subject)
	return merges == n || ends == n
}

// claim makes c the owner of commit i unless it has one.
func (a *attribution) claim(i int32, c *Change) {
	if i >= 0 && a.owner[i] == nil {
		a.owner[i] = c
	}
}

// claimListed gives pull requests the commits that GitHub lists as theirs.
func (a *attribution) claimListed() {
	for _, c := range a.merged {
		for k := range c.Facts.Commits {
			i, _ := a.g.id(c.Facts.Commits[k].OID)
			a.claim(i, c)
		}
	}
}

// claimRebased gives a rebased pull request the copies of its commits: they lie
// below its result, in order, with the subjects and authored dates of the originals.
// Git drops some (merges, what is there already), so a listed commit may have no
// copy. A squash matches none of them.
func (a *attribution) claimRebased(c *Change) {
	i := a.r.anchors[c].result
	if i == none || a.g.merge(i) || lists(c.Facts, a.g.oid(i)) {
		return
	}
	for k := len(c.Facts.Commits) - 1; k >= 0 && i != none; k-- {
		if a.owner[i] != nil && a.owner[i] != c {
			return
		}
		if copyOf(a.g.commit(i), &c.Facts.Commits[k]) {
			a.claim(i, c)
			i = a.g.firstParent(i)
		}
	}
}

// copyOf reports whether a commit is the other one, rebased. Rebasing keeps the
// authored date; where that is not stated nothing can be told.
func copyOf(commit *shipshape.Commit, original *shipshape.ChangeCommit) bool {
	return !original.AuthoredAt.IsZero() && commit.AuthoredAt.Equal(original.AuthoredAt) &&
		(original.Headline == "" || original.Headline == commit.Headline)
}

// claimBrought gives the owner of a merge what the merge brought and nobody
// claimed, innermost merge first: a bringer is always younger than what it brings,
// so its own owner is known by then.
func (a *attribution) claimBrought() {
	for i := int32(a.g.len()) - 1; i >= 0; i-- {
		if by := a.lines.bringer[i]; by != none && a.owner[by] != nil {
			a.claim(i, a.owner[by])
		}
	}
}

// compareChanges orders changes by merge, then number, then commit.
func compareChanges(x, y *Change) int {
	return cmp.Or(x.Merged.Compare(y.Merged), cmp.Compare(x.Number, y.Number),
		strings.Compare(string(x.Commit), string(y.Commit)))
}
