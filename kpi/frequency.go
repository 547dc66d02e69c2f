package kpi

import (
	"fmt"
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// DeploymentFrequency is how often something new reaches production.
var DeploymentFrequency = KPI{
	ID:       "deployment-frequency",
	Name:     "Deployment frequency",
	Family:   Flow,
	Question: "How often does something new reach production?",
	Unit:     PerDay,
	Better:   Higher,
	Doc: `The number of deliveries to production that finished in the window, divided by the days of the window.

A delivery is a successful production deployment that brings something new: the first one ever, one that goes forward in the commit graph, or one that moves to another line of history. Going back to an older commit, deploying the same commit again, and returning to a commit that was already there after a rollback are no deliveries; they are listed apart. The kind of step is read from the commit graph, never from version numbers.

The same commit going to several production environments within 24 hours is one delivery, which counts when it first succeeds. Where a repository records no deployments, its published releases or version tags stand in, and the report says so.

Beside it stand the days with at least one delivery, the median of whole weeks, the median and longest gap between successive deliveries of the window (a gap that is still open when the window ends counts as the longest if it is), and regularity: the share of whole weeks with at least one delivery.

On DORA's answer scale, which is about one service, a month is 30 days and half a year 182.5 days; a rate on the border of two answers belongs to the more frequent one. A window without any delivery has no place on the scale: it does not say how seldom something comes.`,
	Counts: []string{
		"Successful production deployments that go forward or sideways, and the first. Where the commit graph is not known, those of another commit than before: such a figure is inferred, and partial.",
		"The same commit to several production environments within 24 hours, once.",
	},
	Leaves: []string{
		"Redeployments, returns, rollbacks, and steps back that were never active: listed apart.",
		"Attempts that failed, were superseded or have not ended.",
		"A repetition of the same commit within 10 minutes, and further environments of the same rollout.",
	},
	Formula:   "deliveries finished in the window ÷ days of the window",
	Source:    doraGuide,
	Version:   1,
	Statistic: Rate,
	Sources:   anySource,
	Reads:     []shipshape.Entity{shipshape.CommitEntity},
	DORA:      frequencyScale,
	Begun:     firstDeployment,
	Remedy:    "Record the status of deployments.",
	Compute:   deploymentFrequency,
	Says:      sayFrequency,
}

func deploymentFrequency(s Scope) Sample {
	var sample Sample
	var delivered []*timeline.Rollout
	for _, r := range s.Repositories {
		for _, rollout := range r.Rollouts {
			if rollout.Kind.Delivery() && s.Window.Contains(rollout.Finished) {
				delivered = append(delivered, rollout)
			}
		}
		for _, d := range r.Production() {
			if item := frequencyItem(d); s.Window.Contains(item.At) {
				sample.Items = append(sample.Items, item)
			}
		}
	}
	sample.Beside = slices.Concat(rhythm(sample.Items, s), contents(delivered))
	return sample
}

// frequencyItem returns a production attempt as a delivery, or left out. It
// counts when it finished; one that did not, when it ended or else began.
func frequencyItem(d *timeline.Deployment) Item {
	item := deploymentItem(d)
	item.Value, item.Inferred = 1, d.Undated
	switch {
	case d.Outcome != timeline.Succeeded:
		item.At = attemptedAt(d)
		return item.out("%s", unsuccessful(d.Outcome))
	case d.DuplicateOf != nil:
		return item.out("repetition of deployment %s of the same commit, minutes before", d.DuplicateOf.ID)
	case d.Rollout == nil:
		return item.out("part of no rollout")
	case d.Rollout.First() != d:
		return item.out("same rollout as deployment %s", d.Rollout.First().ID)
	case !d.Rollout.Kind.Delivery():
		return item.out("%s: %s", d.Rollout.Kind, d.KindWhy)
	}
	if d.Undated {
		item.Note = "a lightweight tag has no time of its own: the date is its commit's"
	}
	if _, unknown := d.Repo.Unknown(shipshape.CommitEntity, ""); unknown {
		item.Inferred, item.Note = true, "without the commit graph it is not known whether this went forward or back"
	}
	return item
}

// attemptedAt returns when an attempt that did not succeed counts.
func attemptedAt(d *timeline.Deployment) time.Time {
	if d.Ended.IsZero() {
		return d.Started
	}
	return d.Ended
}

// unsuccessful words an outcome other than success.
func unsuccessful(o timeline.Outcome) string {
	switch o {
	case timeline.Failed:
		return "failed"
	case timeline.Inactive:
		return "superseded without having ended"
	}
	return "has not ended"
}

// firstDeployment returns when the repository's first production attempt began.
func firstDeployment(r *timeline.Repository) time.Time {
	var first time.Time
	for _, d := range r.Production() {
		if first.IsZero() || d.Started.Before(first) {
			first = d.Started
		}
	}
	return first
}

// The figures beside deployment frequency that its finding names.
const longestGap = "longest gap"

// rhythm returns the figures that say how evenly the deliveries came.
func rhythm(items []Item, s Scope) []Figure {
	times := timesOf(items)
	weeks := weekly(items, s)
	gaps := gapsOf(times)
	return []Figure{
		countFigure("days with a delivery", daysOf(times, s.Zone), "Days of the report's zone."),
		weeklyMedianFigure(weeks),
		gapFigure(medianFigure("median gap", Seconds, gaps, "Between successive deliveries of the window.")),
		longestFigure(times, gaps, s),
		regularityFigure(weeks),
	}
}

// timesOf returns when the items that count happened, in order.
func timesOf(items []Item) []time.Time {
	var times []time.Time
	for _, item := range included(items) {
		times = append(times, item.At)
	}
	slices.SortFunc(times, time.Time.Compare)
	return times
}

// daysOf returns on how many calendar days of a zone the times, in order, lie.
func daysOf(times []time.Time, zone *time.Location) int {
	n, last := 0, ""
	for _, t := range times {
		if date := t.In(zone).Format(time.DateOnly); date != last {
			n, last = n+1, date
		}
	}
	return n
}

// gapsOf returns the seconds between successive times.
func gapsOf(times []time.Time) []float64 {
	var gaps []float64
	for i := 1; i < len(times); i++ {
		gaps = append(gaps, times[i].Sub(times[i-1]).Seconds())
	}
	return gaps
}

func gapFigure(f Figure) Figure {
	if f.Value == nil {
		f.Note = "Fewer than two deliveries in the window."
	}
	return f
}

// longestFigure returns the longest time without a delivery after the first of the
// window. The one still open at the window's end, or where reading ended before,
// counts as far as it goes.
func longestFigure(times []time.Time, gaps []float64, s Scope) Figure {
	f := Figure{Name: longestGap, Unit: Seconds, N: len(gaps), Note: "Between successive deliveries of the window."}
	if len(times) == 0 {
		f.Note = "No delivery in the window."
		return f
	}
	last, end := times[len(times)-1], s.seenPart(s.Window).To
	f.Value = ptr(max(end.Sub(last).Seconds(), 0))
	if len(gaps) > 0 && slices.Max(gaps) >= *f.Value {
		f.Value = ptr(slices.Max(gaps))
		return f
	}
	f.Note = stillOpen
	if end.Before(s.Window.To) {
		f.Note = openWhenRead
	}
	return f
}

// The notes of a gap that had not ended.
const (
	stillOpen    = "Since the last delivery; still open when the window ends."
	openWhenRead = "Since the last delivery; still open where what was read ends."
)

// contents returns how many deliveries carried changes by people, by machines
// only, by nobody that is known, and none.
func contents(delivered []*timeline.Rollout) []Figure {
	people, machines, unknown := 0, 0, 0
	for _, rollout := range delivered {
		switch {
		case rollout.MachineOnly():
			machines++
		case rollout.ByPeople():
			people++
		case len(rollout.Changes) > 0:
			unknown++
		}
	}
	return []Figure{
		countFigure("with changes by people", people, ""),
		countFigure("with changes by machines only", machines, ""),
		countFigure("with changes of which no author is known", unknown, "None of them is known to be a person's, and not all are machines'."),
		countFigure("with no change of their own", len(delivered)-people-machines-unknown, "Everything they brought had been in production before, or has no known change."),
	}
}

func sayFrequency(r Result) string {
	var clauses []string
	gap, note, known := r.figure(longestGap)
	switch {
	case !known:
	case note == stillOpen:
		clauses = append(clauses, fmt.Sprintf("%s %s before the end", verb(r.N, "it was", "the last was"), duration(gap)))
	case note == openWhenRead:
		clauses = append(clauses, fmt.Sprintf("%s %s before the end of what was read", verb(r.N, "it was", "the last was"), duration(gap)))
	default:
		clauses = append(clauses, fmt.Sprintf("the longest gap was %s", duration(gap)))
	}
	return sayRate(r, "delivery", clauses...)
}
