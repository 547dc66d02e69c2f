package main

import (
	"cmp"
	"math"
	"math/big"
	"slices"
)

// The ways in which items amount to a value, as the scorecard names them.
const (
	rate   = "rate"   // weights ÷ days
	share  = "share"  // weights in the numerator ÷ weights
	median = "median" // of values, by Kaplan and Meier where an item is censored
	tally  = "tally"  // number of items at the instant of the report
)

// units are those that a statistic's value can be in.
var units = map[string][]string{
	rate:   {"per day"},
	share:  {"ratio"},
	median: {"seconds", "count"},
	tally:  {"count"},
}

// amount is what items amount to. A nil pointer is unknown.
type amount struct {
	value, numerator, denominator *float64
	atLeast                       *float64 // the longest observed, where the median is not reached
	n, clusters                   int
	spread                        *distribution
}

// amountOf counts the items by a statistic, over so many days.
func amountOf(statistic string, items []item, days float64) amount {
	a := amount{n: len(items), clusters: clusters(items)}
	all, part := weights(items)
	switch statistic {
	case rate:
		a.numerator, a.denominator = &all, &days
	case share:
		if len(items) > 0 {
			a.numerator, a.denominator = &part, &all
		}
	case median:
		a.spread = spreadOf(items)
		if a.spread != nil {
			a.value = a.spread.P50
		}
		if a.n > 0 && a.value == nil {
			a.atLeast = longest(items)
		}
	case tally:
		n := float64(len(items))
		a.value, a.spread = &n, spreadOf(items)
	}
	if a.numerator != nil {
		quotient := *a.numerator / *a.denominator
		a.value = &quotient
	}
	return a
}

// weights adds up the weights of all items, and of those in the numerator. An item
// without a weight counts for 1.
func weights(items []item) (all, part float64) {
	for _, i := range items {
		w := 1.0
		if i.Weight != nil {
			w = *i.Weight
		}
		all += w
		if i.Part != nil && *i.Part == "numerator" {
			part += w
		}
	}
	return all, part
}

// clusters counts the deployments behind the items. An item that came in none
// stands for itself.
func clusters(items []item) int {
	named, alone := map[string]bool{}, 0
	for _, i := range items {
		if i.Cluster == nil || *i.Cluster == "" {
			alone++
			continue
		}
		named[*i.Cluster] = true
	}
	return len(named) + alone
}

// observation is how long something took, or has taken so far.
type observation struct {
	value    float64
	finished bool
}

// spreadOf returns the distribution of the items' values, nil for no item.
func spreadOf(items []item) *distribution {
	var all []observation
	open := 0
	for _, i := range items {
		if i.Value == nil {
			return nil
		}
		all = append(all, observation{*i.Value, !i.Censored})
		if i.Censored {
			open++
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortFunc(all, func(a, b observation) int { return cmp.Compare(a.value, b.value) })
	if open > 0 {
		return censored(all)
	}
	return complete(all)
}

// longest returns the largest value, nil where there is none.
func longest(items []item) *float64 {
	var most *float64
	for _, i := range items {
		if most == nil || i.Value != nil && *i.Value > *most {
			most = i.Value
		}
	}
	return most
}

// complete describes values of which none is still growing: quantiles of type 7.
func complete(all []observation) *distribution {
	at := func(p float64) *float64 {
		h := p * float64(len(all)-1)
		low, high := all[int(math.Floor(h))].value, all[int(math.Ceil(h))].value
		q := low + (h-math.Floor(h))*(high-low)
		return &q
	}
	mean := 0.0
	for _, o := range all {
		mean += o.value / float64(len(all))
	}
	return &distribution{P25: at(0.25), P50: at(0.5), P75: at(0.75), P90: at(0.9), Mean: &mean, Min: at(0), Max: at(1)}
}

// fall is a step of the survival curve: the exact share still unfinished after a
// time.
type fall struct {
	time  float64
	share *big.Rat
}

// censored describes values of which some are still growing, by the estimate of
// Kaplan and Meier. Shares are exact fractions, so that a half is a half.
func censored(sorted []observation) *distribution {
	curve := curveOf(sorted)
	longest := sorted[len(sorted)-1].value
	d := distribution{
		P25: reached(curve, big.NewRat(3, 4), longest), P50: reached(curve, big.NewRat(1, 2), longest),
		P75: reached(curve, big.NewRat(1, 4), longest), P90: reached(curve, big.NewRat(1, 10), longest),
	}
	area, height, since := 0.0, 1.0, 0.0
	for _, f := range curve {
		area += height * (f.time - since)
		height, _ = f.share.Float64()
		since = f.time
	}
	area += height * (longest - since)
	d.Mean = &area
	if slices.ContainsFunc(sorted, func(o observation) bool { return o.finished && o.value == sorted[0].value }) {
		d.Min = &sorted[0].value
	}
	return &d
}

// curveOf multiplies, at each time something finished, by the share of those still
// followed that did not.
func curveOf(sorted []observation) []fall {
	var curve []fall
	share := big.NewRat(1, 1)
	for i := 0; i < len(sorted); {
		followed, finished, j := len(sorted)-i, 0, i
		for ; j < len(sorted) && sorted[j].value == sorted[i].value; j++ {
			if sorted[j].finished {
				finished++
			}
		}
		if finished > 0 {
			share = new(big.Rat).Mul(share, big.NewRat(int64(followed-finished), int64(followed)))
			curve = append(curve, fall{sorted[i].value, share})
		}
		i = j
	}
	return curve
}

// reached returns when the curve comes down to a share: the middle of the stretch
// on which it equals it, else the first time it is below; nil where it stays above.
func reached(curve []fall, share *big.Rat, longest float64) *float64 {
	for i, f := range curve {
		switch f.share.Cmp(share) {
		case -1:
			return &f.time
		case 0:
			end := longest
			if i+1 < len(curve) {
				end = curve[i+1].time
			}
			middle := f.time + (end-f.time)/2
			return &middle
		}
	}
	return nil
}
