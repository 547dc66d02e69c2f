package kpi

import (
	"fmt"
	"math"
	"sort"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat"
)

const (
	// z95 and z99 are how many standard errors a normal estimate reaches to
	// either side at 95 % and 99 %.
	z95 = 1.959963984540054
	z99 = 2.5758293035489004

	// fewestForMedian is the smallest sample whose extremes enclose the median
	// with 95 % certainty: 1 - 2/2⁵ is 94 %, 1 - 2/2⁶ is 97 %.
	fewestForMedian = 6

	// fewestWeeks is how many whole weeks it takes to say how much counts vary.
	fewestWeeks = 8

	// mostDispersion is the ratio of variance to mean up to which weekly counts
	// pass as random (Poisson) events.
	mostDispersion = 1.5
)

// bounds is a 95 % interval. An end that was not reached is nil, which is not
// the same as 0. Where no interval may be given at all, functions return a nil
// *bounds.
type bounds struct{ low, high *float64 }

// ends returns the interval from low to high, both reached.
func ends(low, high float64) *bounds { return &bounds{low: &low, high: &high} }

// wilson returns the 95 % score interval of the share of k in n independent
// items (E. B. Wilson, 1927; method 3 in Newcombe, Statistics in Medicine 17,
// 1998, pages 857-872). It is nil when n is 0 or k is no count out of n.
func wilson(k, n int) *bounds {
	if n <= 0 || k < 0 || k > n {
		return nil
	}
	return ends(score(k, n, z95))
}

// score returns the ends of the score interval of k in n, z standard errors to
// either side, for 0 ≤ k ≤ n and n > 0. They lie within 0..1 and enclose k/n.
func score(k, n int, z float64) (low, high float64) {
	items, share := float64(n), float64(k)/float64(n)
	shrink := 1 + z*z/items
	centre := (share + z*z/(2*items)) / shrink
	half := z / shrink * math.Sqrt(share*(1-share)/items+z*z/(4*items*items))
	low, high = min(max(centre-half, 0), share), max(min(centre+half, 1), share)
	if k == 0 {
		low = 0
	}
	if k == n {
		high = 1
	}
	return low, high
}

// garwood returns the 95 % interval of a rate per day: count events seen in
// exposureDays days. It is the exact Poisson interval (F. Garwood, Biometrika
// 28, 1936). Where the counts of whole weeks vary more than 1.5 times as much
// as random events would, each side is widened by the square root of that
// factor; where there are too few weeks to tell, it is left plain. The note says
// either in a sentence for the reader, and is empty otherwise. Without exposure
// there is no rate, and neither interval nor note.
func garwood(count int, exposureDays float64, wholeWeeks []int) (b *bounds, note string) {
	if count < 0 || !(exposureDays > 0) {
		return nil, ""
	}
	low, high := poissonLimits(count)
	factor, known := dispersion(wholeWeeks)
	switch {
	case !known:
		note = fmt.Sprintf("Fewer than %d whole weeks cannot tell whether counts vary more than random events would; it assumes that they do not.", fewestWeeks)
	case factor > mostDispersion:
		events, widen := float64(count), math.Sqrt(factor)
		low, high = max(events-(events-low)*widen, 0), events+(high-events)*widen
		note = fmt.Sprintf("Each side is widened %.1f times, for weekly counts vary %.1f times as much as random events would.", widen, factor)
	}
	low, high = low/exposureDays, high/exposureDays
	if math.IsInf(high, 0) {
		return nil, ""
	}
	return ends(low, high), note
}

// poissonLimits returns the exact 95 % limits of the mean of a Poisson count.
func poissonLimits(count int) (low, high float64) {
	if count > 0 {
		low = mathext.GammaIncRegInv(float64(count), 0.025)
	}
	return low, mathext.GammaIncRegInv(float64(count)+1, 0.975)
}

// dispersion returns variance ÷ mean of the counts of whole weeks: about 1 for
// random events, less for a regular rhythm, more when they come in bursts. It
// is unknown below 8 weeks. Weeks without any event do not vary: their factor
// is 0.
func dispersion(wholeWeeks []int) (factor float64, known bool) {
	if len(wholeWeeks) < fewestWeeks {
		return 0, false
	}
	counts := make([]float64, len(wholeWeeks))
	for i, n := range wholeWeeks {
		counts[i] = float64(n)
	}
	mean, variance := stat.MeanVariance(counts, nil)
	if mean <= 0 {
		return 0, true
	}
	return variance / mean, true
}

// isOverdispersed reports whether counts are known to vary so much from week
// to week that a test made for random events would see changes everywhere.
func isOverdispersed(wholeWeeks []int) bool {
	factor, known := dispersion(wholeWeeks)
	return known && factor > mostDispersion
}

// medianInterval returns the interval of the median of independent values
// sorted in ascending order: the narrowest pair of order statistics, equally
// far from either end, that encloses the median of the population with at
// least 95 % certainty (H. A. David and H. N. Nagaraja, Order Statistics,
// section 7.1). It is nil below 6 values.
func medianInterval(sorted []float64) *bounds {
	n := len(sorted)
	if n < fewestForMedian {
		return nil
	}
	skip := sort.Search(n/2, func(i int) bool { return 2*binomialAtMost(i, n, 0.5) > 0.05 }) - 1
	return ends(sorted[skip], sorted[n-1-skip])
}
