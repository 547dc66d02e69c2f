package kpi

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/mathext"
)

// binomialTest returns the exact two-sided p of k out of n where each counts
// with the given chance: the probability of all outcomes that are no likelier.
func binomialTest(k, n int, chance float64) float64 {
	seen := binomialLog(k, n, chance) + 1e-7 // Equally likely outcomes may differ by rounding.
	mode := min(int(float64(n+1)*chance), n)
	switch {
	case seen >= binomialLog(mode, n, chance):
		return 1
	case k < mode:
		other := mode + sort.Search(n-mode+1, func(i int) bool { return binomialLog(mode+i, n, chance) <= seen })
		return binomialAtMost(k, n, chance) + binomialAtLeast(other, n, chance)
	default:
		other := sort.Search(mode, func(i int) bool { return binomialLog(i, n, chance) > seen }) - 1
		return binomialAtMost(other, n, chance) + binomialAtLeast(k, n, chance)
	}
}

// binomialLog returns the logarithm of the probability of k out of n.
func binomialLog(k, n int, chance float64) float64 {
	all, _ := math.Lgamma(float64(n) + 1)
	in, _ := math.Lgamma(float64(k) + 1)
	out, _ := math.Lgamma(float64(n-k) + 1)
	log := all - in - out
	if k > 0 {
		log += float64(k) * math.Log(chance)
	}
	if n > k {
		log += float64(n-k) * math.Log1p(-chance)
	}
	return log
}

// binomialAtMost returns the probability of k or fewer out of n.
func binomialAtMost(k, n int, chance float64) float64 {
	switch {
	case k < 0:
		return 0
	case k >= n:
		return 1
	}
	return mathext.RegIncBeta(float64(n-k), float64(k)+1, 1-chance)
}

// binomialAtLeast returns the probability of k or more out of n, without the
// loss of precision that 1 minus the rest would bring.
func binomialAtLeast(k, n int, chance float64) float64 {
	switch {
	case k <= 0:
		return 1
	case k > n:
		return 0
	}
	return mathext.RegIncBeta(float64(k), float64(n-k)+1, chance)
}
