package kpi

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wantBounds compares an interval with the ends of a published or hand-worked one.
func wantBounds(t *testing.T, what string, got *bounds, low, high float64, within cmp.Option) {
	t.Helper()
	if got == nil || got.low == nil || got.high == nil {
		t.Errorf("%s: no interval, or an end missing; want %v to %v", what, low, high)
		return
	}
	if diff := cmp.Diff([]float64{low, high}, []float64{*got.low, *got.high}, within); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// wantEncloses checks that an interval is finite and holds the estimate.
func wantEncloses(t *testing.T, what string, got *bounds, estimate float64) {
	t.Helper()
	if got == nil || got.low == nil || got.high == nil {
		t.Fatalf("%s: no interval, or an end missing", what)
	}
	if !(*got.low <= estimate && estimate <= *got.high) || math.IsInf(*got.low, 0) || math.IsInf(*got.high, 0) {
		t.Fatalf("%s: %v lies outside %v to %v", what, estimate, *got.low, *got.high)
	}
}

func TestWilsonAsPublished(t *testing.T) {
	// R. G. Newcombe, Statistics in Medicine 17 (1998), page 861, table I, method 3.
	tests := []struct {
		k, n      int
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
		// The complements, mirrored.
		{20, 20, 0.8389, 1},
		{28, 29, 0.8282, 0.9939},
	}
	for _, test := range tests {
		wantBounds(t, "Wilson", wilson(test.k, test.n), test.low, test.high, rounded(4))
	}
}

func TestWilsonNeedsACountOutOfSomething(t *testing.T) {
	for _, test := range []struct{ k, n int }{{0, 0}, {1, 0}, {-1, 5}, {6, 5}, {0, -2}} {
		if got := wilson(test.k, test.n); got != nil {
			t.Errorf("wilson(%d, %d) = %v to %v, want none", test.k, test.n, *got.low, *got.high)
		}
	}
}

func TestWilsonEnclosesTheShareWithinZeroAndOne(t *testing.T) {
	for _, n := range []int{1, 2, 3, 7, 50, 999, 1_000_000_000} {
		for _, k := range []int{0, 1, n / 3, n / 2, n - 1, n} {
			got := wilson(k, n)
			wantEncloses(t, "Wilson", got, float64(k)/float64(n))
			if *got.low < 0 || *got.high > 1 {
				t.Errorf("wilson(%d, %d) leaves 0..1: %v to %v", k, n, *got.low, *got.high)
			}
		}
	}
}

func TestGarwoodAsPublished(t *testing.T) {
	// Exact Poisson limits as in K. Ulm, American Journal of Epidemiology 131
	// (1990), pages 373-375, and any table since F. Garwood's. One day of
	// exposure makes the rate the count.
	tests := []struct {
		count     int
		low, high float64
	}{
		{0, 0, 3.689},
		{1, 0.0253, 5.572},
		{2, 0.2422, 7.225},
		{3, 0.6187, 8.767},
		{5, 1.6235, 11.668},
		{10, 4.7954, 18.390},
		{20, 12.2165, 30.888},
		{100, 81.3640, 121.627},
	}
	for _, test := range tests {
		got, _ := garwood(test.count, 1, nil)
		wantBounds(t, "lower limit and itself", &bounds{got.low, got.low}, test.low, test.low, rounded(4))
		wantBounds(t, "upper limit and itself", &bounds{got.high, got.high}, test.high, test.high, rounded(3))
	}
}

func TestGarwoodIsPerDay(t *testing.T) {
	// 10 in 90 days: 4.7954/90 and 18.3904/90.
	got, _ := garwood(10, 90, nil)
	wantBounds(t, "10 in 90 days", got, 0.0532821, 0.2043373, rounded(7))
}

func TestGarwoodWidensWhenWeeksVaryMoreThanChance(t *testing.T) {
	tests := []struct {
		name      string
		weeks     []int
		low, high float64
		note      string
	}{
		// Mean 2, eight deviations of 1: Σ of squares 8, variance 8/7, factor 0.57.
		{"steady", []int{1, 3, 1, 3, 1, 3, 1, 3}, 9.1454, 25.9830, ""},
		// Mean 2, eight deviations of 2: Σ of squares 32, variance 32/7, factor 16/7 = 2.286, root 1.512.
		// 16 - (16 - 9.1454) × 1.5119 = 5.6366; 16 + (25.9830 - 16) × 1.5119 = 31.0931.
		{"bursts", []int{0, 4, 0, 4, 0, 4, 0, 4}, 5.6366, 31.0931, "widened 1.5 times, for weekly counts vary 2.3 times"},
		{"seven weeks", []int{0, 4, 0, 4, 0, 4, 0}, 9.1454, 25.9830, "Fewer than 8 whole weeks"},
		{"no week", nil, 9.1454, 25.9830, "Fewer than 8 whole weeks"},
		{"whole weeks empty", make([]int, 8), 9.1454, 25.9830, ""},
	}
	for _, test := range tests {
		got, note := garwood(16, 1, test.weeks)
		wantBounds(t, test.name, got, test.low, test.high, rounded(3))
		if !strings.Contains(note, test.note) || (test.note == "") != (note == "") {
			t.Errorf("%s: note is %q, want it to say %q", test.name, note, test.note)
		}
	}
}

func TestGarwoodWidenedStopsAtZero(t *testing.T) {
	got, _ := garwood(2, 1, []int{0, 0, 0, 0, 0, 0, 0, 40})
	if *got.low != 0 {
		t.Errorf("lower limit of a count is %v, want 0", *got.low)
	}
}

func TestGarwoodNeedsExposure(t *testing.T) {
	for _, days := range []float64{0, -1, math.SmallestNonzeroFloat64} {
		if got, _ := garwood(3, days, nil); got != nil {
			t.Errorf("a rate over %v days has limits up to %v", days, *got.high)
		}
	}
}

func TestDispersionDecidesAtOneAndAHalf(t *testing.T) {
	tests := []struct {
		name  string
		weeks []int
		want  bool
	}{
		// Nine weeks of mean 2: Σ of squared deviations ÷ 8 ÷ 2.
		{"factor 1.5 exactly is still random", []int{4, 0, 4, 0, 4, 0, 2, 2, 2}, false}, // 24 ÷ 8 ÷ 2 = 1.5
		{"just above", []int{4, 0, 4, 0, 4, 0, 3, 1, 2}, true},                          // 26 ÷ 8 ÷ 2 = 1.625
		{"too few weeks to know", []int{40, 0, 0, 0, 0, 0, 0}, false},
		{"nothing at all", make([]int, 20), false},
	}
	for _, test := range tests {
		if got := isOverdispersed(test.weeks); got != test.want {
			factor, known := dispersion(test.weeks)
			t.Errorf("%s: overdispersed is %v (factor %v, known %v), want %v", test.name, got, factor, known, test.want)
		}
	}
}

func TestMedianIntervalTakesTheTabledRanks(t *testing.T) {
	// Ranks from the sign test, as tabled since W. R. Thompson (1936), for
	// instance in W. J. Conover, Practical Nonparametric Statistics, section 3.2.
	tests := []struct{ n, low, high int }{
		{6, 1, 6}, {7, 1, 7}, {8, 1, 8}, {9, 2, 8}, {10, 2, 9}, {11, 2, 10}, {12, 3, 10},
		{15, 4, 12}, {20, 6, 15}, {25, 8, 18}, {30, 10, 21}, {50, 18, 33}, {100, 40, 61},
	}
	for _, test := range tests {
		values := make([]float64, test.n)
		for i := range values {
			values[i] = float64(i + 1)
		}
		wantBounds(t, "ranks", medianInterval(values), float64(test.low), float64(test.high), exactly())
	}
}

func TestMedianIntervalNeedsSixValues(t *testing.T) {
	for n := range 6 {
		if got := medianInterval(make([]float64, n)); got != nil {
			t.Errorf("%d values have an interval", n)
		}
	}
	wantBounds(t, "six equal values", medianInterval([]float64{3, 3, 3, 3, 3, 3}), 3, 3, exactly())
}

func TestMedianIntervalIsTheNarrowestWithEnoughCoverage(t *testing.T) {
	for n := 6; n <= 400; n++ {
		values := make([]float64, n)
		for i := range values {
			values[i] = float64(i)
		}
		skip := int(*medianInterval(values).low)
		if covered := 1 - 2*binomialAtMost(skip+1, n, 0.5); covered >= 0.95 {
			t.Errorf("n = %d: skipping %d at each end would still cover %v", n, skip+1, covered)
		}
		if covered := 1 - 2*binomialAtMost(skip, n, 0.5); covered < 0.95 {
			t.Errorf("n = %d: skipping %d at each end covers only %v", n, skip, covered)
		}
	}
}

func TestMedianIntervalEnclosesTheMedian(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 7))
	for range 300 {
		values := randomValues(random, 6+random.IntN(60))
		wantEncloses(t, "median", medianInterval(values), quantile(values, 0.5))
	}
}
