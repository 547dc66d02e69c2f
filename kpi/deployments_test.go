package kpi

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// reasons returns why the items of a result were left out, by id.
func reasons(r Result) map[string]string {
	out := map[string]string{}
	for _, item := range r.Evidence {
		if item.Excluded != "" {
			out[item.ID] = item.Excluded
		}
	}
	return out
}

// figureOf returns the value of a figure beside a result.
func figureOf(t *testing.T, r Result, name string) float64 {
	t.Helper()
	value, _, ok := r.figure(name)
	if !ok {
		t.Fatalf("%s: no figure %q among %v", r.KPI.ID, name, r.Beside)
	}
	return value
}

// Ten days with deliveries on days 1, 2 and 8: 3 ÷ 10 = 0.3 a day. Gaps are 1 and
// 6 days: median 3.5, longest 6. The window holds one whole week (days 0 to 6) with
// two deliveries.
func TestFrequencyCountsDeliveries(t *testing.T) {
	s := newScene("acme/shop")
	s.commit(at(-20, 0))
	s.deploy(at(-10, 0), 5, "SUCCESS")
	for _, day := range []int{1, 2, 8} {
		s.change(at(day, 8), at(day, 9))
		s.deploy(at(day, 11), 60, "SUCCESS")
	}
	r := only(t, compute(0, 10, s), "deployment-frequency")
	if *r.Value != 0.3 || *r.Numerator != 3 || *r.Denominator != 10 || r.N != 3 || r.State != Measured {
		t.Errorf("%s: %v ÷ %v = %v, n = %d", r.State, *r.Numerator, *r.Denominator, *r.Value, r.N)
	}
	want := map[string]float64{
		"days with a delivery": 3, "median per week": 2, "median gap": 3.5 * 86400, "longest gap": 6 * 86400,
		"regularity": 1, "with changes by people": 3, "with changes by machines only": 0, "with no change of their own": 0,
	}
	for name, value := range want {
		if got := figureOf(t, r, name); got != value {
			t.Errorf("%s = %v, want %v", name, got, value)
		}
	}
	const finding = "3 deliveries in 10 days, about one every 3.5 days; the longest gap was 6 days."
	if r.Finding != finding {
		t.Errorf("finding %q, want %q", r.Finding, finding)
	}
}

// One delivery counts; a rollback, a return, a redeployment, a failure, a
// repetition, a second environment and an attempt under way are listed apart.
func TestFrequencyLeavesOutWhatIsNoDelivery(t *testing.T) {
	s := newScene("acme/shop")
	old := s.commit(at(-20, 0))
	s.deploy(at(-10, 0), 0.1, "SUCCESS")
	s.change(at(1, 1), at(1, 2))
	fresh := s.Commits[1].OID
	ids := map[string]string{}
	add := func(name string, day int, hours float64, commit shipshape.OID, environment string, end shipshape.DeploymentState) {
		d := s.deploy(at(day, hours), 0.1, end)
		d.Commit, d.Environment = commit, environment
		ids[name] = timelineID(d)
	}
	add("delivery", 1, 3, fresh, "production", "SUCCESS")
	add("repetition", 1, 3.1, fresh, "production", "SUCCESS")
	add("elsewhere", 1, 4, fresh, "production-eu", "SUCCESS")
	add("rollback", 2, 3, old, "production", "SUCCESS")
	add("return", 3, 3, fresh, "production", "SUCCESS")
	add("redeploy", 5, 3, fresh, "production", "SUCCESS")
	add("failure", 6, 3, fresh, "production", "FAILURE")
	add("under way", 7, 3, fresh, "production", "")
	add("staging", 7, 4, fresh, "staging", "SUCCESS")

	r := only(t, compute(0, 10, s), "deployment-frequency")
	if r.N != 1 || r.Evidence[0].ID != ids["delivery"] {
		t.Errorf("%d deliveries, first %s; want one, %s", r.N, r.Evidence[0].ID, ids["delivery"])
	}
	got := reasons(r)
	for name, reason := range map[string]string{
		"repetition": "repetition of deployment " + ids["delivery"] + " of the same commit, minutes before",
		"elsewhere":  "same rollout as deployment " + ids["delivery"],
		"failure":    "failed", "under way": "has not ended",
	} {
		if got[ids[name]] != reason {
			t.Errorf("%s is left out as %q, want %q", name, got[ids[name]], reason)
		}
	}
	for _, name := range []string{"rollback", "return", "redeploy"} {
		if reason := got[ids[name]]; len(reason) <= len(name) || reason[:len(name)] != name {
			t.Errorf("%s is left out as %q", name, reason)
		}
	}
	if len(got) != 7 {
		t.Errorf("left out: %v, want 7: staging is no production", got)
	}
}

func timelineID(d *shipshape.Deployment) string {
	h := newScene("acme/id")
	h.commit(at(0, 0))
	h.Deployments = []shipshape.Deployment{*d}
	return timeline.Build(historyOf(h), timeline.Defaults(at(100, 0))).Repositories[0].Deployments[0].ID
}

// The window is half-open: what finishes at its first instant is in, what
// finishes at its end is not.
func TestWindowIsHalfOpen(t *testing.T) {
	s := newScene("acme/shop")
	s.commit(at(-20, 0))
	s.deploy(at(-10, 0), 1, "SUCCESS")
	for _, day := range []int{0, 10} {
		s.change(at(day, -2), at(day, -1))
		s.deploy(at(day, -0.5), 30, "SUCCESS")
	}
	if r := only(t, computeAt(0, 10, at(12, 0), s), "deployment-frequency"); r.N != 1 || !r.Evidence[0].At.Equal(at(0, 0)) {
		t.Errorf("%d in the window, first at %s; want the one at its first instant", r.N, r.Evidence[0].At)
	}
}

// Ten attempts end in the window, seven of them with success: 0.7. One under way
// and one that was superseded ended in no way.
func TestSuccessRateCountsAttemptsThatEnded(t *testing.T) {
	s := newScene("acme/shop")
	s.commit(at(-20, 0))
	ends := []shipshape.DeploymentState{"SUCCESS", "SUCCESS", "FAILURE", "SUCCESS", "ERROR", "SUCCESS", "SUCCESS", "FAILURE", "SUCCESS", "SUCCESS", "", "INACTIVE"}
	for i, end := range ends {
		s.change(at(i, 1), at(i, 2))
		s.deploy(at(i, 3), 10, end)
	}
	// A success that is superseded reads INACTIVE, which decides nothing.
	s.Deployments[0].Statuses = append(s.Deployments[0].Statuses, shipshape.DeploymentStatus{State: "INACTIVE", At: at(1, 4)})
	r := only(t, compute(0, 14, s), "deployment-success-rate")
	if *r.Value != 0.7 || *r.Numerator != 7 || *r.Denominator != 10 || r.State != Measured {
		t.Errorf("%s: %v of %v = %v, want 7 of 10", r.State, *r.Numerator, *r.Denominator, *r.Value)
	}
	want := []string{"has not ended", "superseded without having ended"}
	if diff := cmp.Diff(want, slices.Sorted(mapValues(reasons(r)))); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	const finding = "7 of 10 attempts succeeded (70 %)."
	if r.Finding != finding {
		t.Errorf("finding %q, want %q", r.Finding, finding)
	}
}

func mapValues[K comparable, V any](m map[K]V) func(func(V) bool) {
	return func(yield func(V) bool) {
		for _, v := range m {
			if !yield(v) {
				return
			}
		}
	}
}

// Ten deployments take 10, 20 … 100 minutes; the first also waited 30 minutes for
// an approval, which does not count. Median (50 + 60) ÷ 2 = 55 minutes, p90 by
// type 7 at 8.1: 90 + 0.1 × 10 = 91. One recorded when it was done has no
// duration: 10 of 11 are covered.
func TestDurationLeavesWaitingOut(t *testing.T) {
	s := newScene("acme/shop")
	s.commit(at(-20, 0))
	for i := range 10 {
		s.change(at(i, 1), at(i, 2))
		s.deploy(at(i, 3), float64(10*(i+1)), "SUCCESS")
	}
	first := &s.Deployments[0]
	first.Statuses = []shipshape.DeploymentStatus{
		{State: "WAITING", At: at(0, 3)}, {State: "IN_PROGRESS", At: at(0, 3.5)}, {State: "SUCCESS", At: at(0, 3.5).Add(10 * time.Minute)},
	}
	s.change(at(11, 1), at(11, 2))
	s.deploy(at(11, 3), 0, "SUCCESS").Statuses = []shipshape.DeploymentStatus{{State: "SUCCESS", At: at(11, 3)}}
	r := only(t, compute(0, 14, s), "deployment-duration")
	if *r.Value != 55*60 || *r.Distribution.P90 != 91*60 || r.N != 10 || *r.Coverage != 10.0/11 || r.State != Measured {
		t.Errorf("%s: median %v s, p90 %v s, n = %d, coverage %v", r.State, *r.Value, *r.Distribution.P90, r.N, *r.Coverage)
	}
}

// What is under way counts with its age and holds the median open: of five, two
// finished.
func TestDurationOfUnfinishedDeploymentsIsCensored(t *testing.T) {
	s := newScene("acme/shop")
	s.commit(at(-20, 0))
	for i, end := range []shipshape.DeploymentState{"SUCCESS", "SUCCESS", "", "", ""} {
		s.change(at(i, 1), at(i, 2))
		s.deploy(at(i, 3), 10, end)
	}
	r := only(t, compute(0, 5, s), "deployment-duration")
	if r.Value != nil || r.AtLeast == nil || *r.AtLeast != (2*24+21)*3600 || !slices.Contains(r.PartialBecause, CensoredTop) {
		t.Errorf("%s %v: value %v, at least %v; want not reached, at least 69 hours", r.State, r.PartialBecause, worded(r.Value), worded(r.AtLeast))
	}
	const finding = "Fewer than half of the 5 deployments finished so far; the median is not reached and is at least 69 hours."
	if r.Finding != finding {
		t.Errorf("finding %q, want %q", r.Finding, finding)
	}
}

func TestDurationOfWhatWasRecordedAfterTheFactIsNotMeasured(t *testing.T) {
	s := newScene("acme/shop")
	s.commit(at(-20, 0))
	for i := range 3 {
		s.deploy(at(i, 3), 0, "SUCCESS").Statuses = []shipshape.DeploymentStatus{{State: "SUCCESS", At: at(i, 3)}}
	}
	r := only(t, compute(0, 5, s), "deployment-duration")
	const reason = "None of the 3 items in the window could be measured: recorded when it was done: no status before the finish, which is the creation."
	if r.State != NotMeasured || r.Reason != reason || r.Remedy == "" {
		t.Errorf("%s: %q, want %q", r.State, r.Reason, reason)
	}
}

// Without the commit graph a step to another commit may lead back: what is counted
// is inferred.
func TestFrequencyWithoutTheGraphIsInferred(t *testing.T) {
	s := newScene("acme/shop")
	s.commit(at(-20, 0))
	s.deploy(at(-10, 0), 1, "SUCCESS")
	s.commit(at(1, 0))
	s.deploy(at(1, 1), 1, "SUCCESS")
	s.Commits = nil
	s.Gaps = []shipshape.Gap{{Entity: shipshape.CommitEntity, Reason: shipshape.Forbidden, Why: "Forbidden", Remedy: "Allow it"}}
	r := only(t, compute(0, 10, s), "deployment-frequency")
	if r.N != 1 || !cmp.Equal(r.PartialBecause, []Caveat{Inferred}) || r.Evidence[0].Note == "" {
		t.Errorf("%s %v of %d, want one, inferred", r.State, r.PartialBecause, r.N)
	}
}

// Where a workflow's runs are the deployments, it does not matter that GitHub's
// own deployments could not be read: two of three runs succeeded.
func TestWorkflowRunsStandIn(t *testing.T) {
	s := newScene("acme/shop")
	s.commit(at(-20, 0))
	for i, conclusion := range []string{"SUCCESS", "FAILURE", "SUCCESS"} {
		s.run(at(i, 0), "push", conclusion, 10)
	}
	s.Gaps = []shipshape.Gap{{Entity: shipshape.DeploymentEntity, Reason: shipshape.Forbidden, Why: "Forbidden", Remedy: "Allow it"}}
	o := timeline.Defaults(at(10, 0))
	o.Source, o.Workflow = timeline.SourceWorkflow, "CI"
	card := Compute(timeline.Build(historyOf(s), o), Options{Window: shipshape.Window{From: at(0, 0), To: at(10, 0)}})
	if r := only(t, card, "deployment-success-rate"); r.N != 3 || !same(r.Value, ptr(2.0/3)) {
		t.Errorf("%s: %s of %d, %q", r.State, worded(r.Value), r.N, r.Reason)
	}
}

// Releases stand in for deployments: they deliver, but they do not fail.
func TestReleasesStandIn(t *testing.T) {
	s := newScene("acme/lib")
	for i, day := range []int{-30, 1, 5, 9} {
		s.change(at(day, 1), at(day, 2))
		s.release([]string{"v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0"}[i], at(day, 3))
	}
	s.Gaps = []shipshape.Gap{{Entity: shipshape.DeploymentEntity, Reason: shipshape.Absent, Why: "Git records no deployments", Remedy: "Collect them"}}
	card := compute(0, 10, s)
	frequency, lead, success := only(t, card, "deployment-frequency"), only(t, card, "lead-time-for-changes"), only(t, card, "deployment-success-rate")
	if frequency.N != 3 || frequency.Evidence[0].Kind != kindRelease || lead.N != 3 || *lead.Value != 2*3600 {
		t.Errorf("%d releases, lead time %s over %d changes; want 3 and 2 hours over 3", frequency.N, worded(lead.Value), lead.N)
	}
	if success.State != NotMeasured {
		t.Errorf("the success rate of releases is %s", success.State)
	}
	s.Releases = nil
	if r := only(t, compute(0, 10, s), "deployment-frequency"); r.State != NotMeasured || r.Reason != "Git records no deployments." || r.Remedy != "Collect them." {
		t.Errorf("without releases: %s, %q, %q", r.State, r.Reason, r.Remedy)
	}
}
