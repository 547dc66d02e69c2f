package timeline

import (
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// historyAt returns the history as it was at asOf, in order: what happened later is
// left out, and what it changed is put back as far as events tell. The history
// given stays as it is; what need not change is shared with it.
func historyAt(h *shipshape.RepositoryHistory, asOf time.Time) *shipshape.RepositoryHistory {
	c := *h
	c.Commits = sorted(h.Commits, shipshape.Commit.Compare)
	c.Refs = sorted(refsAt(c.Commits, h, asOf), shipshape.Ref.Compare)
	c.Changes = sorted(each(h.Changes, func(p shipshape.Change) (shipshape.Change, bool) {
		return changeAt(p, asOf)
	}), shipshape.Change.Compare)
	c.Releases = sorted(upTo(asOf, h.Releases, func(r shipshape.Release) time.Time {
		return later(r.CreatedAt, r.PublishedAt)
	}), shipshape.Release.Compare)
	c.Deployments = sorted(each(h.Deployments, func(d shipshape.Deployment) (shipshape.Deployment, bool) {
		return deploymentAt(d, asOf)
	}), shipshape.Deployment.Compare)
	c.Runs = sorted(each(h.Runs, func(r shipshape.Run) (shipshape.Run, bool) {
		return runAt(r, asOf)
	}), shipshape.Run.Compare)
	c.Gaps = slices.SortedFunc(slices.Values(h.Gaps), shipshape.Gap.Compare)
	return &c
}

// sorted returns the slice in order, itself if it is so already.
func sorted[T any](s []T, compare func(a, b T) int) []T {
	if slices.IsSortedFunc(s, compare) {
		return s
	}
	return slices.SortedStableFunc(slices.Values(s), compare)
}

// each returns what f makes of every element, without those it drops.
func each[T any](s []T, f func(T) (T, bool)) []T {
	out := make([]T, 0, len(s))
	for _, v := range s {
		if w, keep := f(v); keep {
			out = append(out, w)
		}
	}
	return out
}

// upTo returns the elements that happened by asOf.
func upTo[T any](asOf time.Time, s []T, at func(T) time.Time) []T {
	return without(s, func(v T) bool { return at(v).After(asOf) })
}

// without returns the elements that are not to be dropped, the slice itself if
// none is.
func without[T any](s []T, drop func(T) bool) []T {
	if !slices.ContainsFunc(s, drop) {
		return s
	}
	return slices.DeleteFunc(slices.Clone(s), drop)
}

// changeAt returns the pull request as it was at asOf. The merge of one that was
// merged later is left in: linking must know whose its commits are, to leave them
// out with it.
func changeAt(c shipshape.Change, asOf time.Time) (shipshape.Change, bool) {
	if c.CreatedAt.After(asOf) && (c.MergedAt.IsZero() || c.MergedAt.After(asOf)) {
		return c, false
	}
	c.Title = titleAt(c, asOf)
	c.Labels = labelsAt(c.Labels, c.Events, asOf)
	c.Reviews = upTo(asOf, c.Reviews, func(r shipshape.Review) time.Time { return r.At })
	c.Comments = upTo(asOf, c.Comments, func(m shipshape.Comment) time.Time { return m.At })
	c.Events = upTo(asOf, c.Events, func(e shipshape.Event) time.Time { return e.At })
	return c, true
}

// titleAt undoes the renamings after asOf: the title then is what the first of
// them replaced.
func titleAt(c shipshape.Change, asOf time.Time) string {
	title, first := c.Title, time.Time{}
	for _, e := range c.Events {
		renamed := e.Kind == shipshape.RenamedTitle && e.At.After(asOf) && e.From != ""
		if renamed && (first.IsZero() || e.At.Before(first)) {
			title, first = e.From, e.At
		}
	}
	return title
}

// labelsAt returns the labels worn at asOf, sorted: those worn when it was read,
// with what was put on and taken off since undone, the latest first.
func labelsAt(worn []string, events []shipshape.Event, asOf time.Time) []string {
	labels := slices.Sorted(slices.Values(worn))
	since := slices.DeleteFunc(slices.Clone(events), func(e shipshape.Event) bool { return !e.At.After(asOf) })
	slices.SortStableFunc(since, func(a, b shipshape.Event) int { return b.At.Compare(a.At) })
	for _, e := range since {
		i, found := slices.BinarySearch(labels, e.Label)
		switch {
		case e.Kind == shipshape.Labeled && found:
			labels = slices.Delete(labels, i, i+1)
		case e.Kind == shipshape.Unlabeled && !found:
			labels = slices.Insert(labels, i, e.Label)
		}
	}
	return slices.Compact(labels)
}

// deploymentAt returns the deployment with the statuses it had at asOf. A status
// without a time says nothing of when, so it is left out.
func deploymentAt(d shipshape.Deployment, asOf time.Time) (shipshape.Deployment, bool) {
	d.Statuses = without(d.Statuses, func(s shipshape.DeploymentStatus) bool {
		return s.At.IsZero() || s.At.After(asOf)
	})
	return d, !d.CreatedAt.After(asOf)
}

// runAt returns the run as it stood at asOf: one that ended later was under way.
func runAt(r shipshape.Run, asOf time.Time) (shipshape.Run, bool) {
	if r.CompletedAt.After(asOf) {
		r.Status, r.Conclusion, r.CompletedAt = "IN_PROGRESS", "", time.Time{}
	}
	return r, !r.CreatedAt.After(asOf)
}

// refsAt returns the refs as they can have been at asOf. A tag is as old as it
// says, a lightweight one as its commit. A history that was read up to asOf or
// less has nothing to take back, whatever its commits' clocks say.
func refsAt(commits []shipshape.Commit, h *shipshape.RepositoryHistory, asOf time.Time) []shipshape.Ref {
	if len(commits) == 0 || !h.Origin.Until.After(asOf) || !commits[len(commits)-1].CommittedAt.After(asOf) {
		return h.Refs
	}
	byOID := make(map[shipshape.OID]*shipshape.Commit, len(commits))
	for i := range commits {
		byOID[commits[i].OID] = &commits[i]
	}
	return each(h.Refs, func(r shipshape.Ref) (shipshape.Ref, bool) {
		switch {
		case !r.TaggedAt.IsZero():
			return r, !r.TaggedAt.After(asOf)
		case r.Kind == shipshape.Branch:
			r.Target = rewind(byOID, r.Target, asOf)
		}
		at := byOID[r.Target]
		return r, at == nil || !at.CommittedAt.After(asOf)
	})
}

// rewind goes back along first parents to the last commit made by asOf. Of a line
// that was pushed later than it was made git keeps nothing better. It stops at
// the first commit, and in a circle of damaged parents.
func rewind(byOID map[shipshape.OID]*shipshape.Commit, tip shipshape.OID, asOf time.Time) shipshape.OID {
	for range len(byOID) {
		at := byOID[tip]
		if at == nil || !at.CommittedAt.After(asOf) || len(at.Parents) == 0 {
			break
		}
		tip = at.Parents[0]
	}
	return tip
}
