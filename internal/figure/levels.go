package figure

import (
	"math"
	"strconv"
)

// levels shades days in five equal steps up to the largest value drawn.
type levels struct {
	most  float64
	whole bool // all values are whole numbers, so that steps can be named by them
}

const steps = 5

func newLevels(cells []cell) levels {
	l := levels{whole: true}
	for _, d := range cells {
		if d.value.Known {
			l.most = max(l.most, d.value.Number)
			l.whole = l.whole && d.value.Number == math.Trunc(d.value.Number)
		}
	}
	l.whole = l.whole && l.most < 1e9
	return l
}

// of is 0 for nothing, else 1 to 5.
func (l levels) of(v float64) int {
	if v <= 0 || l.most <= 0 {
		return 0
	}
	share := v / l.most * steps
	if l.whole {
		share = v * steps / l.most // exact at the border of two levels
	}
	return min(max(int(math.Ceil(share)), 1), steps)
}

// draw fills the cells, one path for each level: a year of days as six
// elements instead of 365.
func (l levels) draw(c *canvas, cells []cell, at func(cell) (x, y float64), pitch float64) {
	var tracks [steps + 1]track
	var missing track
	side := pitch - 1.5
	for _, d := range cells {
		x, y := at(d)
		if !d.value.Known {
			missing.cross(x+side/2, y+side/2)
			continue
		}
		t := &tracks[l.of(d.value.Number)]
		t.move(x, y)
		t.WriteString("h" + num(side) + "v" + num(side) + "h" + num(-side) + "z")
	}
	for i := range tracks {
		c.path(class(i), tracks[i].String())
	}
	c.path("fig-missing", missing.String())
}

// entries explain the shades that can occur.
func (l levels) entries(f Format, cells []cell) []entry {
	var entries []entry
	missing, none := false, false
	for _, d := range cells {
		missing = missing || !d.value.Known
		none = none || d.value.Known && l.of(d.value.Number) == 0
	}
	if missing {
		entries = append(entries, missingSwatch())
	}
	if none {
		entries = append(entries, swatch(f.number(Of(0), ""), class(0)))
	}
	for i := 1; i <= steps && l.most > 0; i++ {
		if name := l.name(f, i); name != "" {
			entries = append(entries, swatch(name, class(i)))
		}
	}
	return entries
}

// name is the range of level i: "3–4" for whole numbers, else its upper end;
// empty when no whole number falls into it.
func (l levels) name(f Format, i int) string {
	upper := l.most * float64(i) / steps
	if !l.whole {
		return "≤ " + f.number(Of(upper), "")
	}
	from, to := int(math.Floor(l.most*float64(i-1)/steps))+1, int(math.Floor(upper))
	switch {
	case from > to:
		return ""
	case from == to:
		return f.number(Of(float64(to)), "")
	}
	return strconv.Itoa(from) + "–" + strconv.Itoa(to)
}
