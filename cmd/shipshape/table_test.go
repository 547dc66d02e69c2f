package main

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestTablesAreAligned(t *testing.T) {
	p := &page{}
	p.table([]column{{head: "What"}, {"n", true}, {head: "Note"}}, [][]string{
		{"naïve", "1", "x"}, {"a long one", "1\u202f204", ""}, {"short row"}, {"\x1b[31mred", "2", "two\nlines"},
	})
	want := `What            n  Note
naïve           1  x
a long one  1 204
short row
[31mred         2  two lines
`
	if diff := cmp.Diff(want, p.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestParagraphsHang(t *testing.T) {
	p := &page{}
	p.paragraph("  Remedy: ", strings.Repeat("word ", 18))
	p.paragraph("  ", strings.Repeat("word ", 16))
	p.paragraph("  Nothing: ", " \n")
	want := `  Remedy: word word word word word word word word word word word word word word
    word word word word
  word word word word word word word word word word word word word word word
  word
`
	if diff := cmp.Diff(want, p.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestStylesOnlyWhereAllowed(t *testing.T) {
	for _, colour := range []bool{false, true} {
		p := &page{colour: colour}
		p.heading("One")
		p.table([]column{{head: "A"}}, [][]string{{"b"}})
		want := "One\nA\nb\n"
		if colour {
			want = "\x1b[1mOne\x1b[0m\n\x1b[1mA\x1b[0m\nb\n"
		}
		if diff := cmp.Diff(want, p.String()); diff != "" {
			t.Errorf("colour %t (-want +got):\n%s", colour, diff)
		}
	}
}

// Whatever a history holds: a terminal gets lines of plain text, and every word.
func FuzzNothingReachesTheTerminal(f *testing.F) {
	f.Add("lead: ", "text of a title")
	f.Add("  - \x1b]0;x\x07: ", "\x1b[2J\u202e\u2066 a\r\nb\u0085c \xff")
	f.Fuzz(func(t *testing.T, lead, text string) {
		p := &page{}
		p.heading(text)
		p.line(text)
		p.paragraph(lead, text)
		p.table([]column{{head: "A"}, {"B", true}}, [][]string{{text, lead}, {lead, text}})
		out := p.String()
		if !utf8.ValidString(out) {
			t.Errorf("%q is not UTF-8", out)
		}
		for _, r := range out {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
				t.Errorf("%q holds %U", out, r)
			}
		}
	})
}
