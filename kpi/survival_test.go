package kpi

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// finished returns observations that ended, each its own cluster.
func finished(values ...float64) []obs {
	var os []obs
	for _, value := range values {
		os = append(os, obs{value: value})
	}
	return os
}

// unfinished returns observations whose end was not seen.
func unfinished(values ...float64) []obs {
	os := finished(values...)
	for i := range os {
		os[i].censored = true
	}
	return os
}

// mercaptopurine and placebo are the weeks of remission of 42 children with
// leukaemia: E. J. Freireich and others, Blood 21 (1963), pages 699-716.
func mercaptopurine() []obs {
	return slices.Concat(finished(6, 6, 6, 7, 10, 13, 16, 22, 23),
		unfinished(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35))
}

func placebo() []obs {
	return finished(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)
}

func TestKaplanMeierAsPublished(t *testing.T) {
	// The curve as worked out in D. R. Cox and D. Oakes, Analysis of Survival
	// Data (1984), and in the manuals of R and SAS.
	want := []survivalStep{
		{6, 0.857, 21, 3}, {7, 0.807, 17, 1}, {10, 0.753, 15, 1}, {13, 0.690, 12, 1},
		{16, 0.627, 11, 1}, {22, 0.538, 7, 1}, {23, 0.448, 6, 1},
	}
	got := kaplanMeier(mercaptopurine())
	if diff := cmp.Diff(want, got.steps, cmp.AllowUnexported(survivalStep{}), rounded(3)); diff != "" {
		t.Errorf("curve (-want +got):\n%s", diff)
	}
	if median, reached := got.median(); median != 23 || !reached {
		t.Errorf("median with treatment is %v (reached %v), want 23", median, reached)
	}
	if median, reached := kaplanMeier(placebo()).median(); median != 8 || !reached {
		t.Errorf("median with placebo is %v (reached %v), want 8", median, reached)
	}
	// R: print(survfit(...), rmean = 35) gives 23.29.
	if mean, restricted := got.restrictedMean(); !cmp.Equal(23.29, mean, rounded(2)) || !restricted {
		t.Errorf("mean with treatment is %v (restricted %v), want 23.29, restricted", mean, restricted)
	}
}

func TestBrookmeyerCrowleyAsPublished(t *testing.T) {
	// SAS LIFETEST, whose default is the log-log scale: 13 to no end with
	// treatment, 4 to 11 with placebo.
	treated := kaplanMeier(mercaptopurine()).medianInterval()
	if treated == nil || treated.low == nil || *treated.low != 13 || treated.high != nil {
		t.Errorf("with treatment: got %+v, want 13 and an end not reached", treated)
	}
	wantBounds(t, "with placebo", kaplanMeier(placebo()).medianInterval(), 4, 11, exactly())
}

func TestMedianOfUnfinishedWork(t *testing.T) {
	tests := []struct {
		name    string
		os      []obs
		median  float64
		reached bool
		mean    float64
	}{
		// ¾ at 1, ¾ × ½ = ⅜ at 3, 0 at 4. Mean 1 × ¼ + 3 × ⅜ + 4 × ⅜.
		{"first time below a half", slices.Concat(finished(1, 3, 4), unfinished(2)), 3, true, 2.875},
		// ¾ at 1, ½ at 2 until 4: the middle is 3. Mean 1 × ¼ + 2 × ¼ + 4 × ½.
		{"middle of the stretch at a half", slices.Concat(finished(1, 2, 4), unfinished(3)), 3, true, 2.75},
		// ½ from 10 on, known to stay until 1000. Mean 10 × ½ + 1000 × ½.
		{"a half to the end", slices.Concat(finished(10), unfinished(1000)), 505, true, 505},
		// ¾ from 1 on, never lower. Mean 1 × ¼ + 9 × ¾.
		{"not reached", slices.Concat(finished(1), unfinished(5, 5, 9)), 9, false, 7},
		// The unfinished one was at risk at 5: ½ there and no later.
		{"unfinished at the time of an event", slices.Concat(unfinished(5), finished(5)), 5, true, 5},
		{"nothing finished", unfinished(3, 8), 8, false, 8},
		{"one finished", finished(7), 7, true, 7},
		{"one unfinished", unfinished(7), 7, false, 7},
		{"all at once", finished(0, 0, 0), 0, true, 0},
		{"even number finished", finished(4, 1, 3, 2), 2.5, true, 2.5},
		{"nothing", nil, 0, false, 0},
	}
	for _, test := range tests {
		s := kaplanMeier(test.os)
		median, reached := s.median()
		if median != test.median || reached != test.reached {
			t.Errorf("%s: median %v (reached %v), want %v (%v)", test.name, median, reached, test.median, test.reached)
		}
		mean, restricted := s.restrictedMean()
		if !cmp.Equal(test.mean, mean, exactly()) || restricted != anyCensored(test.os) {
			t.Errorf("%s: mean %v (restricted %v), want %v", test.name, mean, restricted, test.mean)
		}
	}
}

func TestQuantilesOfUnfinishedWorkAreReadOffTheSteps(t *testing.T) {
	// ¾ at 1, ½ at 2, 0 at 4.
	s := kaplanMeier(slices.Concat(finished(1, 2, 4), unfinished(3)))
	for _, test := range []struct{ p, want float64 }{
		{0, 1}, {0.1, 1}, {0.25, 1.5}, {0.3, 2}, {0.5, 3}, {0.75, 4}, {1, 4},
	} {
		if got, reached := s.quantile(test.p); got != test.want || !reached {
			t.Errorf("quantile(%v) is %v (reached %v), want %v", test.p, got, reached, test.want)
		}
	}
	// ¾ at 1 and no lower: the first quartile is on the way to 9, the rest is open.
	s = kaplanMeier(slices.Concat(finished(1), unfinished(5, 5, 9)))
	if got, reached := s.quantile(0.25); got != 5 || !reached {
		t.Errorf("quantile(0.25) is %v (reached %v), want 5", got, reached)
	}
	if got, reached := s.quantile(0.9); got != 9 || reached {
		t.Errorf("quantile(0.9) is %v (reached %v), want at least 9", got, reached)
	}
}

func TestMedianIntervalOfUnfinishedWorkNeedsSix(t *testing.T) {
	tests := []struct {
		name string
		os   []obs
	}{
		{"nothing", nil},
		{"five items", slices.Concat(finished(1, 2, 3, 4), unfinished(5))},
		{"ten items of one deployment", inCluster("a", slices.Concat(finished(1, 2, 3, 4, 5, 6, 7, 8, 9), unfinished(10)))},
		{"nothing finished", unfinished(1, 2, 3, 4, 5, 6, 7)},
	}
	for _, test := range tests {
		if got := kaplanMeier(test.os).medianInterval(); got != nil {
			t.Errorf("%s: there is an interval", test.name)
		}
	}
}

func TestMedianIntervalWhereTheCurveFallsToNothingAtOnce(t *testing.T) {
	got := kaplanMeier(finished(5, 5, 5, 5, 5, 5)).medianInterval()
	if got == nil || got.low == nil || *got.low != 5 || got.high != nil {
		t.Errorf("got %+v, want from 5 to an end not reached", got)
	}
}

func TestItemsOfOneDeploymentWidenTheSurvivalInterval(t *testing.T) {
	// Twelve deployments; each brings four items that took about as long.
	var alone, together []obs
	for i := range 12 {
		for j := range 4 {
			o := obs{value: float64(100*i + j), censored: i == 11}
			alone = append(alone, o)
			o.cluster = string(rune('a' + i))
			together = append(together, o)
		}
	}
	narrow, wide := kaplanMeier(alone).medianInterval(), kaplanMeier(together).medianInterval()
	if !(*wide.low < *narrow.low && *narrow.high < *wide.high) {
		t.Errorf("clustered %v to %v, independent %v to %v: want it wider on both sides",
			*wide.low, *wide.high, *narrow.low, *narrow.high)
	}
}
