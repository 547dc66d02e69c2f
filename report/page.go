// Package report turns a timeline and its scorecard into pages, one by one.
//
// Every string, link and number a reader sees is decided here; templates only
// range, if and with. Text that came from GitHub travels in fields of type
// [Hostile] or [Markdown] and is made safe where it is written, by package site.
//
// Start reading at [Pages].
package report

import "time"

// Page is one page of the site, or one data file.
type Page struct {
	// Path is relative to the site's root, with forward slashes:
	// "kpi/lead-time-for-changes/index.html".
	Path string
	// Content is a pointer to one of the page structs of this package, or a data
	// document.
	Content any
}

// Hostile is text from GitHub, as it was written there.
type Hostile string

// Markdown is Markdown from GitHub, as it was written there.
type Markdown string

// Frame is what surrounds every page.
type Frame struct {
	Title       string // of the window, with the page's name first
	Description string // one sentence for search engines and link previews
	Root        string // relative way to the site's root: "", "../", "../../"
	Site        string // what the report is about: "owner/name", or "3 repositories"
	Period      string // "20 May to 17 Aug 2026 (UTC)"
	Nav         []NavItem
	Crumbs      []Link // from the overview to the parent; empty on top-level pages
	Generator   string // "Shipshape 0.1.0"
	// DataUntil is set on the overview, KPI and about pages only, so that pages of
	// unchanged things keep their bytes.
	DataUntil *Time
	// Banner is a warning across the page ("Invented data"), or empty.
	Banner string
}

// NavItem is an entry of the navigation.
type NavItem struct {
	Label   string
	Href    string
	Current bool // this page, or a page below it
}

// Link is a link with its text.
type Link struct {
	Text Hostile
	Href string // relative, or https
}

// Time is an instant with the words readers see.
type Time struct {
	Stamp time.Time // for the datetime attribute, UTC
	Text  string    // "18 Aug 2026, 09:17 UTC" or "18 Aug 2026"
}

// Table is a table of finished texts.
type Table struct {
	Caption string
	Head    []Cell
	Rows    [][]Cell
	// More says what the table leaves out, with a link; nil if it is whole.
	More *Link
}

// Cell is a cell of a table.
type Cell struct {
	Text    Hostile
	Href    string // "" for no link
	Numeric bool   // aligned to the right
	Header  bool   // a row's or column's header
	Code    bool   // a commit id, tag or the like
	Time    *Time  // written instead of Text
	Title   bool   // a title from GitHub: code spans are kept
	// Together keeps a short name with hyphens on one line.
	Together bool
	Note     string // small text after it
}

// ChartKind is the form of a chart.
type ChartKind string

// The forms of chart.
const (
	BarChart      ChartKind = "bars"      // one bar a bucket; a second series is stacked as highlight
	LineChart     ChartKind = "lines"     // one line a series
	BandChart     ChartKind = "bands"     // median with areas up to p75 and p90
	StripChart    ChartKind = "strip"     // a distribution on a logarithmic time axis
	StageChart    ChartKind = "stages"    // one stacked bar of stages
	IntervalChart ChartKind = "intervals" // a value with its interval a row
	CalendarChart ChartKind = "calendar"  // one cell a day
)

// Chart is a figure with everything that is written on it. Values are in the unit
// that Format writes.
type Chart struct {
	ID       string // unique on the page: letters, digits and hyphens
	Kind     ChartKind
	Headline string // the finding, a sentence without a full stop
	Subtitle string // unit, period, n
	// Axis names what Labels are ("Week", "Repository", "Stage"); Measured names
	// what values are ("deliveries").
	Axis, Measured string
	Labels         []string // of buckets, rows or stages
	// Series holds one value a label. A BarChart takes one, and a second that is
	// the stressed part of the first; a BandChart takes median, p75 and p90 in this
	// order.
	Series  []ChartSeries
	Partial []bool // labels cut by the window; nil for none
	N       []int  // items behind each label of a BandChart
	// Low and High are the ends of the intervals of an IntervalChart.
	Low, High []*float64
	// Whys says for each label why its value is missing; nil for no reason.
	Whys []string
	// Format writes a value with its unit.
	Format func(float64) string
	// Ticks are positions on the value axis, ascending; nil for a choice by the
	// drawing.
	Ticks []float64
	// Reference is a level across the chart, or nil.
	Reference *Reference
	// Points are single values of a StripChart, ascending; Box are its p25, median,
	// p75 and p90.
	Points []float64
	Box    [4]*float64
	// Days are the dates of a CalendarChart, one for each value of the only series.
	Days  []time.Time
	Table Table // the same data, the accessible form
}

// ChartSeries is one row of values; nil is missing.
type ChartSeries struct {
	Name   string
	Values []*float64
}

// Reference is a named level.
type Reference struct {
	Label string
	Value float64
}
