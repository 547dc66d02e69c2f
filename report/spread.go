package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

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
	c.Subtitle = b.subtitle("Each "+m.noun+" on a logarithmic scale", r, m)
	c.Table = spreadTable(r, c)
	return c
}

func spreadHeadline(r kpi.Result, m measure, format func(float64) string) string {
	d := r.Distribution
	switch {
	case d.P50 == nil:
		return fmt.Sprintf("%s; the median is not reached", count(r.N, m.noun))
	case d.P90 == nil:
		return fmt.Sprintf("Half of %s up to %s", count(r.N, m.noun), format(*d.P50))
	}
	return fmt.Sprintf("Half of %s up to %s, nine in ten up to %s", count(r.N, m.noun), format(*d.P50), format(*d.P90))
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

// intervals draws a KPI for each repository with its 95 % interval. It is false
// unless two have a value.
func (b *book) intervals(r kpi.Result, m measure) (Chart, bool) {
	c := Chart{ID: r.KPI.ID + "-side", Kind: IntervalChart, Axis: "Repository", Measured: r.KPI.Name, Format: m.format}
	var values []*float64
	n := 0
	for _, s := range b.shelves {
		own, ok := s.score.Result(r.KPI.ID)
		if !ok {
			continue
		}
		row := bounds{}
		if known(own) && own.Value != nil {
			row = boundsOf(own)
			n++
		}
		c.Labels = append(c.Labels, string(s.Name()))
		c.Whys = append(c.Whys, string(own.State))
		values = append(values, m.shown(row.value))
		c.Low, c.High = append(c.Low, m.shown(row.low)), append(c.High, m.shown(row.high))
	}
	if n < 2 {
		return Chart{}, false
	}
	c.Series = []ChartSeries{{Name: r.KPI.Name, Values: values}}
	c.Headline = sideHeadline(c)
	c.Subtitle = b.subtitle("Each repository with its 95 % range"+inUnit(m), r, m)
	c.Table = intervalTable(c)
	return c, true
}

// bounds is a value with the ends of its interval, each perhaps unknown.
type bounds struct{ value, low, high *float64 }

func boundsOf(r kpi.Result) bounds {
	i := bounds{value: r.Value}
	if r.Interval != nil {
		i.low, i.high = r.Interval.Low, r.Interval.High
	}
	return i
}

// sideHeadline names the repositories with the lowest and the highest value.
func sideHeadline(c Chart) string {
	low, high := -1, -1
	for i, v := range c.Series[0].Values {
		if v == nil {
			continue
		}
		if low < 0 || *v < *c.Series[0].Values[low] {
			low = i
		}
		if high < 0 || *v > *c.Series[0].Values[high] {
			high = i
		}
	}
	return fmt.Sprintf("From %s in %s to %s in %s", c.Format(*c.Series[0].Values[low]), c.Labels[low], c.Format(*c.Series[0].Values[high]), c.Labels[high])
}

func intervalTable(c Chart) Table {
	t := Table{Caption: c.Headline, Head: []Cell{
		{Text: Hostile(c.Axis), Header: true}, {Text: Hostile(c.Measured), Header: true, Numeric: true},
		{Text: "Low", Header: true, Numeric: true}, {Text: "High", Header: true, Numeric: true},
	}}
	for i, label := range c.Labels {
		t.Rows = append(t.Rows, []Cell{
			{Text: Hostile(label), Header: true}, valueCell(c.Series[0].Values[i], c.Format),
			valueCell(c.Low[i], c.Format), valueCell(c.High[i], c.Format),
		})
	}
	return t
}

// stages draws the medians of the stages that stand beside a result. A stretch
// seen in fewer than a fifth of the changes is left to the table beside.
func (b *book) stages(r kpi.Result, m measure) (Chart, bool) {
	c := Chart{ID: r.KPI.ID + "-stages", Kind: StageChart, Axis: "Stage", Measured: "Median", Format: func(v float64) string { return lasting(seconds(v)) }}
	t := Table{Head: []Cell{{Text: "Stage", Header: true}, {Text: "Median", Header: true, Numeric: true}, {Text: "n", Header: true, Numeric: true}}}
	var values []*float64
	for _, f := range r.Beside {
		name, ok := stageName(f)
		if !ok || f.Value == nil || f.N*5 < r.N {
			continue
		}
		c.Labels, values = append(c.Labels, name), append(values, f.Value)
		t.Rows = append(t.Rows, []Cell{{Text: Hostile(name), Header: true}, valueCell(f.Value, c.Format), {Text: Hostile(whole(f.N)), Numeric: true}})
	}
	if len(values) < 2 {
		return Chart{}, false
	}
	c.Series = []ChartSeries{{Name: "Median", Values: values}}
	longest := 0
	for i, v := range values {
		if *v > *values[longest] {
			longest = i
		}
	}
	c.Headline = fmt.Sprintf("The longest stage by its median is %s, with %s", c.Labels[longest], c.Format(*values[longest]))
	c.Subtitle = b.subtitle("Median of each stage; medians of stages need not add up to the median of the whole", r, m)
	t.Caption, c.Table = c.Headline, t
	return c, true
}

// stageNames are the stages as they are named beside a lead time.
var stageNames = []string{"coding", "pickup", "review", "merge wait", "deploy wait"}

// stageName returns the stage that a figure is the median of.
func stageName(f kpi.Figure) (string, bool) {
	name, ok := strings.CutPrefix(f.Name, "median ")
	return name, ok && f.Unit == kpi.Seconds && (slices.Contains(stageNames, name) || strings.HasSuffix(name, " seen"))
}

// calendar draws how many items of a rate each day of the period had.
func (b *book) calendar(r kpi.Result, m measure) (Chart, bool) {
	if r.KPI.Statistic != kpi.Rate || r.N == 0 {
		return Chart{}, false
	}
	c := Chart{ID: r.KPI.ID + "-days", Kind: CalendarChart, Axis: "Day", Measured: plural(2, m.noun), Format: func(v float64) string { return count(int(v), m.noun) }}
	perDay := map[string]int{}
	for _, item := range r.Evidence {
		if item.Excluded == "" {
			perDay[item.At.In(b.score.Zone).Format(time.DateOnly)]++
		}
	}
	var values []*float64
	weekend := 0
	for day := b.score.Window.From.In(b.score.Zone); day.Before(b.score.Window.To); day = day.AddDate(0, 0, 1) {
		n := float64(perDay[day.Format(time.DateOnly)])
		c.Days, values = append(c.Days, day), append(values, b.seenOn(r, day, n))
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			weekend += int(n)
		}
	}
	c.Series = []ChartSeries{{Name: upper(c.Measured), Values: values}}
	c.Headline = calendarHeadline(r, m, len(perDay), len(c.Days), weekend)
	c.Subtitle = b.subtitle(upper(c.Measured)+" per day, darker is more", r, m)
	c.Table = calendarTable(c)
	return c, true
}

// seenOn returns a day's count, nil for a day before a repository's history.
func (b *book) seenOn(r kpi.Result, day time.Time, n float64) *float64 {
	for _, name := range r.Repositories {
		if repository := b.repositoryOf(name); repository != nil && day.Before(repository.Origin.Since) {
			return nil
		}
	}
	return &n
}

func calendarHeadline(r kpi.Result, m measure, busy, days, weekend int) string {
	words := fmt.Sprintf("%s on %s of %s days", upper(plural(2, m.noun)), whole(busy), whole(days))
	switch {
	case weekend == 0:
		return words + ", none on a weekend"
	case weekend == r.N:
		return words + ", all on weekends"
	}
	return words + fmt.Sprintf(", %s of %s on weekends", whole(weekend), whole(r.N))
}

// calendarTable lists the days that had any.
func calendarTable(c Chart) Table {
	t := Table{Caption: c.Headline + ". Days without any are left out.", Head: []Cell{{Text: "Day", Header: true}, {Text: Hostile(upper(c.Measured)), Header: true, Numeric: true}}}
	for i, day := range c.Days {
		if v := c.Series[0].Values[i]; v != nil && *v > 0 {
			t.Rows = append(t.Rows, []Cell{{Text: Hostile(day.Format(dateFormat)), Header: true}, {Text: Hostile(whole(int(*v))), Numeric: true}})
		}
	}
	return t
}
