package site

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/shipshape-report/shipshape/internal/markup"
)

// github stands in for GitHub's reading of Markdown.
var github = goldmark.New(goldmark.WithExtensions(extension.GFM))

// Text from GitHub changes what a page in Markdown says and nothing else about
// it: tables keep their columns, and nothing becomes a link.
func TestHostileTextIsOnlyTextInMarkdown(t *testing.T) {
	r := parsed(t)
	for _, kind := range []string{"overview", "releases", "release"} {
		t.Run(kind, func(t *testing.T) {
			for _, p := range payloads {
				checkMarkdown(t, r, kind, p)
			}
		})
	}
}

func checkMarkdown(t *testing.T, r *renderer, kind, words string) {
	t.Helper()
	for _, bare := range []bool{false, true} {
		harmless, _ := filledPage(kinds[kind], "words", bare)
		page, shown := filledPage(kinds[kind], words, bare)
		source := written(t, r, "index.md", page)
		said, code, bones := readMarkdown(source)
		_, _, want := readMarkdown(written(t, r, "index.md", harmless))
		if diff := cmp.Diff(want, bones); diff != "" {
			t.Errorf("%.60q changes the %s page (-harmless +hostile):\n%s", words, kind, diff)
		}
		if m := wouldCall.FindString(said); m != "" {
			t.Errorf("%.60q on the %s page would be linked: %q", words, kind, m)
		}
		if s := unseen(string(source)); s != "" {
			t.Errorf("%.60q: the %s page holds %s", words, kind, s)
		}
		said = squeezed(strings.ReplaceAll(said, "\u200b", "") + code)
		for _, text := range shown {
			if want := squeezed(markup.Text(text)); strings.Contains(said, numbered(text)) && !strings.Contains(said, want) {
				t.Errorf("the %s page does not say %.300q", kind, want)
			}
		}
	}
}

var number = regexp.MustCompile(`field[0-9]+th`)

// numbered is the mark by which a text of a filled page is known.
func numbered(text string) string { return number.FindString(text) }

// wouldCall is what GitHub turns into a link or a notification after rendering.
var wouldCall = regexp.MustCompile(`@[A-Za-z0-9]|#[0-9]|(?i:\bgh-[0-9])`)

// readMarkdown returns what a page says as GitHub's reading leaves it, what its
// code spans say, and what else it is made of.
func readMarkdown(source []byte) (said, code string, bones []string) {
	var b, spans strings.Builder
	doc := github.Parser().Parse(text.NewReader(source))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(unescaped(string(n.Value(source))))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				spans.Write(c.(*ast.Text).Value(source))
			}
			spans.WriteByte(' ')
			return ast.WalkSkipChildren, nil
		case *ast.RawHTML:
			if tag := string(n.Segments.Value(source)); tag != "<code>" && tag != "</code>" {
				bones = append(bones, "raw "+tag)
			}
		default:
			bones = append(bones, bone(n))
		}
		return ast.WalkContinue, nil
	})
	return b.String(), spans.String(), bones
}

// bone is a node without its words.
func bone(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Link:
		return "link to " + string(n.Destination)
	case *ast.Heading:
		return fmt.Sprintf("heading %d", n.Level)
	case *extast.TableRow:
		return fmt.Sprintf("row of %d", n.ChildCount())
	}
	return n.Kind().String()
}

var escapes = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)

// unescaped is the text that a reader sees.
func unescaped(s string) string {
	s = escapes.ReplaceAllString(s, "$1")
	return strings.NewReplacer("&#8203;", "\u200b", "&#124;", "|", "&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&amp;", "&").Replace(s)
}

// Every table stands after exactly one blank line, or GitHub would read on in the
// paragraph; nowhere are there more.
func TestMarkdownIsSpacedEvenly(t *testing.T) {
	r := parsed(t)
	for _, kind := range []string{"overview", "releases", "release"} {
		full, _ := filledPage(kinds[kind], "words", false)
		bare, _ := filledPage(kinds[kind], "words", true)
		for name, page := range map[string]any{"full": full, "bare": bare, "small": samples()[kind]} {
			source := string(written(t, r, "index.md", page))
			if strings.Contains(source, "\n\n\n") {
				t.Errorf("%s, %s: two blank lines in\n%s", kind, name, source)
			}
			if !strings.HasSuffix(source, "UTC.\n") {
				t.Errorf("%s, %s ends with %q", kind, name, source[max(0, len(source)-20):])
			}
			for line, before := "", ""; source != ""; before = line {
				line, source, _ = strings.Cut(source, "\n")
				block := strings.HasPrefix(line, "#") || strings.HasPrefix(line, "|") && !strings.HasPrefix(before, "|")
				if block && before != "" {
					t.Errorf("%s, %s: %.40q follows %.40q without a blank line", kind, name, line, before)
				}
				if strings.TrimRight(line, " ") != line {
					t.Errorf("%s, %s: space after %.40q", kind, name, line)
				}
			}
		}
	}
}
