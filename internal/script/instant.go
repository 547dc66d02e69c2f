package script

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// instantLayouts are the ways to write an instant in UTC, after the year has been
// put in front of those without one.
var instantLayouts = []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02"}

// clock reads instants.
type clock struct {
	year int // put in front of instants written without one; 0 before it is known
}

// absolute reads 2026-03-01T10:00:00, with or without seconds, time of day, or
// year.
func (c clock) absolute(text string) (time.Time, error) {
	full := text
	if len(text) >= 5 && text[2] == '-' {
		if c.year == 0 {
			return time.Time{}, fmt.Errorf("instant %s has no year, and no window or asof stands before it", text)
		}
		full = fmt.Sprintf("%04d-%s", c.year, text)
	}
	for _, layout := range instantLayouts {
		if t, err := time.Parse(layout, full); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no instant: write 03-01T10:00 or 2026-03-01T10:00:00", text)
}

// near reads an instant, or a distance from base: +1h30m, -2d.
func (c clock) near(base time.Time, text string) (time.Time, error) {
	if !strings.HasPrefix(text, "+") && !strings.HasPrefix(text, "-") {
		return c.absolute(text)
	}
	d, err := parseDuration(text[1:])
	if err != nil {
		return time.Time{}, err
	}
	if text[0] == '-' {
		d = -d
	}
	return base.Add(d), nil
}

// mostDays bounds durations, far inside what time.Duration can hold.
const mostDays = 100_000

// parseDuration reads days, hours, minutes and seconds, in that order: 1d2h30m.
// A bare 0 is no duration at all and is refused; 0s is one.
func parseDuration(text string) (time.Duration, error) {
	units := []struct {
		letter string
		length time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}, {"s", time.Second}}
	total, rest := time.Duration(0), text
	for _, u := range units {
		digits, after, found := strings.Cut(rest, u.letter)
		if !found {
			continue
		}
		n, err := strconv.ParseUint(digits, 10, 32)
		if err != nil || n > uint64(mostDays*24*time.Hour/u.length) {
			return 0, noDuration(text)
		}
		total += time.Duration(n) * u.length
		rest = after
	}
	if rest != "" || text == "" || total > mostDays*24*time.Hour {
		return 0, noDuration(text)
	}
	return total, nil
}

func noDuration(text string) error {
	return fmt.Errorf("%q is no duration: write 1d2h30m or 45s", text)
}
