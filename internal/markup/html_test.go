package markup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var repository = Options{Repository: "https://github.com/acme/shop"}

// body renders src and takes the wrapper off.
func body(t *testing.T, src string, o Options) string {
	t.Helper()
	out := string(HTML([]byte(src), o))
	out, opens := strings.CutPrefix(out, "<div class=\"md\" dir=\"auto\">\n")
	out, closes := strings.CutSuffix(out, "</div>")
	if !opens || !closes {
		t.Fatalf("no wrapper around %q", out)
	}
	return strings.TrimSpace(out)
}

const follow = ` rel="nofollow noopener">`

func TestHTML(t *testing.T) {
	tests := []struct {
		name string
		src  string
		o    Options
		want string
	}{
		{"paragraph", "a *b* **c** ~~d~~ `e`", Options{}, "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>"},
		{"soft break in a file", "a\nb", Options{}, "<p>a\nb</p>"},
		{"hard break in a body", "a\nb", Options{HardWraps: true}, "<p>a<br>\nb</p>"},

		{"script loses its tags", "<script>alert(1)</script>", Options{}, "<p>alert(1)</p>"},
		{"handler is dropped", "a <img src=x onerror=alert(1)> b", Options{}, "<p>a  b</p>"},
		{"details keep their text", "<details>\n<summary>More</summary>\n\n**in**\n\n</details>", Options{}, "<p>\nMore</p>\n<p><strong>in</strong></p>"},
		{"allowed tags", "<kbd>Ctrl</kbd> x<sup>2</sup><br>H<SUB>2</SUB>O", Options{}, "<p><kbd>Ctrl</kbd> x<sup>2</sup><br>H<sub>2</sub>O</p>"},
		{"tags across each other", "<kbd>a <sub>b</kbd> c</sub>", Options{}, "<p>a <sub>b c</sub></p>"},
		{"tag without an end", "a <kbd>b", Options{}, "<p>a b</p>"},
		{"allowed tag with an attribute", `<kbd onclick="x">a</kbd>`, Options{}, "<p>a</p>"},
		{"tag that ends in another node", "<kbd>a *b</kbd> c*", Options{}, "<p>a <em>b c</em></p>"},
		{"tags in each other", strings.Repeat("<sub>", 5) + "a" + strings.Repeat("</sub>", 5), Options{}, "<p><sub><sub><sub>a</sub></sub></sub></p>"},
		{"comment", "a <!-- hidden\n\n still --> b", Options{}, "<p>a  b</p>"},
		{"comment that never ends", "a\n\n<!-- hidden\n\nb", Options{}, "<p>a</p>"},
		{"comment in code", "`<!-- a -->`", Options{}, "<p><code>&lt;!-- a --&gt;</code></p>"},
		{"comment in a fence", "```\n<!-- a -->\n```", Options{}, "<pre><code>&lt;!-- a --&gt;\n</code></pre>"},
		{"comment that opens in the middle of a line", "a <!-- b", Options{}, "<p>a &lt;!-- b</p>"},

		{"https link", "[a](https://x.example/?a=1&b=2)", Options{}, `<p><a href="https://x.example/?a=1&amp;b=2"` + follow + "a</a></p>"},
		{"bare address", "see https://x.example.", Options{}, `<p>see <a href="https://x.example"` + follow + "https://x.example</a>.</p>"},
		{"mail", "<a@x.example>", Options{}, `<p><a href="mailto:a@x.example"` + follow + "a@x.example</a></p>"},
		{"mail with a subject", "[a](mailto:a@x.example?bcc=b@x.example)", Options{}, `<p><a href="mailto:a@x.example"` + follow + "a</a></p>"},
		{"http link", "[a](http://x.example)", Options{}, "<p>a</p>"},
		{"http address", "http://x.example", Options{}, "<p>http://x.example</p>"},
		{"www address", "www.x.example", Options{}, "<p>www.x.example</p>"},
		{"ftp address", "ftp://x.example", Options{}, "<p>ftp://x.example</p>"},
		{"script link", "[a](javascript:alert(1))", Options{}, "<p>a</p>"},
		{"script link in entities", "[a](&#x6a;avascript&colon;alert(1))", Options{}, "<p>a</p>"},
		{"data link", "[a](data:text/html;base64,PHN2Zz4=)", Options{}, "<p>a</p>"},
		{"link to a host", "[a](//x.example/b)", repository, "<p>a</p>"},
		{"link with a user", "[a](https://github.com@x.example/)", Options{}, "<p>a</p>"},
		{"relative link", "[a](docs/a.md)", repository, "<p>a</p>"},
		{"link from the root", "[a](/acme/other)", repository, `<p><a href="https://github.com/acme/other"` + follow + "a</a></p>"},
		{"link from the root of nothing", "[a](/acme/other)", Options{}, "<p>a</p>"},
		{"link whose title breaks out", `[a](https://x.example "\" onclick=\"b")`, Options{}, `<p><a href="https://x.example"` + follow + "a</a></p>"},
		{"link whose target breaks out", `[a](<https://x.example/"onclick=b>)`, Options{}, `<p><a href="https://x.example/%22onclick=b"` + follow + "a</a></p>"},
		{"link without text", "[](https://x.example)", Options{}, `<p><a href="https://x.example"` + follow + "https://x.example</a></p>"},
		{"link resolved twice", "[a](https://x.example/?a=&amp;quot;b)", Options{}, `<p><a href="https://x.example/?a=&amp;quot;b"` + follow + "a</a></p>"},
		{"image", "![shot](https://x.example/a.png)", Options{}, `<p><a href="https://x.example/a.png"` + follow + "shot</a></p>"},
		{"image without words", "![](https://x.example/a.png)", Options{}, `<p><a href="https://x.example/a.png"` + follow + "image</a></p>"},
		{"image over http", "![shot](http://x.example/a.png)", Options{}, "<p>shot</p>"},
		{"image in a link", "[![ok](https://x.example/a.svg)](https://x.example)", Options{}, `<p><a href="https://x.example"` + follow + "ok</a></p>"},

		{"issue", "fixes #12.", repository, `<p>fixes <a href="https://github.com/acme/shop/issues/12"` + follow + "#12</a>.</p>"},
		{"issue elsewhere", "see a_b/c #1, x-y/z.q#5", repository, `<p>see a_b/c <a href="https://github.com/acme/shop/issues/1"` + follow + `#1</a>, <a href="https://github.com/x-y/z.q/issues/5"` + follow + "x-y/z.q#5</a></p>"},
		{"issue behind an underscore", "owner_x/repo#5", repository, "<p>owner_x/repo#5</p>"},
		{"issue in a link", "[see #5](https://x.example)", repository, `<p><a href="https://x.example"` + follow + "see #5</a></p>"},
		{"issue in code", "`#5`", repository, "<p><code>#5</code></p>"},
		{"issue escaped", `\#5 &#35;5`, repository, "<p>#5 #5</p>"},
		{"issue without a repository", "#5", Options{}, "<p>#5</p>"},
		{"person", "thanks @a-b, not a@b or @team/x", repository, `<p>thanks <a href="https://github.com/a-b"` + follow + "@a-b</a>, not a@b or @team/x</p>"},
		{"commit", strings.Repeat("0a", 20) + " 0a0a0a0", repository, `<p><a href="https://github.com/acme/shop/commit/` + strings.Repeat("0a", 20) + `"` + follow + strings.Repeat("0a", 20) + "</a> 0a0a0a0</p>"},

		{"alert", "> [!WARNING]\n> Mind *this*", Options{}, "<blockquote class=\"md-alert md-alert-warning\"><p class=\"md-alert-kind\">Warning</p>\n<p>Mind <em>this</em></p>\n</blockquote>"},
		{"alert without text", "> [!TIP]", Options{}, "<blockquote class=\"md-alert md-alert-tip\"><p class=\"md-alert-kind\">Tip</p>\n</blockquote>"},
		{"alert of no kind", "> [!HACK]\n> a", Options{}, "<blockquote>\n<p>[!HACK]\na</p>\n</blockquote>"},
		{"tasks", "- [x] a\n- [ ] b", Options{}, "<ul>\n<li><span class=\"md-task\" role=\"img\" aria-label=\"done\">☑</span> a</li>\n<li><span class=\"md-task\" role=\"img\" aria-label=\"open\">☐</span> b</li>\n</ul>"},
		{"headings", "# A\n## B\n###### C", Options{HeadingOffset: 2}, "<h3>A</h3>\n<h4>B</h4>\n<h5>C</h5>"},
		{"headings that begin low", "#### A\n#### B\n## C\n### D\n# E", Options{HeadingOffset: 2}, "<h3>A</h3>\n<h3>B</h3>\n<h3>C</h3>\n<h4>D</h4>\n<h3>E</h3>"},
		{"headings below the last level", "# A\n## B\n### C\n#### D\n##### E", Options{HeadingOffset: 2}, "<h3>A</h3>\n<h4>B</h4>\n<h5>C</h5>\n<h6>D</h6>\n<h6>E</h6>"},
		{"heading ids", "# Änderungen!\n# Änderungen\n[up](#änderungen-1) [off](#top)", Options{IDPrefix: "n1\""}, "<h1 id=\"n1-änderungen\">Änderungen!</h1>\n<h1 id=\"n1-änderungen-1\">Änderungen</h1>\n<p><a href=\"#n1-%C3%A4nderungen-1\"" + follow + "up</a> off</p>"},
		{"fence", "```go\" onclick=\"x\na<b\n```", Options{}, "<pre><code class=\"language-go&quot;\">a&lt;b\n</code></pre>"},
		{"hidden characters", "a\u202eb&#x202e;c\x00d\u2066", Options{}, "<p>abcd</p>"},
		{"attributes", "# A {onclick=x .y}", Options{}, "<h1>A {onclick=x .y}</h1>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, body(t, tt.src, tt.o)); diff != "" {
				t.Errorf("HTML(%q) (-want +got):\n%s", tt.src, diff)
			}
		})
	}
}

func TestTableAlignmentIsAClass(t *testing.T) {
	got := body(t, "| a | | c |\n|:--|--:|:-:|\n| 1 | 2 | a\\|b |", Options{})
	want := `<div class="md-table" role="group" aria-label="Table" tabindex="0"><table>
<thead>
<tr>
<th class="md-left">a</th>
<td class="md-right"></td>
<th class="md-center">c</th>
</tr>
</thead>
<tbody>
<tr>
<td class="md-left">1</td>
<td class="md-right">2</td>
<td class="md-center">a|b</td>
</tr>
</tbody>
</table></div>`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
}

func TestNothingToSeeIsEmpty(t *testing.T) {
	for _, src := range []string{"", " \n\t", "<!-- template -->", "\u202e\x00"} {
		if got := HTML([]byte(src), Options{}); got != "" {
			t.Errorf("HTML(%q) = %q, want nothing", src, got)
		}
	}
}

func TestLongTextIsCutAtALineWithALink(t *testing.T) {
	line := strings.Repeat("word ", 19) + "end.\n" // 100 bytes: 163 whole lines fit into 16,384
	o := Options{OriginalURL: "https://github.com/acme/shop/pull/1"}
	got := body(t, strings.Repeat(line, 200), o)
	if n := strings.Count(got, "end."); n != 163 {
		t.Errorf("%d lines, want 163", n)
	}
	want := `<p class="md-more"><a href="https://github.com/acme/shop/pull/1" rel="nofollow noopener">The text goes on in the original.</a></p>`
	if !strings.HasSuffix(got, want) {
		t.Errorf("ends in %q, want %q", got[len(got)-len(want):], want)
	}
	if got := body(t, strings.Repeat(line, 163), o); strings.Contains(got, "md-more") {
		t.Error("a text of 16,300 bytes is said to go on")
	}
	if got := body(t, strings.Repeat(line, 200), Options{OriginalURL: "javascript:alert(1)"}); !strings.HasSuffix(got, `<p class="md-more">The text goes on in the original.</p>`) {
		t.Errorf("ends in %q, want no link", got[len(got)-80:])
	}
}
