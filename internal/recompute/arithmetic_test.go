package main

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func ptr[T any](v T) *T { return &v }

// took returns items with these values; a negative one is still growing.
func took(values ...float64) []item {
	var items []item
	for _, v := range values {
		items = append(items, item{Value: ptr(max(v, -v)), Censored: v < 0})
	}
	return items
}

func TestSpread(t *testing.T) {
	tests := []struct {
		name  string
		items []item
		want  *distribution
	}{
		{"nothing", nil, nil},
		{"one", took(7), &distribution{ptr(7.), ptr(7.), ptr(7.), ptr(7.), ptr(7.), ptr(7.), ptr(7.)}},
		// Positions 0.75, 1.5, 2.25 and 2.7 in 1, 2, 4, 8.
		{"four", took(8, 1, 4, 2), &distribution{ptr(1.75), ptr(3.), ptr(5.), ptr(6.8), ptr(3.75), ptr(1.), ptr(8.)}},
		// 1: 5 of 6 stay; 2 is censored; 3: 5/6 × 3/4 = 5/8; 4 is censored; 5: 5/8 × 1/2
		// = 5/16; 6: 0. Mean: 1 + 2×5/6 + 2×5/8 + 1×5/16.
		{"two unfinished", took(1, -2, 3, -4, 5, 6), &distribution{ptr(3.), ptr(5.), ptr(6.), ptr(6.), ptr(1 + 10./6 + 10./8 + 5./16), ptr(1.), nil}},
		// The curve is at ½ from 2 to 3.
		{"half from an event to the next", took(1, 2, 3, -9), &distribution{ptr(1.5), ptr(2.5), ptr(6.), nil, ptr(1 + .75 + .5 + 6*.25), ptr(1.), nil}},
		// At 1 the curve falls to ⅔ and stays.
		{"median not reached", took(1, -4, -4), &distribution{ptr(1.), nil, nil, nil, ptr(1 + 2.), ptr(1.), nil}},
		{"smallest unfinished", took(-1, -2), &distribution{nil, nil, nil, nil, ptr(2.), nil, nil}},
		{"finished and unfinished at once", took(2, -2), &distribution{ptr(2.), ptr(2.), nil, nil, ptr(2.), ptr(2.), nil}},
		{"a value is missing", []item{{}}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, spreadOf(test.items), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
				t.Errorf("spread (-want +got)\n%s", diff)
			}
		})
	}
}

// TestMedianIsTheSameBothWays compares the two definitions where both apply.
func TestMedianIsTheSameBothWays(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var sorted []observation
		at := 0.0
		for range 1 + random.IntN(12) {
			at += float64(random.IntN(3))
			sorted = append(sorted, observation{at, true})
		}
		plain, curve := complete(sorted), censored(sorted)
		if diff := cmp.Diff(plain.P50, curve.P50); diff != "" {
			t.Fatalf("median of %v (-type 7 +Kaplan and Meier)\n%s", sorted, diff)
		}
		if diff := cmp.Diff(plain.Mean, curve.Mean, cmpopts.EquateApprox(1e-9, 1e-9)); diff != "" {
			t.Fatalf("mean of %v (-sum +area)\n%s", sorted, diff)
		}
	}
}

func TestAmounts(t *testing.T) {
	yes, no := ptr("numerator"), ptr("denominator")
	tests := []struct {
		name, statistic string
		items           []item
		days            float64
		want            amount
	}{
		{"rate of nothing is 0", rate, nil, 90, amount{value: ptr(0.), numerator: ptr(0.), denominator: ptr(90.)}},
		{"rate by weight", rate, []item{{Weight: ptr(2.)}, {}}, 6, amount{value: ptr(.5), numerator: ptr(3.), denominator: ptr(6.), n: 2, clusters: 2}},
		{"share of nothing is unknown", share, nil, 90, amount{}},
		{"share", share, []item{{Part: yes}, {Part: no}, {Part: no}, {Part: yes, Weight: ptr(2.)}}, 90,
			amount{value: ptr(.6), numerator: ptr(3.), denominator: ptr(5.), n: 4, clusters: 4}},
		{"median not reached", median, took(-3, -8), 90, amount{atLeast: ptr(8.), n: 2, clusters: 2, spread: &distribution{Mean: ptr(8.)}}},
		{"tally of nothing is 0", tally, nil, 90, amount{value: ptr(0.)}},
		{"clusters", rate, []item{{Cluster: ptr("a")}, {Cluster: ptr("a")}, {Cluster: ptr("b")}, {}, {}}, 5,
			amount{value: ptr(1.), numerator: ptr(5.), denominator: ptr(5.), n: 5, clusters: 4}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := amountOf(test.statistic, test.items, test.days)
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(amount{}), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
				t.Errorf("amount (-want +got)\n%s", diff)
			}
		})
	}
}
