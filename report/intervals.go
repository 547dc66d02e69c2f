package report

import (
	"fmt"
	"slices"

	"github.com/shipshape-report/shipshape/kpi"
)

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
	c.Subtitle = b.subtitle("Each repository"+rangeClause(c)+inUnit(m), r, m)
	c.Table = intervalTable(c)
	return c, true
}

// rangeClause says that ranges are drawn, where there is one.
func rangeClause(c Chart) string {
	if slices.ContainsFunc(c.Low, func(end *float64) bool { return end != nil }) {
		return " with its 95 % range"
	}
	return ""
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
