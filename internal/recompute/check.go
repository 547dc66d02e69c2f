package main

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// finding is what came out for one KPI.
type finding struct {
	id                    string
	published, recomputed *float64
	items                 int // of evidence, those left out included
	checked               int // numbers and facts compared
	differences           []string
}

// check works a KPI out again from its evidence and compares every number that
// follows from it: the value and its parts, the distribution, the weekly series
// and the breakdown by repository.
func check(k result, e evidence, card scorecard) finding {
	r := finding{id: k.ID, published: k.Value, items: len(e.items)}
	if !slices.Contains(units[k.Statistic], k.Unit) {
		r.differ("no %q is known with a value in %q", k.Statistic, k.Unit)
		return r
	}
	in := r.evidence(k, e, card)
	a := amountOf(k.Statistic, in, card.Window.days())
	if k.State == "not measured" {
		r.notMeasured(k, in)
		return r
	}
	r.recomputed = a.value
	r.count("n", k.N, a.n)
	r.count("clusters", k.Clusters, a.clusters)
	r.number("value", k.Value, a.value)
	r.number("longest observed", k.AtLeast, a.atLeast)
	r.number("numerator", k.Numerator, a.numerator)
	r.number("denominator", k.Denominator, a.denominator)
	r.distribution(k.Distribution, a.spread)
	r.caveats(k, in, a)
	if k.Statistic != tally { // What a tally held earlier does not follow from what it holds now.
		r.series(k, in, card.Window)
	}
	r.repositories(k, in, card.Window)
	return r
}

// evidence checks the files of evidence themselves and returns the items that
// count.
func (r *finding) evidence(k result, e evidence, card scorecard) []item {
	var in []item
	seen := map[string]bool{}
	for _, i := range e.items {
		reason := i.Reason != nil && *i.Reason != ""
		if !i.Included && !reason {
			r.differ("%s %s of %s is left out without a reason", i.Kind, i.ID, i.Repository)
		}
		if !i.Included {
			continue
		}
		name := strconv.Quote(i.Kind) + strconv.Quote(i.Repository) + strconv.Quote(i.ID)
		if seen[name] {
			r.differ("%s %s of %s counts twice", i.Kind, i.ID, i.Repository)
		}
		seen[name] = true
		if !countable(k, i, card) {
			r.differ("%s %s of %s counts, but at %s it is outside the window", i.Kind, i.ID, i.Repository, i.At.Format(time.RFC3339))
		}
		in = append(in, i)
	}
	r.count("included items", &k.Evidence.Included, len(in))
	r.count("excluded items", &k.Evidence.Excluded, len(e.items)-len(in))
	r.checked++
	if k.Evidence.SHA256 != e.sha256 {
		r.differ("the evidence has the SHA-256 %s, and %q was published", e.sha256, k.Evidence.SHA256)
	}
	return in
}

// countable reports whether an item's instant lets it count: in the window, or for
// a tally any time before the report.
func countable(k result, i item, card scorecard) bool {
	if k.Statistic == tally {
		return !i.At.After(card.AsOf)
	}
	return card.Window.contains(i.At)
}

// notMeasured checks that a KPI without a value claims none and says why.
func (r *finding) notMeasured(k result, in []item) {
	r.checked++
	if k.Value != nil {
		r.differ("it is not measured and has the value %s", number(k.Value))
	}
	if len(in) > 0 {
		r.differ("it is not measured and %d items count", len(in))
	}
	if k.Reason == "" || k.Remedy == "" {
		r.differ("it is not measured and gives no reason, or no remedy")
	}
}

func (r *finding) distribution(published, recomputed *distribution) {
	if published == nil && recomputed == nil {
		return
	}
	p, q := &distribution{}, &distribution{}
	if published != nil {
		p = published
	}
	if recomputed != nil {
		q = recomputed
	}
	r.number("p25", p.P25, q.P25)
	r.number("p50", p.P50, q.P50)
	r.number("p75", p.P75, q.P75)
	r.number("p90", p.P90, q.P90)
	r.number("mean", p.Mean, q.Mean)
	r.number("min", p.Min, q.Min)
	r.number("max", p.Max, q.Max)
}

// caveats checks the state, and those reasons for a partial one that follow from
// the evidence.
func (r *finding) caveats(k result, in []item, a amount) {
	few := k.Statistic == share || k.Statistic == median
	came := slices.ContainsFunc(in, func(i item) bool { return i.Cluster != nil })
	due := map[string]bool{
		"coverage":     k.Coverage != nil && *k.Coverage < 0.8,
		"small-sample": few && a.n < 5,
		"clusters":     few && came && a.clusters < 5,
		"censored":     a.atLeast != nil,
	}
	for _, name := range slices.Sorted(maps.Keys(due)) {
		r.checked++
		if said := slices.Contains(k.PartialBecause, name); said != due[name] {
			r.differ("caveat %q: published %t, the evidence gives %t", name, said, due[name])
		}
	}
	r.checked++
	if (k.State == "partial") != (len(k.PartialBecause) > 0) {
		r.differ("it is %q with %d caveats", k.State, len(k.PartialBecause))
	}
}

// series checks each week, from its start to that of the next. A week of which
// nothing was seen must be null; in any other null means nothing to measure.
func (r *finding) series(k result, in []item, all window) {
	total := 0
	for n, p := range k.Series {
		week := window{p.Start, all.To}
		if n+1 < len(k.Series) {
			week.To = k.Series[n+1].Start
		}
		var inside []item
		for _, i := range in {
			if week.contains(i.At) {
				inside = append(inside, i)
			}
		}
		total += len(inside)
		days := week.days()
		if p.Days != nil {
			days = *p.Days
		}
		a := amountOf(k.Statistic, inside, days)
		if days <= 0 {
			a.value = nil
		}
		name := "week of " + p.Start.Format(time.DateOnly)
		r.count(name+", n", p.N, a.n)
		r.number(name, p.Value, a.value)
		r.checked++
		if days > week.days() {
			r.differ("%s: %g days were seen, and it has %g", name, days, week.days())
		}
	}
	r.count("items in all weeks", &total, len(in))
}

// repositories checks the breakdown that evidence names: that by repository.
func (r *finding) repositories(k result, in []item, all window) {
	total := 0
	for _, s := range k.Breakdown.Repository {
		var part []item
		for _, i := range in {
			if i.Repository == s.Name {
				part = append(part, i)
			}
		}
		total += len(part)
		a := amountOf(k.Statistic, part, all.days())
		r.count(s.Name+", n", s.N, a.n)
		r.number(s.Name, s.Value, a.value)
	}
	if len(k.Breakdown.Repository) > 0 {
		r.count("items of all repositories", &total, len(in))
	}
}
