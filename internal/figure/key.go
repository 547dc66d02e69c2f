package figure

// entry explains one kind of mark.
type entry struct {
	text string
	draw func(c *canvas, x, y float64) // a mark of 10 by 10 pixels around the point
}

// key is a legend, broken into lines that fit the drawing.
type key struct {
	lines  [][]entry
	letter float64
	room   float64
}

const (
	keySwatch = 16.0 // mark and the space after it
	keyGap    = 16.0 // between two entries
)

// newKey lays out the entries; one that fills more than a line is shortened.
func newKey(s Size, entries []entry) key {
	k := key{letter: s.text(), room: float64(s.Width) - 4}
	used := 0.0
	for _, e := range entries {
		e.text = fit(e.text, k.letter, k.room-keySwatch)
		w := keySwatch + width(e.text, k.letter) + keyGap
		if len(k.lines) == 0 || used+w-keyGap > k.room {
			k.lines, used = append(k.lines, nil), 0
		}
		last := len(k.lines) - 1
		k.lines[last] = append(k.lines[last], e)
		used += w
	}
	return k
}

// pitch is the distance of two lines.
func (k key) pitch() float64 { return k.letter + 7 }

// height is the room the key takes.
func (k key) height() float64 { return float64(len(k.lines)) * k.pitch() }

// key draws the legend with its upper edge at top.
func (c *canvas) key(k key, top float64) {
	for row, line := range k.lines {
		x, y := 2.0, top+float64(row)*k.pitch()+k.letter
		for _, e := range line {
			e.draw(c, x+5, y-k.letter*0.35)
			c.text("fig-text", start, x+keySwatch, y, e.text)
			x += keySwatch + width(e.text, k.letter) + keyGap
		}
	}
}

// swatch is a filled square of the class.
func swatch(text, class string) entry {
	return entry{text, func(c *canvas, x, y float64) { c.rect(class, x-5, y-5, 10, 10) }}
}

// hatchSwatch explains unfinished periods.
func hatchSwatch(pattern string) entry {
	return entry{wordPart, func(c *canvas, x, y float64) { c.hatched(pattern, x-5, y-5, 10, 10) }}
}

// missingSwatch explains the cross.
func missingSwatch() entry {
	return entry{wordNoData, func(c *canvas, x, y float64) { c.cross(x, y) }}
}

// hollowSwatch explains hollow dots.
func hollowSwatch() entry {
	return entry{wordPart, func(c *canvas, x, y float64) { c.circle("fig-hollow fig-s1", x, y, 3) }}
}
