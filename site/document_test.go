package site

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// document is a parsed page, and what is wrong with it.
type document struct {
	root     *html.Node
	all      []*html.Node // elements in document order
	mistakes []string
}

func (d *document) wrong(format string, args ...any) {
	d.mistakes = append(d.mistakes, fmt.Sprintf(format, args...))
}

// parse reads a page. It is a mistake if a parser has to repair it.
func parse(page []byte) *document {
	d := &document{}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		d.wrong("%v", err)
		return d
	}
	d.root = root
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			d.all = append(d.all, n)
		}
	}
	var names []string
	for _, n := range d.all {
		names = append(names, n.Data)
	}
	if written := d.tags(page); !slices.Equal(written, names) {
		d.wrong("a parser reads other elements than were written: %s", firstDifference(written, names))
	}
	return d
}

func firstDifference(a, b []string) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("element %d is %s, read as %s, after %s", i, a[i], b[i], strings.Join(a[max(0, i-5):i], " "))
		}
	}
	return fmt.Sprintf("%d elements, read as %d", len(a), len(b))
}

// void are the elements that have no end.
var void = map[string]bool{"meta": true, "link": true, "br": true, "hr": true}

// tags are the elements as they are written. Tags must nest.
func (d *document) tags(page []byte) []string {
	var names, open []string
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			if z.Err() != io.EOF || len(open) > 0 {
				d.wrong("ends with %v, %v are open", z.Err(), open)
			}
			return names
		case html.CommentToken:
			d.wrong("comment %q", z.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			names = append(names, token.Data)
			if kind == html.StartTagToken && !void[token.Data] {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				d.wrong("</%s> while %v are open", name, open)
				return names
			}
			open = open[:len(open)-1]
		}
	}
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func (d *document) named(name string) []*html.Node {
	var all []*html.Node
	for _, n := range d.all {
		if n.Data == name {
			all = append(all, n)
		}
	}
	return all
}

// foreign reports whether an element stands in text from GitHub.
func foreign(n *html.Node) bool { return inside(n, "div", "md") }

// inside reports whether n, or what it stands in, is an element of that name and,
// unless it is empty, that class.
func inside(n *html.Node, name, class string) bool {
	for ; n != nil; n = n.Parent {
		if is, _ := attribute(n, "class"); n.Data == name && (class == "" || is == class) {
			return true
		}
	}
	return false
}

// letters is all that a page says, also to those who listen, without space and
// back-ticks: of code spans only the text is left.
func (d *document) letters() string {
	var b strings.Builder
	for n := range d.root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for _, a := range n.Attr {
			if n.Data == "svg" && a.Key != "class" {
				continue // its size goes by the length of labels
			}
			if a.Key == "aria-label" || a.Key == "content" {
				b.WriteString(a.Val)
			}
		}
	}
	return squeezed(b.String())
}

func squeezed(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), ""), "`", "")
}

// skeleton is what a page is made of besides words: its elements with their
// attributes. Markup of titles, drawings and text from GitHub are left out; they
// differ by what is said.
func (d *document) skeleton() []string {
	var bones []string
	for _, n := range d.all {
		if n.Data == "bdi" || n.Data == "code" || foreign(n) || inside(n.Parent, "svg", "") {
			continue
		}
		bone := n.Data
		for _, a := range n.Attr {
			if n.Data == "svg" && a.Key != "class" {
				continue // its size goes by the length of labels
			}
			if a.Key == "aria-label" || a.Key == "content" && n.Data == "meta" {
				a.Val = "…"
			}
			bone += fmt.Sprintf(" %s=%q", a.Key, a.Val)
		}
		bones = append(bones, bone)
	}
	return bones
}
