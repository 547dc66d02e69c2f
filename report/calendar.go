package report

import (
	"fmt"
	"time"

	"github.com/shipshape-report/shipshape/kpi"
)

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
