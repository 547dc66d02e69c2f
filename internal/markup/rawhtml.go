package markup

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// tag is one of the few elements of raw HTML that are kept, without attributes.
type tag struct {
	ast.BaseInline
	name string // kbd, sub, sup or, always without children, br
}

var kindTag = ast.NewNodeKind("MarkupTag")

// Kind is the kind of all tags.
func (t *tag) Kind() ast.NodeKind { return kindTag }

// Dump is for debugging.
func (t *tag) Dump(src []byte, level int) {
	ast.DumpHelper(t, src, level, map[string]string{"Name": t.name}, nil)
}

var (
	lineBreak  = regexp.MustCompile(`(?i)^<br\s*/?>$`)
	allowedTag = regexp.MustCompile(`(?i)^<(/?)(kbd|sub|sup)>$`)
)

// rawHTML keeps br, kbd, sub and sup, the last three only as pairs under one
// parent, and drops every other tag; the text between tags stays. Paragraphs
// of nothing but tags go with them.
func rawHTML(doc ast.Node, src []byte) {
	parents := map[ast.Node]bool{}
	var ordered []ast.Node
	for raw := range every[*ast.RawHTML](doc) {
		if p := raw.Parent(); !parents[p] {
			parents[p] = true
			ordered = append(ordered, p)
		}
	}
	for _, p := range ordered {
		pairTags(p, src)
		if p.Kind() == ast.KindParagraph && !p.HasChildren() {
			p.Parent().RemoveChild(p.Parent(), p)
		}
	}
}

// pairTags handles the tags among the children of one node.
func pairTags(parent ast.Node, src []byte) {
	var open []*tag // not yet closed, innermost last
	for c := parent.FirstChild(); c != nil; {
		next := c.NextSibling()
		raw, ok := c.(*ast.RawHTML)
		if ok {
			open = oneTag(parent, raw, source(raw, src), open)
		}
		c = next
	}
	for _, t := range open {
		parent.RemoveChild(parent, t)
	}
}

// oneTag replaces one tag: an opening one by a place holder, which a closing
// one fills with what stands between them.
func oneTag(parent ast.Node, raw *ast.RawHTML, s string, open []*tag) []*tag {
	m := allowedTag.FindStringSubmatch(s)
	last := len(open) - 1
	switch {
	case lineBreak.MatchString(s):
		parent.ReplaceChild(parent, raw, &tag{name: "br"})
	case m == nil:
		parent.RemoveChild(parent, raw)
	case m[1] == "" && len(open) < 3:
		t := &tag{name: strings.ToLower(m[2])}
		parent.ReplaceChild(parent, raw, t)
		return append(open, t)
	case m[1] == "/" && last >= 0 && open[last].name == strings.ToLower(m[2]):
		t := open[last]
		for c := t.NextSibling(); c != raw; c = t.NextSibling() {
			t.AppendChild(t, c)
		}
		parent.RemoveChild(parent, raw)
		return open[:last]
	default:
		parent.RemoveChild(parent, raw)
	}
	return open
}

// source is the tag as it was written.
func source(raw *ast.RawHTML, src []byte) string {
	var b strings.Builder
	for i := range raw.Segments.Len() {
		s := raw.Segments.At(i)
		b.Write(s.Value(src))
	}
	return b.String()
}
