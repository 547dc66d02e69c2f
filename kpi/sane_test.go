package kpi

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/shipshape-report/shipshape"
)

func TestEvidenceGivesTheValue(t *testing.T) {
	for seed := range uint64(4) {
		card := compute(0, 90, randomScenes(seed)...)
		eachResult(t, card, func(t *testing.T, r Result) {
			value, n := recount(r, card.Window)
			if n != r.N {
				t.Errorf("n = %d, evidence has %d", r.N, n)
			}
			if !same(value, r.Value) {
				t.Errorf("value = %s, evidence gives %s", worded(r.Value), worded(value))
			}
		})
	}
}

// recount works out a value from published items alone, in the plainest way: it
// shares nothing with the code under test.
func recount(r Result, w shipshape.Window) (value *float64, n int) {
	var values []float64
	weight, part, censored := 0.0, 0.0, false
	for _, item := range r.Evidence {
		if item.Excluded != "" {
			continue
		}
		values = append(values, item.Value)
		weight += item.Weight
		if item.Part == Numerator {
			part += item.Weight
		}
		censored = censored || item.Censored
	}
	answer := 0.0
	switch {
	case r.State == NotMeasured && len(values) == 0:
		return nil, 0
	case censored:
		return r.Value, len(values) // The survival curve has tests of its own.
	case r.KPI.Statistic == Rate:
		answer = weight / (w.To.Sub(w.From).Hours() / 24)
	case r.KPI.Statistic == Share:
		answer = part / weight
	case r.KPI.Statistic == Tally:
		answer = float64(len(values))
	default:
		slices.Sort(values)
		answer = (values[(len(values)-1)/2] + values[len(values)/2]) / 2
	}
	return &answer, len(values)
}

func same(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return math.Abs(*a-*b) <= 1e-9*math.Max(1, math.Abs(*b))
}

func TestEveryResultIsSane(t *testing.T) {
	for seed := range uint64(3) {
		card := compute(0, 90, randomScenes(seed)...)
		eachResult(t, card, func(t *testing.T, r Result) {
			for _, fault := range insane(r) {
				t.Error(fault)
			}
		})
	}
}

// insane lists what cannot be right in any result.
func insane(r Result) []string {
	var found []string
	demand := func(ok bool, format string, args ...any) {
		if !ok {
			found = append(found, fmt.Sprintf(format, args...))
		}
	}
	demand(r.Finding != "", "says nothing")
	demand((r.State == Partial) == (len(r.PartialBecause) > 0), "%s because of %v", r.State, r.PartialBecause)
	demand((r.State == NotMeasured) == (r.Reason != ""), "%s for the reason %q", r.State, r.Reason)
	demand(r.State != NotMeasured || r.Value == nil, "not measured, and %s", worded(r.Value))
	demand(r.Coverage == nil || *r.Coverage >= 0 && *r.Coverage <= 1, "coverage %s", worded(r.Coverage))
	demand(r.Clusters <= r.N, "%d clusters of %d items", r.Clusters, r.N)
	if i := r.Interval; i != nil && r.Value != nil {
		demand(i.Low == nil || *i.Low <= *r.Value+1e-12, "interval from %s excludes %s", worded(i.Low), worded(r.Value))
		demand(i.High == nil || *i.High >= *r.Value-1e-12, "interval to %s excludes %s", worded(i.High), worded(r.Value))
	}
	demand(slices.IsSortedFunc(r.Evidence, Item.compare), "evidence is not in order")
	ids := map[string]bool{}
	for _, item := range included(r.Evidence) {
		id := fmt.Sprint(item.Kind, item.Repository, item.ID)
		demand(!ids[id], "%s counts twice", id)
		ids[id] = true
	}
	inWeeks := 0
	for _, p := range r.Series {
		inWeeks += p.N
	}
	demand(r.KPI.Statistic == Tally || inWeeks == r.N, "weeks hold %d of %d items", inWeeks, r.N)
	if last := len(r.Series) - 1; r.KPI.Statistic == Tally && last >= 0 {
		demand(r.Series[last].N == r.N, "the last week ends with %d of %d items", r.Series[last].N, r.N)
	}
	inParts := 0
	for _, s := range r.Breakdown.Repository {
		inParts += s.N
	}
	demand(inParts == r.N, "repositories hold %d of %d items", inParts, r.N)
	return found
}
