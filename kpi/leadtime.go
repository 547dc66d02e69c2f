package kpi

import (
	"fmt"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// LeadTime is how long a change takes from its beginning to production.
var LeadTime = KPI{
	ID:       "lead-time-for-changes",
	Name:     "Lead time for changes",
	Family:   Flow,
	Question: "How long does a change take from its first commit to production?",
	Unit:     Seconds,
	Better:   Lower,
	Doc: `For each change first delivered to production in the window, the time from its start to the finish of the deployment that delivered it. The headline is the median.

A change is a merged pull request, or a commit that came without one. It starts at the earlier of its first commit's authored date and the opening of its pull request; the commits of a squashed or rebased pull request are the pull request's own. It is delivered by the first successful production deployment whose commit contains it, whatever kind of step that was.

Beside the median stand the 75th and 90th percentile, the same per commit (merge commits are not counted), people and machines apart (and what names no author), and the stages: coding (start to ready for review), pickup (to the first review by another person), review (to the last approval), merge wait (to the merge) and deploy wait (to the delivery). A stage that did not happen leaves its time in the next one, which is then named so. For one change the stages add up; their medians need not.

Where both the first commit and the opening are dated after the delivery, the lead time is 0; a start more than 365 days before the merge counts as 365 days before it. Such changes stay in, flagged, and lower coverage.

On DORA's answer scale, which is about one service, a month is 30 days and half a year 182.5 days; a time on the border of two answers belongs to the longer one.`,
	Counts: []string{
		"Every change whose first production deployment finished in the window, direct commits included.",
	},
	Leaves: []string{
		"Changes of the repository's first deployment: what was there before is not known.",
		"Changes delivered by a lightweight tag, which has no time of its own.",
		"Merged changes that are not delivered yet: listed with their age, and never part of the median. Those of other branches than the default one only where they were merged in the window.",
	},
	Formula:   "median over changes of (finish of the delivering deployment − earlier of first commit authored and pull request opened)",
	Source:    doraGuide,
	Version:   1,
	Statistic: Median,
	Needs:     []Need{needCommits, needChanges},
	Sources:   anySource,
	Reads:     []shipshape.Entity{shipshape.CommitEntity, shipshape.ChangeEntity},
	DORA:      leadTimeScale,
	Begun:     firstDeployment,
	Remedy:    "Record deployments with their statuses, or annotate the tags, so that deliveries have a time.",
	Compute:   leadTime,
	Says:      sayLeadTime,
}

func leadTime(s Scope) Sample {
	var sample Sample
	var ways wayfarers
	for _, r := range s.Repositories {
		for _, rollout := range r.Rollouts {
			if !s.Window.Contains(rollout.Finished) {
				continue
			}
			for _, c := range rollout.Changes {
				way := way{change: c, lead: c.LeadTo(rollout.Finished)}
				way.item = leadItem(way, rollout)
				sample.Items = append(sample.Items, way.item)
				ways = append(ways, way)
			}
		}
		sample.Items = append(sample.Items, waiting(r, s)...)
	}
	sample.Beside = ways.counted().figures(sample.Items)
	return sample
}

// leadItem returns a change as delivered by a rollout, or left out.
func leadItem(w way, rollout *timeline.Rollout) Item {
	first := rollout.First()
	item := changeItem(w.change)
	item.At, item.Value = rollout.Finished, w.lead.Duration.Seconds()
	item.Cluster, item.Environment = clusterOf(first), first.Environment
	switch {
	case rollout.FirstOfRepository():
		return item.out("delivered by the first known deployment: its predecessor is not known")
	case first.Undated:
		return item.unknown("delivered by a lightweight tag, which has no time of its own")
	case w.lead.Trouble == timeline.StartUnknown:
		return item.unknown("no authored date and no opening: nothing to start from")
	case w.lead.Trouble != timeline.NoTrouble:
		item.Uncovered, item.Note = true, string(w.lead.Trouble)
	case w.change.FirstAuthored.IsZero():
		item.Uncovered, item.Note = true, "counted from the opening: no authored date is known"
	}
	return item
}

// waiting returns the changes that are merged and not delivered at as-of, with
// their age; of other branches than the default one, which may never be delivered,
// those merged in the window. Where no commit of a change is in the graph it is unknown whether it
// was delivered: in the window of its merge that lowers coverage.
func waiting(r *timeline.Repository, s Scope) []Item {
	var items []Item
	for _, c := range r.Changes {
		if c.Rollout != nil || c.Merged.After(s.AsOf) {
			continue
		}
		item, inWindow := changeItem(c), s.Window.Contains(c.Merged)
		item.Value = s.AsOf.Sub(c.Merged).Seconds()
		switch {
		case c.InGraph && (onDefault(c) || inWindow):
			items = append(items, item.out("%s", notDelivered))
		case !c.InGraph && inWindow:
			items = append(items, item.unknown("none of its commits is in the graph: whether it was delivered is not known"))
		}
	}
	return items
}

// notDelivered is why a merged change has no lead time; the item's value is then
// its age since the merge.
const notDelivered = "merged, not delivered"

func sayLeadTime(r Result) string {
	words := sayMedian(r, "change", verb(r.N, "was in production", "were in production"), " of "+verb(r.N, "its", "their")+" start")
	if n, _, ok := r.figure(undelivered); ok && n > 0 {
		oldest, _, _ := r.figure(oldestUndelivered)
		words += fmt.Sprintf(" %s merged and not delivered yet, the oldest for %s.",
			count(int(n), "change")+verb(int(n), " is", " are"), duration(oldest))
	}
	return words
}
