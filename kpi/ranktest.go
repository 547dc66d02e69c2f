package kpi

import (
	"math"
	"slices"
	"sort"
)

// mannWhitney returns the normal deviate of the rank sum of a against b, both
// non-empty: corrected for ties and for continuity (M. Hollander and D. A.
// Wolfe, Nonparametric Statistical Methods, section 4.1), as R's wilcox.test
// with exact = FALSE. It is positive when a tends to be longer, and 0 when all
// are equal. The approximation serves from 6 items on either side, where it is
// more cautious than the exact test.
func mannWhitney(a, b []obs) float64 {
	ranksA, ranksB, tied := midRanks(a, b)
	n1, n2 := float64(len(a)), float64(len(b))
	n := n1 + n2
	excess := -n1 * (n + 1) / 2
	for _, rank := range ranksA {
		excess += rank
	}
	spread := n1 * n2 / 12 * (n + 1 - tied/(n*(n-1)))
	if !(spread > 0) {
		return 0
	}
	effect := designEffect([][]obs{a, b}, [][]float64{ranksA, ranksB})
	size := max(math.Abs(excess)-0.5, 0)
	if size == 0 {
		return 0
	}
	return math.Copysign(size/math.Sqrt(spread*effect), excess)
}

// midRanks returns the rank of each observation among all, from 1, ties sharing
// the middle of theirs, and the sum of t³-t over the ties of t.
func midRanks(a, b []obs) (ranksA, ranksB []float64, tied float64) {
	all := valuesOf(slices.Concat(a, b))
	slices.Sort(all)
	rank := func(os []obs) []float64 {
		ranks := make([]float64, len(os))
		for i, o := range os {
			first := sort.SearchFloat64s(all, o.value)
			after := sort.Search(len(all), func(k int) bool { return all[k] > o.value })
			t := float64(after - first)
			ranks[i] = float64(first) + (t+1)/2
			tied += t*t - 1 // Each of the t members brings a t-th of t³-t.
		}
		return ranks
	}
	ranksA, ranksB = rank(a), rank(b)
	return ranksA, ranksB, tied
}

// logRank returns the normal deviate of the log-rank test (N. Mantel, Cancer
// Chemotherapy Reports 50, 1966) with the hypergeometric variance, whose square
// is the usual chi-square. It is positive when a takes longer: when fewer of a
// finished than the two together would make expect. Without any event to
// compare it is 0.
func logRank(a, b []obs) float64 {
	both := kaplanMeier(slices.Concat(a, b))
	excess, spread := 0.0, 0.0
	for _, step := range both.steps {
		n, d := float64(step.atRisk), float64(step.events)
		inA, seen := riskAt(a, step.time)
		share := float64(inA) / n
		excess += seen - d*share
		if n > 1 {
			spread += d * share * (1 - share) * (n - d) / (n - 1)
		}
	}
	if !(spread > 0) {
		return 0
	}
	effect := designEffect([][]obs{a, b}, [][]float64{both.excess(a), both.excess(b)})
	return -excess / math.Sqrt(spread*effect)
}

// riskAt returns how many of the observations, sorted by value, were followed up
// to a time and how many finished at it.
func riskAt(sorted []obs, time float64) (atRisk int, events float64) {
	first := sort.Search(len(sorted), func(i int) bool { return sorted[i].value >= time })
	for i := first; i < len(sorted) && sorted[i].value == time; i++ {
		if !sorted[i].censored {
			events++
		}
	}
	return len(sorted) - first, events
}
