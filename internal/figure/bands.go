package figure

import (
	"html/template"
	"slices"
	"strconv"
)

// enough is the number of items from which a period's upper percentiles say
// something; below it only the median is drawn.
const enough = 5

// Bands draws a median line with areas up to the 75th and the 90th percentile.
// Areas appear only for periods with at least five items and, like the line,
// break where a value is missing.
type Bands struct {
	Headline  string // the finding, as the accessible name
	Period    string // heading of the table's first column
	Points    []Spread
	Reference Reference
	Format    Format
	Ticks     []float64 // of the vertical axis; nil for a choice of our own
}

// Spread is the distribution within one period.
type Spread struct {
	Period
	N                int // items behind the percentiles
	Median, P75, P90 Value
	Why              string // why the median is missing
}

// banded says whether the areas may be drawn here.
func (s Spread) banded() bool {
	return s.N >= enough && s.Median.checked().Known && s.P75.checked().Known && s.P90.checked().Known
}

// SVG draws the areas, the line above them and their names. The id names the
// figure within its page.
func (b Bands) SVG(id string, s Size) template.HTML {
	s = s.atLeast(160, 120)
	a := newAxis(b.values(), b.Format, b.Ticks)
	periods := b.periods()
	k := newKey(s, partialEntries(periods))
	f := newFrame(s, a, append(texts(b.Reference.notes()), "median", "p75", "p90"), k)
	c := newCanvas(id, b.Headline, s)
	c.key(k, 0)
	c.grid(f, a)
	for _, run := range b.runs() {
		b.area(c, f, run, "fig-outer", func(p Spread) (Value, Value) { return p.P75, p.P90 })
		b.area(c, f, run, "fig-inner", func(p Spread) (Value, Value) { return p.Median, p.P75 })
	}
	c.stroke(f, periods, func(i int) Value { return b.Points[i].Median.checked() }, colour(0))
	for i, p := range b.Points {
		c.hover(b.title(p), func() { c.target(f, i, len(b.Points)) })
	}
	if r := b.Reference.Value.checked(); r.Known {
		c.line("fig-reference", f.left, f.y.at(r.Number), f.right, f.y.at(r.Number))
	}
	c.gutter(f, b.notes(f))
	c.periods(f, axisNames(periods))
	return c.html()
}

// target is an invisible column that shows its title under a pointer.
func (c *canvas) target(f frame, i, n int) {
	if !c.title {
		return
	}
	x, room := f.slot(i, n)
	c.put(`<rect fill="none" pointer-events="all"`)
	c.edges(x-room/2, f.top, room, f.bottom-f.top)
	c.put("/>")
}

// runs are the stretches of neighbouring periods with areas, as [from, to).
func (b Bands) runs() [][2]int {
	var runs [][2]int
	for i, p := range b.Points {
		switch {
		case !p.banded():
		case i > 0 && b.Points[i-1].banded():
			runs[len(runs)-1][1] = i + 1
		default:
			runs = append(runs, [2]int{i, i + 1})
		}
	}
	return runs
}

// area fills one run between two percentiles; a run of one is a short column.
func (b Bands) area(c *canvas, f frame, run [2]int, class string, edges func(Spread) (lower, upper Value)) {
	var t track
	step := t.move
	put := func(i int, dx float64, v Value) {
		x, _ := f.slot(i, len(b.Points))
		step(x+dx, f.y.at(v.Number))
		step = t.line
	}
	half := 0.0
	if run[1]-run[0] == 1 {
		half = 3
	}
	for i := run[0]; i < run[1]; i++ {
		_, upper := edges(b.Points[i])
		put(i, -half, upper)
	}
	if half > 0 {
		_, upper := edges(b.Points[run[0]])
		put(run[0], half, upper)
	}
	for i := run[1] - 1; i >= run[0]; i-- {
		lower, _ := edges(b.Points[i])
		put(i, half, lower)
	}
	if half > 0 {
		lower, _ := edges(b.Points[run[0]])
		put(run[0], -half, lower)
	}
	c.path(class, t.String()+"Z")
}

// notes name the line and the areas at the height of their ends.
func (b Bands) notes(f frame) []note {
	notes := b.Reference.notes()
	for i := range notes {
		notes[i].y = f.y.at(b.Reference.Value.Number)
	}
	reversed := slices.Clone(b.Points)
	slices.Reverse(reversed)
	if i := slices.IndexFunc(reversed, func(p Spread) bool { return p.Median.checked().Known }); i >= 0 {
		notes = append(notes, note{f.y.at(reversed[i].Median.Number), "median", "fig-strong"})
	}
	if i := slices.IndexFunc(reversed, Spread.banded); i >= 0 {
		p := reversed[i]
		notes = append(notes, note{f.y.at(p.P90.Number), "p90", "fig-text"}, note{f.y.at(p.P75.Number), "p75", "fig-text"})
	}
	return notes
}

// title is what a pointer shows.
func (b Bands) title(p Spread) string {
	text := p.tableName() + ": median " + b.Format.number(p.Median, p.Why)
	if p.banded() {
		text += ", p75 " + b.Format.number(p.P75, "") + ", p90 " + b.Format.number(p.P90, "")
	}
	return text + ", n " + strconv.Itoa(p.N)
}

func (b Bands) periods() []Period {
	periods := make([]Period, len(b.Points))
	for i, p := range b.Points {
		periods[i] = p.Period
	}
	return periods
}

// values are all numbers that are drawn.
func (b Bands) values() []Value {
	values := []Value{b.Reference.Value}
	for _, p := range b.Points {
		values = append(values, p.Median)
		if p.banded() {
			values = append(values, p.P75, p.P90)
		}
	}
	return values
}

// Table returns one row per period: n, median and, from five items up, the
// 75th and 90th percentile.
func (b Bands) Table() (header []string, rows [][]string) {
	header = []string{or(b.Period, wordPeriod), wordItems, wordMedian, "p75", "p90"}
	for _, p := range b.Points {
		row := []string{p.tableName(), strconv.Itoa(p.N), b.Format.number(p.Median, p.Why)}
		for _, v := range []Value{p.P75, p.P90} {
			if p.N < enough {
				row = append(row, wordTooFew)
			} else {
				row = append(row, b.Format.number(v, ""))
			}
		}
		rows = append(rows, row)
	}
	return header, rows
}
