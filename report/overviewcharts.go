package report

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

// overviewCharts are the charts that have data, the most telling first.
func (b *book) overviewCharts() []Chart {
	var charts []Chart
	add := func(id string, draw func(kpi.Result, measure) (Chart, bool)) {
		r, ok := b.score.Result(id)
		if !ok || !telling(r) || len(charts) == mostCharts {
			return
		}
		if c, ok := draw(r, b.measureOf(r)); ok {
			charts = append(charts, c)
		}
	}
	add("deployment-frequency", b.weekly)
	add("lead-time-for-changes", b.trendOrSpread)
	add("changes-merged", b.weekly)
	add("deployment-frequency", b.calendar)
	for _, id := range []string{"pickup-time", "changes-merged", "unreleased-changes", "coding-time"} {
		if drawn := slices.ContainsFunc(charts, func(c Chart) bool { return strings.HasSuffix(c.ID, "-days") }); len(charts) < mostCharts && (id != "changes-merged" || !drawn) {
			add(id, b.either)
		}
	}
	return charts
}

// trendOrSpread draws a duration week by week where at least four weeks hold
// enough to say something, else its spread. So are services that are released in
// different ways: their weeks cannot be blended into one line.
func (b *book) trendOrSpread(r kpi.Result, m measure) (Chart, bool) {
	enough := 0
	for _, point := range r.Series {
		if point.N >= 5 {
			enough++
		}
	}
	if enough >= 4 && !b.mixed(r) {
		return b.weekly(r, m)
	}
	return b.strip(r, m)
}

// mixed reports whether a result rests on repositories with different sources of
// deployments.
func (b *book) mixed(r kpi.Result) bool {
	kinds := map[timeline.SourceKind]bool{}
	for _, s := range b.shelves {
		if slices.Contains(r.Repositories, s.Name()) {
			kinds[s.Source.Kind] = true
		}
	}
	return len(kinds) > 1
}

// either draws a duration as above, anything else as calendar or week by week.
func (b *book) either(r kpi.Result, m measure) (Chart, bool) {
	switch r.KPI.Statistic {
	case kpi.Median:
		return b.trendOrSpread(r, m)
	case kpi.Rate:
		return b.calendar(r, m)
	}
	return b.weekly(r, m)
}

// telling reports whether a chart of a result shows more than its number does.
func telling(r kpi.Result) bool {
	return known(r) && (r.KPI.Statistic == kpi.Tally || r.N >= 5)
}
