package kpi

import (
	"fmt"
	"strings"
)

// sayRate words a rate: "29 deliveries in 90 days, about one every 3 days", to
// which more clauses may be added.
func sayRate(r Result, noun string, clauses ...string) string {
	window := days(*r.Denominator)
	if r.N == 0 {
		return sentence(strings.Join(append([]string{fmt.Sprintf("no %s in %s", noun, window)}, clauses...), "; "))
	}
	head := fmt.Sprintf("%s in %s", count(r.N, noun), window)
	if r.N > 1 {
		head += ", " + pace(*r.Value)
	}
	return sentence(strings.Join(append([]string{head}, clauses...), "; "))
}

// sayMedian words a median of durations. what is what happened to an item within
// the time ("was delivered"), from the moment that since names.
func sayMedian(r Result, noun, what, since string) string {
	within := "within " + sayValue(r) + since
	if r.Value != nil && *r.Value < 1 {
		within = "at once"
	}
	return sayQuantiles(r, noun, within, what)
}

// sayValue words the headline, or what it is at least.
func sayValue(r Result) string {
	switch {
	case r.Value != nil:
		return duration(*r.Value)
	case r.AtLeast != nil:
		return "at least " + duration(*r.AtLeast)
	}
	return "an unknown time"
}

// sayQuantiles words a median and, from ten items up, the time nine in ten took.
// within is the median as an adverb.
func sayQuantiles(r Result, noun, within, what string) string {
	switch {
	case r.Value == nil:
		return fmt.Sprintf("Fewer than half of the %s %s so far; the median is not reached and is %s.", count(r.N, noun), what, sayValue(r))
	case r.N == 1:
		return fmt.Sprintf("The only %s %s %s.", noun, what, within)
	case r.N < 10 || r.Distribution.P90 == nil || *r.Distribution.P90 < 1:
		return fmt.Sprintf("Half of the %s %s %s.", count(r.N, noun), what, within)
	}
	return fmt.Sprintf("Half of the %s %s %s, nine in ten within %s.", count(r.N, noun), what, within, duration(*r.Distribution.P90))
}

// figure returns the figure of that name beside a result, and false where it is
// not there or not known.
func (r Result) figure(name string) (value float64, note string, ok bool) {
	for _, f := range r.Beside {
		if f.Name == name && f.Value != nil {
			return *f.Value, f.Note, true
		}
	}
	return 0, "", false
}
