package timeline

import (
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// Wanted is what must be known of a repository so that what is told of a window
// does not depend on how far back the rest was read.
type Wanted struct {
	// Since is how far back changes and issues must have been read, by their last
	// update: every change that was delivered or released in the window, that still
	// waits for either, or whose revert could be a rollback, was last updated later.
	// It is never after the window's beginning.
	Since time.Time
	// Commits are the direct changes that were made, delivered or released in the
	// window, sorted: only their own commits say how large they are, and whose.
	Commits []shipshape.OID
	// Heads are the commits that were delivered or released in the window, sorted.
	Heads []shipshape.OID
	// Approvals are those of them that were deployed to production, sorted: somebody
	// may have had to approve that. What a release stands for asks nobody.
	Approvals []shipshape.OID
	// Threads are the numbers of the pull requests that reached production in the window,
	// or a release in it or after it, sorted.
	Threads []int
}

// Predecessors is how many successes from before a span linking wants of each
// environment, so that what lies in the span is told alike however far back the
// rest was read. One is not enough: what a step back left behind would look new
// again. So many are as far back as a revert can be a rollback, and the first of
// all, of which nothing is told.
const Predecessors = recent + 1

// clockSlack is how much later than the merge a commit's clock may say that it was
// made. Merge scripts and robots are minutes apart from GitHub; a day leaves room.
const clockSlack = 24 * time.Hour

// Wanted returns what a window needs. The timeline must hold the repository's
// commits, refs, releases, and its deployments from before the window on; Since
// and Heads do not depend on its changes, so they can be asked for before those
// are read. Every commit then looks like a direct change, and Commits and
// Threads mean nothing.
//
// What a first deployment brought is the whole history, which no figure rests on:
// it is not asked for. What a first release holds is, where it comes in the window or
// later, for until then all of it was unreleased.
func (r *Repository) Wanted(window shipshape.Window) Wanted {
	w := wanting{r: r, window: window, since: window.From}
	w.delivered()
	w.released()
	w.waiting()
	slices.Sort(w.threads)
	return Wanted{Since: w.since, Commits: compacted(w.direct), Heads: compacted(w.heads),
		Approvals: compacted(w.approvals), Threads: slices.Compact(w.threads)}
}

// wanting is the work of finding what a window needs.
type wanting struct {
	r             *Repository
	window        shipshape.Window
	since         time.Time
	direct, heads []shipshape.OID
	approvals     []shipshape.OID
	threads       []int
}

// delivered asks for what the window's deployments brought, and those just before
// them that a rollback in the window could take back.
func (w *wanting) delivered() {
	reached := w.r.graph.newReach()
	production := own(w.r.Production())
	for i, d := range production {
		id, _ := w.r.graph.id(d.Commit)
		fresh := reached.add(id)
		if !w.window.Contains(d.Finished) {
			continue
		}
		w.heads = append(w.heads, d.Commit)
		if kind := w.r.Source.Kind; kind != SourceReleases && kind != SourceTags {
			w.approvals = append(w.approvals, d.Commit)
		}
		if i > 0 {
			w.content(fresh)
		}
	}
	if w.r.Source.Kind == SourceReleases || w.r.Source.Kind == SourceTags {
		return // there is no rollback among releases
	}
	for _, environment := range byEnvironment(production) {
		w.takenBack(environment)
	}
}

// takenBack asks for what the window's deployments brought to one environment and,
// where they say that they revert something, for what the recent ones before them
// did: reverting that is a rollback. The first deployment is never asked for.
func (w *wanting) takenBack(environment []*Deployment) {
	for i, d := range environment {
		if i == 0 || !w.window.Contains(d.Finished) {
			continue
		}
		w.reachBack(w.r.graph.idsOf(d.Commits))
		if !w.mentionsRevert(d) {
			continue
		}
		for _, before := range environment[max(i-recent, 1):i] {
			w.reachBack(w.r.graph.idsOf(before.Commits))
		}
	}
}

func (w *wanting) mentionsRevert(d *Deployment) bool {
	return slices.ContainsFunc(w.r.graph.idsOf(d.Commits), func(i int32) bool {
		c := w.r.graph.commit(i)
		return containsFold(c.Headline, "revert") || containsFold(c.Body, "revert")
	})
}

// released asks for what the window's releases hold, and later ones: that was not
// released yet in the window.
func (w *wanting) released() {
	for _, release := range w.r.Releases {
		if release.Published.Before(w.window.From) {
			continue
		}
		if w.window.Contains(release.Published) {
			w.heads = append(w.heads, release.Commit)
		}
		if ids := w.r.graph.idsOf(release.Commits); release.First() {
			w.reachBack(ids) // all that waited for it; its sizes count for nothing
		} else {
			w.content(ids)
		}
	}
}

// waiting asks for what the default branch holds that was never delivered, or
// never released, where anything in the graph ever was; and for the direct changes that were
// made in the window.
func (w *wanting) waiting() {
	var deployed, released []shipshape.OID
	for _, d := range own(w.r.Production()) {
		deployed = append(deployed, d.Commit)
	}
	for _, release := range w.r.Releases {
		released = append(released, release.Commit)
	}
	for _, tips := range [][]shipshape.OID{deployed, released} {
		ids := w.r.graph.idsOf(tips)
		reached := w.r.graph.newReach()
		for _, i := range ids {
			reached.add(i)
		}
		if len(ids) > 0 {
			w.reachBack(reached.add(w.r.tip))
		}
	}
	for _, c := range w.r.Changes {
		if c.Direct() && w.window.Contains(c.Merged) {
			w.direct = append(w.direct, c.Commit)
		}
	}
}

// content asks for what reached production or a release in the window.
func (w *wanting) content(ids []int32) {
	w.reachBack(ids)
	for _, i := range ids {
		switch c := w.r.owner[i]; {
		case c == nil:
		case c.Direct():
			w.direct = append(w.direct, c.Commit)
		default:
			w.threads = append(w.threads, c.Number)
		}
	}
}

// reachBack asks for the changes that commits belong to: what was merged with a
// commit was last updated after the commit, or the merge that brought it, was made.
// One without a time says nothing of when that was.
func (w *wanting) reachBack(ids []int32) {
	for _, i := range ids {
		if by := w.r.broughtBy[i]; by != none {
			i = by
		}
		if at := w.r.graph.commit(i).CommittedAt; !at.IsZero() {
			w.since = earlier(w.since, at.Add(-clockSlack))
		}
	}
}

// compacted returns the object ids sorted, each once, without empty ones.
func compacted(oids []shipshape.OID) []shipshape.OID {
	slices.Sort(oids)
	return slices.DeleteFunc(slices.Compact(oids), func(o shipshape.OID) bool { return o == "" })
}
