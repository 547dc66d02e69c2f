package kpi

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// shipping returns a scene whose first deployment lies before the window, so that
// what follows has a known predecessor.
func shipping() *scene {
	s := newScene("acme/shop")
	s.commit(at(-30, 0))
	s.deploy(at(-20, 0), 1, "SUCCESS")
	return s
}

// Ten changes take 1 to 10 hours from their first commit to the deployment an hour
// after the merge; the median is 5.5 hours, p75 by type 7 at 6.75: 7.75, p90 at
// 8.1: 9.1. Each came with a deployment of its own.
func TestLeadTimeOfTenChanges(t *testing.T) {
	s := shipping()
	for i := range 10 {
		s.change(at(i, 12-float64(i+1)), at(i, 11.5))
		s.deploy(at(i, 11.75), 15, "SUCCESS")
	}
	r := only(t, compute(0, 10, s), "lead-time-for-changes")
	if *r.Value != 5.5*3600 || r.N != 10 || r.Clusters != 10 || r.State != Measured {
		t.Errorf("%s: median %v h of %d in %d deployments; want 5.5 h of 10 in 10", r.State, *r.Value/3600, r.N, r.Clusters)
	}
	for name, hours := range map[string]float64{
		"75th percentile": 7.75, "90th percentile": 9.1, "median per commit": 5.5, "median of changes by people": 5.5,
		"median deploy wait": 0.5, "90th percentile, uncapped": 9.1,
	} {
		if got := figureOf(t, r, name); !same(&got, ptr(hours*3600)) {
			t.Errorf("%s = %v h, want %v h", name, got/3600, hours)
		}
	}
	const finding = "Half of the 10 changes were in production within 5.5 hours of their start, nine in ten within 9.1 hours."
	if r.Finding != finding {
		t.Errorf("finding %q, want %q", r.Finding, finding)
	}
}

// The first deployment swallows years: what it brought has an unknown predecessor
// and is left out; the second counts.
func TestFirstDeploymentHasNoLeadTime(t *testing.T) {
	s := newScene("acme/shop")
	for range 3 {
		s.change(at(-300, 0), at(-200, 0))
	}
	s.deploy(at(1, 0), 1, "SUCCESS")
	alone := only(t, compute(0, 10, s), "lead-time-for-changes")
	const reason = "Nothing in the window counts, and 3 items are left out: delivered by the first known deployment: its predecessor is not known."
	if alone.State != NotMeasured || alone.Reason != reason || alone.Coverage != nil {
		t.Errorf("%s: %q, want %q", alone.State, alone.Reason, reason)
	}
	s.change(at(2, 0), at(2, 1))
	s.deploy(at(2, 2), 60, "SUCCESS")
	if r := only(t, compute(0, 10, s), "lead-time-for-changes"); r.N != 1 || *r.Value != 3*3600 {
		t.Errorf("%d changes, median %s; want 1 of 3 hours", r.N, worded(r.Value))
	}
}

// What is merged and not delivered is listed with its age, 2 and 3 days, and
// changes neither median nor coverage.
func TestUndeliveredChangesAreListed(t *testing.T) {
	s := shipping()
	s.change(at(1, 0), at(1, 1))
	s.deploy(at(1, 1), 60, "SUCCESS")
	s.change(at(7, 0), at(7, 0))
	s.change(at(8, 0), at(8, 0))
	r := only(t, compute(0, 10, s), "lead-time-for-changes")
	if r.N != 1 || *r.Value != 2*3600 || *r.Coverage != 1 {
		t.Errorf("%d changes, median %v, coverage %v; want 1, 2 hours, 1", r.N, *r.Value, *r.Coverage)
	}
	if n, oldest := figureOf(t, r, undelivered), figureOf(t, r, oldestUndelivered); n != 2 || oldest != 3*86400 {
		t.Errorf("%v undelivered, the oldest for %v s; want 2, 3 days", n, oldest)
	}
	const finding = "The only change was in production within 2 hours of its start. 2 changes are merged and not delivered yet, the oldest for 3 days."
	if r.Finding != finding {
		t.Errorf("finding %q, want %q", r.Finding, finding)
	}
}

// Of four changes one begins after its deployment and one 400 days before its
// merge: both stay, flagged, outside coverage: 2 of 4.
func TestClockTroubleStaysIn(t *testing.T) {
	s := shipping()
	for i := range 4 {
		c := s.change(at(1, float64(i)), at(1, float64(i)+1))
		begun := map[int]time.Time{1: at(3, 0), 2: at(-399, 3)}[i]
		if !begun.IsZero() {
			c.Commits[0].AuthoredAt, c.CreatedAt = begun, begun
		}
	}
	s.deploy(at(1, 7), 60, "SUCCESS")
	r := only(t, compute(0, 10, s), "lead-time-for-changes")
	notes := map[string]string{}
	hours := map[string]float64{}
	for _, item := range included(r.Evidence) {
		hours[item.ID] = item.Value / 3600
		if item.Uncovered {
			notes[item.ID] = item.Note
		}
	}
	wantNotes := map[string]string{"2": "start after the deployment", "3": "start more than 365 days before the merge"}
	if diff := cmp.Diff(wantNotes, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	wantHours := map[string]float64{"1": 8, "2": 0, "3": 365*24 + 5, "4": 5}
	if diff := cmp.Diff(wantHours, hours); diff != "" {
		t.Errorf("hours (-want +got):\n%s", diff)
	}
	if *r.Coverage != 0.5 || figureOf(t, r, "changes with clock trouble") != 2 {
		t.Errorf("coverage %v with %v in trouble, want 0.5 with 2", *r.Coverage, figureOf(t, r, "changes with clock trouble"))
	}
}

// Direct commits are changes too, of one commit each.
func TestDirectCommitsHaveALeadTime(t *testing.T) {
	s := shipping()
	direct := s.commit(at(1, 0))
	s.deploy(at(1, 3), 60, "SUCCESS")
	r := only(t, compute(0, 10, s), "lead-time-for-changes")
	if r.N != 1 || r.Evidence[0].Kind != kindCommit || r.Evidence[0].ID != string(direct) || *r.Value != 4*3600 {
		t.Errorf("n = %d, median %s; want the direct commit after 4 hours", r.N, worded(r.Value))
	}
	merged := only(t, compute(0, 10, s), "changes-merged")
	if merged.N != 0 || figureOf(t, merged, directFigure) != 1 || merged.Finding != "No merged pull request in 10 days; 1 more commit came without one." {
		t.Errorf("%d merged: %q", merged.N, merged.Finding)
	}
}

// Changes that came together are not independent: ten in two deployments are a
// partial result without an interval.
func TestChangesOfFewDeploymentsArePartial(t *testing.T) {
	s := shipping()
	for day := range 2 {
		for range 5 {
			s.change(at(day, 0), at(day, 1))
		}
		s.deploy(at(day, 2), 60, shipshape.DeploymentSuccess)
	}
	r := only(t, compute(0, 10, s), "lead-time-for-changes")
	if r.N != 10 || r.Clusters != 2 || r.Interval != nil || !cmp.Equal(r.PartialBecause, []Caveat{FewClusters}) {
		t.Errorf("n = %d in %d deployments, %s %v, interval %v", r.N, r.Clusters, r.State, r.PartialBecause, r.Interval)
	}
}
