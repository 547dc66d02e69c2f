package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
)

// stages draws the medians of the stages that stand beside a result. A stretch
// seen in fewer than half of the changes is left to the figures beside: drawn in
// one bar, stretches of different changes would look like one way.
func (b *book) stages(r kpi.Result, m measure) (Chart, bool) {
	c := Chart{ID: r.KPI.ID + "-stages", Kind: StageChart, Axis: "Stage", Measured: "Median", Format: func(v float64) string { return lasting(seconds(v)) }}
	t := Table{Head: []Cell{{Text: "Stage", Header: true}, {Text: "Median", Header: true, Numeric: true}, {Text: "n", Header: true, Numeric: true}}}
	var values []*float64
	for _, f := range r.Beside {
		name, ok := stageName(f)
		if !ok || f.Value == nil || f.N*2 < r.N {
			continue
		}
		c.Labels, values = append(c.Labels, name), append(values, f.Value)
		t.Rows = append(t.Rows, []Cell{{Text: Hostile(name), Header: true}, valueCell(f.Value, c.Format), {Text: Hostile(whole(f.N)), Numeric: true}})
	}
	if len(values) < 2 {
		return Chart{}, false
	}
	c.Series = []ChartSeries{{Name: "Median", Values: values}}
	longest := 0
	for i, v := range values {
		if *v > *values[longest] {
			longest = i
		}
	}
	c.Headline = fmt.Sprintf("The longest stage by its median is %s, with %s", c.Labels[longest], c.Format(*values[longest]))
	c.Subtitle = b.subtitle("Median of each stage; medians of stages need not add up to the median of the whole", r, m)
	t.Caption, c.Table = c.Headline, t
	return c, true
}

// stageNames are the stages as they are named beside a lead time.
var stageNames = []string{"coding", "pickup", "review", "merge wait", "deploy wait"}

// stageName returns the stage that a figure is the median of.
func stageName(f kpi.Figure) (string, bool) {
	name, ok := strings.CutPrefix(f.Name, "median ")
	return name, ok && f.Unit == kpi.Seconds && (slices.Contains(stageNames, name) || strings.HasSuffix(name, " seen"))
}
