package figure

import (
	"html"
	"html/template"
	"math"
	"strconv"
	"strings"
)

// canvas writes SVG elements. All text passes through clean and an escape, all
// numbers through num: nothing else reaches the document.
type canvas struct {
	b     strings.Builder
	id    string
	size  Size
	title bool // marks may carry a title for the pointer
}

// newCanvas opens the document. The headline is its accessible name. Wide and
// narrow drawings of one figure stand in one page, so their ids differ.
func newCanvas(id, headline string, s Size) *canvas {
	c := &canvas{id: identifier(id) + "-w", size: s, title: !s.narrow()}
	kind := "fig-wide"
	if s.narrow() {
		c.id, kind = identifier(id)+"-n", "fig-narrow"
	}
	c.put(`<svg xmlns="http://www.w3.org/2000/svg" class="fig `, kind, `" role="img" aria-label="`,
		html.EscapeString(or(headline, wordChart)), `" `)
	c.box(s)
	c.put(` font-size="`, num(s.text()), `">`)
	return c
}

// box writes the natural size and the coordinate system.
func (c *canvas) box(s Size) {
	w, h := strconv.Itoa(s.Width), strconv.Itoa(s.Height)
	c.put(`viewBox="0 0 `, w, ` `, h, `" width="`, w, `" height="`, h, `"`)
}

// html closes the document.
func (c *canvas) html() template.HTML {
	c.put("</svg>")
	return template.HTML(c.b.String())
}

func (c *canvas) put(parts ...string) {
	for _, p := range parts {
		c.b.WriteString(p)
	}
}

// attr writes one numeric attribute.
func (c *canvas) attr(name string, v float64) {
	c.put(` `, name, `="`, num(v), `"`)
}

// rect draws a filled rectangle; none at all without an area.
func (c *canvas) rect(class string, x, y, w, h float64) {
	if w <= 0 || h <= 0 {
		return
	}
	c.put(`<rect class="`, class, `"`)
	c.edges(x, y, w, h)
	c.put("/>")
}

// hatched draws a rectangle filled with one of the patterns.
func (c *canvas) hatched(pattern string, x, y, w, h float64) {
	if w <= 0 || h <= 0 {
		return
	}
	c.put(`<rect fill="url(#`, c.id, pattern, `)"`)
	c.edges(x, y, w, h)
	c.put("/>")
}

func (c *canvas) edges(x, y, w, h float64) {
	c.attr("x", x)
	c.attr("y", y)
	c.attr("width", w)
	c.attr("height", h)
}

// pattern defines hatching that hatched can use by the same name.
func (c *canvas) pattern(name, lines string) {
	c.put(`<pattern id="`, c.id, name,
		`" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">`,
		`<rect class="fig-partial" width="5" height="5"/>`,
		`<line class="`, lines, `" x1="1" y1="0" x2="1" y2="5"/></pattern>`)
}

// line draws a straight stroke.
func (c *canvas) line(class string, x1, y1, x2, y2 float64) {
	c.put(`<line class="`, class, `"`)
	c.attr("x1", x1)
	c.attr("y1", y1)
	c.attr("x2", x2)
	c.attr("y2", y2)
	c.put("/>")
}

// circle draws a dot.
func (c *canvas) circle(class string, x, y, r float64) {
	c.put(`<circle class="`, class, `"`)
	c.attr("cx", x)
	c.attr("cy", y)
	c.attr("r", r)
	c.put("/>")
}

// path draws outline data built by a track; none when it is empty.
func (c *canvas) path(class, d string) {
	if d != "" {
		c.put(`<path class="`, class, `" d="`, d, `"/>`)
	}
}

// cross marks a missing value around a point.
func (c *canvas) cross(x, y float64) {
	var t track
	t.cross(x, y)
	c.path("fig-missing", t.String())
}

// How text sits on its point.
const (
	start  = "start"
	middle = "middle"
	end    = "end"
)

// text writes s with its base line at y. The caller has fitted it.
func (c *canvas) text(class, anchor string, x, y float64, s string) {
	if s = clean(s); s == "" {
		return
	}
	c.put(`<text class="`, class, `"`)
	if anchor != start {
		c.put(` text-anchor="`, anchor, `"`)
	}
	c.attr("x", x)
	c.attr("y", y)
	c.put(">", html.EscapeString(s), "</text>")
}

// hover groups marks under a title that a pointer shows. Narrow drawings are
// read by touch, so they save the elements.
func (c *canvas) hover(title string, draw func()) {
	if !c.title {
		draw()
		return
	}
	c.put(`<g class="fig-hover"><title>`, html.EscapeString(clean(title)), `</title>`)
	draw()
	c.put("</g>")
}

// track builds the data of a path.
type track struct{ strings.Builder }

func (t *track) move(x, y float64) { t.step("M", x, y) }
func (t *track) line(x, y float64) { t.step("L", x, y) }

// cross adds two short strokes around a point.
func (t *track) cross(x, y float64) {
	const arm = 2.5
	t.move(x-arm, y-arm)
	t.line(x+arm, y+arm)
	t.move(x-arm, y+arm)
	t.line(x+arm, y-arm)
}

func (t *track) step(verb string, x, y float64) {
	t.WriteString(verb + num(x) + " " + num(y))
}

// num prints a coordinate with at most one decimal.
func num(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	v = math.Round(v*10) / 10
	if v == 0 {
		v = 0 // drops the sign of a negative zero
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// identifier reduces an id to what is safe in an attribute and in url().
func identifier(id string) string {
	safe := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '_'
	}, id)
	if safe == "" || safe[0] < 'A' {
		return "f" + safe
	}
	return safe
}
