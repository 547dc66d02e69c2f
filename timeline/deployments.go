package timeline

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/shipshape-report/shipshape"
)

// deploymentsOf returns the GitHub deployments of a repository as rows that know
// their outcome and nothing yet of each other.
func (b *builder) deploymentsOf(r *Repository, h *shipshape.RepositoryHistory) []*Deployment {
	var ds []*Deployment
	for _, f := range h.Deployments {
		o := outcomeOf(f.CreatedAt, f.Statuses)
		ds = append(ds, &Deployment{
			Repo: r, Source: SourceDeployments,
			ID: strconv.FormatInt(f.ID, 10), URL: commitURL(r, f.Commit),
			Environment: f.Environment, Commit: f.Commit, Ref: f.Ref,
			Creator: f.Creator, ByMachine: b.actors.machine(f.Creator),
			Started: f.CreatedAt, Finished: o.finished, Ended: o.ended,
			Outcome: o.outcome, Timed: o.timed, WaitedFor: o.waited, failures: o.failures,
		})
	}
	return ds
}

// runsOf returns the runs of the configured workflow as production deployments. A
// run that had nothing to do deployed nothing; one that was cancelled never ended.
func (b *builder) runsOf(r *Repository, h *shipshape.RepositoryHistory) []*Deployment {
	var ds []*Deployment
	for _, f := range h.Runs {
		if b.Workflow == "" || f.Workflow != b.Workflow || f.Conclusion == "SKIPPED" || f.Conclusion == "NEUTRAL" {
			continue
		}
		d := &Deployment{
			Repo: r, Source: SourceWorkflow,
			ID: strconv.FormatInt(f.ID, 10), URL: cmp.Or(f.URL, commitURL(r, f.Commit)),
			Commit: f.Commit, Ref: f.Branch, ByMachine: f.Event != "workflow_dispatch",
			Started: f.CreatedAt, Outcome: runOutcome(f), Timed: true,
		}
		if d.Outcome == Succeeded || d.Outcome == Failed {
			d.Ended = later(f.CompletedAt, f.CreatedAt)
		}
		if d.Outcome == Succeeded {
			d.Finished, d.Timed = d.Ended, d.Ended.After(d.Started)
		}
		ds = append(ds, d)
	}
	return ds
}

// runOutcome translates the conclusion of a run's check suite. Without a time of
// completion nothing is claimed: the last update of a run is not its end.
func runOutcome(f shipshape.Run) Outcome {
	if f.CompletedAt.IsZero() {
		return Pending
	}
	switch f.Conclusion {
	case "SUCCESS":
		return Succeeded
	case "FAILURE", "TIMED_OUT", "STARTUP_FAILURE":
		return Failed
	}
	return Inactive
}

// releasesAsDeployments returns one production deployment per release or tag that
// is no pre-release. Publishing is instantaneous: it has a finish and no duration.
func (b *builder) releasesAsDeployments(kind SourceKind, releases []*Release) []*Deployment {
	var ds []*Deployment
	for _, r := range releases {
		if r.Prerelease {
			continue
		}
		ds = append(ds, &Deployment{
			Repo: r.Repo, Source: kind, ID: r.Tag, URL: releaseURL(r),
			Commit: r.Commit, Ref: r.Tag, Creator: r.Author, ByMachine: b.actors.machine(r.Author),
			Started: r.Published, Finished: r.Published, Ended: r.Published, Undated: r.Undated,
			Outcome: Succeeded, Release: r,
		})
	}
	return ds
}

func releaseURL(r *Release) string {
	if r.URL != "" || r.Repo.Facts.URL == "" {
		return r.URL
	}
	return r.Repo.Facts.URL + "/releases/tag/" + url.PathEscape(r.Tag)
}

// commitURL is the page of a deployment: GitHub's GraphQL API gives a deployment
// none of its own.
func commitURL(r *Repository, o shipshape.OID) string {
	if r.Facts.URL == "" || o == "" {
		return r.Facts.URL
	}
	return r.Facts.URL + "/commit/" + url.PathEscape(string(o))
}

// byEnvironment splits deployments by environment, in order of name.
func byEnvironment(ds []*Deployment) [][]*Deployment {
	ds = slices.SortedStableFunc(slices.Values(ds), func(a, b *Deployment) int {
		return cmp.Compare(a.Environment, b.Environment)
	})
	var split [][]*Deployment
	for len(ds) > 0 {
		n := slices.IndexFunc(ds, func(d *Deployment) bool { return d.Environment != ds[0].Environment })
		if n < 0 {
			n = len(ds)
		}
		split, ds = append(split, ds[:n:n]), ds[n:]
	}
	return split
}

// own returns the successes that are no repetition, in order of finish.
func own(ds []*Deployment) []*Deployment {
	return slices.DeleteFunc(succeeded(ds), func(d *Deployment) bool { return d.DuplicateOf != nil })
}

// succeeded returns the successes in order of finish.
func succeeded(ds []*Deployment) []*Deployment {
	var out []*Deployment
	for _, d := range ds {
		if d.Outcome == Succeeded {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, byFinish)
	return out
}

func byFinish(a, b *Deployment) int { return cmp.Or(a.Finished.Compare(b.Finished), byStart(a, b)) }

// byStart orders by start; ids settle the rest, as numbers where they are.
func byStart(a, b *Deployment) int {
	return cmp.Or(a.Started.Compare(b.Started), cmp.Compare(len(a.ID), len(b.ID)),
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.Environment, b.Environment))
}

// markRepeats finds the successes that repeat the one before them: the same
// commit, in the same environment, finished within the time given after the first
// of them. With another commit's success between them they are no repetition but
// a way back.
func markRepeats(environment []*Deployment, within time.Duration) {
	var first *Deployment
	for _, d := range succeeded(environment) {
		if first != nil && first.Commit == d.Commit && d.Finished.Sub(first.Finished) <= within {
			d.DuplicateOf = first
			continue
		}
		first = d
	}
}

// markFailedAfter finds what failed after it had succeeded and before another
// deployment of the environment started or succeeded. The failure of a repetition
// is also that of the deployment it repeats.
func markFailedAfter(environment []*Deployment) {
	for _, d := range environment {
		if d.Outcome != Succeeded || len(d.failures) == 0 {
			continue
		}
		until := replaced(d, environment)
		at := d.failures[0]
		if !until.IsZero() && !at.Before(until) {
			continue
		}
		d.FailedAfter = at
		if o := d.DuplicateOf; o != nil && (o.FailedAfter.IsZero() || at.Before(o.FailedAfter)) {
			o.FailedAfter = at
		}
	}
}

// replaced returns the first time after d's finish at which another deployment
// of the environment started or succeeded; zero if none did. Repetitions of the
// same deployment are not another one.
func replaced(d *Deployment, environment []*Deployment) time.Time {
	var first time.Time
	for _, e := range environment {
		if e.original() == d.original() {
			continue
		}
		for _, at := range []time.Time{e.Started, e.Finished} {
			if at.After(d.Finished) && (first.IsZero() || at.Before(first)) {
				first = at
			}
		}
	}
	return first
}

// original returns the deployment that d repeats, else d.
func (d *Deployment) original() *Deployment {
	if d.DuplicateOf != nil {
		return d.DuplicateOf
	}
	return d
}

// nameRelease finds the release of a deployment's commit: of several the last
// published by the time it finished, else the first published after.
func nameRelease(d *Deployment, releases map[shipshape.OID][]*Release) {
	then := d.Finished
	if then.IsZero() {
		then = d.Started
	}
	for _, r := range releases[d.Commit] {
		if d.Release == nil || !r.Published.After(then) {
			d.Release = r
		}
	}
}

// byCommit indexes releases by commit, each list in order of publication.
func byCommit(releases []*Release) map[shipshape.OID][]*Release {
	index := make(map[shipshape.OID][]*Release)
	for _, r := range releases {
		index[r.Commit] = append(index[r.Commit], r)
	}
	return index
}

// markUnreachable marks the deployments whose commit no branch or tag leads to
// and returns the gaps: one for each in production, one for each other
// environment.
func (r *Repository) markUnreachable(refs []shipshape.Ref) []shipshape.Gap {
	reached := r.graph.newReach()
	for _, ref := range refs {
		if id, known := r.graph.id(ref.Target); known {
			reached.add(id)
		}
	}
	var gaps []shipshape.Gap
	elsewhere := make(map[string]int)
	for _, d := range r.Deployments {
		id, known := r.graph.id(d.Commit)
		d.Unreachable = !known || !reached.has(id)
		switch {
		case d.Unreachable && d.Production:
			gaps = append(gaps, unreachableGap(d, known))
		case d.Unreachable:
			elsewhere[d.Environment]++
		}
	}
	for environment, n := range elsewhere {
		gaps = append(gaps, unreachableElsewhere(environment, n))
	}
	return gaps
}

const tagDeployed = "Keep a branch or a tag on what is deployed."

func unreachableGap(d *Deployment, inGraph bool) shipshape.Gap {
	why := fmt.Sprintf("No branch or tag leads to commit %s, which deployment %s brought to production.", d.Commit.Short(), d.ID)
	if !inGraph {
		why = fmt.Sprintf("Commit %s of deployment %s is not in the history: what it brought is not known, nor how it stands to its neighbours.", d.Commit.Short(), d.ID)
	}
	return shipshape.Gap{Entity: shipshape.DeploymentEntity, Field: "commit", ID: d.ID,
		Reason: shipshape.Truncated, Why: why, Remedy: tagDeployed}
}

func unreachableElsewhere(environment string, n int) shipshape.Gap {
	return shipshape.Gap{Entity: shipshape.DeploymentEntity, Field: "commit", Reason: shipshape.Truncated,
		Why:    fmt.Sprintf("No branch or tag leads to the commits of %d deployments to %s.", n, environment),
		Remedy: tagDeployed}
}
