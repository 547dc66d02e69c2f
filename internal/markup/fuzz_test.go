package markup

import (
	"bytes"
	"encoding/csv"
	stdhtml "html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// payloads are texts that have broken report pages before.
var payloads = []string{
	`</script><script>alert(1)</script>`,
	`__f__ alert(1) __f__`,
	`<!--<script>`,
	`<img src=x onerror=alert(1)>`,
	`"><svg/onload=alert(1)>`,
	`&lt;/script&gt;`,
	"[a](javascript:alert(1)) ![b](http://c) <https://d.example> e@f.example",
	"> [!NOTE]\n> a\n\n| a | b |\n|:-:|--:|\n| `c` | #1 |\n\n- [x] @d\n  1. e",
	"# a\n# a\n[b](#a)\n```x\" y\n<b>\n```\n    code",
	"<kbd>a<sup>b</kbd>c</sup><br/><!-- d --><details>",
	"a\u202eb\x00c\x1b\u2066 &#x202e; &#0; &#x6a;avascript:",
	"www.a.example http\\://b GH-1 o/r#2 :tada: $x$ ~~y~~ 1. - + = |",
	"\xff\xfe\xc3(\xed\xa0\x80",
	"=HYPERLINK(\"https://a.example\")",
}

func seed(f *testing.F) {
	for _, p := range payloads {
		f.Add(p)
	}
}

// tags are the only forms in which markup may come out.
var tags = regexp.MustCompile(`^(?:/?(?:p|em|strong|del|code|pre|ul|ol|li|blockquote|h[1-6]|hr|table|thead|tbody|tr|th|td|div|span|a|kbd|sub|sup)|br|` +
	`ol start="\d+"|code class="language-[^"<>]*"|pre class="md-plain"|h[1-6] id="p-[^"<>]+"|` +
	`t[hd] class="md-(?:left|right|center)"|p class="md-(?:more|alert-kind)"|blockquote class="md-alert md-alert-[a-z]+"|` +
	`div class="md" dir="auto"|div class="md-table" role="group" aria-label="Table" tabindex="0"|` +
	`span class="md-task" role="img" aria-label="(?:done|open)"|` +
	`a href="(?:https://|mailto:|#p-)[^"<>]*" rel="nofollow noopener")$`)

var anyTag = regexp.MustCompile(`<([^>]*)>`)

// checkHTML fails on any markup that this package does not write itself, on tags
// that do not nest, and on hidden characters.
func checkHTML(t *testing.T, out string) {
	t.Helper()
	if !utf8.ValidString(out) || out != strip(out) {
		t.Errorf("hidden characters in %q", out)
	}
	var open []string
	for _, m := range anyTag.FindAllStringSubmatch(out, -1) {
		if !tags.MatchString(m[1]) {
			t.Errorf("foreign tag %q in %q", m[0], out)
		}
		name, _, _ := strings.Cut(m[1], " ")
		switch last := len(open) - 1; {
		case name == "br" || name == "hr":
		case name[0] != '/':
			if name == "a" && slices.Contains(open, "a") {
				t.Errorf("link in a link in %q", out)
			}
			open = append(open, name)
		case last < 0 || open[last] != name[1:]:
			t.Fatalf("%s closes %v in %q", m[0], open, out)
		default:
			open = open[:last]
		}
	}
	if len(open) > 0 {
		t.Errorf("%v stay open in %q", open, out)
	}
	if rest := anyTag.ReplaceAllString(out, ""); strings.ContainsAny(rest, "<>") {
		t.Errorf("bare bracket in %q", out)
	}
}

func FuzzHTML(f *testing.F) {
	seed(f)
	for _, src := range costly {
		f.Add(src)
	}
	for _, src := range cheap {
		f.Add(src)
	}
	o := Options{Repository: "https://github.com/acme/shop", OriginalURL: "https://github.com/acme/shop/issues/1", IDPrefix: "p", HeadingOffset: 1, HardWraps: true}
	f.Fuzz(func(t *testing.T, src string) {
		out := string(HTML([]byte(src), o))
		checkHTML(t, out)
		if len(out) > maxOutput+400 {
			t.Errorf("%d bytes of output", len(out))
		}
		if out != string(HTML([]byte(src), o)) {
			t.Error("two renderings differ")
		}
		// HTML survives a panic of the parser; here one is to be seen.
		input, _ := cut([]byte(uncomment(strip(src))), maxSource)
		render(input, o)
	})
}

func FuzzTitle(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		out := string(Title(s))
		inner, ok := strings.CutPrefix(strings.TrimSuffix(out, "</bdi>"), "<bdi>")
		if !ok || !strings.HasSuffix(out, "</bdi>") {
			t.Fatalf("no bdi around %q", out)
		}
		inner = strings.NewReplacer("<code>", "", "</code>", "").Replace(inner)
		if strings.ContainsAny(inner, "<>\"'") || out != strip(out) {
			t.Errorf("Title(%q) = %q", s, out)
		}
		if utf8.RuneCountInString(stdhtml.UnescapeString(inner)) > titleLetters+1 {
			t.Errorf("%q is too long", out)
		}
	})
}

// github stands in for GitHub's own rendering.
var github = goldmark.New(goldmark.WithExtensions(extension.GFM))

// shown renders Markdown that must be one paragraph and returns its text.
func shown(t *testing.T, source string) string {
	t.Helper()
	var b bytes.Buffer
	if err := github.Convert([]byte(source), &b); err != nil {
		t.Fatal(err)
	}
	inner, opens := strings.CutPrefix(strings.TrimSuffix(b.String(), "\n"), "<p>")
	inner, closes := strings.CutSuffix(inner, "</p>")
	if !opens || !closes || strings.ContainsAny(inner, "<>") {
		t.Fatalf("%q is not one paragraph of text: %q", source, b.String())
	}
	return strings.ReplaceAll(stdhtml.UnescapeString(inner), "\u200b", "")
}

func FuzzMarkdownText(f *testing.F) {
	seed(f)
	mention := regexp.MustCompile(`@[\pL\pN]|#[0-9]|(?i:gh-)[0-9]`)
	f.Fuzz(func(t *testing.T, s string) {
		want := Text(s)
		if want == "" {
			if got := MarkdownText(s); got != "" {
				t.Errorf("MarkdownText(%q) = %q, want nothing", s, got)
			}
			return
		}
		source := MarkdownText(s)
		if got := shown(t, source); got != want {
			t.Errorf("%q shows %q, want %q", source, got, want)
		}
		if m := mention.FindString(strings.NewReplacer(gap, "\u200b", "&#124;", "|").Replace(source)); m != "" {
			t.Errorf("%q still holds %q", source, m)
		}
		inCell(t, source, want)
	})
}

// inCell checks that the text keeps to its cell of a table.
func inCell(t *testing.T, source, want string) {
	t.Helper()
	var b bytes.Buffer
	if err := github.Convert([]byte("| a | b |\n|---|---|\n| "+source+" | end |\n"), &b); err != nil {
		t.Fatal(err)
	}
	_, cell, _ := strings.Cut(b.String(), "<tbody>\n<tr>\n<td>")
	cell, rest, _ := strings.Cut(cell, "</td>")
	got := strings.ReplaceAll(stdhtml.UnescapeString(cell), "\u200b", "")
	if strings.Contains(cell, "<") || got != want || !strings.HasPrefix(rest, "\n<td>end</td>") {
		t.Errorf("cell of %q shows %q, want %q; then %q", source, got, want, rest)
	}
}

func FuzzMarkdownLink(f *testing.F) {
	for _, p := range payloads {
		f.Add(p, "https://x.example/"+p)
		f.Add("a", p)
	}
	link := regexp.MustCompile(`^<p><a href="https://[^"]*">[^<]*</a></p>\n$`)
	f.Fuzz(func(t *testing.T, text, address string) {
		source := MarkdownLink(text, address)
		if URL(address) == "" {
			if source != MarkdownText(text) {
				t.Errorf("MarkdownLink(%q, %q) = %q", text, address, source)
			}
			return
		}
		var b bytes.Buffer
		if err := github.Convert([]byte(source), &b); err != nil {
			t.Fatal(err)
		}
		if !link.MatchString(b.String()) {
			t.Errorf("%q shows %q", source, b.String())
		}
	})
}

func FuzzURL(f *testing.F) {
	seed(f)
	f.Add("https://x.example:443/a b?c=d&e#f")
	f.Add("https://0\"000#0000")
	f.Fuzz(func(t *testing.T, s string) {
		out := URL(s)
		if out == "" {
			return
		}
		u, err := url.Parse(out)
		if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
			t.Errorf("URL(%q) = %q", s, out)
		}
		if strings.ContainsAny(out, " \"'<>()`|\\\n\t") || out != strip(out) {
			t.Errorf("URL(%q) = %q holds what breaks out", s, out)
		}
		if again := URL(out); again != out {
			t.Errorf("URL(%q) = %q, and of that %q", s, out, again)
		}
	})
}

func FuzzCSVCell(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		cell := CSVCell(s)
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.WriteAll([][]string{{cell, "end"}}); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(rows) != 1 || rows[0][0] != cell {
			t.Errorf("%q reads back as %q, %v", cell, rows, err)
		}
		if cell != "" && strings.IndexByte("=+-@\t\r\n ", cell[0]) >= 0 && !decimal(cell) {
			t.Errorf("CSVCell(%q) = %q is a formula", s, cell)
		}
		if got := strings.TrimPrefix(cell, "'"); got != Text(s) && cell != Text(s) {
			t.Errorf("CSVCell(%q) = %q loses text", s, cell)
		}
	})
}
