package kpi

import (
	"math"
	"time"

	"github.com/shipshape-report/shipshape"
)

// series counts the items again week by week. Weeks without an item are there
// too: 0 for a count, nil for a share or a median. A week that nobody saw is nil;
// one that was seen in part, or not of every repository, is marked partial, and a
// rate is per day of the part that was seen of any.
// The tally at the end of a week is nil where that instant was not seen.
func (k KPI) series(items []Item, scope Scope) []Point {
	var points []Point
	for _, week := range scope.Window.Weeks(scope.Zone) {
		seen := scope.seenByOne(week.Window)
		point := Point{Week: week, Days: seen.Days()}
		point.Week.Partial = week.Partial || scope.seenPart(week.Window) != week.Window
		if k.Statistic == Tally {
			point.N = tallyAt(items, scope.endOf(week))
			point.Value = ptr(float64(point.N))
		} else {
			a := amountOf(k.Statistic, within(items, week.Window), point.Days, 1)
			point.Value, point.N = a.value, a.n
		}
		if point.Days <= 0 || k.Statistic == Tally && scope.seenPart(week.Window).To != week.To {
			point.Value = nil
		}
		points = append(points, point)
	}
	return points
}

// within returns the items, counted or left out, whose instant lies in a window.
func within(items []Item, w shipshape.Window) []Item {
	var inside []Item
	for _, item := range items {
		if w.Contains(item.At) {
			inside = append(inside, item)
		}
	}
	return inside
}

// endOf returns the instant of a tally at the end of a week: what happens at that
// instant belongs to the next week, but as-of itself is still told of.
func (s Scope) endOf(week shipshape.Week) time.Time {
	if week.To.Equal(s.AsOf) {
		return week.To.Add(1)
	}
	return week.To
}

// tallyAt returns how many items there were just before an instant: those that
// had begun and not yet ceased. Items left out for another reason than having
// ceased were never among them.
func tallyAt(items []Item, at time.Time) int {
	n := 0
	for _, item := range items {
		stays := item.Excluded == ""
		ceasedLater := !item.Until.IsZero() && !item.Until.Before(at)
		if item.At.Before(at) && (stays || ceasedLater) {
			n++
		}
	}
	return n
}

// wholeWeeks returns the counts of the weeks that the window does not cut and that
// were wholly seen.
func wholeWeeks(series []Point) []int {
	var counts []int
	for _, p := range series {
		if !p.Week.Partial && p.Value != nil {
			counts = append(counts, p.N)
		}
	}
	return counts
}

// weekly returns how many items each week of a scope holds that was wholly seen.
func weekly(items []Item, scope Scope) []float64 {
	var counts []float64
	for _, week := range scope.Window.Weeks(scope.Zone) {
		if !week.Partial && scope.seenPart(week.Window) == week.Window {
			counts = append(counts, float64(len(included(within(items, week.Window)))))
		}
	}
	return counts
}

// regularity returns the share of whole weeks that hold at least one item, nil
// where the window holds no whole week.
func regularity(weeks []float64) *float64 {
	if len(weeks) == 0 {
		return nil
	}
	busy := 0.0
	for _, n := range weeks {
		busy += math.Min(n, 1)
	}
	return ptr(busy / float64(len(weeks)))
}
