package markup

import (
	"strings"
	"testing"
)

// costly are the texts by which a Markdown parser can be kept busy, or made to
// write megabytes.
var costly = map[string]string{
	"open links":             strings.Repeat("[a](", 20000),
	"open brackets":          strings.Repeat("[", 20000),
	"open brackets in lines": strings.Repeat("[[[[a\n", 2000),
	"quotes":                 strings.Repeat(">", 20000),
	"quotes in lines":        strings.Repeat(strings.Repeat("> ", 40)+"a\n", 100),
	"lists in a line":        strings.Repeat("- ", 1000) + "a",
	"mixed lists in a line":  strings.Repeat("* - 1. ", 300) + "a",
	"lists by indentation":   indented(100),
	"wide table":             strings.Repeat("|a", 2000) + "\n" + strings.Repeat("|-", 2000) + "\n" + strings.Repeat("|\n", 2000),
	"table of 33 columns":    strings.Repeat("|a", 33) + "|\n" + strings.Repeat("|-", 33) + "|\n" + strings.Repeat("|\n", 2000),
	"long table":             strings.Repeat("|a", 32) + "|\n" + strings.Repeat("|-", 32) + "|\n" + strings.Repeat("|\n", 8000),
	"long table in a quote":  "> " + strings.Repeat("|a", 32) + "\n> " + strings.Repeat("|-", 32) + "\n" + strings.Repeat("> |\n", 4000),
	"table of 6,400 cells":   strings.Repeat("|a", 32) + "|\n" + strings.Repeat("|-", 32) + "|\n" + strings.Repeat("|\n", 200),
	"long line":              strings.Repeat("a", 5000),
	"nested emphasis":        strings.Repeat("*a _b ", 20) + "c" + strings.Repeat("_ d*", 20),
}

// cheap are the same ideas as people use them.
var cheap = map[string]string{
	"three lists":         "- a\n  - b\n    - c",
	"a rule":              strings.Repeat("- ", 40),
	"a table of 32":       strings.Repeat("|a", 32) + "|\n" + strings.Repeat("|-", 32) + "|\n|x|",
	"many links":          strings.Repeat("[a](https://x.example) ", 100),
	"back-ticks":          runs(80),
	"emphasis unmatched":  strings.Repeat("*a ", 1000),
	"entities":            strings.Repeat(strings.Repeat("&lt;", 100)+"\n", 40),
	"references":          strings.Repeat("#1 ", 300),
	"comments that open":  strings.Repeat("a <!-- \n", 1000),
	"comments in a fence": "```\n" + strings.Repeat("<!--\n", 1000),
}

func indented(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

// runs are back-tick runs of rising length, none of which is closed.
func runs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("`", i+1) + "a ")
	}
	return b.String()
}

// TestCostlyTextIsShownAsWritten checks the bounds by size, not by time.
func TestCostlyTextIsShownAsWritten(t *testing.T) {
	for name, src := range costly {
		t.Run(name, func(t *testing.T) {
			got := body(t, src, Options{})
			if !strings.HasPrefix(got, `<pre class="md-plain">`) {
				t.Errorf("was rendered: %.100q", got)
			}
			if len(got) > 6*maxSource {
				t.Errorf("%d bytes of output", len(got))
			}
		})
	}
}

// TestCostIsSeenBeforeParsing checks each bound at its edge: 16 marks, brackets
// and 32 cells may pass, one more may not.
func TestCostIsSeenBeforeParsing(t *testing.T) {
	tests := []struct {
		name string
		make func(n int) string
		most int
	}{
		{"quotes", func(n int) string { return strings.Repeat("> ", n) + "a" }, maxDepth},
		{"quotes without spaces", func(n int) string { return strings.Repeat(">", n) + "a" }, maxDepth},
		{"lists", func(n int) string { return strings.Repeat("- ", n) + "a" }, maxDepth},
		{"numbered lists", func(n int) string { return strings.Repeat("1. ", n) + "a" }, maxDepth},
		{"brackets", func(n int) string { return strings.Repeat("[", n) }, maxDepth},
		{"brackets over two lines", func(n int) string { return "(\n" + strings.Repeat("[", n-1) }, maxDepth},
		{"cells", func(n int) string { return "|" + strings.Repeat(":-:|", n) }, maxCells},
		{"cells without outer bars", func(n int) string { return "> -" + strings.Repeat("|-", n-1) }, maxCells},
		{"a line", func(n int) string { return strings.Repeat("a", n-1) + "\n" }, maxLine},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tooCostly([]byte(tt.make(tt.most))) {
				t.Errorf("%d are refused", tt.most)
			}
			if !tooCostly([]byte(tt.make(tt.most + 1))) {
				t.Errorf("%d pass", tt.most+1)
			}
		})
	}
	if tooCostly([]byte(strings.Repeat("(\n\n", 100))) {
		t.Error("brackets of different paragraphs are added up")
	}
}

func TestCheapTextIsRendered(t *testing.T) {
	for name, src := range cheap {
		t.Run(name, func(t *testing.T) {
			got := body(t, src, repository)
			if strings.Contains(got, "md-plain") {
				t.Errorf("was not rendered: %.100q", got)
			}
			if len(got) > maxOutput+200 {
				t.Errorf("%d bytes of output", len(got))
			}
		})
	}
}

func TestOutputIsBounded(t *testing.T) {
	var l limited
	if n, err := l.Write(make([]byte, maxOutput)); n != maxOutput || err != nil {
		t.Fatalf("write to the limit: %d, %v", n, err)
	}
	if n, err := l.Write([]byte("a")); n != 0 || err == nil {
		t.Errorf("write beyond the limit: %d, %v, want an error", n, err)
	}
}

func TestCut(t *testing.T) {
	tests := []struct {
		name, in string
		want     string
		whole    bool
	}{
		{"fits", "ab\ncd", "ab\ncd", true},
		{"at a line end", "ab\ncdefgh", "ab\n", false},
		{"within a letter", "aaaaä", "aaaa", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, whole := cut([]byte(tt.in), 5); string(got) != tt.want || whole != tt.whole {
				t.Errorf("cut(%q) = %q, %v, want %q, %v", tt.in, got, whole, tt.want, tt.whole)
			}
		})
	}
}

func BenchmarkHTML(b *testing.B) {
	ordinary := []byte(strings.Repeat("## Title\n\nSome *text* with `code`, #12 and @name.\n\n- [x] a\n- [ ] b\n\n", 150))
	for b.Loop() {
		HTML(ordinary, repository)
	}
}
