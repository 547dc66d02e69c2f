package kpi

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// The numbers of findings are put into words here, and nowhere else: English,
// rounded for reading. The exact figures stand beside them in the result.

// count returns a number with its noun: "1 change", "12 changes".
func count(n int, noun string) string { return strconv.Itoa(n) + " " + plural(n, noun) }

// plural returns the noun as it follows a number.
func plural(n int, noun string) string {
	switch {
	case n == 1:
		return noun
	case strings.HasSuffix(noun, "y"):
		return strings.TrimSuffix(noun, "y") + "ies"
	}
	return noun + "s"
}

// verb returns the form of a verb that follows a number of things.
func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// duration words seconds in one unit: seconds below 90, minutes below 2 hours,
// hours below 3 days, then days.
func duration(seconds float64) string {
	switch {
	case seconds < 90:
		return quantity(seconds, "second")
	case seconds < 2*3600:
		return quantity(seconds/60, "minute")
	case seconds < 3*86400:
		return quantity(seconds/3600, "hour")
	}
	return quantity(seconds/86400, "day")
}

// quantity returns a number of units, with two significant figures below 10.
func quantity(value float64, unit string) string {
	words := figures(value)
	if words == "1" {
		return "1 " + unit
	}
	return words + " " + unit + "s"
}

// figures returns a number of at least 10 without decimals, a smaller one with
// two significant figures.
func figures(value float64) string {
	if value >= 9.95 || value == 0 {
		return strconv.FormatFloat(math.Round(value), 'f', -1, 64)
	}
	places := 1 - int(math.Floor(math.Log10(value)))
	words := strconv.FormatFloat(value, 'f', max(places, 1), 64)
	return strings.TrimSuffix(words, ".0")
}

// percent words a share that rests on n items: whole percents, which is two
// figures, and one decimal only from 1,000 items. A share that is not all and not
// nothing is never rounded to either.
func percent(share float64, n int) string {
	places, step := 0, 0.01
	if n >= 1000 {
		places, step = 1, 0.001
	}
	shown := math.Round(share/step) * step
	switch {
	case shown >= 1 && share < 1:
		shown = 1 - step
	case shown <= 0 && share > 0:
		shown = step
	}
	return strconv.FormatFloat(shown*100, 'f', places, 64) + " %"
}

// pace words a rate per day as a reader would say it: "about one every 3 days",
// "about 2.3 a day". A rate of 0 has no pace.
func pace(perDay float64) string {
	switch {
	case perDay <= 0:
		return ""
	case perDay >= 0.95:
		return fmt.Sprintf("about %s a day", figures(perDay))
	}
	return "about one every " + quantity(math.Round(2/perDay)/2, "day")
}

// days words the length of a window.
func days(n float64) string { return quantity(n, "day") }

// day returns the calendar day of an instant in UTC, as ISO 8601 writes it.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// list joins words: "a", "a and b", "a, b and c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// sentence begins a clause with a capital letter and ends it with a full stop;
// an empty one stays empty.
func sentence(clause string) string {
	clause = strings.TrimSpace(clause)
	if clause == "" {
		return ""
	}
	if c := clause[0]; 'a' <= c && c <= 'z' {
		clause = string(c-'a'+'A') + clause[1:]
	}
	if !strings.HasSuffix(clause, ".") {
		clause += "."
	}
	return clause
}
