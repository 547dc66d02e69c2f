package figure

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// hostile are labels that have broken report pages before: script ends, markup
// with handlers, comments, entities, and characters that XML or a reader's eye
// cannot take.
var hostile = []string{
	`</script><script>alert(1)</script>`,
	`__f__alert(1)__f__`,
	`<!--<script>`,
	`<img src=x onerror=alert(1)>`,
	`"><svg onload=alert(1)>`,
	`&lt;/script&gt;&#60;b&#62;`,
	"nul\x00 bell\x07 escape\x1b]0;x\x07 line\nbreak\ttab",
	"\u202egnp.exe\u2066 isolate\u2069 \ufffe\uffff\ufeff",
	"bad utf8 \xff\xfe\xc3(",
	"']]></text><text x='0'>",
	strings.Repeat("very long name without any space", 40),
	"日本語のラベル 🚀🚀🚀",
	"",
}

// shapes are the inputs at the edge of what a series can be.
func shapes() map[string][]Value {
	many := make([]Value, 400)
	for i := range many {
		many[i] = Of(float64(i % 17))
	}
	bad := Value{Number: math.NaN(), Known: true}
	return map[string][]Value{
		"empty":       nil,
		"single":      {Of(7)},
		"single zero": {Of(0)},
		"all missing": {{}, {}, {}},
		"all equal":   {Of(3), Of(3), Of(3), Of(3)},
		"all zero":    {Of(0), Of(0)},
		"holes":       {Of(1), {}, Of(2), {}, {}, Of(0), Of(5)},
		"negative":    {Of(-4), Of(3), Of(-1)},
		"huge":        {Of(math.MaxFloat64), Of(1), Of(-math.MaxFloat64)},
		"tiny":        {Of(math.SmallestNonzeroFloat64), Of(1e-300), Of(1e-9)},
		"mixed scale": {Of(1e-8), Of(1e12), Of(40)},
		"by hand":     {bad, {Number: math.Inf(1), Known: true}, Of(2)},
		"many":        many,
	}
}

func formats() map[string]Format {
	return map[string]Format{
		"nil":     nil,
		"whole":   whole,
		"same":    func(float64) string { return "same" },
		"hostile": func(v float64) string { return hostile[0] + strconv.FormatFloat(v, 'g', 3, 64) },
	}
}

// eachDrawing runs check for every chart, input, format and size.
func eachDrawing(t *testing.T, check func(t *testing.T, svg string, s Size)) {
	t.Helper()
	for shape, values := range shapes() {
		for form, format := range formats() {
			in := input{values: values, format: format, label: func(i int) string { return hostile[i%len(hostile)] }}
			for kind, c := range in.charts() {
				for _, s := range []Size{Wide, Narrow, {}, {Width: 1, Height: 1}} {
					t.Run(kind+"/"+shape+"/"+form+"/"+strconv.Itoa(s.Width), func(t *testing.T) {
						check(t, string(c.SVG(`x" onload="y`, s)), s)
					})
				}
			}
		}
	}
}

var decimals = regexp.MustCompile(`^-?[0-9]+(\.[0-9])?$`)

// TestDrawingsAreSound checks what must hold whatever the labels and numbers:
// well-formed XML of known elements, classes and attributes only, no number
// that is not one, and every id made from the caller's.
func TestDrawingsAreSound(t *testing.T) {
	numeric := strings.Fields("x y x1 y1 x2 y2 cx cy r width height font-size")
	eachDrawing(t, func(t *testing.T, svg string, s Size) {
		for _, e := range elements(t, svg) {
			if !slices.Contains(strings.Fields("svg defs pattern rect line circle path text g title"), e.Name.Local) {
				t.Errorf("foreign element %s", e.Name.Local)
			}
			for _, a := range e.Attr {
				checkAttribute(t, a)
				if slices.Contains(numeric, a.Name.Local) && !decimals.MatchString(a.Value) {
					t.Errorf("%s %s=%q is not a short number", e.Name.Local, a.Name.Local, a.Value)
				}
			}
		}
	})
}

func checkAttribute(t *testing.T, a xml.Attr) {
	t.Helper()
	switch name, v := a.Name.Local, a.Value; name {
	case "style", "onload", "onerror", "href":
		t.Errorf("attribute %s=%q", name, v)
	case "class":
		for _, c := range strings.Fields(v) {
			if !slices.Contains(Classes, c) {
				t.Errorf("class %q is not documented", c)
			}
		}
	case "id":
		if !strings.HasPrefix(v, "x__onload__y-") {
			t.Errorf("id %q lacks the caller's prefix", v)
		}
	case "fill":
		if v != "none" && !strings.HasPrefix(v, "url(#x__onload__y-") {
			t.Errorf("fill %q is a literal colour or a foreign reference", v)
		}
	case "d":
		if strings.ContainsAny(v, "NIe") {
			t.Errorf("path %q holds a number that is not one", v)
		}
	}
}

// elements parses the drawing and returns its start tags.
func elements(t *testing.T, svg string) []xml.StartElement {
	t.Helper()
	var found []xml.StartElement
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, svg)
		}
		if e, ok := token.(xml.StartElement); ok {
			found = append(found, e)
		}
	}
}

// TestMarksStayInside checks that no mark and no estimated text leaves the
// drawing.
func TestMarksStayInside(t *testing.T) {
	eachDrawing(t, func(t *testing.T, svg string, s Size) {
		var w, h, letter float64
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			at := attributes(e)
			switch e.Name.Local {
			case "svg":
				w, h, letter = at["width"], at["height"], at["font-size"]
			case "text":
				var words string
				if err := d.DecodeElement(&words, &e); err != nil {
					t.Fatal(err)
				}
				from, to := reach(e, at["x"], width(words, letter))
				if from < -1 || to > w+1 {
					t.Errorf("text %q reaches from %.0f to %.0f of %.0f", words, from, to, w)
				}
				if at["y"] < letter*0.7 || at["y"] > h-2 {
					t.Errorf("text %q stands at %.0f of %.0f", words, at["y"], h)
				}
			case "rect":
				if at["x"] < -1 || at["x"]+at["width"] > w+1 {
					t.Errorf("rect reaches from %.0f by %.0f of %.0f", at["x"], at["width"], w)
				}
				if at["y"] < -1 || at["y"]+at["height"] > h+1 {
					t.Errorf("rect reaches down from %.0f by %.0f of %.0f", at["y"], at["height"], h)
				}
			case "circle":
				if at["cx"] < 0 || at["cx"] > w || at["cy"] < 0 || at["cy"] > h {
					t.Errorf("circle at %.0f, %.0f of %.0f by %.0f", at["cx"], at["cy"], w, h)
				}
			}
		}
	})
}

func attributes(e xml.StartElement) map[string]float64 {
	at := map[string]float64{}
	for _, a := range e.Attr {
		if v, err := strconv.ParseFloat(a.Value, 64); err == nil {
			at[a.Name.Local] = v
		}
	}
	return at
}

// reach is where a text begins and ends.
func reach(e xml.StartElement, x, w float64) (from, to float64) {
	for _, a := range e.Attr {
		if a.Name.Local == "text-anchor" && a.Value == middle {
			return x - w/2, x + w/2
		}
		if a.Name.Local == "text-anchor" && a.Value == end {
			return x - w, x
		}
	}
	return x, x + w
}

func TestDrawingTwiceGivesTheSameBytes(t *testing.T) {
	for name := range sample() {
		first, again := sample()[name].SVG("a", Wide), sample()[name].SVG("a", Wide)
		if first != again {
			t.Errorf("%s differs between two drawings", name)
		}
	}
}

// TestDrawingLeavesItsInputAlone draws from a value twice: sorting and
// clipping must happen on copies.
func TestDrawingLeavesItsInputAlone(t *testing.T) {
	for name, c := range sample() {
		before := c.SVG("a", Wide)
		c.SVG("a", Narrow)
		c.Table()
		if c.SVG("a", Wide) != before {
			t.Errorf("%s changes what it draws", name)
		}
	}
}

// TestTablesAreRectangular checks that each row has a cell for each heading and
// that no heading is empty.
func TestTablesAreRectangular(t *testing.T) {
	for shape, values := range shapes() {
		in := input{values: values, label: func(i int) string { return hostile[i%len(hostile)] }}
		for kind, c := range in.charts() {
			header, rows := c.Table()
			if slices.Contains(header, "") {
				t.Errorf("%s/%s: empty heading in %q", kind, shape, header)
			}
			for _, row := range rows {
				if len(row) != len(header) {
					t.Errorf("%s/%s: %d cells under %d headings", kind, shape, len(row), len(header))
				}
			}
		}
	}
}

func FuzzBarsAreWellFormed(f *testing.F) {
	for i, label := range hostile {
		f.Add(label, float64(i), float64(i)*1e20, i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, label string, a, b float64, partial bool) {
		bars := Bars{Headline: label, Name: label, Highlight: label, Reference: Reference{label, Of(b)}}
		for _, v := range []Value{Of(a), {}, Of(b)} {
			bars.Buckets = append(bars.Buckets, Bucket{Period: Period{Label: label, Partial: partial}, Value: v, Highlight: Of(a), Why: label})
		}
		for _, s := range []Size{Wide, Narrow} {
			for _, e := range elements(t, string(bars.SVG(label, s))) {
				for _, at := range e.Attr {
					if at.Value == "NaN" || strings.Contains(at.Value, "Inf") && at.Name.Local != "aria-label" {
						t.Errorf("%s=%q", at.Name.Local, at.Value)
					}
				}
			}
		}
	})
}
