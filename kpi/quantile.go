package kpi

import "math"

// quantile returns the p-quantile of values sorted in ascending order by
// linear interpolation between order statistics: Hyndman and Fan's type 7
// ("Sample Quantiles in Statistical Packages", The American Statistician 50,
// 1996), the default of R and NumPy and DuckDB's quantile_cont. A p outside
// 0..1 counts as the nearer end. There is no quantile of nothing: for an empty
// slice it returns 0, and a caller must not report that as a measurement.
func quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := float64(len(sorted)-1) * min(max(p, 0), 1)
	below := int(math.Floor(at))
	if below >= len(sorted)-1 {
		return sorted[len(sorted)-1]
	}
	return between(sorted[below], sorted[below+1], at-float64(below))
}

// between returns the point that lies the given share of the way from low to
// high. It never leaves that range, whatever the rounding.
func between(low, high, share float64) float64 {
	point := low + share*(high-low)
	if math.Signbit(low) != math.Signbit(high) {
		// The difference of two huge values of unlike sign can overflow.
		point = low*(1-share) + high*share
	}
	return min(max(point, low), high)
}
