package figure

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"time"
)

// chart is what all figures with a table have in common.
type chart interface {
	SVG(id string, s Size) template.HTML
	Table() (header []string, rows [][]string)
}

// input is one set of numbers and words poured into every chart.
type input struct {
	values []Value
	label  func(i int) string
	format Format
}

// weeks names n buckets, the last one unfinished.
func (in input) periods() []Period {
	periods := make([]Period, len(in.values))
	for i := range periods {
		periods[i] = Period{Label: in.label(i), Short: in.label(i), Partial: i == len(periods)-1}
	}
	return periods
}

func (in input) at(i int) Value {
	if i < len(in.values) {
		return in.values[i]
	}
	return Value{}
}

// scaled multiplies the known values.
func (in input) scaled(by float64) []Value {
	out := make([]Value, len(in.values))
	for i, v := range in.values {
		if v.Known {
			out[i] = Value{Number: v.Number * by, Known: true}
		}
	}
	return out
}

// charts builds every kind of figure from the same input.
func (in input) charts() map[string]chart {
	return map[string]chart{
		"bars":     in.bars(),
		"lines":    in.lines(),
		"bands":    in.bands(),
		"strip":    in.strip(),
		"stages":   in.stages(),
		"interval": in.interval(),
		"calendar": in.calendar(),
	}
}

func (in input) bars() Bars {
	b := Bars{Headline: in.label(0), Period: in.label(1), Name: in.label(2), Highlight: in.label(3), Format: in.format}
	b.Reference = Reference{Label: in.label(4), Value: in.at(0)}
	part := in.scaled(0.25)
	for i, p := range in.periods() {
		b.Buckets = append(b.Buckets, Bucket{Period: p, Value: in.values[i], Highlight: part[i], Why: in.label(5)})
	}
	return b
}

func (in input) lines() Lines {
	return Lines{
		Headline: in.label(0), Period: in.label(1), Periods: in.periods(), Format: in.format,
		Series:    []Series{{in.label(2), in.values}, {in.label(3), in.scaled(0.5)}, {in.label(4), nil}},
		Reference: Reference{Label: in.label(5), Value: in.at(1)},
	}
}

func (in input) bands() Bands {
	b := Bands{Headline: in.label(0), Period: in.label(1), Format: in.format, Reference: Reference{in.label(2), in.at(0)}}
	p75, p90 := in.scaled(1.5), in.scaled(2)
	for i, p := range in.periods() {
		b.Points = append(b.Points, Spread{Period: p, N: 3 + i, Median: in.values[i], P75: p75[i], P90: p90[i], Why: in.label(3)})
	}
	return b
}

func (in input) strip() Strip {
	s := Strip{Headline: in.label(0), Name: in.label(1), Format: in.format, P25: in.at(0), Median: in.at(1), P75: in.at(2), P90: in.at(3)}
	for _, v := range in.values {
		s.Items = append(s.Items, v.Number)
	}
	return s
}

func (in input) stages() Stages {
	s := Stages{Headline: in.label(0), Name: in.label(1), Measured: in.label(2), Format: in.format}
	for i, v := range in.values {
		s.Parts = append(s.Parts, Stage{in.label(i), v, in.label(5)})
	}
	return s
}

func (in input) interval() Interval {
	v := Interval{Headline: in.label(0), Name: in.label(1), Measured: in.label(2), Format: in.format}
	low, high := in.scaled(0.5), in.scaled(1.5)
	for i := range in.values {
		v.Rows = append(v.Rows, IntervalRow{in.label(i), in.values[i], low[i], high[i], in.label(5)})
	}
	return v
}

func (in input) calendar() Calendar {
	c := Calendar{Headline: in.label(0), Format: in.format}
	first := time.Date(2025, 11, 20, 23, 30, 0, 0, time.UTC)
	for i, v := range in.values {
		c.Days = append(c.Days, Day{first.AddDate(0, 0, i), v})
	}
	return c
}

// sample is a year that looks like a real one: growth, holes, zeros.
func sample() map[string]chart {
	count := func(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) }
	week := func(i int) Period {
		n := (i+47)%52 + 1
		return Period{Label: fmt.Sprintf("2026-W%02d", n), Short: fmt.Sprintf("W%02d", n), Partial: i == 51}
	}
	bars := Bars{
		Headline: "Deployments rose from 9 to 21 a week", Period: "Week", Name: "deployments", Highlight: "failed",
		Reference: Reference{"median 14", Of(14)}, Format: count,
	}
	lines := Lines{Headline: "Releases caught up with changes", Period: "Week", Format: count, Series: []Series{{Name: "changes"}, {Name: "releases"}}}
	bands := Bands{Headline: "Half of changes reach production within 16 hours", Period: "Week", Format: span2, Ticks: []float64{0, 2 * day, 4 * day, 6 * day}}
	for i := range 52 {
		n := float64(8 + i/4 + (i*7)%5)
		bucket := Bucket{Period: week(i), Value: Of(n), Highlight: Of(float64(i % 4)), Why: "not collected"}
		switch {
		case i >= 10 && i < 13:
			bucket.Value, bucket.Highlight = Value{}, Value{}
		case i == 20 || i == 21:
			bucket.Value, bucket.Highlight = Of(0), Of(0)
		}
		bars.Buckets = append(bars.Buckets, bucket)
		lines.Periods = append(lines.Periods, week(i))
		lines.Series[0].Values = append(lines.Series[0].Values, bucket.Value)
		lines.Series[1].Values = append(lines.Series[1].Values, Of(float64(3+(i*5)%4)))
		m := float64(70-i)*3600 + float64(i*13%7)*4000
		spread := Spread{Period: week(i), N: 4 + i%9, Median: Of(m), P75: Of(m * 1.4), P90: Of(m * 1.9)}
		if i == 30 {
			spread = Spread{Period: week(i)}
		}
		bands.Points = append(bands.Points, spread)
	}
	strip := Strip{
		Headline: "Most changes wait a day", Name: "changes", Format: span2, Ticks: []float64{60, 600, 3600, 6 * 3600, day, 7 * day, 30 * day, 365 * day},
		P25: Of(4 * 3600), Median: Of(16 * 3600), P75: Of(2 * day), P90: Of(6 * day),
	}
	for i := range 60 {
		strip.Items = append(strip.Items, 3600*math.Exp(float64(i*37%60)/12))
	}
	calendar := Calendar{Headline: "Few weekend deployments", Format: count}
	for i := range 365 {
		d := time.Date(2025, 11, 24, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i)
		v := Of(float64((i * 7) % 6))
		if wd := d.Weekday(); wd == time.Sunday || wd == time.Saturday {
			v = Of(0)
		}
		if i > 200 && i < 212 {
			v = Value{}
		}
		calendar.Days = append(calendar.Days, Day{d, v})
	}
	return map[string]chart{
		"bars": bars, "lines": lines, "bands": bands, "strip": strip, "calendar": calendar,
		"strip-many": manyItems(strip),
		"stages": Stages{Headline: "Review takes longest", Format: span2, Parts: []Stage{
			{"Coding", Of(20 * 3600), ""}, {"Pickup", Of(3 * 3600), ""}, {"Review", Of(30 * 3600), ""},
			{"Merge wait", Of(1800), ""}, {"Deploy wait", Value{}, "no deployments recorded"}}},
		"interval": Interval{Headline: "One repository fails more often", Name: "Repository", Measured: "Failure rate", Format: percent,
			Rows: []IntervalRow{
				{"alphagov/govuk-services-frontend-with-a-long-name", Of(0.12), Of(0.05), Of(0.22), ""},
				{"bitcoin-core/secp256k1", Of(0.31), Of(0.18), Of(0.45), ""},
				{"acme/quiet", Value{}, Value{}, Value{}, "not measured: no deployments in the window"},
				{"acme/never-fails", Of(0), Of(0), Of(0.03), ""}}},
	}
}

// manyItems has more items than dots have room.
func manyItems(s Strip) Strip {
	items := s.Items
	s.Items = nil
	for i, v := range items {
		for range 1 + i%40 {
			s.Items = append(s.Items, v)
		}
	}
	return s
}

func percent(v float64) string { return strconv.FormatFloat(v*100, 'f', 0, 64) + "%" }

// span2 writes seconds in minutes, hours or days.
func span2(v float64) string {
	switch {
	case v < 3600:
		return strconv.FormatFloat(v/60, 'f', -1, 64) + " min"
	case v < 3*day:
		return strconv.FormatFloat(math.Round(v/360)/10, 'f', -1, 64) + " h"
	}
	return strconv.FormatFloat(math.Round(v/8640)/10, 'f', -1, 64) + " d"
}

// whole writes a number without decimals.
func whole(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) }
