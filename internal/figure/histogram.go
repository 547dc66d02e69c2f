package figure

import (
	"html/template"
	"strconv"
)

// Histogram draws counts in adjoining bins that the caller has cut and named.
// An empty bin is a counted zero.
type Histogram struct {
	Headline string // the finding, as the accessible name
	Name     string // heading of the bins: "Lead time"
	Counted  string // heading of the counts: "changes"
	Bins     []Bin
}

// Bin is one column; a negative count is drawn as zero.
type Bin struct {
	Label string
	Count int
}

// SVG draws the bins with their counts above them where there is room. The id
// names the figure within its page.
func (h Histogram) SVG(id string, s Size) template.HTML {
	s = s.atLeast(160, 120)
	a := newAxis(h.values(), whole, nil)
	f := newFrame(s, a, nil, newKey(s, nil))
	f.top += f.letter
	f.bottom -= f.letter + 4 // names stand on two lines where one is too short
	f.y = scale{lo: a.lo, hi: a.hi, from: f.bottom, to: f.top}
	c := newCanvas(id, h.Headline, s)
	c.grid(f, a)
	for i, bin := range h.Bins {
		c.hover(clean(bin.Label)+": "+bin.count(), func() { h.column(c, f, i) })
	}
	h.names(c, f)
	return c.html()
}

// names writes every bin's name, in turn on two lines when the longest does not
// fit its bin: a bin without a name says nothing.
func (h Histogram) names(c *canvas, f frame) {
	names := make([]string, len(h.Bins))
	for i, bin := range h.Bins {
		names[i] = bin.Label
	}
	_, room := f.slot(0, len(names))
	if len(names) < 2 || widest(names, f.letter)+6 <= room || room*2 < 40 {
		c.periods(f, names)
		return
	}
	for i, name := range names {
		x, _ := f.slot(i, len(names))
		name = fit(name, f.letter, room*2-8)
		half := width(name, f.letter) / 2
		x = min(max(x, half), float64(c.size.Width)-half)
		c.text("fig-text", middle, x, f.bottom+f.letter+6+float64(i%2)*(f.letter+3), name)
	}
}

// column draws bin i.
func (h Histogram) column(c *canvas, f frame, i int) {
	bin := h.Bins[i]
	x, room := f.slot(i, len(h.Bins))
	w := max(room-2, room*0.8)
	top, height := f.bottom-2, 2.0
	if bin.Count <= 0 {
		c.rect("fig-zero", x-w/2, top, w, height)
	} else {
		top, height = extent(f.y, float64(bin.Count))
		c.rect("fig-bar", x-w/2, top, w, height)
	}
	if label := bin.count(); width(label, f.letter) <= room {
		c.text("fig-text", middle, x, top-4, label)
	}
}

func (b Bin) count() string { return strconv.Itoa(max(b.Count, 0)) }

func (h Histogram) values() []Value {
	values := make([]Value, len(h.Bins))
	for i, b := range h.Bins {
		values[i] = Of(float64(max(b.Count, 0)))
	}
	return values
}

// whole writes a count.
func whole(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) }

// Table returns one row per bin.
func (h Histogram) Table() (header []string, rows [][]string) {
	for _, b := range h.Bins {
		rows = append(rows, []string{clean(b.Label), b.count()})
	}
	return []string{or(h.Name, wordBin), or(h.Counted, wordCount)}, rows
}
