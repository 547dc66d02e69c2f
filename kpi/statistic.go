package kpi

import (
	"math"
	"slices"
	"strings"
)

// What makes a result partial (see [Caveat]).
const (
	enoughCoverage = 0.8
	enoughItems    = 5
	enoughClusters = 5
)

// amount is what items amount to, whether they are those of a window, of a week
// or of one part of a breakdown.
type amount struct {
	value, atLeast         *float64
	numerator, denominator *float64
	coverage               *float64
	n, clusters            int
	missing                int // left out for want of facts
	curve                  survival
	state                  State
	caveats                []Caveat
}

// amountOf counts items by a statistic. days is the exposure of a rate. seen is
// the share of that exposure that was seen, and lowers the coverage of a rate; for
// a tally it is the share of repositories read up to as-of, and lowers the coverage
// where there is no item that could be marked as uncertain.
func amountOf(s Statistic, items []Item, days, seen float64) amount {
	in := included(items)
	observed := obsOf(in)
	a := amount{n: len(in), clusters: countClusters(observed), missing: missing(items)}
	a.coverage = coverageOf(in, a.missing)
	switch s {
	case Rate:
		a.rate(weightOf(in), days)
		a.coverage = seenPart(a.coverage, seen)
	case Share:
		a.share(in)
	case Median:
		a.curve = kaplanMeier(observed)
		a.median()
	case Tally:
		a.curve = kaplanMeier(observed)
		a.value = ptr(float64(len(in)))
		if a.n == 0 {
			a.coverage = seenPart(a.coverage, seen)
		}
	}
	a.judge(s, in)
	return a
}

// seenPart lowers a coverage to the part of the window that was seen: of an
// unseen part it is not even known whether it held anything.
func seenPart(coverage *float64, seen float64) *float64 {
	switch {
	case seen >= 1:
		return coverage
	case coverage == nil:
		return &seen
	}
	return ptr(*coverage * seen)
}

func (a *amount) rate(weight, days float64) {
	a.value, a.numerator, a.denominator = ptr(weight/days), ptr(weight), ptr(days)
}

func (a *amount) share(in []Item) {
	if len(in) == 0 {
		return
	}
	part := weightOf(slices.DeleteFunc(slices.Clone(in), func(i Item) bool { return i.Part != Numerator }))
	all := weightOf(in)
	a.value, a.numerator, a.denominator = ptr(part/all), ptr(part), ptr(all)
}

func (a *amount) median() {
	if a.n == 0 {
		return
	}
	value, reached := a.curve.median()
	if reached {
		a.value = &value
		return
	}
	a.atLeast = &value
}

// judge decides the state: a count or a rate is measured even when small or 0, a
// share or a median over nothing is not measured.
func (a *amount) judge(s Statistic, in []Item) {
	ratioOrDuration := s == Share || s == Median
	if ratioOrDuration && a.n == 0 {
		a.state = NotMeasured
		return
	}
	if a.coverage != nil && *a.coverage < enoughCoverage {
		a.caveats = append(a.caveats, LowCoverage)
	}
	if ratioOrDuration && a.n < enoughItems {
		a.caveats = append(a.caveats, SmallSample)
	}
	if ratioOrDuration && a.clusters < enoughClusters && clustered(in) {
		a.caveats = append(a.caveats, FewClusters)
	}
	if a.atLeast != nil {
		a.caveats = append(a.caveats, CensoredTop)
	}
	if slices.ContainsFunc(in, func(i Item) bool { return i.Inferred }) {
		a.caveats = append(a.caveats, Inferred)
	}
	a.state = Measured
	if len(a.caveats) > 0 {
		a.state = Partial
	}
}

// included returns the items that count.
func included(items []Item) []Item {
	var in []Item
	for _, item := range items {
		if item.Excluded == "" {
			in = append(in, item)
		}
	}
	return in
}

// missing returns how many items were left out for want of facts.
func missing(items []Item) int {
	n := 0
	for _, item := range items {
		if item.Excluded != "" && item.Missing {
			n++
		}
	}
	return n
}

// coverageOf returns the share of the population whose facts were all there, nil
// for an empty population.
func coverageOf(in []Item, missing int) *float64 {
	covered := 0
	for _, item := range in {
		if !item.Uncovered {
			covered++
		}
	}
	population := len(in) + missing
	if population == 0 {
		return nil
	}
	return ptr(float64(covered) / float64(population))
}

// weightOf adds up weights. Whole weights, the usual ones, add up exactly.
func weightOf(items []Item) float64 {
	total := 0.0
	for _, item := range items {
		total += item.weight()
	}
	return total
}

// weight returns what the item counts for.
func (i Item) weight() float64 {
	if i.Weight == 0 {
		return 1
	}
	return i.Weight
}

// obsOf returns the items' values as observations.
func obsOf(items []Item) []obs {
	observed := make([]obs, len(items))
	for i, item := range items {
		observed[i] = obs{value: item.Value, censored: item.Censored, cluster: item.Cluster}
	}
	return observed
}

// clustered reports whether items came in deployments.
func clustered(items []Item) bool {
	return slices.ContainsFunc(items, func(i Item) bool { return i.Cluster != "" })
}

// distributionOf describes the values behind a median or a tally, nil for none.
func distributionOf(curve survival) *Distribution {
	observed := curve.observed
	if len(observed) == 0 {
		return nil
	}
	at := func(p float64) *float64 {
		if value, reached := curve.quantile(p); reached {
			return &value
		}
		return nil
	}
	mean, restricted := curve.restrictedMean()
	d := Distribution{P25: at(0.25), P50: at(0.5), P75: at(0.75), P90: at(0.9), Mean: &mean, Restricted: restricted}
	if !observed[0].censored {
		d.Min = ptr(observed[0].value)
	}
	if !restricted { // What is unfinished may yet take longer than all that finished.
		d.Max = ptr(observed[len(observed)-1].value)
	}
	return &d
}

// intervalOf returns the 95 % interval of what items amount to, nil where none
// may be given. weeks are the counts of the whole weeks of the window.
func intervalOf(s Statistic, in []Item, a amount, weeks []int) *Interval {
	switch {
	case s == Rate:
		b, note := garwood(int(math.Round(*a.numerator)), *a.denominator, weeks)
		return interval(b, "Exact Poisson interval (Garwood). "+note)
	case s == Share && clustered(in):
		return interval(clusteredShareInterval(partsOf(in), clustersOf(obsOf(in))), "Interval of a share of items that came in deployments (ratio linearisation).")
	case s == Share:
		b := wilson(int(math.Round(*a.numerator)), int(math.Round(*a.denominator)))
		return interval(b, "Score interval of independent items (Wilson).")
	case s == Median && anyCensored(a.curve.observed):
		return interval(a.curve.medianInterval(), "Interval of a median with unfinished items (Brookmeyer and Crowley, log-log).")
	case s == Median && clustered(in):
		return interval(clusteredMedianInterval(a.curve.observed), "Interval of the median of changes that came in deployments (Woodruff).")
	case s == Median:
		return interval(medianInterval(valuesOf(a.curve.observed)), "Order statistics around the median.")
	}
	return nil
}

// partsOf says of each item whether it is in the numerator.
func partsOf(items []Item) []bool {
	parts := make([]bool, len(items))
	for i, item := range items {
		parts[i] = item.Part == Numerator
	}
	return parts
}

func interval(b *bounds, note string) *Interval {
	if b == nil {
		return nil
	}
	return &Interval{Low: b.low, High: b.high, Note: strings.TrimSpace(note)}
}

// ptr returns a pointer to a copy: a number that is known.
func ptr(v float64) *float64 { return &v }
