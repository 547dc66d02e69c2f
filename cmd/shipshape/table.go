package main

import (
	"strings"
	"unicode/utf8"

	"github.com/shipshape-report/shipshape/internal/markup"
)

// page is text for a terminal or a file. All that it is given is reduced to clean
// lines: text from a history can be anything.
type page struct {
	strings.Builder
	colour bool // styles may be used
}

// bold returns a text in bold, if styles may be used.
func (p *page) bold(text string) string {
	if !p.colour || text == "" {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

// heading begins a section.
func (p *page) heading(text string) {
	if p.Len() > 0 {
		p.WriteString("\n")
	}
	p.WriteString(p.bold(markup.Text(text)) + "\n")
}

// line writes one line; nothing for no text.
func (p *page) line(text string) {
	if text = markup.Text(text); text != "" {
		p.WriteString(text + "\n")
	}
}

// lineWidth is where paragraphs are broken.
const lineWidth = 80

// paragraph writes a text in lines, the first after a lead of its own. After a
// lead with words the others are indented by two blanks more.
func (p *page) paragraph(lead, text string) {
	words := strings.Fields(markup.Text(text))
	if len(words) == 0 {
		return
	}
	rest := strings.TrimLeft(lead, " ")
	indent := lead[:len(lead)-len(rest)]
	if rest != "" {
		indent += "  "
	}
	line := indent[:len(lead)-len(rest)] + strings.TrimLeft(markup.Text(rest)+" "+words[0], " ")
	for _, word := range words[1:] {
		if utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > lineWidth {
			p.WriteString(line + "\n")
			line = indent + word
			continue
		}
		line += " " + word
	}
	p.WriteString(line + "\n")
}

// column is a column of a table.
type column struct {
	head  string
	right bool // aligned to the right
}

// table writes rows under a head. A row may be shorter than the head.
func (p *page) table(columns []column, rows [][]string) {
	widths := make([]int, len(columns))
	clean := make([][]string, len(rows))
	for i, c := range columns {
		widths[i] = utf8.RuneCountInString(c.head)
	}
	for n, row := range rows {
		for i, cell := range row {
			cell = markup.Text(cell)
			clean[n] = append(clean[n], cell)
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	heads := make([]string, len(columns))
	for i, c := range columns {
		heads[i] = c.head
	}
	p.WriteString(p.bold(aligned(columns, widths, heads)) + "\n")
	for _, row := range clean {
		p.WriteString(aligned(columns, widths, row) + "\n")
	}
}

// aligned pads the cells of a row, without blanks at its end.
func aligned(columns []column, widths []int, row []string) string {
	var b strings.Builder
	for i, cell := range row {
		blanks := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
		if columns[i].right {
			cell, blanks = blanks+cell, ""
		}
		b.WriteString(cell + blanks + "  ")
	}
	return strings.TrimRight(b.String(), " ")
}
