package figure

import (
	"html/template"
	"math"
	"slices"
	"strconv"
)

// Strip shows how durations are distributed, on a logarithmic axis: a box from
// p25 to p75 with the median, a whisker to p90, and below it one dot per item.
// Where dots would pile up higher than the plot they become columns.
type Strip struct {
	Headline              string    // the finding, as the accessible name
	Name                  string    // what the items are, in the plural: "changes"
	Items                 []float64 // at or below zero: drawn at the axis's left end
	P25, Median, P75, P90 Value     // as computed by the caller; not estimated here
	Format                Format
	Ticks                 []float64 // positive and rising
}

const (
	dotPitch  = 7.0 // room of one dot
	dotRadius = 2.8
	boxHeight = 18.0
)

// SVG draws the strip, at most 200 pixels high. The id names the figure within
// its page.
func (t Strip) SVG(id string, s Size) template.HTML {
	s = s.atLeast(160, 140)
	s.Height = min(s.Height, 200)
	f, x := t.frame(s)
	piles, tallest := t.piles(x)
	rows := int((f.bottom - f.top) / dotPitch)
	if tallest <= rows {
		unused := float64(rows-max(tallest, 5)) * dotPitch
		s.Height -= int(unused)
		f.bottom -= math.Floor(unused)
	}
	k := newKey(s, t.entries(tallest, rows))
	c := newCanvas(id, t.Headline, s)
	c.key(k, 0)
	c.across(f, x, t.ticks(), t.Format)
	t.box(c, f, x, k.height()+f.letter+4)
	for i, n := range piles {
		pile(c, f, x.from+(float64(i)+0.5)*dotPitch, n, tallest, rows)
	}
	if len(t.Items) == 0 {
		c.text("fig-text", middle, (f.left+f.right)/2, f.bottom-8, wordNoData)
	}
	return c.html()
}

// frame leaves room for the name of p90 on the right and for key, median and
// box above the dots.
func (t Strip) frame(s Size) (frame, scale) {
	f := frame{letter: s.text(), left: 8, bottom: float64(s.Height) - s.text() - 12}
	f.right = float64(s.Width) - 8
	if label := t.upper(); label != "" {
		f.right -= min(width(label, f.letter), float64(s.Width)/3) + 4
	}
	oneLine := key{lines: make([][]entry, 1), letter: f.letter}
	f.top = oneLine.height() + f.letter + boxHeight + 14
	ticks := t.ticks()
	x := scale{lo: ticks[0], hi: ticks[len(ticks)-1], from: f.left, to: f.right, log: true}
	return f, x
}

// ticks are the caller's positive ticks, or powers of ten around the items.
func (t Strip) ticks() []float64 {
	given := slices.DeleteFunc(usable(t.Ticks), func(v float64) bool { return v < 1e-9 })
	if len(given) > 1 {
		return given
	}
	lo, hi := math.Inf(1), 0.0
	for _, v := range t.Items {
		if Of(v).Known && v >= 1e-9 && v <= largest {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if hi == 0 {
		return []float64{1, 10}
	}
	first := math.Floor(math.Log10(lo))
	last := max(math.Ceil(math.Log10(hi)), first+1)
	step := math.Ceil((last - first) / 8)
	var powers []float64
	for e := first; e < last+step; e += step {
		powers = append(powers, math.Pow(10, e))
	}
	return powers
}

// piles counts the items under each dot's room.
func (t Strip) piles(x scale) (counts []int, tallest int) {
	counts = make([]int, max(int((x.to-x.from)/dotPitch), 1))
	for _, v := range t.Items {
		if !Of(v).Known {
			continue
		}
		i := min(int((x.at(v)-x.from)/dotPitch), len(counts)-1)
		counts[i]++
		tallest = max(tallest, counts[i])
	}
	return counts, tallest
}

// pile draws n items above the axis: dots, or a column when the tallest pile
// would not fit as dots.
func pile(c *canvas, f frame, x float64, n, tallest, rows int) {
	if tallest > rows {
		h := float64(n) / float64(tallest) * (f.bottom - f.top)
		if n > 0 {
			h = max(h, 1)
		}
		c.rect("fig-bin", x-dotPitch/2+0.5, f.bottom-h, dotPitch-1, h)
		return
	}
	for row := range n {
		c.circle("fig-dot", x, f.bottom-(float64(row)+0.5)*dotPitch, dotRadius)
	}
}

// box draws the quartiles, as far as they are known, with its upper edge at
// top and the median's name above.
func (t Strip) box(c *canvas, f frame, x scale, top float64) {
	centre := top + boxHeight/2
	p25, median, p75, p90 := t.P25.checked(), t.Median.checked(), t.P75.checked(), t.P90.checked()
	if p75.Known && p90.Known {
		c.line("fig-whisker", x.at(p75.Number), centre, x.at(p90.Number), centre)
		c.line("fig-whisker", x.at(p90.Number), centre-5, x.at(p90.Number), centre+5)
		room := float64(c.size.Width) - x.at(p90.Number) - 6
		c.text("fig-text", start, x.at(p90.Number)+6, centre+f.letter*0.35, fit(t.upper(), f.letter, room))
	}
	if p25.Known && p75.Known {
		c.rect("fig-box", x.at(p25.Number), top, max(x.at(p75.Number)-x.at(p25.Number), 1), boxHeight)
	}
	if median.Known {
		at := x.at(median.Number)
		c.line("fig-median", at, top, at, top+boxHeight)
		label := fit("median "+t.Format.number(median, ""), f.letter*bold, float64(c.size.Width))
		half := width(label, f.letter*bold) / 2
		at = min(max(at, half), float64(c.size.Width)-half)
		c.text("fig-strong", middle, at, top-4, label)
	}
}

// upper is the name of the whisker's end.
func (t Strip) upper() string {
	if p := t.P90.checked(); p.Known && t.P75.checked().Known {
		return "p90 " + t.Format.number(p, "")
	}
	return ""
}

// entries say what a dot or a column stands for.
func (t Strip) entries(tallest, rows int) []entry {
	of := " of " + strconv.Itoa(t.n()) + " " + or(t.Name, "items")
	if tallest > rows {
		return []entry{swatch("tallest column: "+strconv.Itoa(tallest)+of, "fig-bin")}
	}
	return []entry{{"each dot: one" + of, func(c *canvas, x, y float64) { c.circle("fig-dot", x, y, dotRadius) }}}
}

// n counts the items that are numbers.
func (t Strip) n() int {
	n := 0
	for _, v := range t.Items {
		if Of(v).Known {
			n++
		}
	}
	return n
}

// Table returns n and the quantiles. The items themselves are the evidence
// rows of the page.
func (t Strip) Table() (header []string, rows [][]string) {
	rows = [][]string{{wordItems, strconv.Itoa(t.n())}}
	for _, q := range []struct {
		name  string
		value Value
	}{{"p25", t.P25}, {wordMedian, t.Median}, {"p75", t.P75}, {"p90", t.P90}} {
		rows = append(rows, []string{q.name, t.Format.number(q.value, "")})
	}
	return []string{wordMeasure, wordValue}, rows
}
