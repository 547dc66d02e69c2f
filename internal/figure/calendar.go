package figure

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strconv"
	"time"
)

// day is a day in seconds.
const day = 24 * 3600

// Calendar shades one cell per day, a column per ISO week: 53 weeks in the wide
// drawing and 24 in the narrow one, always the newest. A day that was looked at
// and had none is pale; one that was not looked at carries a cross; one that
// was not given has no cell.
type Calendar struct {
	Headline string // the finding, as the accessible name
	Days     []Day  // in any order; of two for the same date the later counts
	Format   Format
}

// Day is one cell. Only year, month and day of Date count, in its own location.
type Day struct {
	Date  time.Time
	Value Value
}

// cell is a day by number: days since 1 January 1970.
type cell struct {
	number int
	value  Value
}

// Monday is weekday 0; 1 January 1970 was a Thursday.
func (d cell) week() int    { return floorDiv(d.number+3, 7) }
func (d cell) weekday() int { return d.number + 3 - 7*d.week() }

func floorDiv(a, b int) int {
	return int(math.Floor(float64(a) / float64(b)))
}

// date is the calendar date of a day number.
func date(number int) time.Time {
	return time.Unix(int64(number)*day, 0).UTC()
}

// cells sorts the days and keeps the last of equal dates.
func (l Calendar) cells() []cell {
	cells := make([]cell, 0, len(l.Days))
	for _, d := range l.Days {
		y, m, dd := d.Date.Date()
		number := floorDiv(int(time.Date(y, m, dd, 0, 0, 0, 0, time.UTC).Unix()), day)
		cells = append(cells, cell{number, d.Value.checked()})
	}
	slices.SortStableFunc(cells, func(a, b cell) int { return cmp.Compare(a.number, b.number) })
	kept := cells[:0]
	for i, d := range cells {
		if i+1 == len(cells) || cells[i+1].number != d.number {
			kept = append(kept, d)
		}
	}
	return kept
}

const (
	wideWeeks   = 53
	narrowWeeks = 24
	widestCell  = 24.0 // few weeks fill the room, but a day is no poster
)

// SVG draws the weeks that have room; its height follows from the width. The id
// names the figure within its page.
func (l Calendar) SVG(id string, s Size) template.HTML {
	s = s.atLeast(160, 60)
	weeks := wideWeeks
	if s.narrow() {
		weeks = narrowWeeks
	}
	letter := s.text()
	left := widest(dayNames[:], letter) + 8
	cells := newest(l.cells(), weeks)
	pitch := min((float64(s.Width)-left-2)/float64(weeksOf(cells)), widestCell)
	lv := newLevels(cells)
	k := newKey(s, lv.entries(l.Format, cells))
	top := letter + 8
	s.Height = int(math.Ceil(top + 7*pitch + k.height() + 10))
	c := newCanvas(id, l.Headline, s)
	for i := 0; i < 7; i += 2 {
		c.text("fig-text", start, 0, top+(float64(i)+0.5)*pitch+letter*0.35, dayNames[i])
	}
	if len(cells) == 0 {
		c.text("fig-text", middle, float64(s.Width)/2, top+3.5*pitch, wordNoData)
		return c.html()
	}
	first := cells[0].week()
	c.months(first, cells[len(cells)-1].week(), left, pitch, letter)
	lv.draw(c, cells, func(d cell) (x, y float64) {
		return left + float64(d.week()-first)*pitch, top + float64(d.weekday())*pitch
	}, pitch)
	c.key(k, top+7*pitch+4)
	return c.html()
}

// newest keeps the days of the last weeks.
func newest(cells []cell, weeks int) []cell {
	if len(cells) == 0 {
		return nil
	}
	from := cells[len(cells)-1].week() - weeks + 1
	i := slices.IndexFunc(cells, func(d cell) bool { return d.week() >= from })
	return cells[i:]
}

// weeksOf counts the weeks from the first day to the last; 1 for none.
func weeksOf(cells []cell) int {
	if len(cells) == 0 {
		return 1
	}
	return cells[len(cells)-1].week() - cells[0].week() + 1
}

// months names each month above the first week that begins in it, where the
// name before has left room.
func (c *canvas) months(first, last int, left, pitch, letter float64) {
	free := 0.0
	before := date(first*7 - 3 - 7).Month()
	for w := first; w <= last; w++ {
		month := date(w*7 - 3).Month()
		x := left + float64(w-first)*pitch
		name := monthNames[month-1]
		if month != before && x >= free && x+width(name, letter) <= float64(c.size.Width) {
			c.text("fig-text", start, x, letter, name)
			free = x + width(name, letter) + 6
		}
		before = month
	}
}

// Table returns one row per week that has a day: its Monday, then seven days.
// A day that was not given is empty, a missing value reads "no data".
func (l Calendar) Table() (header []string, rows [][]string) {
	header = append([]string{wordWeek}, dayNames[:]...)
	week := 0
	for _, d := range l.cells() {
		if len(rows) == 0 || d.week() != week {
			week = d.week()
			row := make([]string, 8)
			row[0] = date(week*7 - 3).Format(time.DateOnly)
			rows = append(rows, row)
		}
		rows[len(rows)-1][1+d.weekday()] = l.Format.number(d.value, "")
	}
	return header, rows
}

// class is the level's class name.
func class(level int) string { return "fig-c" + strconv.Itoa(level) }
