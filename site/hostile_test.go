package site

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape/internal/markup"
	"github.com/shipshape-report/shipshape/report"
)

// payloads are texts that run code, swallow a page or break its layout where they
// are written carelessly.
var payloads = map[string]string{
	"end of a script":      `</script><script>alert(1)</script>`,
	"marker of a function": `__f__ alert(1) __f__`,
	"comment":              `<!--<script>`,
	"image":                `<img src=x onerror=alert(1)>`,
	"function as text":     `<svg onload="alert(1)"><title>hover</title></svg>`,
	"escaped end":          `&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;`,
	"attribute":            `" onmouseover="alert(1)" x='y' autofocus onfocus=alert(1) `,
	"ends of elements":     `</title></style></textarea></noscript></template></td></table></main></body></html>`,
	"address":              `[a](javascript:alert(1)) https://example.com www.example.com a@example.com <https://example.com>`,
	"direction":            "\u202evil\u202c \u2066isolate\u2069 \u200fright\u200e \u061c",
	"control characters":   "nul \x00 bell \a escape \x1b[2J delete \x7f c1 \u009b31m",
	"broken letters":       "\xff\xfe \xc3( \xed\xa0\x80 \ufffd \ufffe",
	"unseen letters":       "zero\u200bwidth\ufeff tag\U000e0041",
	"template":             `{{.Frame}} {{template "base" .}} ${alert(1)} <%= 1 %>`,
	"back-ticks":           "`a` ``b` ``` <b>`</b>`",
	"bars":                 `a|b \| || |---|:-:|`,
	"lines":                "a\nb\r\n\r\n# c\n\n- d\n\n    e\u2028f\u2029g\v\f\u0085h",
	"marks":                "# *a* _b_ ~~c~~ ![d](https://example.com/x.png) [e]: f\\",
	"references":           "#1 owner/name#2 GH-3 @owner @org/team :tada: $x$ 0123456789abcdef0123456789abcdef01234567",
	"items":                "1. a 2) b - c + d * e > f === ---",
	"formula":              `=cmd|' /C calc'!A0`,
	"long word":            strings.Repeat("Donaudampfschifffahrt", 500),
	"long word of marks":   strings.Repeat("-.", 400),
	"other scripts":        "العربية עברית 日本語 Ünïcödé 🧨",
	"raw elements":         `<base href=//x><form action=//x><input><meta http-equiv=refresh><link rel=stylesheet href=//x><iframe srcdoc=x><math><mtext>`,
}

// Text from GitHub changes what a page says and nothing else about it.
func TestHostileTextIsOnlyText(t *testing.T) {
	r := parsed(t)
	for kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			harmless := map[bool][]string{false: skeleton(t, r, kind, "words", false), true: skeleton(t, r, kind, "words", true)}
			for name, payload := range payloads {
				for bare, want := range harmless {
					if bare && len(payload) > 5000 {
						continue // how long words are does not go by flags
					}
					if diff := cmp.Diff(want, skeleton(t, r, kind, payload, bare)); diff != "" {
						t.Errorf("%s changes the page (-harmless +hostile):\n%s", name, diff)
					}
				}
			}
		})
	}
}

// skeleton is that of a page with the words in every field, which must be inert.
// A page that is not bare says what every hostile field holds; only that for
// missing addresses leaves out the way back.
func skeleton(t *testing.T, r *renderer, kind, words string, bare bool) []string {
	t.Helper()
	page, shown := filledPage(kinds[kind], words, bare)
	source := written(t, r, "index.html", page)
	if s := unseen(string(source)); s != "" {
		t.Errorf("%s: the page holds %s", kind, s)
	}
	d := parse(source)
	d.checkForm()
	d.checkInert()
	said := d.letters()
	for _, text := range shown {
		if want := spoken(text); !bare && kind != "notfound" && !strings.Contains(said, want) {
			d.wrong("the page does not say %.300q", want)
		}
	}
	for _, m := range d.mistakes {
		t.Errorf("%s with %.60q: %s", kind, words, m)
	}
	return d.skeleton()
}

// spoken is what a text says where it is longest and where it is shortest: titles
// are cut after 300 letters.
func spoken(text string) string {
	letters := []rune(squeezed(markup.Text(text)))
	return string(letters[:min(len(letters), 200)])
}

// unseen names the first character of a page that no reader sees.
func unseen(page string) string {
	if !utf8.ValidString(page) {
		return "broken letters"
	}
	for _, c := range page {
		if c != '\n' && c != '\t' && (unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || c == 0xfeff || c == 0x200b || c == utf8.RuneError) {
			return string([]rune{'"', c, '"'})
		}
	}
	return ""
}

// Addresses are made safe before they come here; what were not would lead
// nowhere.
func TestHostileAddressLeadsNowhere(t *testing.T) {
	for _, href := range []string{"javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", `" onclick="alert(1)`} {
		page := &report.ReleasesPage{Frame: frame("Releases"), Newer: &report.Link{Text: "newer", Href: href}}
		d := parse(written(t, parsed(t), "index.html", page))
		for _, n := range d.named("a") {
			if rel, _ := attribute(n, "rel"); rel != "next" {
				continue
			}
			got, _ := attribute(n, "href")
			if strings.Contains(got, ":") || len(n.Attr) != 3 {
				t.Errorf("%q leads to %q with %v", href, got, n.Attr)
			}
		}
		if got := markdownLink("a", href); strings.Contains(href, ":") && got != "a" {
			t.Errorf("%q in Markdown is %q", href, got)
		}
	}
}

func TestHostileCellsAreNoFormulas(t *testing.T) {
	plain := regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
	table := &report.CSV{Head: []string{"a", "b"}, Rows: [][]string{{"-1.5", "12"}, {"", "0"}}}
	for _, p := range payloads {
		for _, mark := range []string{"", "=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\x00=", "\u200b=", "|", "-1+", "＝"} {
			table.Rows = append(table.Rows, []string{mark + p, p})
		}
	}
	source := written(t, parsed(t), "data/a.csv", table)
	rows, err := csv.NewReader(strings.NewReader(string(source))).ReadAll()
	if err != nil || len(rows) != len(table.Rows)+1 {
		t.Fatalf("%d rows of %d: %v", len(rows), len(table.Rows)+1, err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r\n |%＝＋－＠", []rune(cell)[0]) && !plain.MatchString(cell) {
				t.Errorf("the cell %.60q may be run", cell)
			}
		}
	}
	if diff := cmp.Diff([]string{"-1.5", "12"}, rows[1]); diff != "" {
		t.Errorf("numbers changed:\n%s", diff)
	}
	if lines := strings.Count(string(source), "\r\n"); lines != len(rows) || strings.Count(string(source), "\n") != lines {
		t.Errorf("%d line ends of RFC 4180 for %d rows", lines, len(rows))
	}
}

func TestHostileTextSurvivesJSON(t *testing.T) {
	for name, p := range payloads {
		var got map[string]string
		if err := json.Unmarshal(written(t, parsed(t), "data/a.json", map[string]string{"a": p}), &got); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if want := strings.ToValidUTF8(p, "\ufffd"); utf8.ValidString(p) && got["a"] != want {
			t.Errorf("%s: read back as %q", name, got["a"])
		}
	}
}

// FuzzHostileText puts one text into every field of one page. The payloads have a
// test of their own; as a seed some of them come joined.
func FuzzHostileText(f *testing.F) {
	names := slices.Sorted(maps.Keys(kinds))
	for i := range names {
		f.Add(uint8(i), strings.Join([]string{payloads["image"], payloads["bars"], payloads["lines"], payloads["back-ticks"], payloads["direction"]}, " "))
	}
	r := parsed(f)
	f.Fuzz(func(t *testing.T, choice uint8, words string) {
		kind := names[int(choice)%len(names)]
		if diff := cmp.Diff(skeleton(t, r, kind, "words", false), skeleton(t, r, kind, words, false)); diff != "" {
			t.Errorf("%s (-harmless +hostile):\n%s", kind, diff)
		}
		if r.markdown.Lookup(kind+".md") != nil {
			checkMarkdown(t, r, kind, words)
		}
	})
}
