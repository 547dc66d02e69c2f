package figure

import "html/template"

// Tile is the usual size of a sparkline.
var Tile = Size{Width: 160, Height: 32}

// Spark is a line without axes beside a number that says the same in words; it
// is hidden from assistive technology. It shows the shape, not the level: its
// lower edge is the smallest value, not zero.
type Spark struct {
	Values  []Value
	Partial bool // the last period is not over: its dot is hollow
}

// SVG draws the line, broken where a value is missing, with a dot on the last
// value. It is empty when no value is known.
func (k Spark) SVG(s Size) template.HTML {
	lo, hi, last := k.reach()
	if last < 0 {
		return ""
	}
	s = s.atLeast(24, 12)
	c := &canvas{size: s}
	c.put(`<svg xmlns="http://www.w3.org/2000/svg" class="fig-spark" aria-hidden="true" focusable="false" `)
	c.box(s)
	c.put(">")
	f := frame{left: 2, right: float64(s.Width) - 2}
	f.y = scale{lo: lo, hi: hi, from: float64(s.Height) - 4, to: 4}
	if lo == hi {
		f.y.from = float64(s.Height) / 2
	}
	n := len(k.Values)
	c.stroke(f, make([]Period, n), func(i int) Value { return k.Values[i].checked() }, colour(0))
	x, _ := f.slot(last, n)
	class := "fig-point "
	if k.Partial && last == n-1 {
		class = "fig-hollow "
	}
	c.circle(class+colour(0), x, f.y.at(k.Values[last].Number), 2.5)
	return c.html()
}

// reach is the range of the known values and the index of the last; -1 when
// there is none.
func (k Spark) reach() (lo, hi float64, last int) {
	last = -1
	for i, v := range k.Values {
		if v = v.checked(); !v.Known {
			continue
		}
		at := min(max(v.Number, -largest), largest)
		if last < 0 {
			lo, hi = at, at
		}
		lo, hi, last = min(lo, at), max(hi, at), i
	}
	return lo, hi, last
}
