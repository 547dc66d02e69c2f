package site

import (
	"html/template"
	"strings"
	texttemplate "text/template"
	"time"

	"github.com/shipshape-report/shipshape/internal/figure"
	"github.com/shipshape-report/shipshape/internal/markup"
	"github.com/shipshape-report/shipshape/report"
	"github.com/shipshape-report/shipshape/templates"
)

// htmlFuncs are what HTML templates may call: the ways hostile text is made safe,
// and the drawings.
func (r *renderer) htmlFuncs() template.FuncMap {
	return template.FuncMap{
		"text":  func(s report.Hostile) template.HTML { return bdi(markup.Text(string(s))) },
		"title": func(s report.Hostile) template.HTML { return markup.Title(string(s)) },
		"markdown": func(s report.Markdown, repository, original string) template.HTML {
			return markup.HTML([]byte(s), markup.Options{
				Repository:    "https://github.com/" + repository,
				HeadingOffset: 2,
				IDPrefix:      "text",
				OriginalURL:   original,
			})
		},
		"stamp":         stamp,
		"chart":         drawing,
		"spark":         spark,
		"style":         func() string { return r.style },
		"icon":          func() string { return r.icon },
		"notFoundStyle": func() template.CSS { return template.CSS(templates.NotFoundStyle) },
		"notFoundHash":  func() string { return cspHash(templates.NotFoundStyle) },
	}
}

// bdi isolates text whose direction may turn. No script below Hebrew does that,
// nor do dashes, quotes and the like.
func bdi(s string) template.HTML {
	escaped := template.HTMLEscapeString(s)
	for _, c := range s {
		if c >= 0x590 && (c < 0x2010 || c > 0x205e) {
			return template.HTML("<bdi>" + escaped + "</bdi>")
		}
	}
	return template.HTML(escaped)
}

// stamp writes an instant for a datetime attribute.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// spark draws the trend of a tile; its last week is usually not over.
func spark(values []*float64) template.HTML {
	s := figure.Spark{Values: make([]figure.Value, len(values))}
	for i, v := range values {
		s.Values[i] = figure.Maybe(v)
	}
	return s.SVG(figure.Tile)
}

// markdownFuncs are what Markdown templates may call. Every text goes through one
// of them.
func markdownFuncs() texttemplate.FuncMap {
	return texttemplate.FuncMap{
		"md":     markup.MarkdownText,
		"mdh":    func(s report.Hostile) string { return markup.MarkdownText(string(s)) },
		"mdlink": markdownLink,
		"link":   func(l report.Link) string { return markdownLink(string(l.Text), l.Href) },
		"cell":   markdownCell,
		"blocks": blocks,
	}
}

// markdownLink links to an address of the site, which report made of safe
// characters, or to one outside, which is not trusted.
func markdownLink(text, href string) string {
	switch {
	case href == "":
		return markup.MarkdownText(text)
	case strings.Contains(href, ":"):
		return markup.MarkdownLink(text, href)
	}
	return "[" + markup.MarkdownText(text) + "](" + href + ")"
}

// markdownCell writes a table cell.
func markdownCell(c report.Cell) string {
	text := string(c.Text)
	if c.Time != nil {
		text = c.Time.Text
	}
	s := markdownLink(text, c.Href)
	if c.Code && c.Href == "" {
		s = markup.MarkdownCode(text)
	}
	if c.Note != "" {
		s += " (" + markup.MarkdownText(c.Note) + ")"
	}
	return s
}

// blocks draws the first series of a bar chart with block characters, for places
// that show no drawings. Other charts have nothing to show there.
func blocks(c report.Chart) string {
	if c.Kind != report.BarChart || len(c.Series) == 0 {
		return ""
	}
	most := 0.0
	for _, v := range c.Series[0].Values {
		if v != nil {
			most = max(most, *v)
		}
	}
	levels := []rune("▁▂▃▄▅▆▇█")
	var b strings.Builder
	for _, v := range c.Series[0].Values {
		switch {
		case v == nil:
			b.WriteRune('·')
		case most == 0:
			b.WriteRune(levels[0])
		default:
			b.WriteRune(levels[min(int(*v/most*float64(len(levels))), len(levels)-1)])
		}
	}
	return markup.MarkdownCode(b.String())
}
