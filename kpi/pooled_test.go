package kpi

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// Ten days: one service delivers 10 times, the other once. Pooled, 11 ÷ 10 = 1.1 a
// day is no service's rate and has no step; each service has its own: 1 a day is
// the fifth step of six, 0.1 a day the third.
func TestPooledResultShowsItsParts(t *testing.T) {
	scenes := []*scene{newScene("acme/shop"), newScene("acme/bank")}
	for i, s := range scenes {
		s.commit(at(-20, 0))
		s.deploy(at(-19, 0), 1, "SUCCESS")
		for day := range []int{10, 1}[i] {
			s.change(at(day, 1), at(day, 2))
			s.deploy(at(day, 3), 1, "SUCCESS")
		}
	}
	card := compute(0, 10, scenes...)
	r := only(t, card, "deployment-frequency")
	if !r.Pooled() || *r.Value != 1.1 || r.Step != nil {
		t.Errorf("pooled %v: %v a day, step %v; want 1.1 and no step", r.Pooled(), *r.Value, r.Step)
	}
	want := []Slice{
		{Name: "acme/bank", State: Measured, Value: ptr(0.1), N: 1, Step: &Step{Index: 2, Of: 6, Name: frequencyScale.Steps[2]}},
		{Name: "acme/shop", State: Measured, Value: ptr(1), N: 10, Step: &Step{Index: 4, Of: 6, Name: frequencyScale.Steps[4]}},
	}
	if diff := cmp.Diff(want, r.Breakdown.Repository); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	alone, _ := card.Repositories[1].Result("deployment-frequency")
	if card.Repositories[1].Name != "acme/shop" || *alone.Value != 1 || alone.Step == nil || alone.Pooled() {
		t.Errorf("%s alone: %v a day, step %v", card.Repositories[1].Name, *alone.Value, alone.Step)
	}
}

// Repositories that lack different things are each named with their reason.
func TestReasonsOfSeveralRepositoriesAreNamed(t *testing.T) {
	shop, bank := newScene("acme/shop"), newScene("acme/bank")
	for _, s := range []*scene{shop, bank} {
		s.commit(at(-20, 0))
	}
	bank.Gaps = []shipshape.Gap{{Entity: shipshape.RunEntity, Reason: shipshape.Forbidden, Why: "The token may not read checks", Remedy: "Allow it"}}
	r := only(t, compute(0, 10, shop, bank), "pipeline-run-frequency")
	const reason = "acme/bank: The token may not read checks. acme/shop: No workflow run on a default or release branch was found."
	const remedy = "Allow it. Run a workflow of GitHub Actions on the default branch."
	if r.State != NotMeasured || r.Reason != reason || r.Remedy != remedy {
		t.Errorf("%s: %q, %q; want %q, %q", r.State, r.Reason, r.Remedy, reason, remedy)
	}
}
