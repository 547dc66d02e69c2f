package shipshape

import (
	"fmt"
	"time"
)

// Day is the length of a day in a rate. Rates are per 24 hours whatever the zone
// does with its clocks.
const Day = 24 * time.Hour

// Window is a stretch of time, half-open: it holds From and not To.
type Window struct {
	From, To time.Time
}

// LastDays returns the window of n calendar days of zone that ends at the last
// midnight at or before asOf.
func LastDays(n int, asOf time.Time, zone *time.Location) Window {
	local := asOf.In(zone)
	y, m, d := local.Date()
	return Window{
		From: time.Date(y, m, d-n, 0, 0, 0, 0, zone).UTC(),
		To:   time.Date(y, m, d, 0, 0, 0, 0, zone).UTC(),
	}
}

// Contains reports whether t lies in the window.
func (w Window) Contains(t time.Time) bool { return !t.Before(w.From) && t.Before(w.To) }

// Days is the window's length in days of 24 hours.
func (w Window) Days() float64 { return w.To.Sub(w.From).Hours() / 24 }

// Previous returns the window of equal length that ends where this one begins.
func (w Window) Previous() Window { return Window{From: w.From.Add(-w.To.Sub(w.From)), To: w.From} }

// Week is the part of an ISO week that lies in a window.
type Week struct {
	Window
	Year, Number int  // ISO 8601 week date
	Partial      bool // cut by the window at either end
}

// Name returns the week as ISO 8601 writes it, "2026-W47".
func (w Week) Name() string { return fmt.Sprintf("%04d-W%02d", w.Year, w.Number) }

// Weeks cuts the window into ISO weeks of zone, in order and without a hole.
func (w Window) Weeks(zone *time.Location) []Week {
	var weeks []Week
	for start := mondayOf(w.From, zone); start.Before(w.To); {
		y, m, d := start.Date()
		next := time.Date(y, m, d+7, 0, 0, 0, 0, zone)
		year, number := start.ISOWeek()
		week := Week{Window: Window{From: start.UTC(), To: next.UTC()}, Year: year, Number: number}
		if start.Before(w.From) {
			week.From, week.Partial = w.From, true
		}
		if next.After(w.To) {
			week.To, week.Partial = w.To, true
		}
		weeks = append(weeks, week)
		start = next
	}
	return weeks
}

// mondayOf returns the midnight that begins t's ISO week in zone.
func mondayOf(t time.Time, zone *time.Location) time.Time {
	local := t.In(zone)
	y, m, d := local.Date()
	back := (int(local.Weekday()) + 6) % 7
	return time.Date(y, m, d-back, 0, 0, 0, 0, zone)
}
