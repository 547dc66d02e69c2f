package site

import (
	"bytes"
	"strings"
	"testing"

	"github.com/shipshape-report/shipshape/report"
)

// written renders one page.
func written(t testing.TB, r *renderer, path string, content any) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := r.render(&buf, report.Page{Path: path, Content: content}); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// mistakes are what is wrong with a page.
func mistakes(page []byte) []string {
	d := parse(page)
	d.checkForm()
	d.checkInert()
	return d.mistakes
}

// Pages with everything, with little and with nothing keep their form.
func TestPagesAreWellFormed(t *testing.T) {
	r := parsed(t)
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			for _, bare := range []bool{false, true} {
				page, _ := filledPage(kind, "words", bare)
				failOn(t, written(t, r, "index.html", page))
			}
		})
	}
	for name, page := range samples() {
		t.Run("small "+name, func(t *testing.T) {
			failOn(t, written(t, r, "index.html", page))
		})
	}
}

func failOn(t *testing.T, page []byte) {
	t.Helper()
	for _, m := range mistakes(page) {
		t.Error(m)
	}
}

// inspector is a sink that checks pages; of the many pages of releases one in 20.
type inspector struct {
	t     *testing.T
	seen  map[string]int // pages checked, by their first folder
	count int
}

func (i *inspector) Write(path string, data []byte) error {
	section, _, _ := strings.Cut(path, "/")
	if !strings.HasSuffix(path, ".html") {
		return nil
	}
	if i.count++; section == "releases" && i.count%20 != 0 {
		return nil
	}
	i.seen[section]++
	for _, m := range mistakes(data) {
		i.t.Errorf("%s: %s", path, m)
	}
	return nil
}

func TestDemoIsWellFormed(t *testing.T) {
	i := &inspector{t: t, seen: map[string]int{}}
	if err := Render(report.Pages(demoScorecard(t), report.Options{Version: "1.2.3", BaseURL: "https://acme.example/shop/"}), i); err != nil {
		t.Fatal(err)
	}
	for section, least := range map[string]int{"index.html": 1, "404.html": 1, "about": 1, "why-empty": 1, "kpi": 10, "deployments": 3, "releases": 50} {
		if i.seen[section] < least {
			t.Errorf("%d pages of %s looked at, want at least %d", i.seen[section], section, least)
		}
	}
}

// The checks see what they are for.
func TestChecksOfPagesSeeMistakes(t *testing.T) {
	page := string(written(t, parsed(t), "index.html", samples()["kpi"]))
	for name, test := range map[string]struct{ old, new string }{
		"script":         {"</main>", "<script>1</script></main>"},
		"handler":        {"<main ", `<main onclick="1" `},
		"style":          {"<main ", `<main style="color:red" `},
		"address":        {"<main id=\"main\">", `<main id="main"><a href="javascript:1">a</a>`},
		"rooted address": {"<main id=\"main\">", `<main id="main"><a href="/index.html">a</a>`},
		"policy":         {"connect-src 'self'", "connect-src *"},
		"second heading": {"</main>", "<h1>a</h1></main>"},
		"skipped level":  {"</main>", "<h4>a</h4></main>"},
		"double id":      {"</main>", `<p id="main"></p></main>`},
		"no such label":  {"<main ", `<main aria-labelledby="nobody" `},
		"open element":   {"</main>", "<p></main>"},
		"list in a word": {"</main>", "<p><ul></ul></p></main>"},
		"table":          {"</main>", "<table><tbody><tr><td>a</td></tr></tbody></table></main>"},
		"comment":        {"</main>", "<!-- a --></main>"},
	} {
		if len(mistakes([]byte(strings.Replace(page, test.old, test.new, 1)))) == 0 {
			t.Errorf("%s: nothing found", name)
		}
	}
}
