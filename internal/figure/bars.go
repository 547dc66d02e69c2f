package figure

import "html/template"

// Bars draws one column per period from zero. A value may be stressed in part
// (failed of all deployments). A period that is not over is hatched; a zero is
// a thin tick on the base line; a missing value is a small cross.
type Bars struct {
	Headline  string // the finding, as the accessible name
	Period    string // heading of the table's first column: "Week"
	Name      string // what the columns count: "deployments"
	Highlight string // what the stressed part counts; empty for none
	Buckets   []Bucket
	Reference Reference
	Format    Format
	Ticks     []float64 // of the vertical axis; nil for a choice of our own
}

// Bucket is one column.
type Bucket struct {
	Period
	Value     Value
	Highlight Value  // part of Value, drawn from zero and never beyond Value
	Why       string // why Value is missing, for table and pointer
}

// Reference is a level across the plot, such as a median or a target, named in
// the right-hand gutter. The zero Reference draws nothing.
type Reference struct {
	Label string
	Value Value
}

// SVG draws the columns. The id names the figure within its page.
func (b Bars) SVG(id string, s Size) template.HTML {
	s = s.atLeast(160, 120)
	a := newAxis(b.values(), b.Format, b.Ticks)
	k := newKey(s, b.entries())
	notes := b.Reference.notes()
	f := newFrame(s, a, texts(notes), k)
	c := newCanvas(id, b.Headline, s)
	b.patterns(c)
	c.key(k, 0)
	c.grid(f, a)
	for i, bucket := range b.Buckets {
		c.hover(b.title(bucket), func() { b.column(c, f, i) })
	}
	c.reference(f, b.Reference)
	c.periods(f, axisNames(b.periods()))
	return c.html()
}

// column draws bucket i.
func (b Bars) column(c *canvas, f frame, i int) {
	bucket := b.Buckets[i]
	x, room := f.slot(i, len(b.Buckets))
	w := min(room*0.72, 40)
	v := bucket.Value.checked()
	zero := f.y.at(0)
	switch {
	case !v.Known:
		c.cross(x, zero-6)
	case v.Number == 0:
		c.rect("fig-zero", x-w/2, zero-2, w, 2)
	default:
		b.filled(c, f, bucket, x-w/2, w)
	}
}

// filled draws a column that is not zero, at least one pixel high.
func (b Bars) filled(c *canvas, f frame, bucket Bucket, x, w float64) {
	top, h := extent(f.y, bucket.Value.Number)
	if bucket.Partial {
		c.hatched("-part", x, top, w, h)
	} else {
		c.rect("fig-bar", x, top, w, h)
	}
	part := bucket.Highlight.checked()
	if b.Highlight == "" || !part.Known || part.Number*bucket.Value.Number <= 0 {
		return
	}
	top, h = extent(f.y, clamp(part.Number, bucket.Value.Number))
	if bucket.Partial {
		c.hatched("-part-high", x, top, w, h)
	} else {
		c.rect("fig-highlight", x, top, w, h)
	}
}

// extent is the upper edge and height of a column from zero to v.
func extent(y scale, v float64) (top, height float64) {
	zero, at := y.at(0), y.at(v)
	return min(zero, at), max(zero-at, at-zero, 1)
}

// clamp keeps a part within its whole; both have the same sign.
func clamp(part, whole float64) float64 {
	if whole < 0 {
		return max(part, whole)
	}
	return min(part, whole)
}

// patterns defines the hatching, only where something needs it.
func (b Bars) patterns(c *canvas) {
	if !anyPartial(b.periods()) {
		return
	}
	c.put("<defs>")
	c.pattern("-part", "fig-hatch")
	if b.Highlight != "" {
		c.pattern("-part-high", "fig-hatch-highlight")
	}
	c.put("</defs>")
}

// entries explain every kind of mark that a reader cannot know.
func (b Bars) entries() []entry {
	var entries []entry
	if b.Highlight != "" {
		entries = append(entries, swatch(or(b.Name, wordValue), "fig-bar"), swatch(b.Highlight, "fig-highlight"))
	}
	if anyPartial(b.periods()) {
		entries = append(entries, hatchSwatch("-part"))
	}
	for _, bucket := range b.Buckets {
		if !bucket.Value.checked().Known {
			return append(entries, missingSwatch())
		}
	}
	return entries
}

// title is what a pointer shows.
func (b Bars) title(bucket Bucket) string {
	text := bucket.tableName() + ": " + b.Format.number(bucket.Value, bucket.Why)
	if part := bucket.Highlight.checked(); b.Highlight != "" && part.Known && bucket.Value.checked().Known {
		text += ", " + b.Highlight + " " + b.Format.number(part, "")
	}
	return text
}

// values are all numbers the axis must span.
func (b Bars) values() []Value {
	values := []Value{b.Reference.Value}
	for _, bucket := range b.Buckets {
		values = append(values, bucket.Value)
	}
	return values
}

func (b Bars) periods() []Period {
	periods := make([]Period, len(b.Buckets))
	for i, bucket := range b.Buckets {
		periods[i] = bucket.Period
	}
	return periods
}

// Table returns the columns as text: period, value and, where there is one,
// the stressed part. Missing values give their reason.
func (b Bars) Table() (header []string, rows [][]string) {
	header = []string{or(b.Period, wordPeriod), or(b.Name, wordValue)}
	if b.Highlight != "" {
		header = append(header, clean(b.Highlight))
	}
	for _, bucket := range b.Buckets {
		row := []string{bucket.tableName(), b.Format.number(bucket.Value, bucket.Why)}
		if b.Highlight != "" {
			row = append(row, b.Format.number(bucket.Highlight, bucket.Why))
		}
		rows = append(rows, row)
	}
	return header, rows
}

func anyPartial(periods []Period) bool {
	for _, p := range periods {
		if p.Partial {
			return true
		}
	}
	return false
}
