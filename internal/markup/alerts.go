package markup

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

var alertMark = regexp.MustCompile(`^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*\r?\n?$`)

// alerts gives quotes that open with [!NOTE] and the like a class, and their
// kind as visible words.
func alerts(doc ast.Node, src []byte) {
	for quote := range every[*ast.Blockquote](doc) {
		first, ok := quote.FirstChild().(*ast.Paragraph)
		if !ok || first.Lines().Len() == 0 {
			continue
		}
		line := first.Lines().At(0)
		m := alertMark.FindSubmatch(line.Value(src))
		if m == nil {
			continue
		}
		dropLine(first)
		if !first.HasChildren() {
			quote.RemoveChild(quote, first)
		}
		kind := strings.ToLower(string(m[1]))
		quote.SetAttributeString("class", []byte("md-alert md-alert-"+kind))
		name := ast.NewParagraph()
		name.SetAttributeString("class", []byte("md-alert-kind"))
		name.AppendChild(name, literal(strings.ToUpper(kind[:1])+kind[1:]))
		quote.InsertBefore(quote, quote.FirstChild(), name)
	}
}

// dropLine removes what stands before the first line break of a paragraph.
func dropLine(p *ast.Paragraph) {
	for c := p.FirstChild(); c != nil; c = p.FirstChild() {
		p.RemoveChild(p, c)
		if t, ok := c.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			return
		}
	}
}
