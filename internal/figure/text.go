package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes a hostile label fit for a line of text: valid UTF-8, one line,
// and without control, bidirectional or other invisible characters. It does
// not escape.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		case r == 0x200B, r == 0xFEFF, r&0xFFFE == 0xFFFE:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// glyph is the width of r in units of the letter size, after the widest of the
// common system fonts, so that a label measured here never turns out longer.
func glyph(r rune) float64 {
	switch {
	case strings.ContainsRune("iljI.,:;'|!", r):
		return 0.36
	case strings.ContainsRune(" ftr()[]-/\"", r):
		return 0.45
	case strings.ContainsRune("mwMW@%–—", r):
		return 1
	case r >= 'A' && r <= 'Z':
		return 0.78
	case r < 0x250:
		return 0.65
	case unicode.Is(unicode.Mn, r):
		return 0
	case r < 0x1100:
		return 0.85
	}
	return 1.2
}

// width estimates the length of s in pixels at a letter size; never too short.
func width(s string, size float64) float64 {
	sum := 0.0
	for _, r := range s {
		sum += glyph(r)
	}
	return sum * size
}

// widest is the length of the longest of the labels.
func widest(labels []string, size float64) float64 {
	most := 0.0
	for _, l := range labels {
		most = max(most, width(clean(l), size))
	}
	return most
}

// fit cleans s and shortens it with an ellipsis until it takes at most room
// pixels; it is empty when not even one letter has room.
func fit(s string, size, room float64) string {
	s = clean(s)
	if width(s, size) <= room {
		return s
	}
	room -= width("…", size)
	used, end := 0.0, 0
	for i, r := range s {
		if used += glyph(r) * size; used > room {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	if end == 0 {
		return ""
	}
	return strings.TrimRight(s[:end], " ") + "…"
}

// bold is how much wider emphasised letters run.
const bold = 1.1
