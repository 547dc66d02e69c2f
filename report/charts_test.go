package report

import (
	"testing"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/kpi"
)

// A count that was made of a part of the repositories only is drawn as missing, so
// the headline may not speak of it.
func TestTallyHeadlineEndsWithTheLastWeekSeen(t *testing.T) {
	unreleased, ok := kpi.Lookup("unreleased-changes")
	if !ok {
		t.Fatal("no such KPI")
	}
	point := func(week, n int, seen bool) kpi.Point {
		p := kpi.Point{Week: shipshape.Week{Year: 2026, Number: week}, N: n}
		if v := float64(n); seen {
			p.Value = &v
		}
		return p
	}
	r := kpi.Result{KPI: unreleased, Series: []kpi.Point{
		point(20, 9, false), point(21, 31, true), point(22, 60, true), point(23, 2, false),
	}}
	want := "31 at the end of 2026-W21, 60 at the end of 2026-W22"
	if got := countHeadline(r, measureOf(r)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
