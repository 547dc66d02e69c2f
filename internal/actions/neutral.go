package actions

import (
	"bytes"
	"io"
	"strings"
	"unicode"
)

// longestLine is how many characters of a line are kept. Nobody reads more, and a
// description of a megabyte is no line of a log.
const longestLine = 2000

// gap is a space without width. It parts the signs that begin a command.
const gap = '\u200b'

// Neutral returns text as one line that the runner does not take for a command.
//
// The runner finds `::name::` at the beginning of a line, white space apart, and
// the older `##[name]` anywhere in it, so that neither indenting nor quoting
// helps: the signs themselves are parted. Whatever breaks a line or steers a
// terminal becomes a space.
func Neutral(text string) string {
	var b strings.Builder
	var last, before rune
	n := 0
	for _, r := range text {
		if n++; n > longestLine {
			b.WriteString(" …")
			break
		}
		if breaks(r) {
			r = ' '
		}
		if r == ':' && last == ':' || r == '[' && last == '#' && before == '#' {
			b.WriteRune(gap)
		}
		b.WriteRune(r)
		before, last = last, r
	}
	return b.String()
}

// breaks reports whether a character ends a line, steers a terminal or reverses
// what is read.
func breaks(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r)
}

// Guard makes every line that is written to it neutral, for what a program prints
// for people. It is not for data: parting signs changes them.
type Guard struct {
	w    io.Writer
	rest []byte // a line that has not ended yet
}

// NewGuard returns a guard before w.
func NewGuard(w io.Writer) *Guard { return &Guard{w: w} }

// Write passes on the lines that are complete and keeps the rest.
func (g *Guard) Write(p []byte) (int, error) {
	g.rest = append(g.rest, p...)
	for {
		end := bytes.IndexByte(g.rest, '\n')
		if end < 0 {
			return len(p), nil
		}
		line := string(g.rest[:end])
		g.rest = g.rest[end+1:]
		if _, err := io.WriteString(g.w, Neutral(line)+"\n"); err != nil {
			return 0, err
		}
	}
}

// Close passes on a last line without an end.
func (g *Guard) Close() error {
	if len(g.rest) == 0 {
		return nil
	}
	_, err := g.Write([]byte("\n"))
	return err
}
