package figure

import (
	"html/template"
	"strconv"
)

// Lines draws one or several lines over the same periods, each named at its end
// in the right-hand gutter. A line breaks where a value is missing and is never
// joined across; the dot of a period that is not over is hollow.
type Lines struct {
	Headline  string // the finding, as the accessible name
	Period    string // heading of the table's first column
	Periods   []Period
	Series    []Series // six colours, then from the first again
	Reference Reference
	Format    Format
	Ticks     []float64 // of the vertical axis; nil for a choice of our own
}

// Series is one line. Values beyond the last period are ignored, those that are
// not there are missing.
type Series struct {
	Name   string
	Values []Value
}

// at is the value of period i.
func (s Series) at(i int) Value {
	if i >= len(s.Values) {
		return Value{}
	}
	return s.Values[i].checked()
}

// SVG draws the lines. The id names the figure within its page.
func (l Lines) SVG(id string, s Size) template.HTML {
	s = s.atLeast(160, 120)
	a := newAxis(l.values(), l.Format, l.Ticks)
	k := newKey(s, partialEntries(l.Periods))
	f := newFrame(s, a, append(texts(l.Reference.notes()), l.names()...), k)
	c := newCanvas(id, l.Headline, s)
	c.key(k, 0)
	c.grid(f, a)
	var notes []note
	for i, series := range l.Series {
		notes = append(notes, l.draw(c, f, series, colour(i))...)
	}
	if r := l.Reference.notes(); len(r) > 0 {
		r[0].y = f.y.at(l.Reference.Value.Number)
		c.line("fig-reference", f.left, r[0].y, f.right, r[0].y)
		notes = append(notes, r...)
	}
	c.gutter(f, notes)
	c.periods(f, axisNames(l.Periods))
	return c.html()
}

// draw draws one line and returns its name at the height of its end.
func (l Lines) draw(c *canvas, f frame, s Series, class string) []note {
	c.stroke(f, l.Periods, s.at, class)
	for i := len(l.Periods) - 1; i >= 0; i-- {
		if v := s.at(i); v.Known {
			return []note{{y: f.y.at(v.Number), text: s.Name, class: "fig-strong"}}
		}
	}
	return nil
}

// stroke draws a line in runs of known values, a dot for a run of one, and a
// hollow dot for each unfinished period.
func (c *canvas) stroke(f frame, periods []Period, at func(int) Value, class string) {
	var t track
	var dots [][2]float64
	n := len(periods)
	for i := range n {
		v := at(i)
		if !v.Known {
			continue
		}
		x, _ := f.slot(i, n)
		y := f.y.at(v.Number)
		before := i > 0 && at(i-1).Known
		after := i+1 < n && at(i+1).Known
		switch {
		case before:
			t.line(x, y)
		case after:
			t.move(x, y)
		default:
			dots = append(dots, [2]float64{x, y})
		}
	}
	c.path("fig-line "+class, t.String())
	for _, d := range dots {
		c.circle("fig-point "+class, d[0], d[1], 3)
	}
	for i, p := range periods {
		if v := at(i); p.Partial && v.Known {
			x, _ := f.slot(i, n)
			c.circle("fig-hollow "+class, x, f.y.at(v.Number), 3)
		}
	}
}

// colour is the class of the i-th series or stage.
func colour(i int) string {
	return "fig-s" + strconv.Itoa(i%6+1)
}

// partialEntries explain hollow dots, where there are any.
func partialEntries(periods []Period) []entry {
	if anyPartial(periods) {
		return []entry{hollowSwatch()}
	}
	return nil
}

func (l Lines) names() []string {
	var names []string
	for _, s := range l.Series {
		names = append(names, s.Name)
	}
	return names
}

// values are all numbers the axis must span.
func (l Lines) values() []Value {
	values := []Value{l.Reference.Value}
	for _, s := range l.Series {
		for i := range l.Periods {
			values = append(values, s.at(i))
		}
	}
	return values
}

// Table returns one row per period and one column per line.
func (l Lines) Table() (header []string, rows [][]string) {
	header = []string{or(l.Period, wordPeriod)}
	for _, s := range l.Series {
		header = append(header, or(s.Name, wordValue))
	}
	for i, p := range l.Periods {
		row := []string{p.tableName()}
		for _, s := range l.Series {
			row = append(row, l.Format.number(s.at(i), ""))
		}
		rows = append(rows, row)
	}
	return header, rows
}
