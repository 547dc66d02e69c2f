package markup

import (
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// links rewrites links, addresses and images to links that are safe, or to
// their text.
type links struct {
	src    []byte
	origin string // scheme and host of the repository; empty without one
	ids    *ids
}

func newLinks(o Options, src []byte, ids *ids) *links {
	l := &links{src: src, ids: ids}
	if u, err := url.Parse(URL(o.Repository)); err == nil && u.Host != "" {
		l.origin = "https://" + u.Host
	}
	return l
}

// rewrite handles links before what may stand in them.
func (l *links) rewrite(doc ast.Node) {
	for n := range every[*ast.Link](doc) {
		l.link(n)
	}
	for n := range every[*ast.AutoLink](doc) {
		l.replace(n, l.autoLink(n), string(n.Label(l.src)))
	}
	for n := range every[*ast.Image](doc) {
		alt := Text(plain(n, l.src))
		if alt == "" {
			alt = "image"
		}
		l.replace(n, l.target(n.Destination), alt)
	}
	for n := range every[*ast.Link](doc) {
		if Text(plain(n, l.src)) == "" {
			n.AppendChild(n, literal(string(n.Destination)))
		}
	}
}

// link keeps n when its target may be led to, else only its text.
func (l *links) link(n *ast.Link) {
	target := l.target(n.Destination)
	if target == "" {
		unwrap(n)
		return
	}
	n.Destination, n.Title = []byte(target), nil
	lead(n)
}

// lead marks a link as one that we neither vouch for nor hand our window to.
func lead(n *ast.Link) { n.SetAttributeString("rel", []byte("nofollow noopener")) }

// replace puts a link with plain text in the place of n, or only the text when
// there is no target or n already stands in a link.
func (l *links) replace(n ast.Node, target, words string) {
	var with ast.Node = literal(words)
	if target != "" && !within(n, ast.KindLink) {
		link := ast.NewLink()
		link.Destination = []byte(target)
		lead(link)
		link.AppendChild(link, with)
		with = link
	}
	n.Parent().ReplaceChild(n.Parent(), n, with)
}

// autoLink is the target of an address that stands for itself.
func (l *links) autoLink(n *ast.AutoLink) string {
	address := string(n.URL(l.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	return l.safe(address)
}

// target is the safe form of a destination as written in the source.
func (l *links) target(destination []byte) string {
	d := util.UnescapePunctuations(destination)
	d = util.ResolveEntityNames(util.ResolveNumericReferences(d))
	return l.safe(string(d))
}

// safe returns an https or mail address, one within the document, or one on the
// repository's host, ready for the renderer; else "". A path that is relative to
// where the text was written leads nowhere from here.
func (l *links) safe(address string) string {
	switch {
	case address != strip(address) || strings.ContainsAny(address, "\n\t"):
		return ""
	case strings.HasPrefix(address, "#"):
		id := l.ids.prefix + "-" + slug(address[1:])
		if l.ids.used[id] {
			return "#" + id
		}
		return ""
	case strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") && l.origin != "":
		return forRenderer(URL(l.origin + address))
	case strings.HasPrefix(strings.ToLower(address), "mailto:"):
		return forRenderer(mailto("mailto:" + address[len("mailto:"):]))
	}
	return forRenderer(URL(address))
}

// forRenderer guards an address against the renderer, which resolves entities
// in destinations once more.
func forRenderer(address string) string { return strings.ReplaceAll(address, "&", "&amp;") }

// plain is the text of a node, markup left out.
func plain(n ast.Node, src []byte) string {
	var b strings.Builder
	// The walker returns no error but those of the function given to it.
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(n.Segment.Value(src)))))
			}
		case *ast.String:
			if entering {
				b.Write(n.Value)
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
