package kpi

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
)

// steady returns a scene that merges and deploys so many times a day before and
// after monday, each change taking so many hours.
func steady(before, after int, hoursBefore, hoursAfter float64) *scene {
	s := newScene("acme/shop")
	s.commit(at(-70, 0))
	s.deploy(at(-65, 0), 1, "SUCCESS")
	for day := -60; day < 60; day++ {
		n, hours := before, hoursBefore
		if day >= 0 {
			n, hours = after, hoursAfter
		}
		for i := range n {
			merged := at(day, float64(2*i+1))
			s.change(merged.Add(-time.Duration(hours*float64(time.Hour))), merged)
			s.deploy(merged.Add(time.Minute), 1, "SUCCESS")
		}
	}
	return s
}

func TestVerdicts(t *testing.T) {
	tests := []struct {
		name string
		s    *scene
		id   string
		want Verdict
	}{
		{"twice as often is better", steady(1, 2, 5, 5), "deployment-frequency", BetterNow},
		{"half as often is worse", steady(2, 1, 5, 5), "deployment-frequency", WorseNow},
		{"as often", steady(2, 2, 5, 5), "deployment-frequency", NoClearChange},
		{"longer is worse", steady(2, 2, 5, 9), "lead-time-for-changes", WorseNow},
		{"shorter is better", steady(2, 2, 9, 5), "lead-time-for-changes", BetterNow},
		{"always succeeding", steady(2, 2, 5, 5), "deployment-success-rate", NoClearChange},
		{"more merged is neither", steady(1, 2, 5, 5), "changes-merged", NoVerdict},
		{"as many merged", steady(2, 2, 5, 5), "changes-merged", NoClearChange},
	}
	for _, test := range tests {
		p := only(t, compute(0, 60, test.s), test.id).Previous
		if p.Verdict != test.want || p.P == nil || p.Why == "" || p.State != Measured {
			t.Errorf("%s: verdict %q, p %s, %q; want %q", test.name, p.Verdict, worded(p.P), p.Why, test.want)
		}
	}
}

// The test behind a verdict is named as it ran, and of what.
func TestVerdictNamesItsTest(t *testing.T) {
	open := steady(2, 2, 5, 5)
	open.deploy(at(59, 20), 0, "")
	together := steady(2, 2, 5, 5)
	together.Deployments = slices.DeleteFunc(together.Deployments, func(d shipshape.Deployment) bool { return d.CreatedAt.Hour() == 3 })
	tests := []struct {
		name, id, want string
		s              *scene
	}{
		{"complete", "deployment-duration", "Mann–Whitney test of the two sets of durations.", steady(2, 2, 5, 5)},
		{"one unfinished", "deployment-duration", "Log-rank test of the two sets of durations.", open},
		{"a deployment of one change each", "lead-time-for-changes", "Mann–Whitney test of the two sets of durations.", steady(2, 2, 5, 5)},
		{"several changes in one", "lead-time-for-changes", "Mann–Whitney test of the two sets of durations, allowing for changes that came together.", together},
		{"sizes", "change-size", "Mann–Whitney test of the two sets of values.", steady(2, 2, 5, 5)},
	}
	for _, test := range tests {
		if p := only(t, compute(0, 60, test.s), test.id).Previous; p.Why != test.want {
			t.Errorf("%s: %q, want %q", test.name, p.Why, test.want)
		}
	}
}

func TestSuccessRateGetsWorse(t *testing.T) {
	s := steady(1, 1, 5, 5)
	for i := range s.Deployments {
		if d := &s.Deployments[i]; !d.CreatedAt.Before(at(0, 0)) && i%2 == 0 {
			d.Statuses[1].State = shipshape.DeploymentFailure
		}
	}
	if p := only(t, compute(0, 60, s), "deployment-success-rate").Previous; p.Verdict != WorseNow {
		t.Errorf("verdict %q, p %s: half of the attempts fail now and none did before", p.Verdict, worded(p.P))
	}
}

func TestNoVerdictWithoutTwoMeasuredWindows(t *testing.T) {
	young := steady(2, 2, 5, 5)
	young.Deployments = young.Deployments[60:]
	cut := steady(2, 2, 5, 5)
	cut.Origin.Since = at(-59, 0)
	few := newScene("acme/shop")
	few.commit(at(-70, 0))
	few.deploy(at(-65, 0), 1, "SUCCESS")
	few.change(at(-5, 0), at(-5, 1))
	few.deploy(at(-5, 2), 1, "SUCCESS")
	tests := []struct {
		name, id, why string
		s             *scene
		known         bool // whether the preceding window has a value
	}{
		{"deployments began meanwhile", "deployment-frequency", "In acme/shop there was nothing to count before 2026-01-", young, false},
		{"the history begins meanwhile", "changes-merged", "The history of acme/shop begins on 2026-01-02", cut, false},
		{"nothing now", "lead-time-for-changes", "No verdict: this window is not measured.", few, true},
		{"few before", "deployment-success-rate", "No verdict: this window is not measured.", few, true},
		{"a tally", "unreleased-changes", "A count at an instant", released(steady(2, 2, 5, 5)), true},
	}
	for _, test := range tests {
		p := only(t, compute(0, 60, test.s), test.id).Previous
		if p.Verdict != NoVerdict || !strings.HasPrefix(p.Why, test.why) || (p.Value != nil) != test.known || p.P != nil {
			t.Errorf("%s: verdict %q, value %s, p %s, %q; want %q", test.name, p.Verdict, worded(p.Value), worded(p.P), p.Why, test.why)
		}
	}
}

func released(s *scene) *scene {
	s.release("v1.0.0", at(59, 0))
	return s
}

// Weeks are told apart, cut ones are marked and their rate is per day of the part
// inside: 4 days from Monday to Thursday hold one merge, 3 days none.
func TestSeriesMarksCutWeeks(t *testing.T) {
	s := newScene("acme/shop")
	s.change(at(1, 0), at(1, 1))
	s.change(at(15, 0), at(15, 1))
	r := only(t, compute(-3, 18, s), "changes-merged")
	want := []struct {
		name    string
		rate    float64
		n       int
		partial bool
	}{
		{"2026-W09", 0, 0, true}, {"2026-W10", 1.0 / 7, 1, false}, {"2026-W11", 0, 0, false}, {"2026-W12", 1.0 / 4, 1, true},
	}
	if len(r.Series) != len(want) {
		t.Fatalf("%d weeks, want %d", len(r.Series), len(want))
	}
	for i, w := range want {
		p := r.Series[i]
		if p.Week.Name() != w.name || *p.Value != w.rate || p.N != w.n || p.Week.Partial != w.partial {
			t.Errorf("week %d is %s: %v a day of %d, partial %v; want %+v", i, p.Week.Name(), *p.Value, p.N, p.Week.Partial, w)
		}
	}
	empty := only(t, compute(-3, 18, s), "change-size").Series[2]
	if empty.Value != nil || empty.N != 0 {
		t.Errorf("the median of an empty week is %v", *empty.Value)
	}
}

// Weeks before the history begins are unknown, not empty.
func TestWeeksNobodySawAreUnknown(t *testing.T) {
	s := newScene("acme/shop")
	s.change(at(8, 0), at(8, 1))
	s.Origin.Since = at(7, 0)
	r := only(t, compute(0, 14, s), "changes-merged")
	if r.Series[0].Value != nil || *r.Series[1].Value != 1.0/7 || *r.Coverage != 0.5 || r.State != Partial {
		t.Errorf("weeks %s and %s, %s with coverage %v", worded(r.Series[0].Value), worded(r.Series[1].Value), r.State, *r.Coverage)
	}
}

// A window that reaches beyond as-of ends there: 2 in 10 days, not in 20.
func TestWindowEndsAtAsOf(t *testing.T) {
	s := newScene("acme/shop")
	s.change(at(1, 0), at(1, 1))
	s.change(at(2, 0), at(2, 1))
	card := computeAt(0, 20, at(10, 0), s)
	if r := only(t, card, "changes-merged"); *r.Value != 0.2 || !card.Window.To.Equal(at(10, 0)) {
		t.Errorf("%v a day up to %s; want 0.2 up to as-of", *r.Value, card.Window.To)
	}
	card = computeAt(12, 20, at(10, 0), s)
	for _, r := range card.Results {
		if r.State != NotMeasured || r.Remedy == "" {
			t.Errorf("%s over a window that has not begun is %s", r.KPI.ID, r.State)
		}
	}
}

func TestNoRepositoryMeasuresNothing(t *testing.T) {
	for _, r := range compute(0, 10).Results {
		if r.State != NotMeasured || r.Reason != "The history holds no repository." {
			t.Errorf("%s is %s: %q", r.KPI.ID, r.State, r.Reason)
		}
	}
}
