package kpi

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// values returns included items with these values, each its own cluster.
func values(vs ...float64) []Item {
	var items []Item
	for _, v := range vs {
		items = append(items, Item{Value: v, Weight: 1})
	}
	return items
}

func TestStateFollowsTheRules(t *testing.T) {
	left := Item{Excluded: "unknown", Missing: true}
	outside := Item{Excluded: "not part of it"}
	deployed := func(clusters ...string) []Item {
		items := values(make([]float64, len(clusters))...)
		for i := range items {
			items[i].Cluster = clusters[i]
		}
		return items
	}
	tests := []struct {
		name      string
		statistic Statistic
		items     []Item
		state     State
		caveats   []Caveat
	}{
		{"a rate of nothing is measured", Rate, nil, Measured, nil},
		{"a rate of one is measured", Rate, values(1), Measured, nil},
		{"a tally of nothing is measured", Tally, nil, Measured, nil},
		{"a median of nothing is not", Median, nil, NotMeasured, nil},
		{"a share of nothing is not", Share, []Item{left}, NotMeasured, nil},
		{"four are a small sample", Median, values(1, 2, 3, 4), Partial, []Caveat{SmallSample}},
		{"five are enough", Median, values(1, 2, 3, 4, 5), Measured, nil},
		{"four of five covered are enough", Rate, append(values(1, 1, 1, 1), left), Measured, nil},
		{"three of four covered are not", Rate, append(values(1, 1, 1), left), Partial, []Caveat{LowCoverage}},
		{"what is outside the population lowers nothing", Rate, append(values(1), outside, outside), Measured, nil},
		{"flagged items lower coverage", Rate, []Item{{Uncovered: true}, {}}, Partial, []Caveat{LowCoverage}},
		{"four deployments are few", Median, deployed("a", "b", "c", "d", "d"), Partial, []Caveat{FewClusters}},
		{"five deployments are enough", Median, deployed("a", "b", "c", "d", "e"), Measured, nil},
		{"an unreached median", Median, []Item{{Value: 1}, {Value: 2, Censored: true}, {Value: 3, Censored: true}, {Value: 4, Censored: true}, {Value: 5, Censored: true}},
			Partial, []Caveat{CensoredTop}},
		{"inferred dates", Rate, []Item{{Inferred: true}}, Partial, []Caveat{Inferred}},
		{"inferred and left out", Rate, []Item{{Inferred: true, Excluded: "failed"}}, Measured, nil},
	}
	for _, test := range tests {
		a := amountOf(test.statistic, test.items, 10, 1)
		if a.state != test.state || !cmp.Equal(a.caveats, test.caveats) {
			t.Errorf("%s: %s %v, want %s %v", test.name, a.state, a.caveats, test.state, test.caveats)
		}
	}
}

// A rate over a window of which only half was seen rests on that half.
func TestUnseenPartOfTheWindowLowersTheCoverageOfARate(t *testing.T) {
	for _, items := range [][]Item{nil, values(1, 1)} {
		a := amountOf(Rate, items, 10, 0.5)
		if a.state != Partial || *a.coverage != 0.5 {
			t.Errorf("%d items: %s with coverage %v, want partial with 0.5", len(items), a.state, *a.coverage)
		}
	}
}

// Two of the three parts of weight 1, 1 and 2 are in the numerator: 3 of 4.
func TestShareWeighsItsItems(t *testing.T) {
	items := []Item{{Part: Numerator, Weight: 1}, {Part: Denominator, Weight: 1}, {Part: Numerator, Weight: 2}}
	a := amountOf(Share, items, 10, 1)
	if *a.value != 0.75 || *a.numerator != 3 || *a.denominator != 4 {
		t.Errorf("share = %v of %v = %v, want 3 of 4 = 0.75", *a.numerator, *a.denominator, *a.value)
	}
}

// Type 7 of 1..10: the median lies halfway between the fifth and sixth, 5.5; p25
// at 1 + 0.25 × 9 = 3.25; p75 7.75; p90 9.1; mean 55 ÷ 10.
func TestDistributionOfTenItems(t *testing.T) {
	a := amountOf(Median, values(7, 1, 10, 4, 2, 9, 3, 8, 6, 5), 10, 1)
	want := &Distribution{P25: ptr(3.25), P50: ptr(5.5), P75: ptr(7.75), P90: ptr(9.1), Mean: ptr(5.5), Min: ptr(1), Max: ptr(10)}
	if diff := cmp.Diff(want, distributionOf(a.curve)); diff != "" {
		t.Errorf("distribution (-want +got):\n%s", diff)
	}
}

// Of 2, 4, 6 and one unfinished at 5: S falls to 3/4 at 2, to 1/2 at 4, and to 0
// at 6. The median is the middle of the stretch at ½, 5. The longest time is not
// known, and the mean is restricted to 6: 2×1 + 2×0.75 + 2×0.5 = 4.5.
func TestDistributionWithUnfinishedItems(t *testing.T) {
	items := append(values(2, 4, 6), Item{Value: 5, Censored: true})
	d := distributionOf(amountOf(Median, items, 10, 1).curve)
	if *d.P50 != 5 || *d.Mean != 4.5 || !d.Restricted || *d.Min != 2 || d.Max != nil {
		t.Errorf("median %v, mean %v (restricted %v), from %v to %v; want 5, 4.5 (restricted), from 2 to unknown",
			*d.P50, *d.Mean, d.Restricted, *d.Min, d.Max)
	}
}

func TestIntervalFitsTheItems(t *testing.T) {
	clusters := values(1, 2, 3, 4, 5, 6)
	for i := range clusters {
		clusters[i].Cluster = string(rune('a' + i))
	}
	tests := []struct {
		name      string
		statistic Statistic
		items     []Item
		want      string
	}{
		{"a rate", Rate, values(1), "Exact Poisson interval (Garwood). Fewer than 8 whole weeks"},
		{"a share", Share, values(1), "Score interval"},
		{"a median", Median, values(1, 2, 3, 4, 5, 6), "Order statistics"},
		{"a median of five", Median, values(1, 2, 3, 4, 5), ""},
		{"a clustered median", Median, clusters, "Interval of the median of changes"},
		{"a clustered median of five", Median, clusters[:5], ""},
		{"a clustered share", Share, clusters, "Interval of a share of items"},
		{"a median with an unfinished item", Median, append(values(1, 2, 3, 4, 5, 6, 7), Item{Value: 9, Censored: true}), "Interval of a median with unfinished"},
		{"a tally", Tally, values(1, 2, 3, 4, 5, 6), ""},
	}
	for _, test := range tests {
		got := ""
		if i := intervalOf(test.statistic, test.items, amountOf(test.statistic, test.items, 10, 1), nil); i != nil {
			got = i.Note
		}
		if len(got) < len(test.want) || got[:len(test.want)] != test.want || (test.want == "") != (got == "") {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
