package kpi

import "github.com/shipshape-report/shipshape/timeline"

// DeploymentDuration is how long a deployment takes.
var DeploymentDuration = KPI{
	ID:       "deployment-duration",
	Name:     "Deployment duration",
	Family:   Flow,
	Question: "How long does a deployment to production take?",
	Unit:     Seconds,
	Better:   Lower,
	Doc: `The median time from the creation of a production deployment to its first success, without the time it spent waiting for an approval or a wait timer, over deployments that first succeeded in the window.

The finish is the first SUCCESS in the status history, not the time of the last update. Where a deployment was recorded only once it was done, so that no status came before and the finish is the creation, it has no duration: it is left out and lowers coverage.

A deployment begun in the window that has not ended when the report is told counts with its age so far, as unfinished (Kaplan–Meier). The definition is this report's own: first SUCCESS − creation − time in WAITING.`,
	Counts: []string{
		"Every production deployment that succeeded in the window, in each environment, whatever kind of step it was.",
		"Those begun in the window and unfinished, with their age so far.",
	},
	Leaves: []string{
		"Deployments recorded after the fact, which have no duration.",
		"Attempts that failed or were superseded, and repetitions of the same commit within 10 minutes.",
	},
	Formula:   "median over deployments of (first SUCCESS − creation − time in WAITING)",
	Source:    "This report's own.",
	Version:   1,
	Statistic: Median,
	Needs:     []Need{needStatuses},
	Sources:   attempts,
	Begun:     firstDeployment,
	Remedy:    "Create the deployment when it begins, and write its statuses as it proceeds.",
	Compute:   deploymentDuration,
	Says:      func(r Result) string { return sayMedian(r, "deployment", "finished", "") },
}

func deploymentDuration(s Scope) Sample {
	var sample Sample
	for _, r := range s.Repositories {
		for _, d := range r.Production() {
			if item := durationItem(d, s); s.Window.Contains(item.At) {
				sample.Items = append(sample.Items, item)
			}
		}
	}
	return sample
}

// durationItem returns a production attempt with its duration, with its age so
// far, or left out.
func durationItem(d *timeline.Deployment, s Scope) Item {
	item := deploymentItem(d)
	switch {
	case d.Outcome == timeline.Pending:
		item.At = d.Started
		if !d.Timed {
			return item.unknown("no status was ever recorded")
		}
		item.Censored, item.Note = true, "not finished when the report is told"
		item.Value = max((s.AsOf.Sub(d.Started) - d.WaitedFor).Seconds(), 0)
		return item
	case d.Outcome != timeline.Succeeded:
		item.At = attemptedAt(d)
		return item.out("%s", unsuccessful(d.Outcome))
	case d.DuplicateOf != nil:
		return item.out("repetition of deployment %s of the same commit, minutes before", d.DuplicateOf.ID)
	case !d.Timed:
		return item.unknown("recorded when it was done: no status before the finish, which is the creation")
	}
	item.Value = max((d.Finished.Sub(d.Started) - d.WaitedFor).Seconds(), 0)
	return item
}
