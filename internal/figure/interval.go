package figure

import "html/template"

// Interval draws one row per repository, team or class: its value as a dot with
// the 95% interval as a whisker, on a common axis from zero. A row without a
// value says why instead.
type Interval struct {
	Headline string // the finding, as the accessible name
	Name     string // heading of the rows: "Repository"
	Measured string // heading of the values
	Rows     []IntervalRow
	Format   Format
	Ticks    []float64 // of the axis; nil for a choice of our own
}

// IntervalRow is one line of the chart. The whisker needs both ends.
type IntervalRow struct {
	Label            string
	Value, Low, High Value
	Why              string // why Value is missing
}

// bounded says whether the whisker can be drawn.
func (r IntervalRow) bounded() bool {
	return r.Value.checked().Known && r.Low.checked().Known && r.High.checked().Known
}

// pitch is the height of a row. In a narrow drawing the name stands on a line
// of its own, or a third of the width would be left for it.
func (v Interval) pitch(s Size) float64 {
	if s.narrow() {
		return 42
	}
	return 26
}

// SVG draws the rows, in the order given; its height follows from their number.
// The id names the figure within its page.
func (v Interval) SVG(id string, s Size) template.HTML {
	s = s.atLeast(160, 60)
	letter := s.text()
	s.Height = int(float64(max(len(v.Rows), 1))*v.pitch(s)+letter) + 16
	a := newAxis(v.values(), v.Format, v.Ticks)
	f := v.frame(s)
	x := scale{lo: a.lo, hi: a.hi, from: f.left, to: f.right}
	c := newCanvas(id, v.Headline, s)
	c.across(f, x, a.ticks, v.Format)
	for i, row := range v.Rows {
		c.hover(v.title(row), func() { v.row(c, f, x, i) })
	}
	if len(v.Rows) == 0 {
		c.text("fig-text", middle, (f.left+f.right)/2, v.pitch(s)/2, wordNoData)
	}
	return c.html()
}

// frame leaves up to a third of the width for names and a quarter for values.
func (v Interval) frame(s Size) frame {
	var labels, values []string
	for _, r := range v.Rows {
		labels = append(labels, r.Label)
		if r.Value.checked().Known {
			values = append(values, v.Format.number(r.Value, ""))
		}
	}
	w, letter := float64(s.Width), s.text()
	left := min(widest(labels, letter), w/3) + 12
	if s.narrow() {
		left = 12
	}
	return frame{
		letter: letter,
		left:   left,
		right:  w - min(widest(values, letter*bold), w/4) - 14,
		top:    2,
		bottom: float64(s.Height) - letter - 12,
	}
}

// row draws row i.
func (v Interval) row(c *canvas, f frame, x scale, i int) {
	r, pitch := v.Rows[i], v.pitch(c.size)
	y := f.top + (float64(i)+0.5)*pitch
	base := y + f.letter*0.35
	if c.size.narrow() {
		y += 10
		c.text("fig-text", start, 2, base-10, fit(r.Label, f.letter, float64(c.size.Width)-4))
		base += 10
	} else {
		c.text("fig-text", start, 2, base, fit(r.Label, f.letter, f.left-10))
	}
	value := r.Value.checked()
	if !value.Known {
		c.text("fig-text", start, f.left+6, base, fit(v.Format.number(value, r.Why), f.letter, float64(c.size.Width)-f.left-8))
		return
	}
	if r.bounded() {
		low, high := x.at(r.Low.Number), x.at(r.High.Number)
		c.line("fig-whisker", low, y, high, y)
		c.line("fig-whisker", low, y-4, low, y+4)
		c.line("fig-whisker", high, y-4, high, y+4)
	}
	c.circle("fig-point "+colour(0), x.at(value.Number), y, 4)
	label := v.Format.number(value, "")
	c.text("fig-strong", start, f.right+8, base, fit(label, f.letter*bold, float64(c.size.Width)-f.right-8))
}

// between names the interval in words.
func (v Interval) between(r IntervalRow) string {
	if !r.bounded() {
		return wordNoData
	}
	return v.Format.number(r.Low, "") + wordTo + v.Format.number(r.High, "")
}

// title is what a pointer shows.
func (v Interval) title(r IntervalRow) string {
	text := or(r.Label, wordRow) + ": " + v.Format.number(r.Value, r.Why)
	if r.bounded() {
		text += ", " + wordInterval + " " + v.between(r)
	}
	return text
}

// values are all numbers the axis must span.
func (v Interval) values() []Value {
	var values []Value
	for _, r := range v.Rows {
		values = append(values, r.Value)
		if r.bounded() {
			values = append(values, r.Low, r.High)
		}
	}
	return values
}

// Table returns one row per row of the chart: name, value, interval.
func (v Interval) Table() (header []string, rows [][]string) {
	for _, r := range v.Rows {
		rows = append(rows, []string{clean(r.Label), v.Format.number(r.Value, r.Why), v.between(r)})
	}
	return []string{or(v.Name, wordRow), or(v.Measured, wordValue), wordInterval}, rows
}
