package figure

import "html/template"

// Stages draws named lengths of time end to end as one bar. A name that does
// not fit its segment moves below the bar, in the same order; so do stages of
// zero length and those that are missing, which have no segment.
type Stages struct {
	Headline string // the finding, as the accessible name
	Name     string // heading of the stages; empty for "Stage"
	Measured string // heading of the lengths: "Median"
	Parts    []Stage
	Format   Format
}

// Stage is one segment. A negative length cannot be drawn and counts as
// missing.
type Stage struct {
	Name  string
	Value Value
	Why   string // why Value is missing
}

const stageHeight = 46.0

// length is the drawable value.
func (p Stage) length() Value {
	v := p.Value.checked()
	if v.Number < 0 {
		return Value{}
	}
	return v
}

// SVG draws the bar and, below it, what did not fit. The id names the figure
// within its page.
func (t Stages) SVG(id string, s Size) template.HTML {
	s = s.atLeast(160, 60)
	widths := t.widths(float64(s.Width) - 4)
	k := newKey(s, t.outside(s, widths))
	s.Height = int(stageHeight+k.height()) + 14
	c := newCanvas(id, t.Headline, s)
	x := 2.0
	for i, part := range t.Parts {
		if widths[i] > 0 {
			c.hover(t.title(part), func() { t.segment(c, part, i, x, widths[i]) })
			x += widths[i]
		}
	}
	if x == 2 {
		c.text("fig-text", middle, float64(s.Width)/2, stageHeight/2, wordNoData)
	}
	c.key(k, stageHeight+6)
	return c.html()
}

// widths shares the room among the stages, three pixels at least for one that
// is not zero.
func (t Stages) widths(room float64) []float64 {
	longest := 0.0
	for _, p := range t.Parts {
		longest = max(longest, p.length().Number)
	}
	total := 0.0
	for _, p := range t.Parts {
		if longest > 0 {
			total += p.length().Number / longest // relative, so that the sum stays finite
		}
	}
	widths := make([]float64, len(t.Parts))
	sum := 0.0
	for i, p := range t.Parts {
		if v := p.length().Number; v > 0 {
			widths[i] = max(v/longest/total*room, 3)
			sum += widths[i]
		}
	}
	for i := range widths {
		if sum > 0 {
			widths[i] *= room / sum
		}
	}
	return widths
}

// segment draws stage i with its name and length, when they fit.
func (t Stages) segment(c *canvas, p Stage, i int, x, w float64) {
	c.rect("fig-stage "+colour(i), x, 2, max(w-1, 1), stageHeight-4)
	letter := c.size.text()
	if !t.fits(p, letter, w) {
		return
	}
	c.text("fig-on", start, x+6, 2+letter+4, p.Name)
	c.text("fig-on", start, x+6, 2+2*letter+8, t.Format.number(p.length(), ""))
}

// fits says whether name and length have room in a segment of width w.
func (t Stages) fits(p Stage, letter, w float64) bool {
	return max(width(clean(p.Name), letter), width(t.Format.number(p.length(), ""), letter))+14 <= w
}

// outside are the labels that moved below the bar.
func (t Stages) outside(s Size, widths []float64) []entry {
	var entries []entry
	for i, p := range t.Parts {
		switch {
		case !p.length().Known:
			entries = append(entries, entry{t.title(p), func(c *canvas, x, y float64) { c.cross(x, y) }})
		case widths[i] == 0:
			entries = append(entries, entry{t.title(p), func(c *canvas, x, y float64) { c.rect("fig-zero", x-5, y+3, 10, 2) }})
		case !t.fits(p, s.text(), widths[i]):
			entries = append(entries, swatch(t.title(p), "fig-stage "+colour(i)))
		}
	}
	return entries
}

// title is name and length in one line.
func (t Stages) title(p Stage) string {
	return or(p.Name, wordStage) + ": " + t.Format.number(p.length(), p.Why)
}

// Table returns one row per stage.
func (t Stages) Table() (header []string, rows [][]string) {
	for _, p := range t.Parts {
		rows = append(rows, []string{clean(p.Name), t.Format.number(p.length(), p.Why)})
	}
	return []string{or(t.Name, wordStage), or(t.Measured, wordValue)}, rows
}
