package markup

import (
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// gap is a space without width. GitHub looks for mentions, references and
// emoji after rendering, where escapes are gone; only a character in between
// keeps them apart.
const gap = "&#8203;"

// MarkdownText escapes s, as one line, so that GitHub's Markdown shows it
// literally: in a paragraph, a list item, a heading or a table cell. No one is
// mentioned, nothing is referenced or linked, no emoji or formula appears.
// Commit hashes are left whole, so that they can be copied; GitHub may link
// them. Empty for an empty text.
func MarkdownText(s string) string {
	s = Text(s)
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for i, r := range s {
		b.WriteString(escaped(s, i, r))
	}
	return b.String()
}

// escaped is the form of the character r at s[i:].
func escaped(s string, i int, r rune) string {
	rest := s[i+1:] // only used for characters of one byte
	switch r {
	case '&', '<', '>':
		return html.EscapeString(string(r))
	case '|':
		return "&#124;"
	case '\\', '`', '*', '_', '[', ']', '~', '$':
		return `\` + string(r)
	case '@':
		return string(r) + gap
	case '#':
		return hash(i, rest)
	case ':':
		return colon(rest)
	case '-', '+', '=', '.', ')':
		return punctuation(s, i, r)
	}
	return s[i : i+utf8.RuneLen(r)]
}

// hash keeps # from opening a heading, which takes a space or its like after it,
// and from naming an issue.
func hash(i int, rest string) string {
	mark := "#"
	if i == 0 && (rest == "" || rest[0] == ' ' || rest[0] == '#') {
		mark = `\#`
	}
	if rest != "" && rest[0] != ' ' {
		mark += gap
	}
	return mark
}

var emoji = regexp.MustCompile(`^[A-Za-z0-9_+-]+:`)

// colon keeps : from completing an address and from opening an emoji.
func colon(rest string) string {
	switch {
	case strings.HasPrefix(rest, "/"):
		return `\:`
	case emoji.MatchString(rest):
		return ":" + gap
	}
	return ":"
}

// punctuation escapes what opens a list, a rule or an address, and nothing
// else, so that the source stays readable.
func punctuation(s string, i int, r rune) string {
	before, rest := s[:i], s[i+1:]
	switch {
	case opens(before, rest, r):
		return `\` + string(r)
	case r == '.' && endsWith(before, "www"):
		return `\.`
	case r == '-' && endsWith(before, "gh") && rest != "" && digits(rest[:1]):
		return "-" + gap
	}
	return s[i : i+1]
}

// opens says whether r begins a list item, a rule or the line under a heading.
// Each needs a space or its like after it, so that 2.41 and -5 are left alone;
// the number of an item has at most nine digits.
func opens(before, rest string, r rune) bool {
	last := rest == "" || rest[0] == ' '
	switch r {
	case '-', '+', '=':
		return before == "" && (last || rune(rest[0]) == r)
	}
	return last && len(before) <= 9 && digits(before)
}

// endsWith ignores case.
func endsWith(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

// MarkdownCode renders s as code, on one line, fit for a table cell. A text with
// back-ticks or bars becomes an HTML code element: no escape works for them both
// inside and outside of tables. Empty for an empty text.
func MarkdownCode(s string) string {
	s = Text(s)
	switch {
	case s == "":
		return ""
	case strings.ContainsAny(s, "`|"):
		return "<code>" + MarkdownText(s) + "</code>"
	}
	return "`" + s + "`"
}

// MarkdownLink links text to address. An address that URL refuses leaves the
// text alone; an empty text shows the address.
func MarkdownLink(text, address string) string {
	address = URL(address)
	label := MarkdownText(text)
	switch {
	case address == "":
		return label
	case label == "":
		label = MarkdownText(address)
	}
	return "[" + label + "](" + address + ")"
}
