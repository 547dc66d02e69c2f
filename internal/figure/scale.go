package figure

import "math"

// scale maps numbers to pixels, linearly or by logarithm, and keeps what lies
// outside at the edge.
type scale struct {
	lo, hi   float64 // numbers at the two ends; lo < hi
	from, to float64 // pixels at the two ends
	log      bool    // lo > 0
}

// at is the pixel of v.
func (s scale) at(v float64) float64 {
	v = min(max(v, s.lo), s.hi)
	lo, hi := s.lo, s.hi
	if s.log {
		v, lo, hi = math.Log(v), math.Log(lo), math.Log(hi)
	}
	if hi <= lo {
		return s.from
	}
	return s.from + (v-lo)/(hi-lo)*(s.to-s.from)
}

// largest bounds what an axis spans, so that no step overflows.
const largest = 1e300

// axis is a scale's range with its ticks and their labels.
type axis struct {
	lo, hi float64
	ticks  []float64
	labels []string
}

// newAxis spans zero and all known values with about four steps, or with the
// caller's ticks. Fewer steps are taken when two labels would read the same, so
// that counts of at most two never show halves.
func newAxis(values []Value, f Format, ticks []float64) axis {
	lo, hi := span(values)
	if given := usable(ticks); len(given) > 1 {
		return axis{lo: min(lo, given[0]), hi: max(hi, given[len(given)-1]), ticks: given, labels: f.all(given)}
	}
	for want := 4; ; want-- {
		a := niceAxis(lo, hi, want)
		a.labels = f.all(a.ticks)
		if want == 1 || distinct(a.labels) {
			return a
		}
	}
}

// span is the range of the known values together with zero; one unit when
// there is nothing to span.
func span(values []Value) (lo, hi float64) {
	for _, v := range values {
		if v = v.checked(); v.Known {
			lo, hi = min(lo, v.Number), max(hi, v.Number)
		}
	}
	if hi-lo < 1e-12 {
		return 0, 1
	}
	return max(lo, -largest), min(hi, largest)
}

// niceAxis widens the range to whole steps of 1, 2 or 5 times a power of ten.
func niceAxis(lo, hi float64, want int) axis {
	step := niceStep((hi - lo) / float64(want))
	first, last := math.Floor(lo/step), math.Ceil(hi/step-1e-9)
	a := axis{lo: first * step, hi: last * step}
	for i := first; i <= last; i++ {
		a.ticks = append(a.ticks, round(i*step, step))
	}
	return a
}

// niceStep is the smallest 1, 2 or 5 times a power of ten that is not less.
func niceStep(raw float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5} {
		if raw <= m*power*(1+1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// round removes the binary dust of a multiple of step.
func round(v, step float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(step)))
	if unit < 1e-200 || unit > 1e200 {
		return v
	}
	if unit < 1 {
		inverse := math.Round(1 / unit)
		return math.Round(v*inverse) / inverse
	}
	return math.Round(v/unit) * unit
}

// usable keeps the ticks that are numbers and rise.
func usable(ticks []float64) []float64 {
	var kept []float64
	for _, t := range ticks {
		if Of(t).Known && math.Abs(t) <= largest && (len(kept) == 0 || t > kept[len(kept)-1]) {
			kept = append(kept, t)
		}
	}
	return kept
}

func (f Format) all(ticks []float64) []string {
	labels := make([]string, len(ticks))
	for i, t := range ticks {
		labels[i] = f.number(Of(t), "")
	}
	return labels
}

func distinct(labels []string) bool {
	seen := make(map[string]bool, len(labels))
	for _, l := range labels {
		if seen[l] {
			return false
		}
		seen[l] = true
	}
	return true
}
