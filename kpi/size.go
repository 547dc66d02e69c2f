package kpi

import (
	"fmt"
	"math"
	"strconv"
)

// ChangeSize is how large a change is.
var ChangeSize = KPI{
	ID:       "change-size",
	Name:     "Change size",
	Family:   ChangeFlow,
	Question: "How large is a change?",
	Unit:     Count,
	Better:   Lower,
	Doc: `The median number of lines added plus lines deleted, over the pull requests merged in the window.

The lines are GitHub's own count for the whole pull request, generated and vendored files included. Small changes are easier to review and to take back. The definition is this report's own.`,
	Counts:    []string{"Pull requests merged in the window, by people and machines."},
	Leaves:    []string{"Commits that came without a pull request.", "Pull requests whose lines are not stated: they lower coverage."},
	Formula:   "median over merged pull requests of (lines added + lines deleted)",
	Source:    "This report's own.",
	Version:   1,
	Statistic: Median,
	Needs:     []Need{needChanges, needSizes},
	Reads:     onlyChanges,
	Begun:     firstChange,
	Remedy:    "Collect the lines of pull requests from GitHub.",
	Compute:   changeSize,
	Says:      saySize,
}

func changeSize(s Scope) Sample {
	var sample Sample
	for _, c := range pullsMergedIn(s) {
		item := changeItem(c)
		if c.SizeKnown {
			item.Value = float64(c.Size())
		} else {
			item = item.unknown("its lines are not stated")
		}
		sample.Items = append(sample.Items, item)
	}
	return sample
}

func saySize(r Result) string {
	lines := wholeLines(*r.Value)
	switch {
	case r.N == 1:
		return fmt.Sprintf("The only change touched %s.", lines)
	case r.N < 10:
		return fmt.Sprintf("Half of the %s touched %s or fewer.", count(r.N, "change"), lines)
	}
	return fmt.Sprintf("Half of the %s touched %s or fewer, nine in ten %s or fewer.", count(r.N, "change"), lines, wholeLines(*r.Distribution.P90))
}

// wholeLines words a quantile of lines, rounded up: fewer changes than the share
// it names may lie at or below the whole number before it.
func wholeLines(value float64) string {
	n := int(math.Ceil(value))
	if n == 1 {
		return "1 line"
	}
	return strconv.Itoa(n) + " lines"
}
