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
