// Package kpi turns a timeline into a scorecard: what the history amounts to.
//
// A KPI is a value of type [KPI]: its definition, what it needs to know, and a
// function that names the items it rests on. How items amount to a number is
// written once, by [Statistic], so that a headline, its interval, its weekly
// series, its comparison, its breakdowns and its published evidence can never
// disagree: all are the same items, counted again.
//
// A result is measured, partial, or not measured; it is never guessed, and never
// 0 because nothing was looked at. The package words findings in English and
// knows neither pages nor files.
//
// Start reading at [All] and [Compute].
package kpi

import (
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// KPI is one key performance indicator.
type KPI struct {
	ID       string // stable, lower-case words joined by hyphens: part of addresses and data
	Name     string
	Family   Family
	Question string // what a reader wants to know, ending in a question mark
	Unit     Unit
	Better   Better
	// Doc is the definition as readers see it: paragraphs of plain text. The first
	// sentence defines the headline.
	Doc string
	// Counts and Leaves say in short sentences what is counted and what is left out.
	Counts, Leaves []string
	// Formula is the arithmetic of the headline in one line of plain text.
	Formula string
	// Source is where the definition comes from.
	Source string
	// Version counts changes of the definition; a change breaks comparison.
	Version int
	// Statistic turns items into the headline.
	Statistic Statistic
	// Needs are the facts without which a repository is left out.
	Needs []Need
	// Sources are the deployment sources it can be measured with; nil for a KPI
	// that needs none.
	Sources []timeline.SourceKind
	// Reads are the kinds of record it looks at, beside that of the deployment
	// source: where one of them was read no further, neither can the KPI see on.
	Reads []shipshape.Entity
	// DORA is the metric's answer scale, or nil.
	DORA *Scale
	// Connected says why there is nothing to look at in a repository that lacks no
	// need (no run was ever recorded, no review ever written), and what to do about
	// it; an empty reason means that there is. Nil for a KPI that asks for no more
	// than its needs. Without it, a repository that does not record something
	// would read as 0.
	Connected func(*timeline.Repository) (reason, remedy string)
	// Begun is the first instant at which a repository could have had an item, the
	// zero time if it is unknown. Windows that begin before it are not compared.
	Begun func(*timeline.Repository) time.Time
	// Remedy is a sentence: what would make its items measurable where all that lie
	// in the window had to be left out.
	Remedy string
	// Compute names the items of a scope.
	Compute func(Scope) Sample
	// Says words a result that has a value or items, in a sentence or two without
	// the comparison.
	Says func(Result) string
}

// Family groups KPIs as a reader looks for them.
type Family string

// The families that have a KPI.
const (
	Flow       Family = "Flow and predictability"
	ChangeFlow Family = "Change flow"
)

// Unit is the unit of a value.
type Unit string

// The units.
const (
	Seconds Unit = "seconds" // shown as hours or days
	Ratio   Unit = "ratio"   // 0 to 1, shown in percent
	PerDay  Unit = "per day"
	Count   Unit = "count"
)

// Better is the direction that is better.
type Better string

// The directions.
const (
	Higher  Better = "higher"
	Lower   Better = "lower"
	Neutral Better = "neutral"
)

// Statistic is how items amount to a headline.
type Statistic string

// The statistics. Only included items count.
const (
	// Rate is the sum of weights divided by the days of the window.
	Rate Statistic = "rate"
	// Share is the weight of items in the numerator divided by the weight of all
	// items: the numerator is a subset of the denominator.
	Share Statistic = "share"
	// Median is the median of values: type 7, or Kaplan–Meier where an item is
	// censored.
	Median Statistic = "median"
	// Tally is the number of items at as-of; its distribution is over their values.
	Tally Statistic = "tally"
)

// Need is a fact that a KPI cannot do without, named as a [shipshape.Gap] names
// it.
type Need struct {
	Entity shipshape.Entity
	Field  string // "" for the entity as a whole
}

// Scope is what a KPI is computed over.
type Scope struct {
	AsOf time.Time
	Zone *time.Location // of weeks and days
	// Repositories are those in scope that have all the KPI needs.
	Repositories []*timeline.Repository
	Window       shipshape.Window

	stretches []stretch // of Repositories; nil where all of them are seen throughout
	absent    []absence // the rest of those in scope
}

// Sample is what a KPI found in a scope.
type Sample struct {
	// Items are those counted and those left out, in any order.
	Items []Item
	// Beside are figures that stand beside the headline.
	Beside []Figure
}

// Part is the part of a fraction an item stands in.
type Part string

// The parts. An item in the numerator of a Share is in its denominator too.
const (
	Numerator   Part = "numerator"
	Denominator Part = "denominator"
)

// Item is one piece of evidence: something that was counted, or left out.
type Item struct {
	// Kind is what it is: "deployment", "change", "commit", "run", "release".
	Kind       string
	Repository shipshape.RepositoryName
	ID         string // unique within kind and repository
	Title      string // as GitHub has it: hostile
	URL        string
	At         instant // when it counts, which decides its window and week
	// Value is what it contributes: seconds, lines, or 1.
	Value float64
	Part  Part
	// Weight is how much it counts in a rate or share; 0 stands for 1.
	Weight float64
	// Until is when an item of a tally ceased to be one (a change was released), so
	// that earlier instants can be tallied; zero while it has not.
	Until instant
	// Censored marks a value that is still growing at as-of.
	Censored bool
	// Cluster is the deployment behind a change or commit, "" for an independent
	// item.
	Cluster string
	// Uncovered marks an included item whose needed facts were not all there; it
	// lowers coverage.
	Uncovered bool
	// Inferred marks an item whose facts were inferred and not stated.
	Inferred bool
	// Excluded is why it was left out; "" for an item that counts.
	Excluded string
	// Missing marks an excluded item that belongs to the population but could not be
	// measured: it lowers coverage.
	Missing bool
	// Note is a remark on an item that counts, such as a mended clock.
	Note string
	// Team, Environment and Class are what breakdowns go by; "" where they do not
	// apply. Machine is true for what a machine did, Anonymous for a change of which
	// nobody is known to have made it.
	Team, Environment, Class string
	Machine, Anonymous       bool
}

// Figure is a number that stands beside a headline.
type Figure struct {
	Name  string   `json:"name"`
	Unit  Unit     `json:"unit"`
	Value *float64 `json:"value"` // nil: not measured, for the reason in Note
	N     int      `json:"n"`
	Note  string   `json:"note,omitempty"`
}
