package kpi

import (
	"fmt"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// RunFrequency is how often pipelines run on the lines that are delivered.
var RunFrequency = KPI{
	ID:       "pipeline-run-frequency",
	Name:     "Pipeline run frequency",
	Family:   Flow,
	Question: "How often do pipelines run on the default and release branches?",
	Unit:     PerDay,
	Better:   Neutral,
	Doc: `The number of workflow runs created in the window on the default branch and on release branches, divided by the days of the window.

Beside it stand the share of completed runs that succeeded, the median time from the first start to the last completion of a run's checks, what the runs were started by, the share started by hand (workflow_dispatch), and regularity: the share of whole weeks with at least one run.

A run is counted once. That a run was repeated is not visible in what GitHub's GraphQL API tells, and nothing is claimed of it. More runs are neither better nor worse. The definition is this report's own.`,
	Counts:    []string{"Workflow runs on the default branch and on release branches, by the time they were created."},
	Leaves:    []string{"Runs on other branches and on pull requests.", "Repetitions of a run, which cannot be seen."},
	Formula:   "workflow runs created in the window ÷ days of the window",
	Source:    "This report's own.",
	Version:   1,
	Statistic: Rate,
	Needs:     []Need{needRuns},
	Reads:     []shipshape.Entity{shipshape.RunEntity},
	Connected: func(r *timeline.Repository) (reason, remedy string) {
		if len(r.Runs) > 0 {
			return "", ""
		}
		return "No workflow run on a default or release branch was found.", "Run a workflow of GitHub Actions on the default branch."
	},
	Begun:   firstRun,
	Remedy:  "Run a workflow of GitHub Actions on the default branch.",
	Compute: runFrequency,
	Says:    sayRuns,
}

const runsSucceeded = "succeeded"

func runFrequency(s Scope) Sample {
	var sample Sample
	var runs []shipshape.Run
	for _, r := range s.Repositories {
		for _, run := range r.Runs {
			if !s.Window.Contains(run.CreatedAt) {
				continue
			}
			runs = append(runs, run)
			sample.Items = append(sample.Items, runItem(r, run))
		}
	}
	sample.Beside = append(runFigures(runs), regularityFigure(weekly(sample.Items, s)))
	return sample
}

func runItem(r *timeline.Repository, run shipshape.Run) Item {
	return Item{
		Kind: kindRun, Repository: r.Name(), ID: fmt.Sprint(run.ID), Title: fmt.Sprintf("%s #%d", run.Workflow, run.Number),
		URL: run.URL, At: run.CreatedAt, Value: 1, Team: r.Team, Machine: run.Event != byHand,
	}
}

// byHand is the event of a run that a person started.
const byHand = "workflow_dispatch"

// runFigures returns what stands beside the rate: how runs ended, how long they
// took, and what started them.
func runFigures(runs []shipshape.Run) []Figure {
	completed, succeeded := 0, 0
	var seconds []float64
	events := map[string]int{}
	for _, run := range runs {
		events[run.Event]++
		if run.Status != "COMPLETED" {
			continue
		}
		completed++
		if run.Conclusion == "SUCCESS" {
			succeeded++
		}
		if !run.StartedAt.IsZero() && !run.CompletedAt.Before(run.StartedAt) {
			seconds = append(seconds, run.CompletedAt.Sub(run.StartedAt).Seconds())
		}
	}
	figures := []Figure{
		shareFigure(runsSucceeded, succeeded, completed, "Of the completed runs; cancelled and skipped ones are completed and did not succeed."),
		medianFigure("median duration", Seconds, seconds, "First start to last completion of the run's checks."),
		shareFigure("started by hand", events[byHand], len(runs), "Event "+byHand+"."),
	}
	for _, event := range sortedKeys(events) {
		figures = append(figures, shareFigure("event "+event, events[event], len(runs), ""))
	}
	return figures
}

// firstRun returns when the repository's first run was created.
func firstRun(r *timeline.Repository) time.Time {
	var first time.Time
	for _, run := range r.Runs {
		if first.IsZero() || run.CreatedAt.Before(first) {
			first = run.CreatedAt
		}
	}
	return first
}

func sayRuns(r Result) string {
	var clauses []string
	for _, f := range r.Beside {
		if f.Name == runsSucceeded && f.Value != nil {
			clauses = append(clauses, fmt.Sprintf("%s of %s succeeded", percent(*f.Value, f.N), completedRuns(f.N)))
		}
	}
	return sayRate(r, "run", clauses...)
}

func completedRuns(n int) string {
	if n == 1 {
		return "the completed one"
	}
	return fmt.Sprintf("the %d completed ones", n)
}
