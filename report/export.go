package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
)

// Index makes the list of KPIs alone, for a reader without a browser. Its rows
// are in the order of s.Results.
func Index(s kpi.Scorecard, o Options) *KPIIndex {
	return newBook(s, o).kpiIndex(place{kpisPath}).(*KPIIndex)
}

// Explained makes the page of one KPI alone; false for an unknown id.
func Explained(s kpi.Scorecard, o Options, id string) (*KPIPage, bool) {
	i := slices.IndexFunc(s.Results, func(r kpi.Result) bool { return r.KPI.ID == id })
	if i < 0 {
		return nil, false
	}
	return newBook(s, o).kpiPage(place{kpiPath(id)}, i).(*KPIPage), true
}

// Data makes the document that a site publishes as data/scorecard.json. Written
// with [EncodeData] it is the same bytes.
func Data(s kpi.Scorecard, o Options) *ScorecardData {
	return newBook(s, o).scorecardData(place{scorecardPath}).(*ScorecardData)
}

// Arithmetic says step by step how a result's items amount to its headline, a
// sentence each; nothing for a result without a number.
func Arithmetic(r kpi.Result) []string {
	if !known(r) {
		return nil
	}
	m := measureOf(r)
	return append(m.steps(r), leavings(r)...)
}

// steps are the arithmetic of each statistic.
func (m measure) steps(r kpi.Result) []string {
	switch r.KPI.Statistic {
	case kpi.Rate:
		return []string{fmt.Sprintf("%s ÷ %s days = %s a day%s.", m.counted(*r.Numerator), exact(*r.Denominator), exact(*r.Value), m.shownAs(r))}
	case kpi.Share:
		return []string{fmt.Sprintf("%s of the numerator ÷ %s in all = %s%s.", exact(*r.Numerator), m.counted(*r.Denominator), exact(*r.Value), m.shownAs(r))}
	case kpi.Tally:
		return []string{fmt.Sprintf("%s counted one by one = %s.", count(r.N, m.noun), exact(*r.Value))}
	}
	return m.middle(r)
}

// counted is a sum of weights with its noun.
func (m measure) counted(weight float64) string {
	if weight == 1 {
		return "1 " + m.noun
	}
	return exact(weight) + " " + plural(2, m.noun)
}

// shownAs leads from the exact number to the one readers see.
func (m measure) shownAs(r kpi.Result) string {
	return ", shown as " + m.words(*r.Value, r.N)
}

// middle is the arithmetic of a median.
func (m measure) middle(r kpi.Result) []string {
	var values []float64
	open := 0
	for _, item := range r.Evidence {
		switch {
		case item.Excluded != "":
		case item.Censored:
			open++
		default:
			values = append(values, item.Value)
		}
	}
	slices.Sort(values)
	all := len(values) + open
	switch {
	case r.Value == nil:
		return []string{fmt.Sprintf("%s, of which %s not finished: more than half may take longer than %s, so there is no median yet.", count(all, m.noun), whole(open)+either(open, " is", " are"), m.maybe(r.AtLeast, r.N))}
	case open > 0:
		return []string{fmt.Sprintf("%s, of which %s not finished; by Kaplan and Meier half are done after %s%s.", count(all, m.noun), whole(open)+either(open, " is", " are"), m.plain(*r.Value), m.shownAs(r))}
	}
	lines := []string{fmt.Sprintf("%s in order of size, from %s to %s.", count(all, "value"), m.plain(values[0]), m.plain(values[all-1]))}
	if all%2 == 1 {
		return append(lines, fmt.Sprintf("The middle one, number %s, is %s%s.", whole(all/2+1), m.plain(values[all/2]), m.shownAs(r)))
	}
	low, high := values[all/2-1], values[all/2]
	return append(lines, fmt.Sprintf("The two in the middle, numbers %s and %s, are %s and %s; halfway lies %s%s.",
		whole(all/2), whole(all/2+1), m.plain(low), m.plain(high), m.plain(*r.Value), m.shownAs(r)))
}

// plain is a value as it is in the data, with its unit.
func (m measure) plain(v float64) string {
	if m.kpi.Unit == kpi.Seconds {
		return exact(v) + " s"
	}
	return strings.TrimSpace(exact(v) + " " + m.unit)
}

// exact writes a number of the data with up to six significant decimals.
func exact(v float64) string {
	text := fmt.Sprintf("%.6f", v)
	text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	return grouped(text)
}

// mostLeavings is how many reasons are told apart; a page lists every item.
const mostLeavings = 6

// leavings say what was looked at and does not count, the commonest reason first.
func leavings(r kpi.Result) []string {
	times := map[string]int{}
	for _, item := range r.Evidence {
		if item.Excluded != "" {
			times[item.Excluded]++
		}
	}
	reasons := slices.SortedFunc(maps.Keys(times), func(x, y string) int {
		return cmp.Or(times[y]-times[x], strings.Compare(x, y))
	})
	var lines []string
	rest := 0
	for i, reason := range reasons {
		if i >= mostLeavings {
			rest += times[reason]
			continue
		}
		lines = append(lines, leftOut(times[reason], "left out: "+sentence(reason)))
	}
	if rest > 0 {
		lines = append(lines, leftOut(rest, "left out for other reasons."))
	}
	return lines
}

func leftOut(n int, words string) string {
	return count(n, "item") + either(n, " is ", " are ") + words
}
