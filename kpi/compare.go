package kpi

import "math"

// clearBelow is the p under which a difference between two windows is called
// better or worse. It is strict because a report shows many such comparisons.
const clearBelow = 0.01

// comparison is a two-sided test of this window against the previous one. Which
// sign is the better one is the KPI's to say.
type comparison struct {
	// p is how often chance alone would make a difference at least this large.
	// It means nothing, and is 1, when ok is false.
	p float64
	// sign is of this window minus the previous: +1 more or longer, -1 less or
	// shorter, 0 no difference at all.
	sign int
	// clear says that the difference is more than chance would explain: p < 0.01.
	clear bool
	// test names which of several tests was made, and shared says that it allowed for
	// items of the same cluster. Both are set for durations only.
	test   string
	shared bool
	// ok says that a verdict may be given; if not, why says in words why.
	ok  bool
	why string
}

// noVerdict returns a comparison that may not be made, and why.
func noVerdict(why string) comparison { return comparison{p: 1, why: why} }

// tested returns the comparison with a p and the sign of the difference.
func tested(p, difference float64) comparison {
	c := comparison{p: min(max(p, 0), 1), ok: true}
	switch {
	case difference > 0:
		c.sign = 1
	case difference < 0:
		c.sign = -1
	}
	c.clear = c.p < clearBelow && c.sign != 0
	return c
}

// beyond returns the two-sided p of a normal deviate.
func beyond(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// compareProportions compares k1 of n1 independent items now with k2 of n2
// before, by Newcombe's score interval of the difference. Its p is the level at
// which that interval would just touch 0, so p < 0.01 and "the 99 % interval
// excludes 0" are one and the same.
func compareProportions(k1, n1, k2, n2 int) comparison {
	if n1 <= 0 || n2 <= 0 || k1 < 0 || k1 > n1 || k2 < 0 || k2 > n2 {
		return noVerdict("one of the two windows holds nothing to take a share of")
	}
	difference := float64(k1)/float64(n1) - float64(k2)/float64(n2)
	if difference == 0 {
		return tested(1, 0)
	}
	excludes := func(z float64) bool {
		low, high := newcombe(k1, n1, k2, n2, z)
		return low > 0 || high < 0
	}
	c := tested(beyond(lastTrue(excludes)), difference)
	c.clear = excludes(z99)
	return c
}

// newcombe returns the interval of the difference k1/n1 - k2/n2 that reaches z
// standard errors to either side, made of the two score intervals: method 10 in
// R. G. Newcombe, Statistics in Medicine 17 (1998), pages 873-890.
func newcombe(k1, n1, k2, n2 int, z float64) (low, high float64) {
	share1, share2 := float64(k1)/float64(n1), float64(k2)/float64(n2)
	low1, high1 := score(k1, n1, z)
	low2, high2 := score(k2, n2, z)
	difference := share1 - share2
	return difference - math.Hypot(share1-low1, high2-share2),
		difference + math.Hypot(high1-share1, share2-low2)
}

// lastTrue returns where a condition that holds from 0 on ceases to, looking no
// further than 40 standard errors, beyond which every p is 0.
func lastTrue(holds func(z float64) bool) float64 {
	low, high := 0.0, 40.0
	for range 60 {
		if middle := (low + high) / 2; holds(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// compareRates compares c1 events in t1 days now with c2 in t2 days before. Given
// how many there were in all, the events that fall into this window are binomial
// when nothing changed; p is exact and sums all splits no likelier than the one
// seen, as R's poisson.test does. Counts that are overdispersed in either window
// get no verdict: the test would take every burst for a change.
func compareRates(c1 int, t1 float64, c2 int, t2 float64, overdispersed bool) comparison {
	switch {
	case c1 < 0 || c2 < 0 || !(t1 > 0) || !(t2 > 0):
		return noVerdict("one of the two windows was not observed")
	case overdispersed:
		return noVerdict("counts vary more from week to week than random events would")
	}
	share := 1 / (1 + t2/t1)
	return tested(binomialTest(c1, c1+c2, share), float64(c1)*t2-float64(c2)*t1)
}

// compareDurations compares the durations of this window with those of the
// previous one: by the log-rank test when any is censored, else by Mann and
// Whitney's. A positive sign means longer now. Both need 6 clusters on either
// side.
//
// Items that came with the same deployment count as much as they are worth: the
// test's variance is multiplied by the design effect of its own scores, in the
// manner of J. N. K. Rao and A. J. Scott (Biometrics 48, 1992). Where every item
// is its own cluster this is the textbook test.
func compareDurations(a, b []obs) comparison {
	if min(countClusters(a), countClusters(b)) < fewestClusters {
		return noVerdict("fewer than 6 independent items or deployments in one of the two windows")
	}
	if allCensored(a) && allCensored(b) {
		return noVerdict("nothing finished in either window")
	}
	a, b = inOrder(a), inOrder(b)
	test, name := mannWhitney, "Mann–Whitney"
	if anyCensored(a) || anyCensored(b) {
		test, name = logRank, "Log-rank"
	}
	z := test(a, b)
	c := tested(beyond(z), z)
	c.test, c.shared = name, countClusters(a) < len(a) || countClusters(b) < len(b)
	return c
}
