package report

import (
	"slices"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape/kpi"
)

// measure is how the values of one KPI are written, so that all of a page are in
// one unit.
type measure struct {
	kpi    kpi.KPI
	factor float64 // what is shown = value × factor
	unit   string  // "h", "a week", "%"; empty for a plain count
	noun   string  // what the KPI counts or takes the median of, in the singular
}

// measureOf chooses the unit by the headline: minutes below two hours, hours below
// three days, then days; rates per day, per week, or in 30 days, so that the
// number is not far below one.
func measureOf(r kpi.Result) measure {
	m := measure{kpi: r.KPI, factor: 1, noun: nouns[r.KPI.ID]}
	if m.noun == "" {
		m.noun = "item"
	}
	switch r.KPI.Unit {
	case kpi.Seconds:
		u := spanUnit(typical(r))
		m.factor, m.unit = 1/u.seconds, u.name
	case kpi.Ratio:
		m.factor, m.unit = 100, "%"
	case kpi.PerDay:
		m.factor, m.unit = perPeriod(typical(r))
	case kpi.Count:
		m.unit = countUnits[r.KPI.ID]
	}
	return m
}

// countUnits name what a plain number counts.
var countUnits = map[string]string{
	"change-size":        "lines",
	"unreleased-changes": "changes",
}

// perPeriod returns the stretch of time that a rate per day is written for.
func perPeriod(perDay float64) (factor float64, unit string) {
	switch {
	case perDay >= 3:
		return 1, "a day"
	case perDay >= 1.0/7 || perDay == 0:
		return 7, "a week"
	}
	return 30, "in 30 days"
}

// typical is the value that decides the unit.
func typical(r kpi.Result) float64 {
	switch {
	case r.Value != nil:
		return *r.Value
	case r.AtLeast != nil:
		return *r.AtLeast
	case r.Previous != nil && r.Previous.Value != nil:
		return *r.Previous.Value
	}
	return 0
}

// number writes a value that rests on n cases, without its unit.
func (m measure) number(v float64, n int) string {
	if m.kpi.Unit == kpi.Ratio {
		return percent(v, n)
	}
	if m.kpi.Statistic == kpi.Tally {
		return whole(int(v))
	}
	return figures(v*m.factor, n)
}

// words writes a value with its unit.
func (m measure) words(v float64, n int) string {
	number := m.number(v, n)
	return strings.TrimSpace(number + " " + m.unitAfter(number))
}

// unitAfter is the unit as it follows a number.
func (m measure) unitAfter(number string) string {
	if number == "1" {
		return strings.TrimSuffix(m.unit, "s")
	}
	return m.unit
}

// maybe writes a value that may be unknown.
func (m measure) maybe(v *float64, n int) string {
	if v == nil {
		return unknownWord
	}
	return m.words(*v, n)
}

// unknownWord stands where a number is not known: never a 0.
const unknownWord = "not known"

// noDataWord stands in a table where there was nothing to measure.
const noDataWord = "no data"

// shown converts values to the unit they are shown in.
func (m measure) shown(v *float64) *float64 {
	if v == nil {
		return nil
	}
	converted := *v * m.factor
	return &converted
}

// format writes a value that is converted already, as a chart does.
func (m measure) format(v float64) string {
	number := figures(v, fewCases)
	return strings.TrimSpace(number + " " + m.unitAfter(number))
}

// nouns name what a KPI counts or takes the median of.
var nouns = map[string]string{
	"deployment-frequency":    "delivery",
	"lead-time-for-changes":   "change",
	"deployment-success-rate": "attempt",
	"deployment-duration":     "deployment",
	"pipeline-run-frequency":  "run",
	"changes-merged":          "merged change",
	"coding-time":             "change",
	"pickup-time":             "change",
	"review-time":             "change",
	"merge-wait":              "change",
	"change-size":             "change",
	"unreleased-changes":      "change",
}

// measureOf is the measure of a result, which counts releases where those stand
// for deployments.
func (b *book) measureOf(r kpi.Result) measure {
	m := measureOf(r)
	if m.noun == "delivery" && b.fromReleases(r) {
		m.noun = "release"
	}
	return m
}

// fromReleases reports whether releases or tags stand for deployments in every
// repository that a result rests on.
func (b *book) fromReleases(r kpi.Result) bool {
	for _, s := range b.shelves {
		if slices.Contains(r.Repositories, s.Name()) && !s.releasedAs() {
			return false
		}
	}
	return len(r.Repositories) > 0
}

// seconds is a number of seconds as a length of time.
func seconds(v float64) time.Duration { return time.Duration(v * float64(time.Second)) }

// figureWords writes a figure that stands beside a headline.
func figureWords(f kpi.Figure) string {
	switch {
	case f.Value == nil:
		return unknownWord
	case f.Unit == kpi.Seconds:
		return lasting(seconds(*f.Value))
	case f.Unit == kpi.Ratio:
		return percent(*f.Value, f.N) + " %"
	case f.Unit == kpi.PerDay:
		factor, unit := perPeriod(*f.Value)
		return figures(*f.Value*factor, f.N) + " " + unit
	}
	return figures(*f.Value, fewCases)
}
