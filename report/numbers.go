package report

import (
	"math"
	"strconv"
	"strings"
)

// narrow is the space between groups of three digits: a thin one that does not
// break.
const narrow = "\u202f"

// fewCases is the number of cases below which a number is written with two
// significant figures, and from which with three.
const fewCases = 10

// whole writes a whole number.
func whole(n int) string { return grouped(strconv.Itoa(n)) }

// figures writes a number that rests on n cases: two significant figures below
// ten cases or below one, else three. Digits before the decimal point are never
// lost.
func figures(v float64, n int) string {
	significant := 3
	if n < fewCases || math.Abs(v) < 1 {
		significant = 2
	}
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return "0"
	}
	places := significant - 1 - int(math.Floor(math.Log10(math.Abs(v))))
	text := strconv.FormatFloat(v, 'f', max(places, 0), 64)
	if strings.Contains(text, ".") {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	return grouped(text)
}

// percent writes a share that rests on n cases, without the sign: whole percents,
// one decimal from a thousand cases. A share that is not all and not nothing is
// never rounded to either.
func percent(share float64, n int) string {
	places, step := 0, 1.0
	if n >= 1000 {
		places, step = 1, 0.1
	}
	shown := math.Round(share*100/step) * step
	switch {
	case shown >= 100 && share < 1:
		shown = 100 - step
	case shown <= 0 && share > 0:
		shown = step
	}
	return strconv.FormatFloat(shown, 'f', places, 64)
}

// grouped puts a narrow space between groups of three digits before the decimal
// point.
func grouped(number string) string {
	digits, decimals, _ := strings.Cut(number, ".")
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	text := sign + strings.Join(append([]string{digits}, groups...), narrow)
	if decimals != "" {
		text += "." + decimals
	}
	return text
}
