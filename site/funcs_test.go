package site

import (
	"html/template"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape/report"
)

// series points to its values; a negative one is missing.
func series(values ...float64) []*float64 {
	var all []*float64
	for _, v := range values {
		if v < 0 {
			all = append(all, nil)
			continue
		}
		all = append(all, &v)
	}
	return all
}

func TestBlocks(t *testing.T) {
	for _, test := range []struct {
		name string
		kind report.ChartKind
		of   [][]*float64
		want string
	}{
		// Eight blocks of equal width up to the highest: of 8, 4 opens the fifth block
		// and 7 the last, which 8 closes.
		{"steps", report.BarChart, [][]*float64{series(0, 1, 4, 7, 8)}, "`▁▂▅██`"},
		{"missing is no zero", report.BarChart, [][]*float64{series(2, -1, 0)}, "`█·▁`"},
		{"all zero", report.BarChart, [][]*float64{series(0, 0)}, "`▁▁`"},
		{"all missing", report.BarChart, [][]*float64{series(-1, -1)}, "`··`"},
		{"the highlight is left out", report.BarChart, [][]*float64{series(1), series(5)}, "`█`"},
		{"no values", report.BarChart, [][]*float64{{}}, ""},
		{"no series", report.BarChart, nil, ""},
		{"another form", report.LineChart, [][]*float64{series(1, 2)}, ""},
	} {
		c := report.Chart{Kind: test.kind}
		for _, values := range test.of {
			c.Series = append(c.Series, report.ChartSeries{Values: values})
		}
		if got := blocks(c); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestMarkdownCell(t *testing.T) {
	for _, test := range []struct {
		name string
		cell report.Cell
		want string
	}{
		{"text", report.Cell{Text: "a|b\nc"}, "a&#124;b c"},
		{"number", report.Cell{Text: "2.41 a week", Numeric: true, Note: "n = 31"}, "2.41 a week (n = 31)"},
		{"empty", report.Cell{}, ""},
		{"instant instead of text", report.Cell{Text: "a", Time: &report.Time{Text: "18 Aug 2026"}}, "18 Aug 2026"},
		{"link within the site", report.Cell{Text: "v1]", Href: "../v1/index.html"}, `[v1\]](../v1/index.html)`},
		{"link outside", report.Cell{Text: "#1", Href: "https://github.com/o/r/pull/1"}, "[#&#8203;1](https://github.com/o/r/pull/1)"},
		{"hostile link", report.Cell{Text: "a", Href: "javascript:alert(1)"}, "a"},
		{"link that breaks out", report.Cell{Text: "a", Href: "https://x.example/)|"}, "[a](https://x.example/%29%7C)"},
		{"code", report.Cell{Text: "abc_1", Code: true}, "`abc_1`"},
		{"code with a bar", report.Cell{Text: "a|b", Code: true}, "<code>a&#124;b</code>"},
		{"a link is not code too", report.Cell{Text: "abc", Code: true, Href: "a.html"}, "[abc](a.html)"},
		{"note", report.Cell{Text: "v1", Note: "a|b"}, "v1 (a&#124;b)"},
	} {
		if got := markdownCell(test.cell); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestStampIsUTC(t *testing.T) {
	at := time.Date(2026, 8, 18, 1, 2, 3, 4, time.FixedZone("CEST", 2*60*60))
	if got, want := stamp(at), "2026-08-17T23:02:03Z"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestBDIOnlyWhereDirectionMayTurn(t *testing.T) {
	for text, want := range map[string]template.HTML{
		"":          "",
		"a <b> & c": "a &lt;b&gt; &amp; c",
		"Zürich":    "Zürich",
		"– “a” …":   "– “a” …",
		"日本":        "<bdi>日本</bdi>",
		"עברית <b>": "<bdi>עברית &lt;b&gt;</bdi>",
	} {
		if got := bdi(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// 404 pages allow their style by its digest.
func TestHashOfTheInlineStyle(t *testing.T) {
	// printf abc | openssl dgst -sha256 -binary | base64
	if got, want := cspHash([]byte("abc")), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
