package kpi

import (
	"fmt"

	"github.com/shipshape-report/shipshape/timeline"
)

// SuccessRate is how often an attempt to deploy succeeds.
var SuccessRate = KPI{
	ID:       "deployment-success-rate",
	Name:     "Deployment success rate",
	Family:   Flow,
	Question: "How often does an attempt to deploy to production succeed?",
	Unit:     Ratio,
	Better:   Higher,
	Doc: `The share of production deployment attempts that succeeded, among those that ended in the window.

An attempt succeeded if its status history ever held SUCCESS, however it reads now: a success reads INACTIVE as soon as it is superseded. It failed if its last word is FAILURE or ERROR and it never succeeded; INACTIVE is not a last word. Every attempt counts, repetitions and rollbacks too.

This is about the act of deploying. Whether what was deployed worked is another question, and a failure after a success belongs to it. The definition is this report's own: succeeded attempts ÷ ended attempts.`,
	Counts: []string{
		"Every production attempt that succeeded or failed, at the first success or the last failure.",
	},
	Leaves: []string{
		"Attempts that have not ended, and those superseded without having ended.",
	},
	Formula:   "attempts that succeeded ÷ attempts that ended, in the window",
	Source:    "This report's own.",
	Version:   1,
	Statistic: Share,
	Needs:     []Need{needStatuses},
	Sources:   attempts,
	Begun:     firstDeployment,
	Remedy:    "Write a deployment status when an attempt succeeds or fails.",
	Compute:   successRate,
	Says:      saySuccessRate,
}

func successRate(s Scope) Sample {
	var sample Sample
	for _, r := range s.Repositories {
		for _, d := range r.Production() {
			if item := attemptItem(d); s.Window.Contains(item.At) {
				sample.Items = append(sample.Items, item)
			}
		}
	}
	return sample
}

// attemptItem returns a production attempt as one that succeeded or failed, or
// left out because it did not end.
func attemptItem(d *timeline.Deployment) Item {
	item := deploymentItem(d)
	switch d.Outcome {
	case timeline.Succeeded:
		item.Part, item.Value = Numerator, 1
		return item
	case timeline.Failed:
		item.Part, item.At = Denominator, attemptedAt(d)
		return item
	}
	item.At = attemptedAt(d)
	return item.out("%s", unsuccessful(d.Outcome))
}

func saySuccessRate(r Result) string {
	return fmt.Sprintf("%d of %s succeeded (%s).", int(*r.Numerator), count(r.N, "attempt"), percent(*r.Value, r.N))
}
