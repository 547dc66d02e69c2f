package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
)

// strip draws how the values of a result are distributed. It is false where fewer
// than five are finished: they can be read in the evidence.
func (b *book) strip(r kpi.Result, m measure) (Chart, bool) {
	if r.Distribution == nil || r.KPI.Statistic != kpi.Median {
		return Chart{}, false
	}
	points := finished(r, b.score.Window.From, b.score.Window.To)
	if len(points) < 5 {
		return Chart{}, false
	}
	return b.spread(r, m, points), true
}

// spread draws values. Durations keep their seconds, so that each tick of the
// logarithmic axis is in the unit that reads best there.
func (b *book) spread(r kpi.Result, m measure, points []float64) Chart {
	d := r.Distribution
	c := Chart{
		ID: r.KPI.ID + "-spread", Kind: StripChart, Measured: plural(2, m.noun), Points: points,
		Box: [4]*float64{d.P25, d.P50, d.P75, d.P90}, Format: m.format,
	}
	if r.KPI.Unit == kpi.Seconds {
		c.Format = roundLasting
		c.Ticks = timeTicks(points[0], points[len(points)-1])
	}
	c.Headline = spreadHeadline(r, m, c.Format)
	c.Subtitle = b.subtitle(r.KPI.Name+" of each "+m.noun+" on a logarithmic scale", r, m)
	c.Table = spreadTable(r, c)
	return c
}

func spreadHeadline(r kpi.Result, m measure, format func(float64) string) string {
	d := r.Distribution
	switch {
	case d.P50 == nil:
		return fmt.Sprintf("%s; the median is not reached", count(r.N, m.noun))
	case d.P90 == nil:
		return fmt.Sprintf("Half of %s %s %s", count(r.N, m.noun), spreadVerb(r), format(*d.P50))
	}
	return fmt.Sprintf("Half of %s %s %s, nine in ten %s %s", count(r.N, m.noun), spreadVerb(r), format(*d.P50), spreadWord(r), format(*d.P90))
}

// spreadVerb says what happened to half of the items up to a value.
func spreadVerb(r kpi.Result) string {
	return strings.TrimSpace(spreadEnds[r.KPI.ID] + " " + spreadWord(r))
}

// spreadWord stands before a value.
func spreadWord(r kpi.Result) string {
	if spreadEnds[r.KPI.ID] == "" {
		return "up to"
	}
	return "within"
}

// spreadEnds say what happened to items in the time that a KPI measures.
var spreadEnds = map[string]string{
	"lead-time-for-changes": "delivered",
	"deployment-duration":   "finished",
	"coding-time":           "ready for review",
	"pickup-time":           "reviewed for the first time",
	"review-time":           "approved",
	"merge-wait":            "merged",
}

func spreadTable(r kpi.Result, c Chart) Table {
	d := r.Distribution
	t := Table{Caption: c.Headline, Head: []Cell{{Text: "Measure", Header: true}, {Text: "Value", Header: true, Numeric: true}}}
	mean := "Mean"
	if d.Restricted {
		mean = "Mean up to now (some are not finished)"
	}
	for _, row := range []struct {
		name  string
		value *float64
	}{
		{"Shortest", d.Min}, {"25th percentile", d.P25}, {"Median", d.P50}, {"75th percentile", d.P75},
		{"90th percentile", d.P90}, {"Longest", d.Max}, {mean, d.Mean},
	} {
		t.Rows = append(t.Rows, []Cell{{Text: Hostile(row.name), Header: true}, valueCell(row.value, c.Format)})
	}
	if r.KPI.Unit != kpi.Seconds {
		t.Rows[0][0].Text, t.Rows[5][0].Text = "Smallest", "Largest"
	}
	return t
}

// logTicks are the ticks of a logarithmic axis of time, in seconds.
var logTicks = []float64{1, 10, 60, 600, 3600, 6 * 3600, 86400, 7 * 86400, 30 * 86400, 365 * 86400, 3650 * 86400}

// roundLasting writes a length of time; whole hours in hours.
func roundLasting(v float64) string {
	if hours := v / inHours.seconds; hours >= 1 && hours <= 24 && hours == math.Trunc(hours) {
		return figures(hours, fewCases) + " h"
	}
	return lasting(seconds(v))
}

// timeTicks returns those ticks that hold both lengths.
func timeTicks(shortest, longest float64) []float64 {
	first, last := 0, len(logTicks)-1
	for first < last-1 && logTicks[first+1] <= shortest {
		first++
	}
	for last > first+1 && logTicks[last-1] >= longest {
		last--
	}
	return slices.Clone(logTicks[first : last+1])
}
