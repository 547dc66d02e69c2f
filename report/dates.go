package report

import (
	"time"

	"github.com/shipshape-report/shipshape"
)

const dateFormat = "2 Jan 2006"

// date writes the day of an instant in UTC: "18 Aug 2026".
func date(t time.Time) string { return t.UTC().Format(dateFormat) }

// onDay is an instant of which readers see the day.
func onDay(t time.Time) Time { return Time{Stamp: t.UTC(), Text: date(t)} }

// atMinute is an instant of which readers see the minute.
func atMinute(t time.Time) Time {
	return Time{Stamp: t.UTC(), Text: t.UTC().Format("2 Jan 2006, 15:04") + " UTC"}
}

// period writes a window with its last day included: "20 May to 17 Aug 2026
// (UTC)".
func period(w shipshape.Window, zone *time.Location) string {
	first, last := w.From.In(zone), w.To.Add(-time.Nanosecond).In(zone)
	from := dateFormat
	if first.Year() == last.Year() {
		from = "2 Jan"
	}
	return first.Format(from) + " to " + last.Format(dateFormat) + " (" + zone.String() + ")"
}

// lasting writes a length of time in one unit: seconds below 90, minutes below
// two hours, hours below three days, then days.
func lasting(d time.Duration) string {
	if d <= 0 {
		return "0 s"
	}
	u := spanUnit(d.Seconds())
	number := figures(d.Seconds()/u.seconds, 1)
	return number + " " + u.named(number)
}

// span is a unit of time.
type span struct {
	seconds float64
	name    string
}

var (
	inSeconds = span{1, "s"}
	inMinutes = span{60, "min"}
	inHours   = span{3600, "h"}
	inDays    = span{86400, "days"}
)

// spanUnit returns the unit that a length of time reads best in.
func spanUnit(seconds float64) span {
	switch {
	case seconds < 90:
		return inSeconds
	case seconds < 2*3600:
		return inMinutes
	case seconds < 3*86400:
		return inHours
	}
	return inDays
}

// named is the unit's name after a number.
func (s span) named(number string) string {
	if s == inDays && number == "1" {
		return "day"
	}
	return s.name
}
