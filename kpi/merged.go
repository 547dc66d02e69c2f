package kpi

import (
	"fmt"
	"time"

	"github.com/shipshape-report/shipshape/timeline"
)

// ChangesMerged is how much work is merged.
var ChangesMerged = KPI{
	ID:       "changes-merged",
	Name:     "Changes merged",
	Family:   ChangeFlow,
	Question: "How much work is merged?",
	Unit:     PerDay,
	Better:   Neutral,
	Doc: `The number of pull requests merged in the window, into whatever branch, divided by the days of the window.

Commits that came without a pull request are counted beside it and listed. More merged pull requests are neither better nor worse: it depends on how work is cut. The definition is this report's own.`,
	Counts:    []string{"Pull requests merged in the window, by people and machines."},
	Leaves:    []string{"Commits that came without a pull request: counted beside.", "Pull requests closed without a merge."},
	Formula:   "pull requests merged in the window ÷ days of the window",
	Source:    "This report's own.",
	Version:   1,
	Statistic: Rate,
	Needs:     []Need{needChanges},
	Reads:     onlyChanges,
	Begun:     firstChange,
	Remedy:    "Merge work through pull requests.",
	Compute:   changesMerged,
	Says:      sayMerged,
}

const directFigure = "direct commits"

func changesMerged(s Scope) Sample {
	var sample Sample
	direct, machines, unknown := 0, 0, 0
	for _, c := range mergedIn(s) {
		item := changeItem(c)
		item.Value = 1
		switch {
		case c.Direct():
			direct++
			item = item.out("came without a pull request")
		case c.ByMachine:
			machines++
		case c.Anonymous():
			unknown++
		}
		sample.Items = append(sample.Items, item)
	}
	pulls := len(sample.Items) - direct
	weeks := weekly(sample.Items, s)
	sample.Beside = []Figure{
		weeklyMedianFigure(weeks),
		countFigure(directFigure, direct, "Without a pull request; not in the headline."),
		countFigure("by people", pulls-machines-unknown, ""),
		countFigure("by machines", machines, ""),
		countFigure("without a known author", unknown, ""),
		regularityFigure(weeks),
	}
	return sample
}

// mergedIn returns the changes merged in the window, direct commits included.
func mergedIn(s Scope) []*timeline.Change {
	var merged []*timeline.Change
	for _, r := range s.Repositories {
		for _, c := range r.Changes {
			if s.Window.Contains(c.Merged) {
				merged = append(merged, c)
			}
		}
	}
	return merged
}

// pullsMergedIn returns the pull requests merged in the window.
func pullsMergedIn(s Scope) []*timeline.Change {
	var pulls []*timeline.Change
	for _, c := range mergedIn(s) {
		if !c.Direct() {
			pulls = append(pulls, c)
		}
	}
	return pulls
}

// firstChange returns when the repository could first have merged a pull request:
// at its creation or, where the history reaches back further (a repository that
// moved), with the first. Commits from before do not tell that there could have
// been one.
func firstChange(r *timeline.Repository) time.Time {
	first := r.Facts.CreatedAt
	for _, c := range r.Changes {
		if !c.Direct() && (first.IsZero() || c.Merged.Before(first)) {
			first = c.Merged
		}
	}
	return first
}

func sayMerged(r Result) string {
	var clauses []string
	if n, _, ok := r.figure(directFigure); ok && n > 0 {
		clauses = append(clauses, fmt.Sprintf("%s came without one", count(int(n), "more commit")))
	}
	return sayRate(r, "merged pull request", clauses...)
}
