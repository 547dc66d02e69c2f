package kpi

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// One change: begun at 0:00, opened at 4:00, first reviewed at 6:00, approved at
// 9:00 and again at 10:00, merged at 15:00. Coding 4, pickup 2, review 4, merge
// wait 5 hours. What its author, a machine, and those after the merge say decides
// nothing.
func TestStagesOfOneChange(t *testing.T) {
	s := newScene("acme/shop")
	c := s.change(at(1, 0), at(1, 15))
	c.CreatedAt = at(1, 4)
	c.Reviews = []shipshape.Review{
		{Author: "ann", State: shipshape.Commented, At: at(1, 4.5)},
		{Author: "lint[bot]", State: shipshape.Approved, At: at(1, 5)},
		{Author: "bob", State: shipshape.Commented, At: at(1, 6)},
		{Author: "cy", State: shipshape.Approved, At: at(1, 9)},
		{Author: "bob", State: shipshape.Approved, At: at(1, 10)},
		{Author: "cy", State: shipshape.Approved, At: at(1, 20)},
	}
	card := compute(0, 10, s)
	for id, hours := range map[string]float64{"coding-time": 4, "pickup-time": 2, "review-time": 4, "merge-wait": 5} {
		r := only(t, card, id)
		if r.N != 1 || r.Value == nil || *r.Value != hours*3600 || !cmp.Equal(r.PartialBecause, []Caveat{SmallSample}) {
			t.Errorf("%s = %s s of %d, %v; want %v h of 1, small", id, worded(r.Value), r.N, r.PartialBecause, hours)
		}
	}
}

// Of three changes one was approved, one commented on, one merged unseen. A stage
// that did not happen is outside the population and lowers no coverage.
func TestStagesThatDidNotHappenAreOutside(t *testing.T) {
	s := newScene("acme/shop")
	for i, state := range []shipshape.ReviewState{shipshape.Approved, shipshape.Commented, ""} {
		c := s.change(at(i, 0), at(i, 8))
		if state != "" {
			c.Reviews = []shipshape.Review{{Author: "bob", State: state, At: at(i, 3)}}
		}
	}
	card := compute(0, 10, s)
	for id, n := range map[string]int{"coding-time": 3, "pickup-time": 2, "review-time": 1, "merge-wait": 1} {
		if r := only(t, card, id); r.N != n || *r.Coverage != 1 || len(r.Evidence) != 3 {
			t.Errorf("%s counts %d of %d with coverage %v; want %d of 3 with 1", id, r.N, len(r.Evidence), *r.Coverage, n)
		}
	}
}

func TestReviewingThatIsNotRecordedIsNotMeasured(t *testing.T) {
	s := newScene("acme/shop")
	s.change(at(1, 0), at(1, 8))
	card := compute(0, 10, s)
	for _, id := range []string{"pickup-time", "review-time", "merge-wait"} {
		r := only(t, card, id)
		if r.State != NotMeasured || r.Reason != "Reviewing is not recorded in acme/shop: none of the pull requests that were read had a review by another person." {
			t.Errorf("%s is %s: %q", id, r.State, r.Reason)
		}
	}
}

// Ten changes of 2, 4 … 20 lines: the median is 11, p90 by type 7 at 8.1: 18.2,
// which is 19 lines in words: nine of ten changes have 18.2 or fewer.
func TestChangeSizeOfTenChanges(t *testing.T) {
	s := newScene("acme/shop")
	for i := range 10 {
		s.change(at(i, 0), at(i, 1))
	}
	r := only(t, compute(0, 10, s), "change-size")
	if *r.Value != 11 || *r.Distribution.P90 != 18.2 || r.N != 10 || r.State != Measured {
		t.Errorf("%s: median %v, p90 %v of %d", r.State, *r.Value, *r.Distribution.P90, r.N)
	}
	if want := "Half of the 10 changes touched 11 lines or fewer, nine in ten 19 lines or fewer."; r.Finding != want {
		t.Errorf("finding %q, want %q", r.Finding, want)
	}
}

// Twenty days with ten merged pull requests, three by a machine: 0.5 a day.
func TestChangesMergedPerDay(t *testing.T) {
	s := newScene("acme/shop")
	for i := range 10 {
		if c := s.change(at(2*i, 0), at(2*i, 1)); i < 3 {
			c.Author = "renovate[bot]"
		}
	}
	r := only(t, compute(0, 20, s), "changes-merged")
	if *r.Value != 0.5 || r.N != 10 || figureOf(t, r, "by machines") != 3 || figureOf(t, r, "by people") != 7 {
		t.Errorf("%v a day of %d: %v", *r.Value, r.N, r.Beside)
	}
	want := []Slice{{Name: "machines", State: Measured, Value: ptr(0.15), N: 3}, {Name: "people", State: Measured, Value: ptr(0.35), N: 7}}
	if diff := cmp.Diff(want, r.Breakdown.Actor); diff != "" {
		t.Errorf("by actor (-want +got):\n%s", diff)
	}
}

// Merged on days 1, 3, 8 and 9, released on day 5 and again on day 11: at as-of,
// day 10, two are in no release, for 2 and 1 days. At the end of the first week,
// day 7, there was none; on day 0, none either.
func TestUnreleasedChangesAreTalliedAtAsOf(t *testing.T) {
	s := newScene("acme/lib")
	s.commit(at(-30, 0))
	s.release("v1.0.0", at(-29, 0))
	s.change(at(1, 0), at(1, 0))
	s.change(at(3, 0), at(3, 0))
	s.release("v1.1.0", at(5, 0))
	s.change(at(8, 0), at(8, 0))
	s.change(at(9, 0), at(9, 0))
	s.release("v1.2.0", at(11, 0))
	r := only(t, compute(0, 10, s), "unreleased-changes")
	if *r.Value != 2 || r.N != 2 || *r.Distribution.Max != 2*86400 || *r.Distribution.P50 != 1.5*86400 || r.State != Measured {
		t.Errorf("%s: %v unreleased, distribution %+v", r.State, *r.Value, r.Distribution)
	}
	if r.Series[0].N != 0 || r.Series[1].N != 2 || r.Previous.N != 0 {
		t.Errorf("series %v, previously %d; want 0 and 2, 0", r.Series, r.Previous.N)
	}
	if want := "2 merged changes are in no release; the oldest has waited for 48 hours."; r.Finding != want {
		t.Errorf("finding %q, want %q", r.Finding, want)
	}
	if r := only(t, compute(0, 4, s), "unreleased-changes"); *r.Value != 2 || *r.Coverage != 1 {
		t.Errorf("before the release %v with coverage %v; want 2 with 1", *r.Value, *r.Coverage)
	}
}

// A change whose commits are not in the graph may or may not be released: it is
// not counted, and lowers coverage: 1 of 2.
func TestUnreleasedChangesOutsideTheGraphLowerCoverage(t *testing.T) {
	s := newScene("acme/lib")
	s.commit(at(-30, 0))
	s.release("v1.0.0", at(-29, 0))
	s.change(at(1, 0), at(1, 0))
	lost := s.change(at(2, 0), at(2, 0))
	lost.MergeCommit, lost.HeadOID, lost.Commits = "", "", nil
	s.Commits = s.Commits[:2]
	s.Refs[0].Target = s.Commits[1].OID
	r := only(t, compute(0, 10, s), "unreleased-changes")
	if r.N != 1 || *r.Coverage != 0.5 || !cmp.Equal(r.PartialBecause, []Caveat{LowCoverage}) {
		t.Errorf("%d with coverage %v, %v; want 1 with 0.5", r.N, *r.Coverage, r.PartialBecause)
	}
}

// Six runs in three days, four of five completed ones with success, two by hand.
func TestRunsOfThreeDays(t *testing.T) {
	s := newScene("acme/shop")
	s.commit(at(-1, 0))
	for i, conclusion := range []string{"SUCCESS", "FAILURE", "SUCCESS", "SUCCESS", "SUCCESS"} {
		s.run(at(0, float64(10*i)), map[bool]string{true: "push", false: "workflow_dispatch"}[i < 3], conclusion, float64(i+1))
	}
	s.run(at(2, 0), "schedule", "", 0)
	last := &s.Runs[5]
	last.Status, last.StartedAt, last.CompletedAt = "IN_PROGRESS", time.Time{}, time.Time{}
	r := only(t, compute(0, 3, s), "pipeline-run-frequency")
	if *r.Value != 2 || r.N != 6 || r.State != Measured {
		t.Errorf("%s: %v a day of %d, want 2 of 6", r.State, *r.Value, r.N)
	}
	for name, want := range map[string]float64{"succeeded": 0.8, "median duration": 180, "started by hand": 2.0 / 6, "event push": 0.5, "event schedule": 1.0 / 6} {
		if got := figureOf(t, r, name); got != want {
			t.Errorf("%s = %v, want %v", name, got, want)
		}
	}
	if want := "6 runs in 3 days, about 2 a day; 80 % of the 5 completed ones succeeded."; r.Finding != want {
		t.Errorf("finding %q, want %q", r.Finding, want)
	}
}
