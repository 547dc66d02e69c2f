package markup

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text reduces s to one clean line: valid UTF-8, no control, bidirectional or
// zero-width characters, white space collapsed and trimmed. It does not escape:
// it is for accessible names, JSON and templates that escape by themselves.
func Text(s string) string {
	return strings.Join(strings.Fields(strip(s)), " ")
}

// Visible drops from a finished page what no reader can see but what changes what
// they read, see [Text], and keeps its line breaks. Pages go through it last, for
// the texts that came into them as plain words. A page without any is returned as
// it is, not copied.
func Visible(page []byte) []byte {
	if bytes.IndexFunc(page, func(r rune) bool { return visible(r) != r }) < 0 {
		return page
	}
	return []byte(strip(string(page)))
}

// strip drops what no reader can see but what changes what they read. Line
// breaks and tabs stay.
func strip(s string) string {
	return strings.Map(visible, strings.ReplaceAll(s, "\r\n", "\n"))
}

// visible is what a character is replaced by; -1 for nothing.
func visible(r rune) rune {
	switch {
	case r >= ' ' && r < 0x7f: // nearly all there is
		return r
	case r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return '\n'
	case r == '\v' || r == '\f':
		return ' '
	case hidden(r):
		return -1
	}
	return r
}

// hidden are control characters, the bidirectional controls, by which text can
// be shown in another order than it is read by a machine, and marks without
// width that split words invisibly. Joiners stay: scripts and emoji need them.
func hidden(r rune) bool {
	switch r {
	case '\n', '\t':
		return false
	case utf8.RuneError, 0x200B, 0x2060, 0xFEFF:
		return true
	}
	if r >= 0xE0000 && r <= 0xE007F { // tags: a second, unseen text
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Noncharacter_Code_Point, r)
}

// shorten cuts s after at most n letters and says so with an ellipsis.
func shorten(s string, n int) string {
	count := 0
	for i := range s {
		if count == n {
			return strings.TrimRight(s[:i], " ") + "…"
		}
		count++
	}
	return s
}
