package kpi

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNewcombeAsPublished(t *testing.T) {
	// R. G. Newcombe, Statistics in Medicine 17 (1998), page 877, table II, method 10.
	tests := []struct {
		k1, n1, k2, n2 int
		low, high      float64
	}{
		{56, 70, 48, 80, 0.0524, 0.3339},
		{9, 10, 3, 10, 0.1705, 0.8090},
		{6, 7, 2, 7, 0.0582, 0.8062},
		{5, 56, 0, 29, -0.0381, 0.1926},
		{0, 10, 0, 20, -0.1611, 0.2775},
		{0, 10, 0, 10, -0.2775, 0.2775},
		{10, 10, 0, 20, 0.6791, 1},
		{10, 10, 0, 10, 0.6075, 1},
	}
	for _, test := range tests {
		low, high := newcombe(test.k1, test.n1, test.k2, test.n2, z95)
		got := []float64{low, high}
		if diff := cmp.Diff([]float64{test.low, test.high}, got, rounded(4)); diff != "" {
			t.Errorf("%d/%d - %d/%d (-want +got):\n%s", test.k1, test.n1, test.k2, test.n2, diff)
		}
	}
}

func TestProportionsAreClearExactlyWhenTheIntervalExcludesNoDifference(t *testing.T) {
	random := rand.New(rand.NewPCG(10, 7))
	clear := 0
	for range 3000 {
		n1, n2 := 1+random.IntN(120), 1+random.IntN(120)
		k1, k2 := random.IntN(n1+1), random.IntN(n2+1)
		low, high := newcombe(k1, n1, k2, n2, z99)
		got := compareProportions(k1, n1, k2, n2)
		if excluded := low > 0 || high < 0; got.clear != excluded || got.clear != (got.p < 0.01) || !got.ok {
			t.Fatalf("%d/%d against %d/%d: %+v, 99 %% interval %v to %v", k1, n1, k2, n2, got, low, high)
		}
		back := compareProportions(k2, n2, k1, n1)
		if !cmp.Equal(got.p, back.p, exactly()) || got.sign != -back.sign {
			t.Fatalf("%d/%d against %d/%d is not the mirror of its opposite: %+v, %+v", k1, n1, k2, n2, got, back)
		}
		if got.clear {
			clear++
		}
	}
	if clear < 100 || clear > 2900 {
		t.Errorf("%d of 3000 clear: the samples test nothing", clear)
	}
}

func TestCompareProportions(t *testing.T) {
	tests := []struct {
		name           string
		k1, n1, k2, n2 int
		sign           int
		clear, ok      bool
	}{
		{"all against none", 10, 10, 0, 20, 1, true, true},
		{"none against all", 0, 20, 10, 10, -1, true, true},
		{"the same share of other counts", 1, 3, 2, 6, 0, false, true},
		{"one against none of one", 1, 1, 0, 1, 1, false, true},
		// Newcombe's 95 % interval excludes 0, his 99 % one does not.
		{"significant but not clear", 6, 7, 2, 7, 1, false, true},
		{"many", 500_000, 1_000_000, 499_000, 1_000_000, 1, false, true},
		{"many, far apart", 900_000, 1_000_000, 100_000, 1_000_000, 1, true, true},
		{"nothing now", 0, 0, 3, 5, 0, false, false},
		{"nothing before", 3, 5, 0, 0, 0, false, false},
		{"more than there are", 6, 5, 1, 5, 0, false, false},
	}
	for _, test := range tests {
		got := compareProportions(test.k1, test.n1, test.k2, test.n2)
		checkComparison(t, test.name, got, test.sign, test.clear, test.ok)
	}
}

// checkComparison checks the parts of a comparison that are not its p.
func checkComparison(t *testing.T, name string, got comparison, sign int, clear, ok bool) {
	t.Helper()
	if got.sign != sign || got.clear != clear || got.ok != ok || (got.why == "") != ok || !(0 <= got.p && got.p <= 1) {
		t.Errorf("%s: got %+v, want sign %d, clear %v, ok %v", name, got, sign, clear, ok)
	}
}

func TestCompareRates(t *testing.T) {
	tests := []struct {
		name          string
		c1            int
		t1            float64
		c2            int
		t2            float64
		overdispersed bool
		sign          int
		clear, ok     bool
	}{
		{"twice as many", 120, 90, 60, 90, false, 1, true, true},
		{"a few more", 12, 90, 10, 90, false, 1, false, true},
		{"the same rate over other lengths", 20, 60, 10, 30, false, 0, false, true},
		{"none at all", 0, 90, 0, 90, false, 0, false, true},
		// 2 ÷ 2⁸ = 0.0078 is clear, 2 ÷ 2⁷ = 0.0156 is not.
		{"eight against none", 0, 90, 8, 90, false, -1, true, true},
		{"seven against none", 0, 90, 7, 90, false, -1, false, true},
		{"a million", 1_010_000, 90, 1_000_000, 90, false, 1, true, true},
		{"bursts", 120, 90, 60, 90, true, 0, false, false},
		{"no time now", 3, 0, 5, 90, false, 0, false, false},
		{"no time before", 3, 90, 5, 0, false, 0, false, false},
		{"absurd lengths", 3, math.MaxFloat64, 5, math.SmallestNonzeroFloat64, false, -1, true, true},
	}
	for _, test := range tests {
		got := compareRates(test.c1, test.t1, test.c2, test.t2, test.overdispersed)
		checkComparison(t, test.name, got, test.sign, test.clear, test.ok)
	}
}

func TestCompareDurations(t *testing.T) {
	zeros := append(unfinished(0, 0, 0), finished(0, 0, 0)...)
	quick, slow := finished(1, 2, 3, 4, 5, 6, 7, 8), finished(11, 12, 13, 14, 15, 16, 17, 18)
	tests := []struct {
		name      string
		a, b      []obs
		sign      int
		clear, ok bool
	}{
		{"apart", slow, quick, 1, true, true},
		{"apart, the other way", quick, slow, -1, true, true},
		{"the same", quick, quick, 0, false, true},
		{"all equal", finished(5, 5, 5, 5, 5, 5), finished(5, 5, 5, 5, 5, 5), 0, false, true},
		{"all zero, some unfinished", zeros, zeros, 0, false, true},
		{"five items", slow[:5], quick, 0, false, false},
		{"one deployment", inCluster("a", slow), quick, 0, false, false},
		{"nothing", nil, nil, 0, false, false},
		{"nothing before", slow, nil, 0, false, false},
		{"nothing finished", unfinished(1, 2, 3, 4, 5, 6), unfinished(1, 2, 3, 4, 5, 6), 0, false, false},
		// All still open after everything before had long finished.
		{"all open now", unfinished(20, 20, 20, 20, 20, 20, 20, 20), quick, 1, true, true},
	}
	for _, test := range tests {
		checkComparison(t, test.name, compareDurations(test.a, test.b), test.sign, test.clear, test.ok)
	}
}

func TestComparingIsFreeOfOrderAndUnit(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 7))
	for round := range 400 {
		censored := float64(round%2) * 0.3
		a := randomObs(random, 12+random.IntN(40), 20, censored)
		b := randomObs(random, 12+random.IntN(40), 20, censored)
		want := compareDurations(a, b)
		back := compareDurations(b, a)
		if back.sign != -want.sign || !cmp.Equal(want.p, back.p, exactly()) {
			t.Fatalf("%v against %v: %+v, the other way %+v", a, b, want, back)
		}
		for _, os := range [][]obs{a, b} {
			random.Shuffle(len(os), func(i, j int) { os[i], os[j] = os[j], os[i] })
			for i := range os {
				os[i].value *= 3600
			}
		}
		if got := compareDurations(a, b); got != want {
			t.Fatalf("%v against %v: %+v, shuffled and in another unit %+v", a, b, want, got)
		}
	}
}

func FuzzRates(f *testing.F) {
	f.Add(uint32(0), 90.0, uint32(0), 90.0)
	f.Add(uint32(1), math.SmallestNonzeroFloat64, uint32(4_000_000_000), math.MaxFloat64)
	f.Add(uint32(1_000_000), 0.25, uint32(999_000), 90.0)
	f.Fuzz(func(t *testing.T, c1 uint32, t1 float64, c2 uint32, t2 float64) {
		if math.IsNaN(t1) || math.IsInf(t1, 0) || math.IsNaN(t2) || math.IsInf(t2, 0) {
			return
		}
		got := compareRates(int(c1), t1, int(c2), t2, false)
		if got.ok != (t1 > 0 && t2 > 0) || !(0 <= got.p && got.p <= 1) {
			t.Fatalf("%d in %v against %d in %v: %+v", c1, t1, c2, t2, got)
		}
		if b, _ := garwood(int(c1), t1, nil); b != nil {
			wantEncloses(t, "rate", b, float64(c1)/t1)
		}
		share := compareProportions(int(min(c1, c2)), int(c1), int(min(c1, c2)), int(c2))
		if share.ok != (c1 > 0 && c2 > 0) || !(0 <= share.p && share.p <= 1) {
			t.Fatalf("shares of %d and %d: %+v", c1, c2, share)
		}
	})
}
