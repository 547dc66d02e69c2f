package kpi

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape/timeline"
)

// Compute returns every KPI of [All] over all repositories of the timeline and
// over each alone. A window that reaches beyond the timeline's as-of ends there:
// days that are not over would dilute every rate. Without a zone, weeks are those
// of UTC.
func Compute(t *timeline.Timeline, o Options) Scorecard {
	s := Scorecard{AsOf: t.AsOf, Window: o.Window, Zone: o.Zone, Timeline: t}
	if s.Zone == nil {
		s.Zone = time.UTC
	}
	if s.Window.To.After(t.AsOf) {
		s.Window.To = t.AsOf
	}
	scope := Scope{AsOf: s.AsOf, Zone: s.Zone, Window: s.Window}
	for _, r := range t.Repositories {
		scope.Repositories = []*timeline.Repository{r}
		s.Repositories = append(s.Repositories, RepositoryScore{Name: r.Name(), Results: results(scope)})
	}
	scope.Repositories = t.Repositories
	s.Results = results(scope)
	return s
}

// results returns every KPI over one scope.
func results(scope Scope) []Result {
	all := make([]Result, len(All))
	for i, k := range All {
		all[i] = k.measure(scope)
	}
	return all
}

// measure computes the KPI over those repositories of a scope that have what it
// needs.
func (k KPI) measure(scope Scope) Result {
	r := Result{KPI: k}
	scope = k.ready(scope)
	for _, a := range scope.absent {
		r.LeftOut = append(r.LeftOut, a.LeftOut)
	}
	if len(scope.Repositories) == 0 {
		return r.notMeasured(nobody(r.LeftOut))
	}
	for _, repo := range scope.Repositories {
		r.Repositories = append(r.Repositories, repo.Name())
	}
	if !scope.Window.From.Before(scope.Window.To) {
		return r.notMeasured("The window holds no time.", "Choose a window that begins before it ends, and before the instant the report is told from.")
	}
	return r.count(scope, k.sample(scope))
}

// count fills the result with what the items of a sample amount to.
func (r Result) count(scope Scope, sample Sample) Result {
	k := r.KPI
	items := k.settled(sample.Items)
	in := included(items)
	a := k.amount(items, scope)
	r.Evidence, r.Beside = items, sample.Beside
	r.State, r.PartialBecause = a.state, a.caveats
	r.Value, r.AtLeast, r.Numerator, r.Denominator = a.value, a.atLeast, a.numerator, a.denominator
	r.N, r.Clusters, r.Coverage = a.n, a.clusters, a.coverage
	r.Series = k.series(items, scope)
	r.Breakdown = k.breakdown(items, scope)
	if k.Statistic == Median || k.Statistic == Tally {
		r.Distribution = distributionOf(a.curve)
	}
	r.Previous = k.previous(scope, items, a)
	if a.state == NotMeasured {
		return r.notMeasured(k.emptiness(items, a))
	}
	r.Interval = intervalOf(k.Statistic, in, a, wholeWeeks(r.Series))
	if !r.Pooled() {
		r.Step = k.DORA.stepOf(r.Value)
	}
	r.Finding = k.Says(r)
	if unseen := scope.unseen(); k.Statistic == Rate && unseen != "" {
		r.Finding += " " + unseen
	}
	return r
}

// sample names the items of a scope. Those of repositories that a gap keeps out
// belong to the population, but their facts are missing: they are there too, left
// out for the reason of the gap.
func (k KPI) sample(scope Scope) Sample {
	sample := k.Compute(scope)
	for _, a := range scope.absent {
		if a.gap == nil {
			continue
		}
		for _, item := range k.Compute(scope.alone(a)).Items {
			if a.mayCount(item) {
				sample.Items = append(sample.Items, item.unknown("%s", strings.TrimSuffix(a.Reason, ".")))
			}
		}
	}
	return sample
}

// mayCount reports whether an item would count if nothing were missing. Where a
// field is not known (reviews), neither is what that field left out (never
// reviewed).
func (a absence) mayCount(i Item) bool {
	return i.Excluded == "" || i.Missing || a.gap.Field != ""
}

// amount counts items over the window of a scope.
func (k KPI) amount(items []Item, scope Scope) amount {
	seen := scope.seen()
	if k.Statistic == Tally {
		seen = scope.upToDate()
	}
	return amountOf(k.Statistic, items, scope.Window.Days(), seen)
}

// notMeasured returns the result without a number, but with what to do about it.
func (r Result) notMeasured(reason, remedy string) Result {
	r.State, r.Reason, r.Remedy, r.Finding = NotMeasured, reason, remedy, reason
	return r
}

// settled returns the items in the order of evidence, each with its weight and,
// in a rate, its part.
func (k KPI) settled(items []Item) []Item {
	items = slices.Clone(items)
	for i := range items {
		items[i].Weight = items[i].weight()
		if k.Statistic == Rate || k.Statistic == Tally {
			items[i].Part = Numerator
		}
	}
	slices.SortFunc(items, Item.compare)
	return items
}

// compare orders items as evidence: those that count first, each by repository,
// instant, kind and id.
func (i Item) compare(o Item) int {
	if (i.Excluded == "") != (o.Excluded == "") {
		if i.Excluded == "" {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(i.Repository, o.Repository), i.At.Compare(o.At), cmp.Compare(i.Kind, o.Kind),
		cmp.Compare(i.ID, o.ID), cmp.Compare(i.Environment, o.Environment), cmp.Compare(i.Excluded, o.Excluded))
}
