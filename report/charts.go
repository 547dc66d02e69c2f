package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape/kpi"
)

// weekly draws a result week by week: counts as bars, shares as a line, durations
// as a median with areas up to the 75th and 90th percentile. It is false where no
// week holds a value.
func (b *book) weekly(r kpi.Result, m measure) (Chart, bool) {
	if !slices.ContainsFunc(r.Series, func(p kpi.Point) bool { return p.Value != nil }) {
		return Chart{}, false
	}
	c := Chart{ID: r.KPI.ID + "-weekly", Axis: "Week", Format: m.format}
	for _, point := range r.Series {
		c.Labels = append(c.Labels, point.Week.Name())
		c.Partial = append(c.Partial, point.Week.Partial)
	}
	switch r.KPI.Statistic {
	case kpi.Rate, kpi.Tally:
		b.countBars(&c, r, m)
	case kpi.Share:
		b.shareLine(&c, r, m)
	default:
		b.medianBands(&c, r, m)
	}
	return c, true
}

// countBars fills a chart of how many there were each week.
func (b *book) countBars(c *Chart, r kpi.Result, m measure) {
	c.Kind, c.Measured = BarChart, plural(2, m.noun)
	c.Format = func(v float64) string { return figures(v, fewCases) }
	values := make([]*float64, len(r.Series))
	for i, point := range r.Series {
		if point.Value != nil {
			n := float64(point.N)
			values[i] = &n
		}
	}
	c.Series = []ChartSeries{{Name: upper(c.Measured), Values: values}}
	c.Headline = countHeadline(r, m)
	c.Subtitle = b.subtitle(upper(c.Measured)+" per ISO week", r, m)
	if r.KPI.Statistic == kpi.Tally {
		c.Subtitle = b.subtitle(upper(c.Measured)+" at the end of each ISO week", r, m)
	}
	c.Table = weekTable(c, r, upper(c.Measured))
}

// countHeadline is the finding of a chart of counts.
func countHeadline(r kpi.Result, m measure) string {
	counts := wholeWeeks(r)
	if r.KPI.Statistic == kpi.Tally {
		seen := slices.DeleteFunc(slices.Clone(r.Series), func(p kpi.Point) bool { return p.Value == nil })
		first, last := seen[0], seen[len(seen)-1]
		return fmt.Sprintf("%s at the end of %s, %s at the end of %s", whole(first.N), first.Week.Name(), whole(last.N), last.Week.Name())
	}
	if len(counts) == 0 {
		return count(r.N, m.noun) + " in the period"
	}
	low, high := slices.Min(counts), slices.Max(counts)
	noun := plural(2, m.noun)
	switch {
	case high == 0:
		return "No " + noun + " in any whole week"
	case low == high:
		return fmt.Sprintf("%s in every whole week", count(low, m.noun))
	case low == 0:
		return fmt.Sprintf("Up to %s a week, and none in %s of %s", count(high, m.noun), whole(countOf(counts, 0)), count(len(counts), "whole week"))
	}
	return fmt.Sprintf("Between %s and %s %s a week", whole(low), whole(high), noun)
}

func countOf(values []int, wanted int) int {
	n := 0
	for _, v := range values {
		if v == wanted {
			n++
		}
	}
	return n
}

// wholeWeeks are the counts of weeks that are whole and were looked at.
func wholeWeeks(r kpi.Result) []int {
	var counts []int
	for _, p := range r.Series {
		if !p.Week.Partial && p.Value != nil {
			counts = append(counts, p.N)
		}
	}
	return counts
}

// shareLine fills a chart of a share week by week.
func (b *book) shareLine(c *Chart, r kpi.Result, m measure) {
	c.Kind, c.Measured = LineChart, r.KPI.Name
	c.Format = func(v float64) string { return figures(v, fewCases) + " %" }
	c.Ticks = []float64{0, 25, 50, 75, 100}
	c.Series = []ChartSeries{{Name: r.KPI.Name, Values: shownPoints(r, m)}}
	c.Headline = upper(sparkWords(r, m))
	c.Subtitle = b.subtitle("Share per ISO week in percent", r, m)
	c.Table = weekTable(c, r, r.KPI.Name)
}

func shownPoints(r kpi.Result, m measure) []*float64 {
	values := make([]*float64, len(r.Series))
	for i, point := range r.Series {
		values[i] = m.shown(point.Value)
	}
	return values
}

// bandItems is how many items a week must hold for its upper percentiles to say
// something.
const bandItems = 5

// medianBands fills a chart of how a duration or size spreads week by week.
func (b *book) medianBands(c *Chart, r kpi.Result, m measure) {
	c.Kind, c.Measured = BandChart, "median"
	p75, p90 := make([]*float64, len(r.Series)), make([]*float64, len(r.Series))
	for i, point := range r.Series {
		values := finished(r, point.Week.From, point.Week.To)
		if len(values) >= bandItems {
			p75[i], p90[i] = m.shown(quantile(values, 0.75)), m.shown(quantile(values, 0.9))
		}
		c.N = append(c.N, point.N)
	}
	c.Series = []ChartSeries{{"Median", shownPoints(r, m)}, {"75th percentile", p75}, {"90th percentile", p90}}
	c.Headline = "Weekly median " + strings.TrimPrefix(sparkWords(r, m), "week by week ")
	c.Subtitle = b.subtitle("Median per ISO week"+inUnit(m)+", with the 75th and 90th percentile from five "+plural(2, m.noun)+" a week", r, m)
	c.Table = weekTable(c, r, "Median", "75th percentile", "90th percentile")
}

// inUnit says which unit a duration is in: " in h".
func inUnit(m measure) string {
	if m.unit == "" {
		return ""
	}
	return " in " + m.unit
}

// subtitle says unit, period and n.
func (b *book) subtitle(what string, r kpi.Result, m measure) string {
	if r.KPI.Statistic == kpi.Tally {
		return what + "; " + b.period() + "; " + count(r.N, m.noun) + " at the end"
	}
	return what + "; " + b.period() + "; n = " + count(r.N, m.noun)
}

// weekTable is the accessible form of a weekly chart: a column for each series and
// one for n.
func weekTable(c *Chart, r kpi.Result, names ...string) Table {
	t := Table{Caption: c.Headline, Head: []Cell{{Text: "Week", Header: true}}}
	for _, name := range names {
		t.Head = append(t.Head, Cell{Text: Hostile(name), Header: true, Numeric: true})
	}
	counted := c.Kind == BarChart
	if !counted {
		t.Head = append(t.Head, Cell{Text: "n", Header: true, Numeric: true})
	}
	for i, label := range c.Labels {
		week := Cell{Text: Hostile(label), Header: true}
		if c.Partial[i] {
			week.Note = "not the whole week"
		}
		row := []Cell{week}
		for _, s := range c.Series {
			row = append(row, valueCell(s.Values[i], c.Format))
		}
		if !counted {
			row = append(row, Cell{Text: Hostile(whole(r.Series[i].N)), Numeric: true})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// valueCell writes a value that is in the unit shown.
func valueCell(v *float64, format func(float64) string) Cell {
	if v == nil {
		return Cell{Text: noDataWord, Numeric: true}
	}
	return Cell{Text: Hostile(format(*v)), Numeric: true}
}

// finished returns the values that count in a stretch of time, ascending, without
// those that are still growing.
func finished(r kpi.Result, from, to time.Time) []float64 {
	var values []float64
	for _, item := range r.Evidence {
		if item.Excluded == "" && !item.Censored && !item.At.Before(from) && item.At.Before(to) {
			values = append(values, item.Value)
		}
	}
	slices.Sort(values)
	return values
}

// quantile interpolates linearly between ascending values (Hyndman and Fan's type
// 7, as for the headline); nil for none.
func quantile(values []float64, p float64) *float64 {
	if len(values) == 0 {
		return nil
	}
	at := p * float64(len(values)-1)
	below := int(at)
	v := values[below]
	if below+1 < len(values) {
		v += (at - float64(below)) * (values[below+1] - v)
	}
	return &v
}
