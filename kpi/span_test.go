package kpi

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// TestResultsDoNotDependOnHowFarBackWasRead moves the instant that changes and
// deployments are read from back from the beginning of the window: daily, then in
// longer steps to the beginning of the history.
func TestResultsDoNotDependOnHowFarBackWasRead(t *testing.T) {
	eachBundled(t, func(t *testing.T, h shipshape.RepositoryHistory) {
		o := lastNinety()
		want := Compute(built(h), o)
		beginning := h.Commits[0].CommittedAt
		step, left := 1, false
		for since := o.Window.From; since.After(beginning); since = since.AddDate(0, 0, -step*sparse()) {
			switch age := o.Window.From.Sub(since); {
			case age >= 182*shipshape.Day:
				step = 26 * 7
			case age >= 21*shipshape.Day:
				step = 7
			}
			cut := readSince(&h, since, o.Window)
			left = left || len(cut.Changes) < len(h.Changes)
			requireSame(t, fmt.Sprint("since ", since), want, Compute(built(*cut), o))
		}
		if !left {
			t.Error("no reading left anything out: the test says nothing")
		}
	})
}

// TestResultsOfAnyWindowNeedNoMoreThanItWants reads, for windows throughout the
// history, no further than each needs.
func TestResultsOfAnyWindowNeedNoMoreThanItWants(t *testing.T) {
	eachBundled(t, func(t *testing.T, h shipshape.RepositoryHistory) {
		full := built(h)
		for _, days := range []int{7, 30} {
			for back := 0; back < 900; back += 75 * sparse() {
				o := Options{Window: shipshape.LastDays(days, bundledAsOf.AddDate(0, 0, -back), time.UTC), Zone: time.UTC}
				since := firstSpan(&h, full.Repositories[0].Source.Kind, o.Window)
				cut := readSince(&h, since, o.Window)
				requireSame(t, fmt.Sprintf("%d days from %s, since %s", days, o.Window.From, since), Compute(full, o), Compute(built(*cut), o))
			}
		}
	})
}

// sparse is by how much steps are longer than usual: under the race detector a few
// tell all.
func sparse() int {
	if testing.Short() {
		return 8
	}
	return 1
}

// eachBundled runs f with each repository of the bundled histories.
func eachBundled(t *testing.T, f func(*testing.T, shipshape.RepositoryHistory)) {
	for _, name := range []string{"govuk", "secp256k1"} {
		for _, h := range bundledHistory(t, name).Repositories {
			t.Run(h.Repository.Name.Short(), func(t *testing.T) {
				t.Parallel()
				f(t, h)
			})
		}
	}
}

// built is the timeline of one repository.
func built(h shipshape.RepositoryHistory) *timeline.Timeline {
	return timeline.Build(&shipshape.History{Repositories: []shipshape.RepositoryHistory{h}}, timeline.Defaults(bundledAsOf))
}

// requireSame compares the results of one repository: all that a page shows of the
// window, and of the one before where that was read too.
func requireSame(t *testing.T, when string, want, got Scorecard) {
	t.Helper()
	alone := got.Timeline.Repositories[0].Origin.Since.After(want.Window.Previous().From)
	for i, w := range want.Results {
		id, g := w.KPI.ID, got.Results[i]
		w.KPI, g.KPI = KPI{}, KPI{}
		if alone {
			w.Previous, g.Previous = nil, nil
		}
		if reflect.DeepEqual(w, g) {
			continue // much faster than a difference
		}
		if diff := cmp.Diff(w, g, cmpopts.IgnoreFields(Result{}, "KPI"), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s, %s (-read whole +read in part):\n%.2000s", when, id, diff)
		}
	}
}

// firstSpan returns the latest instant, day by day back from the beginning of the
// window, from which on three items of the repository's deployment source were
// read.
func firstSpan(h *shipshape.RepositoryHistory, source timeline.SourceKind, w shipshape.Window) time.Time {
	since := w.From
	for ; since.After(h.Commits[0].CommittedAt); since = since.AddDate(0, 0, -1) {
		cut := *h
		cut.Deployments = deploymentsSince(h.Deployments, since)
		production := slices.DeleteFunc(slices.Clone(cut.Deployments), func(d shipshape.Deployment) bool { return !isProduction(d) })
		if source != timeline.SourceDeployments || len(production) >= 3 {
			break
		}
	}
	return since
}

// isProduction tells without asking the rules, which are slow for one environment
// at a time.
func isProduction(d shipshape.Deployment) bool { return d.Environment == "production" }

// readSince returns the part of a history that is read when changes, issues and
// deployments are asked for from an instant on, and the window may want more of
// the first two. The graph, refs, releases and milestones are always read whole.
func readSince(h *shipshape.RepositoryHistory, since time.Time, w shipshape.Window) *shipshape.RepositoryHistory {
	cut := *h
	cut.Origin.Since = since
	cut.Deployments = deploymentsSince(h.Deployments, since)
	cut.Changes, cut.Issues = nil, nil
	if previous := w.Previous(); !since.After(previous.From) {
		w.From = previous.From
	}
	if wanted := built(cut).Repositories[0].Wanted(w).Since; wanted.Before(since) {
		since = wanted
	}
	cut.Changes = slices.DeleteFunc(slices.Clone(h.Changes), func(c shipshape.Change) bool { return c.UpdatedAt.Before(since) })
	cut.Issues = slices.DeleteFunc(slices.Clone(h.Issues), func(i shipshape.Issue) bool { return i.UpdatedAt.Before(since) })
	return &cut
}

// deploymentsSince returns the deployments created since an instant and, of each
// production environment, those before it back to as many successes as linking
// wants.
func deploymentsSince(all []shipshape.Deployment, since time.Time) []shipshape.Deployment {
	found := map[string]int{}
	var read []shipshape.Deployment
	for _, d := range slices.Backward(slices.SortedFunc(slices.Values(all), shipshape.Deployment.Compare)) {
		before := d.CreatedAt.Before(since)
		if before && (!isProduction(d) || found[d.Environment] == timeline.Predecessors) {
			continue
		}
		read = append(read, d)
		if before && slices.ContainsFunc(d.Statuses, func(s shipshape.DeploymentStatus) bool {
			return s.State == shipshape.DeploymentSuccess && s.At.Before(since)
		}) {
			found[d.Environment]++
		}
	}
	return read
}
