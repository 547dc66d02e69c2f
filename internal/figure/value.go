package figure

import (
	"math"
	"strconv"
)

// Value is a number or the honest absence of one. The zero Value is missing,
// which is never drawn like 0.
type Value struct {
	Number float64 // in the unit that the figure's Format expects
	Known  bool
}

// Of returns v as a known value; NaN and the infinities become missing.
func Of(v float64) Value {
	return Value{Number: v, Known: true}.checked()
}

// Maybe returns *p as a known value, or missing for nil.
func Maybe(p *float64) Value {
	if p == nil {
		return Value{}
	}
	return Of(*p)
}

// checked drops what cannot be drawn, also from values built by hand.
func (v Value) checked() Value {
	if !v.Known || math.IsNaN(v.Number) || math.IsInf(v.Number, 0) {
		return Value{}
	}
	return v
}

// Format writes a number with its unit, for an axis, a label or a table. Nil
// stands for the shortest decimal form.
type Format func(float64) string

// number formats v; a missing value gives why, or "no data" without a reason.
func (f Format) number(v Value, why string) string {
	v = v.checked()
	switch {
	case !v.Known && clean(why) != "":
		return clean(why)
	case !v.Known:
		return wordNoData
	case f == nil:
		return strconv.FormatFloat(v.Number, 'f', -1, 64)
	}
	return clean(f(v.Number))
}

// Size is the room of a drawing in CSS pixels. Charts made of rows take the
// height their rows need and only the width from here.
type Size struct{ Width, Height int }

// The two drawings of each chart. One scaled to fit both would make 12 px text
// unreadable on a phone, so a page carries both and shows one. Two wide ones stand
// beside each other on a desktop at their natural size.
var (
	Wide   = Size{Width: 560, Height: 250}
	Narrow = Size{Width: 360, Height: 240}
)

// narrowBelow is the width under which a drawing counts as narrow.
const narrowBelow = 480

// atLeast replaces sizes too small to hold a plot with the nearest that can.
func (s Size) atLeast(width, height int) Size {
	return Size{Width: min(max(s.Width, width), 4000), Height: min(max(s.Height, height), 4000)}
}

// narrow says whether the drawing is meant for a phone.
func (s Size) narrow() bool { return s.Width < narrowBelow }

// text is the size of letters. A narrow drawing shrinks by some pixels between
// the margins of a phone, hence one more.
func (s Size) text() float64 {
	if s.narrow() {
		return 13
	}
	return 12
}

// Period is one bucket of time on the horizontal axis.
type Period struct {
	Label   string // full name, for table and pointer: "2026-W47"
	Short   string // name on the axis: "W47"; empty for Label
	Partial bool   // cut by the window or not over yet
}

// axisName is what stands under the axis.
func (p Period) axisName() string {
	if clean(p.Short) != "" {
		return p.Short
	}
	return p.Label
}

// tableName is what stands in the first column of the table.
func (p Period) tableName() string {
	if p.Partial {
		return clean(p.Label) + wordPartMark
	}
	return clean(p.Label)
}

// or returns s cleaned, or the fallback when nothing is left of it.
func or(s, fallback string) string {
	if s = clean(s); s != "" {
		return s
	}
	return fallback
}
