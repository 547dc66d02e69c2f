package timeline

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"

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
// run that had nothing to do deployed nothing, and one of which nobody knows when
// it ended is left to a gap: the last update of a run is not its end.
func (b *builder) runsOf(r *Repository, h *shipshape.RepositoryHistory) []*Deployment {
	var ds []*Deployment
	endless := 0
	for _, f := range h.Runs {
		switch {
		case b.Workflow == "" || f.Workflow != b.Workflow || f.Conclusion == "SKIPPED" || f.Conclusion == "NEUTRAL":
		case f.Conclusion != "" && f.CompletedAt.IsZero():
			endless++
		default:
			ds = append(ds, runAsDeployment(r, f))
		}
	}
	if endless > 0 {
		r.Gaps = append(r.Gaps, endlessGap(b.Workflow, endless))
	}
	return ds
}

func endlessGap(workflow string, n int) shipshape.Gap {
	return shipshape.Gap{Entity: shipshape.RunEntity, Field: "completedAt", Reason: shipshape.Truncated,
		Why:    fmt.Sprintf("When %d runs of the workflow %s ended is not recorded, so they are no deployments here.", n, workflow),
		Remedy: "Collect the check runs of the workflow's commits."}
}

// runAsDeployment turns a run into a deployment. It began when it was asked for;
// one that was neither successful nor a failure was cancelled on the way.
func runAsDeployment(r *Repository, f shipshape.Run) *Deployment {
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
	return d
}

// runOutcome translates the conclusion of a run's check suite.
func runOutcome(f shipshape.Run) Outcome {
	switch f.Conclusion {
	case "":
		return Pending
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
			Repo: r.Repo, Source: kind, ID: r.Tag, URL: r.URL,
			Commit: r.Commit, Ref: r.Tag, Creator: r.Author, ByMachine: b.actors.machine(r.Author),
			Started: r.Published, Finished: r.Published, Ended: r.Published, Undated: r.Undated,
			Outcome: Succeeded, Release: r,
		})
	}
	return ds
}

// commitURL is the page of a deployment: GitHub's GraphQL API gives a deployment
// none of its own.
func commitURL(r *Repository, o shipshape.OID) string {
	if r.Facts.URL == "" || o == "" {
		return r.Facts.URL
	}
	return r.Facts.URL + "/commit/" + url.PathEscape(string(o))
}
