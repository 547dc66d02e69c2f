package markup

import (
	"html"
	"html/template"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Options say where a document comes from and where it goes.
type Options struct {
	// Repository is the https address of the repository, such as
	// https://github.com/owner/name. #1, @name, commit hashes and links from the
	// site's root lead there; without it they stay text.
	Repository string
	// OriginalURL is where a reader finds the whole text when it was cut.
	OriginalURL string
	// HeadingOffset is the level of the page's heading above the document. Headings
	// follow it level by level, whichever they were written with: an outline that
	// skips a level misleads who listens to it.
	HeadingOffset int
	// IDPrefix begins the id of each heading and must differ between the
	// documents of a page. Without it headings have no id.
	IDPrefix string
	// HardWraps keeps line breaks, as GitHub does in bodies but not in files.
	HardWraps bool
}

// HTML renders hostile Markdown. Only the first 16 KiB are shown, and a text
// that would cost too much to render is shown as written; both say so and link
// to the original. Empty only when there is nothing to see in src.
func HTML(src []byte, o Options) template.HTML {
	input, whole := cut(src, maxInput)
	input = []byte(uncomment(strip(string(input))))
	shown, uncut := cut(input, maxSource)
	if len(Text(string(shown))) == 0 {
		return ""
	}
	body, ok := guarded(shown, o)
	if !ok {
		body = `<pre class="md-plain">` + html.EscapeString(string(shown)) + "</pre>\n"
	}
	if !whole || !uncut || !ok {
		body += more(o, ok)
	}
	return template.HTML(`<div class="md" dir="auto">` + "\n" + body + "</div>")
}

// more says that a text is not shown whole, or not as it was meant.
func more(o Options, rendered bool) string {
	words := "The text goes on in the original."
	if !rendered {
		words = "Shown as written; formatted in the original."
	}
	words = html.EscapeString(words)
	if u := URL(o.OriginalURL); u != "" {
		words = `<a href="` + html.EscapeString(u) + `" rel="nofollow noopener">` + words + "</a>"
	}
	return `<p class="md-more">` + words + "</p>\n"
}

// guarded renders src, or gives up: when it costs too much, and when the parser
// fails on it. One hostile text must not take the report down.
func guarded(src []byte, o Options) (out string, ok bool) {
	defer func() {
		if recover() != nil {
			out, ok = "", false
		}
	}()
	return render(src, o)
}

// render parses, rewrites and writes the document.
func render(src []byte, o Options) (string, bool) {
	if tooCostly(src) {
		return "", false
	}
	md := newMarkdown(o)
	ids := newIDs(o.IDPrefix)
	doc := md.Parser().Parse(text.NewReader(src), parser.WithContext(parser.NewContext(parser.WithIDs(ids))))
	if tooDeep(doc) {
		return "", false
	}
	rewrite(doc, src, o, ids)
	var out limited
	if err := md.Renderer().Render(&out, src, doc); err != nil {
		return "", false
	}
	// An entity such as &#x202e; becomes a hidden character only now.
	return strip(out.String()), true
}

// newMarkdown puts together the parts of GitHub's dialect that are safe. Blocks
// of raw HTML are not parsed as such: what stands in them is ordinary text, its
// tags dropped like those within a line.
func newMarkdown(o Options) goldmark.Markdown {
	var blocks []util.PrioritizedValue
	for _, b := range parser.DefaultBlockParsers() {
		if b.Value != parser.NewHTMLBlockParser() {
			blocks = append(blocks, b)
		}
	}
	p := parser.NewParser(
		parser.WithBlockParsers(blocks...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)
	if identifier(o.IDPrefix) != "" {
		p.AddOptions(parser.WithAutoHeadingID())
	}
	options := []renderer.Option{renderer.WithNodeRenderers(util.Prioritized(nodes{}, 100))}
	if o.HardWraps {
		options = append(options, gmhtml.WithHardWraps())
	}
	return goldmark.New(
		goldmark.WithParser(p),
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.Strikethrough, extension.TaskList, extension.Linkify,
		),
		goldmark.WithRendererOptions(options...),
	)
}

// rewrite turns the parsed tree into one that is safe to write.
func rewrite(doc ast.Node, src []byte, o Options, ids *ids) {
	outline(doc, o.HeadingOffset)
	alerts(doc, src)
	rawHTML(doc, src)
	mergeText(doc)
	newLinks(o, src, ids).rewrite(doc)
	references(doc, src, o)
}

// outline gives headings the levels below offset without a gap. Those written
// with the same level under one parent stay siblings.
func outline(doc ast.Node, offset int) {
	var open []int // the levels, as written, of the headings that a heading is under
	for n := range every[*ast.Heading](doc) {
		for len(open) > 0 && open[len(open)-1] >= n.Level {
			open = open[:len(open)-1]
		}
		open = append(open, n.Level)
		n.Level = min(max(len(open)+offset, 1), 6)
	}
}

// every lists the nodes of one type in document order. The list is complete
// before the first is handed out, so that the tree may be changed meanwhile.
func every[N ast.Node](doc ast.Node) func(yield func(N) bool) {
	var found []N
	// The walker returns no error but those of the function given to it.
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if node, ok := n.(N); ok && entering {
			found = append(found, node)
		}
		return ast.WalkContinue, nil
	})
	return func(yield func(N) bool) {
		for _, n := range found {
			if !yield(n) {
				return
			}
		}
	}
}

// within says whether an ancestor of n has the kind.
func within(n ast.Node, kind ast.NodeKind) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == kind {
			return true
		}
	}
	return false
}

// unwrap replaces n by its children.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		parent.InsertBefore(parent, n, c)
	}
	parent.RemoveChild(parent, n)
}

// literal is text that is escaped and otherwise left as it is.
func literal(s string) *ast.String {
	n := ast.NewString([]byte(s))
	n.SetRaw(true)
	return n
}
