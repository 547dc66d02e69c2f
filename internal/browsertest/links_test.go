package browsertest

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The budget of a page: elements, and bytes that travel until it can be read.
const (
	mostElements = 3000
	mostBytes    = 60 << 10
)

// document is what these tests know of an HTML page.
type document struct {
	elements int
	ids      []string
	links    []string // addresses a reader may follow
	assets   []string // addresses a browser fetches by itself
}

// parsed reads a page. Every element must be closed and every value quoted: it is
// read as XML, with what HTML 5 leaves open excepted.
func parsed(data []byte) (document, error) {
	var doc document
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.AutoClose = append(slices.Clone(xml.HTMLAutoClose), "wbr")
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return doc, nil
		}
		if err != nil {
			return doc, err
		}
		if start, ok := token.(xml.StartElement); ok {
			doc.add(start)
		}
	}
}

func (doc *document) add(e xml.StartElement) {
	doc.elements++
	for _, a := range e.Attr {
		switch {
		case a.Name.Local == "id":
			doc.ids = append(doc.ids, a.Value)
		case a.Name.Local == "href" && e.Name.Local == "link", a.Name.Local == "src":
			doc.assets = append(doc.assets, a.Value)
		case a.Name.Local == "href":
			doc.links = append(doc.links, a.Value)
		}
	}
}

// eachSample runs a test that needs no browser on every site.
func eachSample(t *testing.T, test func(t *testing.T, s sample, f files)) {
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) { test(t, s, s.site(t)) })
	}
}

// TestEveryLinkLeadsSomewhere follows all links from the overview. It reaches
// every page but the one for missing addresses, and every address within the site
// answers and has the anchor that is asked for.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	eachSample(t, func(t *testing.T, _ sample, f files) {
		c := crawler{t: t, site: f, documents: map[string]document{}}
		c.visit("index.html")
		c.visit("404.html")
		for from := range c.documents {
			c.follow(from)
		}
		for _, name := range f.html() {
			if _, seen := c.documents[name]; !seen {
				t.Errorf("no link leads to %s", name)
			}
		}
	})
}

// TestPageForMissingAddressesStandsAlone: it is served at any depth, so nothing on
// it may be relative.
func TestPageForMissingAddressesStandsAlone(t *testing.T) {
	eachSample(t, func(t *testing.T, _ sample, f files) {
		doc, err := parsed(f["404.html"])
		if err != nil {
			t.Fatal(err)
		}
		for _, link := range append(doc.links, doc.assets...) {
			if !strings.HasPrefix(link, "https://") && link != "data:," {
				t.Errorf("it leads to %q", link)
			}
		}
	})
}

// crawler reads a site as its visitors do.
type crawler struct {
	t         *testing.T
	site      files
	documents map[string]document // by path
}

// visit reads a page and all it leads to.
func (c *crawler) visit(name string) {
	waiting := []string{name}
	for len(waiting) > 0 {
		name, waiting = waiting[0], waiting[1:]
		if _, seen := c.documents[name]; seen {
			continue
		}
		doc, err := parsed(c.get(name))
		if err != nil {
			c.t.Errorf("%s is not well formed: %v", name, err)
		}
		c.documents[name] = doc
		for _, link := range doc.links {
			if to, inside := c.resolve(name, link); inside && strings.HasSuffix(to.Path, ".html") && c.site[to.Path] != nil {
				waiting = append(waiting, to.Path)
			}
		}
	}
}

// follow checks every address on a page.
func (c *crawler) follow(from string) {
	doc := c.documents[from]
	for _, link := range append(slices.Clone(doc.links), doc.assets...) {
		to, inside := c.resolve(from, link)
		if !inside {
			continue
		}
		if c.site[to.Path] == nil {
			c.t.Errorf("%s links to %s, which does not exist", from, link)
		} else if to.Fragment != "" && !slices.Contains(c.documents[to.Path].ids, to.Fragment) {
			c.t.Errorf("%s links to %s, and there is no such place on that page", from, link)
		}
	}
}

// resolve returns the path within the site that an address leads to, without a
// slash in front. Outside the site only addresses by https are allowed.
func (c *crawler) resolve(from, link string) (to *url.URL, inside bool) {
	u, err := url.Parse(link)
	switch {
	case err != nil:
		c.t.Errorf("%s links to %q: %v", from, link, err)
		return nil, false
	case u.Scheme == "https" && u.Host != "", link == "data:,":
		return nil, false
	case u.Scheme != "" || u.Host != "" || strings.HasPrefix(link, "/") || link == "":
		c.t.Errorf("%s links to %q: neither relative nor https", from, link)
		return nil, false
	}
	u.Path = path.Join(path.Dir(from), u.Path)
	if strings.HasPrefix(link, "#") {
		u.Path = from
	}
	return u, true
}

// get asks the site for a page as a browser would.
func (c *crawler) get(name string) []byte {
	w := httptest.NewRecorder()
	c.site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/"+strings.TrimSuffix(name, "index.html"), nil))
	if w.Code != http.StatusOK {
		c.t.Errorf("%s answers %d", name, w.Code)
	}
	return w.Body.Bytes()
}

// mdLink matches the address of a link in Markdown.
var mdLink = regexp.MustCompile(`[^\\]\]\(([^()\s]+)\)`)

func TestLinksInMarkdownLeadSomewhere(t *testing.T) {
	eachSample(t, func(t *testing.T, _ sample, f files) {
		c, found := crawler{t: t, site: f}, 0
		for name, data := range f {
			if !strings.HasSuffix(name, ".md") {
				continue
			}
			for _, m := range mdLink.FindAllSubmatch(data, -1) {
				found++
				if to, inside := c.resolve(name, string(m[1])); inside && f[to.Path] == nil {
					t.Errorf("%s links to %s, which does not exist", name, m[1])
				}
			}
		}
		if found == 0 {
			t.Error("no Markdown page has a link")
		}
	})
}

func TestPagesStayWithinTheirBudget(t *testing.T) {
	eachSample(t, func(t *testing.T, _ sample, f files) {
		for _, name := range f.html() {
			doc, err := parsed(f[name])
			if err != nil {
				t.Errorf("%s is not well formed: %v", name, err)
				continue
			}
			size := packed(t, f[name])
			for _, asset := range doc.assets {
				if data, found := f[path.Join(path.Dir(name), asset)]; found {
					size += packed(t, data)
				}
			}
			if doc.elements > mostElements || size > mostBytes {
				t.Errorf("%s has %d elements and %d bytes to travel, allowed are %d and %d", name, doc.elements, size, mostElements, mostBytes)
			}
			if ids := slices.Sorted(slices.Values(doc.ids)); len(slices.Compact(slices.Clone(ids))) != len(ids) {
				t.Errorf("%s has an id twice: %q", name, ids)
			}
		}
	})
}

// packed is how many bytes of data travel.
func packed(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
