package site

import (
	"maps"
	"regexp"
	"strings"
)

// policy is the content policy of all pages in the common frame.
const policy = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"

// allowed are the elements and attributes of pages; which of them belong
// together is for a validator to say.
var (
	allowedElements = words(`html head meta title link style body a header div span nav ul ol li p svg path main footer
		h1 h2 h3 h4 h5 h6 section dl dt dd table caption thead tbody tr th td figure figcaption details summary time strong
		code bdi g rect line text circle defs pattern del em pre blockquote hr br kbd sub sup`)
	allowedAttributes = words(`lang charset http-equiv content name rel href type class id role scope tabindex datetime dir start
		aria-label aria-labelledby aria-current aria-hidden focusable xmlns viewBox width height x y x1 y1 x2 y2 cx cy r d fill
		font-size text-anchor patternUnits patternTransform pointer-events`)
)

func words(s string) map[string]bool {
	return maps.Collect(func(yield func(string, bool) bool) {
		for _, w := range strings.Fields(s) {
			if !yield(w, true) {
				return
			}
		}
	})
}

// address is a link that a page may hold.
var address = regexp.MustCompile(`^(?:https://|#|mailto:|data:,$|(?:\.\./)*[A-Za-z0-9%_][A-Za-z0-9%._/-]*(?:#[A-Za-z0-9_-]+)?$)`)

// checkInert finds whatever runs, loads or leads elsewhere than a page should.
func (d *document) checkInert() {
	for _, n := range d.all {
		if !allowedElements[n.Data] {
			d.wrong("element <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if !allowedAttributes[a.Key] {
				d.wrong("attribute %s=%q of <%s>", a.Key, a.Val, n.Data)
			}
			if a.Key == "href" && (!address.MatchString(a.Val) || !foreign(n) && strings.HasPrefix(a.Val, "mailto:")) {
				d.wrong("link to %q", a.Val)
			}
		}
	}
}

// checkForm finds what would lose a reader without eyes or mouse.
func (d *document) checkForm() {
	d.checkHead()
	d.checkIDs()
	d.checkHeadings()
	d.checkTables()
	if n := len(d.named("main")); n != 1 {
		d.wrong("%d main elements", n)
	}
}

func (d *document) checkHead() {
	if lang, _ := attribute(d.named("html")[0], "lang"); lang != "en" {
		d.wrong("the language is %q", lang)
	}
	meta := map[string]string{}
	for _, n := range d.named("meta") {
		content, _ := attribute(n, "content")
		for _, key := range []string{"name", "http-equiv"} {
			if name, found := attribute(n, key); found {
				meta[name] = content
			}
		}
	}
	want := policy
	if styles := d.named("style"); len(styles) == 1 {
		want = "default-src 'none'; img-src data:; style-src '" + cspHash([]byte(styles[0].FirstChild.Data)) + "'; connect-src 'self'; base-uri 'none'; form-action 'none'"
	}
	if got := meta["Content-Security-Policy"]; got != want {
		d.wrong("policy %q, want %q", got, want)
	}
	if got := meta["viewport"]; got != "width=device-width, initial-scale=1" {
		d.wrong("viewport %q", got)
	}
	if meta["description"] == "" {
		d.wrong("no description")
	}
}

func (d *document) checkIDs() {
	ids := map[string]bool{}
	for _, n := range d.all {
		if id, found := attribute(n, "id"); found {
			if ids[id] || id == "" {
				d.wrong("id %q twice, or empty", id)
			}
			ids[id] = true
		}
	}
	for _, n := range d.all {
		label, found := attribute(n, "aria-labelledby")
		if found && !ids[label] {
			d.wrong("<%s> is labelled by %q, which is not there", n.Data, label)
		}
		if href, _ := attribute(n, "href"); len(href) > 1 && href[0] == '#' && !ids[href[1:]] {
			d.wrong("a link leads to %q, which is not there", href)
		}
	}
}

func (d *document) checkHeadings() {
	last := byte('0')
	for _, n := range d.all {
		if len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' || foreign(n) {
			continue
		}
		if n.Data[1] > last+1 {
			d.wrong("<%s> %q follows a heading of level %c", n.Data, n.FirstChild.Data, last)
		}
		last = n.Data[1]
	}
	if n := len(d.named("h1")); n != 1 {
		d.wrong("%d headings of the page", n)
	}
}

func (d *document) checkTables() {
	for _, n := range d.named("th") {
		if scope, _ := attribute(n, "scope"); scope != "col" && scope != "row" && !foreign(n) {
			d.wrong("a heading of a table has the scope %q", scope)
		}
	}
	for _, table := range d.named("table") {
		columns := 0
		for n := range table.Descendants() {
			if scope, _ := attribute(n, "scope"); scope == "col" && inside(n, "thead", "") {
				columns++
			}
		}
		if columns == 0 && !foreign(table) {
			d.wrong("a table without headings of columns")
		}
	}
}
