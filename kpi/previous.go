package kpi

import (
	"fmt"
	"slices"

	"github.com/shipshape-report/shipshape"
)

// previous computes the KPI over the preceding window of equal length and
// compares. Where that window cannot be known as well as this one it has no
// value, and Why says why.
func (k KPI) previous(scope Scope, items []Item, now amount) *Previous {
	p := &Previous{Window: scope.Window.Previous(), State: NotMeasured}
	if p.Why = k.incomparable(scope, p.Window); p.Why != "" {
		return p
	}
	if k.Statistic == Tally {
		return p.tallied(items, now)
	}
	before := scope
	before.Window = p.Window
	earlier := k.settled(k.sample(before).Items)
	then := k.amount(earlier, before)
	p.State, p.Value, p.N = then.state, then.value, then.n
	if p.Why = unfit(now, then); p.Why != "" {
		return p
	}
	if p.Why = k.unlike(scope, items, earlier); p.Why != "" {
		return p
	}
	k.judge(p, k.compare(scope, items, earlier))
	return p
}

// incomparable says why the preceding window cannot be known, "" if it can.
func (k KPI) incomparable(scope Scope, before shipshape.Window) string {
	for i, r := range scope.Repositories {
		if since := scope.stretches[i].since; since.After(before.From) {
			return fmt.Sprintf("The history of %s begins on %s, after the preceding window does.", r.Name(), day(since))
		}
		begun := scope.stretches[i].began
		if k.Begun != nil {
			begun = laterOf(begun, k.Begun(r))
		}
		if begun.After(before.From) {
			return fmt.Sprintf("In %s there was nothing to count before %s, after the preceding window begins.", r.Name(), day(begun))
		}
	}
	return ""
}

// tallied fills in the tally at the end of the preceding window.
func (p *Previous) tallied(items []Item, now amount) *Previous {
	p.N = tallyAt(items, p.Window.To)
	p.Value, p.State = ptr(float64(p.N)), now.state
	p.Why = "A count at an instant is shown beside the earlier one; no test for chance is made."
	return p
}

// unfit says why two windows do not bear a verdict, "" if they do.
func unfit(now, then amount) string {
	for _, side := range []struct {
		name string
		a    amount
	}{{"this window", now}, {"the preceding window", then}} {
		if side.a.state != Measured {
			return fmt.Sprintf("No verdict: %s is %s.", side.name, side.a.standing())
		}
	}
	return ""
}

// unlike says why the items of two measured windows do not compare, "" if they do.
// A rate is held against the whole of its window. A median or share of several
// repositories changes with who is in it, whatever each of them does.
func (k KPI) unlike(scope Scope, items, earlier []Item) string {
	if k.Statistic == Rate {
		if unseen := scope.unseen(); unseen != "" {
			return "No verdict. " + unseen
		}
		return ""
	}
	now, then := holders(items), holders(earlier)
	var sides []string
	if only := slices.DeleteFunc(slices.Clone(now), func(n string) bool { return slices.Contains(then, n) }); len(only) > 0 {
		sides = append(sides, fmt.Sprintf("%s %s items only in this window", list(only), verb(len(only), "has", "have")))
	}
	if only := slices.DeleteFunc(slices.Clone(then), func(n string) bool { return slices.Contains(now, n) }); len(only) > 0 {
		sides = append(sides, fmt.Sprintf("%s %s items only in the preceding one", list(only), verb(len(only), "has", "have")))
	}
	if len(sides) == 0 {
		return ""
	}
	return sentence("No verdict: " + list(sides))
}

// holders returns the repositories of the items that count, sorted.
func holders(items []Item) []string {
	var names []string
	for _, item := range included(items) {
		names = append(names, string(item.Repository))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// standing words the state, with what makes it partial.
func (a amount) standing() string {
	if a.state != Partial {
		return string(a.state)
	}
	words := make([]string, len(a.caveats))
	for i, c := range a.caveats {
		words[i] = string(c)
	}
	return fmt.Sprintf("%s (%s)", a.state, list(words))
}

// compare tests the items of this window against the earlier ones.
func (k KPI) compare(scope Scope, items, earlier []Item) comparison {
	now, then := included(items), included(earlier)
	switch {
	case k.Statistic == Rate:
		days := scope.Window.Days()
		before := scope
		before.Window = scope.Window.Previous()
		bursts := isOverdispersed(wholeWeeks(k.series(items, scope))) || isOverdispersed(wholeWeeks(k.series(earlier, before)))
		return compareRates(len(now), days, len(then), days, bursts)
	case k.Statistic == Median:
		return compareDurations(obsOf(now), obsOf(then))
	case clustered(now) || clustered(then):
		return noVerdict("there is no test for shares of items that came in deployments")
	}
	return compareProportions(numerators(now), len(now), numerators(then), len(then))
}

func numerators(items []Item) int {
	n := 0
	for _, item := range items {
		if item.Part == Numerator {
			n++
		}
	}
	return n
}

// judge turns a comparison into a verdict. A difference beyond chance in a KPI
// that is neither better high nor low gets none, but is said.
func (k KPI) judge(p *Previous, c comparison) {
	if !c.ok {
		p.Why = sentence("No verdict: " + c.why)
		return
	}
	p.P = ptr(c.p)
	p.Why = k.testOf(c)
	switch {
	case !c.clear:
		p.Verdict = NoClearChange
	case k.Better == Neutral:
		p.Why += " The difference is more than chance, and neither direction is better by itself."
	case (c.sign > 0) == (k.Better == Higher):
		p.Verdict = BetterNow
	default:
		p.Verdict = WorseNow
	}
}

// testOf names the test behind a verdict. p is below 0.01 for a clear change.
func (k KPI) testOf(c comparison) string {
	switch k.Statistic {
	case Rate:
		return "Exact conditional binomial test of the two counts."
	case Share:
		return "Newcombe's 99 % interval of the difference of the two shares."
	}
	what := "durations"
	if k.Unit != Seconds {
		what = "values"
	}
	why := fmt.Sprintf("%s test of the two sets of %s", c.test, what)
	if c.shared {
		why += ", allowing for changes that came together"
	}
	return why + "."
}
