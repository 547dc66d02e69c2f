package script

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// The units a quantity can carry.
const (
	Seconds = "seconds"
	PerDay  = "per day"
	Plain   = "" // a ratio or a count
)

// relativeTolerance is how far two numbers may be apart and still be the same.
const relativeTolerance = 1e-9

// Quantity is a number with its unit, as counted by hand.
type Quantity struct {
	Value float64 // durations in seconds
	Unit  string
	// Within is how far a value may lie from Value; 0 asks for the same number,
	// up to the last digits of a float64.
	Within float64
	Text   string // as written
}

// ParseQuantity reads 2h30m, 0.3/day, 0.75, 3/4 or 3/10/day. A ~ in front allows
// half of the last place: ~2h30m is anything within 30 seconds of it, ~0.67
// anything within 0.005.
func ParseQuantity(text string) (Quantity, error) {
	body, rough := strings.CutPrefix(text, "~")
	q := Quantity{Unit: Plain, Text: text}
	if d, err := parseDuration(body); err == nil {
		q.Unit, q.Value = Seconds, d.Seconds()
		if rough {
			q.Within = lastUnit(body).Seconds() / 2
		}
		return q, nil
	}
	number := body
	if n, ok := strings.CutSuffix(body, "/day"); ok {
		q.Unit, number = PerDay, n
	}
	value, err := fraction(number)
	if err != nil {
		return Quantity{}, fmt.Errorf("%q is no quantity: write 2h30m, 0.3/day, 3/10/day, 0.75 or 12", text)
	}
	q.Value = value
	if rough {
		q.Within = lastPlace(number) / 2
	}
	return q, nil
}

// Matches reports whether a value is the quantity.
func (q Quantity) Matches(value float64) bool {
	slack := relativeTolerance * max(math.Abs(q.Value), math.Abs(value))
	return math.Abs(q.Value-value) <= q.Within+slack
}

// Duration returns the quantity as a duration; it means nothing unless the unit is
// Seconds.
func (q Quantity) Duration() time.Duration {
	return time.Duration(math.Round(q.Value * float64(time.Second)))
}

// fraction reads a decimal number or one divided by another.
func fraction(text string) (float64, error) {
	above, below, divided := strings.Cut(text, "/")
	a, err := decimal(above)
	if err != nil || !divided {
		return a, err
	}
	b, err := decimal(below)
	if err != nil {
		return 0, err
	}
	if b == 0 {
		return 0, fmt.Errorf("%s divides by 0", text)
	}
	return a / b, nil
}

// decimal reads digits with at most one point among them.
func decimal(text string) (float64, error) {
	if strings.Trim(text, "0123456789.-") != "" {
		return 0, fmt.Errorf("%q is no number", text)
	}
	return strconv.ParseFloat(text, 64)
}

// lastUnit is the smallest unit a duration is written in.
func lastUnit(text string) time.Duration {
	switch text[len(text)-1] {
	case 'd':
		return 24 * time.Hour
	case 'h':
		return time.Hour
	case 'm':
		return time.Minute
	}
	return time.Second
}

// lastPlace is what one more in the last digit of a number is worth.
func lastPlace(text string) float64 {
	_, after, found := strings.Cut(text, ".")
	if !found {
		return 1
	}
	return math.Pow10(-len(after))
}
