package site

import (
	"html/template"

	"github.com/shipshape-report/shipshape/internal/figure"
	"github.com/shipshape-report/shipshape/report"
)

// drawable is a figure that can be drawn in any size.
type drawable interface {
	SVG(id string, s figure.Size) template.HTML
}

// drawing draws a chart twice, wide and narrow; the style sheet shows one.
func drawing(c report.Chart) template.HTML {
	d := drawn(c)
	if d == nil {
		return ""
	}
	return d.SVG(c.ID, figure.Wide) + d.SVG(c.ID, figure.Narrow)
}

// drawn is the figure of a chart, or nil for a kind that has none.
func drawn(c report.Chart) drawable {
	switch c.Kind {
	case report.BarChart:
		return bars(c)
	case report.LineChart:
		return lines(c)
	case report.BandChart:
		return bands(c)
	case report.StripChart:
		return figure.Strip{
			Headline: c.Headline, Name: c.Measured, Items: c.Points, Ticks: c.Ticks, Format: c.Format,
			P25: figure.Maybe(c.Box[0]), Median: figure.Maybe(c.Box[1]), P75: figure.Maybe(c.Box[2]), P90: figure.Maybe(c.Box[3]),
		}
	case report.StageChart:
		return stages(c)
	case report.IntervalChart:
		return intervals(c)
	case report.CalendarChart:
		return calendar(c)
	}
	return nil
}

// at is value i of series n, missing where there is none.
func at(c report.Chart, n, i int) figure.Value {
	if n >= len(c.Series) || i >= len(c.Series[n].Values) {
		return figure.Value{}
	}
	return figure.Maybe(c.Series[n].Values[i])
}

func end(ends []*float64, i int) figure.Value {
	if i >= len(ends) {
		return figure.Value{}
	}
	return figure.Maybe(ends[i])
}

func why(c report.Chart, i int) string {
	if i >= len(c.Whys) {
		return ""
	}
	return c.Whys[i]
}

func period(c report.Chart, i int) figure.Period {
	return figure.Period{Label: c.Labels[i], Partial: i < len(c.Partial) && c.Partial[i]}
}

func reference(c report.Chart) figure.Reference {
	if c.Reference == nil {
		return figure.Reference{}
	}
	return figure.Reference{Label: c.Reference.Label, Value: figure.Of(c.Reference.Value)}
}

func bars(c report.Chart) figure.Bars {
	b := figure.Bars{Headline: c.Headline, Period: c.Axis, Name: c.Measured, Format: c.Format, Ticks: c.Ticks, Reference: reference(c)}
	if len(c.Series) > 1 {
		b.Highlight = c.Series[1].Name
	}
	for i := range c.Labels {
		b.Buckets = append(b.Buckets, figure.Bucket{Period: period(c, i), Value: at(c, 0, i), Highlight: at(c, 1, i), Why: why(c, i)})
	}
	return b
}

func lines(c report.Chart) figure.Lines {
	l := figure.Lines{Headline: c.Headline, Period: c.Axis, Format: c.Format, Ticks: c.Ticks, Reference: reference(c)}
	for i := range c.Labels {
		l.Periods = append(l.Periods, period(c, i))
	}
	for n, s := range c.Series {
		series := figure.Series{Name: s.Name}
		for i := range c.Labels {
			series.Values = append(series.Values, at(c, n, i))
		}
		l.Series = append(l.Series, series)
	}
	return l
}

func bands(c report.Chart) figure.Bands {
	b := figure.Bands{Headline: c.Headline, Period: c.Axis, Format: c.Format, Ticks: c.Ticks, Reference: reference(c)}
	for i := range c.Labels {
		s := figure.Spread{Period: period(c, i), Median: at(c, 0, i), P75: at(c, 1, i), P90: at(c, 2, i), Why: why(c, i)}
		if i < len(c.N) {
			s.N = c.N[i]
		}
		b.Points = append(b.Points, s)
	}
	return b
}

func stages(c report.Chart) figure.Stages {
	s := figure.Stages{Headline: c.Headline, Name: c.Axis, Measured: c.Measured, Format: c.Format}
	for i, label := range c.Labels {
		s.Parts = append(s.Parts, figure.Stage{Name: label, Value: at(c, 0, i), Why: why(c, i)})
	}
	return s
}

func intervals(c report.Chart) figure.Interval {
	v := figure.Interval{Headline: c.Headline, Name: c.Axis, Measured: c.Measured, Format: c.Format, Ticks: c.Ticks}
	for i, label := range c.Labels {
		v.Rows = append(v.Rows, figure.IntervalRow{Label: label, Value: at(c, 0, i), Low: end(c.Low, i), High: end(c.High, i), Why: why(c, i)})
	}
	return v
}

func calendar(c report.Chart) figure.Calendar {
	l := figure.Calendar{Headline: c.Headline, Format: c.Format}
	for i, day := range c.Days {
		l.Days = append(l.Days, figure.Day{Date: day, Value: at(c, 0, i)})
	}
	return l
}
