package github

import (
	"strings"
	"unicode"
)

// How many characters of somebody else's text are repeated.
const (
	maxDetail  = 200
	maxMessage = 500
)

// clean makes one line of text from elsewhere, of so many characters at most:
// without control and format characters, which can turn a log line around, and
// without the token, which a server may repeat.
func clean(text, token string, most int) string {
	if token != "" {
		text = strings.ReplaceAll(text, token, "***")
	}
	var line []rune
	gap := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			gap = len(line) > 0
			continue
		case !unicode.IsPrint(r) || r == unicode.ReplacementChar:
			continue
		case gap:
			line, gap = append(line, ' '), false
		}
		if line = append(line, r); len(line) > most {
			return string(line[:most-1]) + "…"
		}
	}
	return string(line)
}
