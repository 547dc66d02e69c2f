package markup

import (
	"html"
	"html/template"
	"strings"
)

// titleLetters bounds a title; GitHub's own bound for issues is 256.
const titleLetters = 300

// Title renders the title of an issue, pull request or release as inline HTML.
// As on GitHub only code spans are markup; all else is literal. The result is
// wrapped in bdi, so that its direction does not leak into its neighbours. It is
// never empty: nothing to show reads "untitled".
func Title(s string) template.HTML {
	s = shorten(Text(s), titleLetters)
	if s == "" {
		s = "untitled"
	}
	var b strings.Builder
	b.WriteString("<bdi>")
	for s != "" {
		before, code, after := codeSpan(s)
		b.WriteString(html.EscapeString(before))
		if code != "" {
			b.WriteString("<code>" + html.EscapeString(code) + "</code>")
		}
		s = after
	}
	b.WriteString("</bdi>")
	return template.HTML(b.String())
}

// codeSpan splits s at its first code span. Without one, all of s is before. A
// run of back-ticks that nothing closes is literal.
func codeSpan(s string) (before, code, after string) {
	for at := 0; at < len(s); {
		open := strings.IndexByte(s[at:], '`')
		if open < 0 {
			break
		}
		open += at
		n := ticks(s[open:])
		if end := closing(s[open+n:], n); end > 0 {
			return s[:open], unpad(s[open+n : open+n+end]), s[open+2*n+end:]
		}
		at = open + n
	}
	return s, "", ""
}

// ticks counts the back-ticks at the start of s.
func ticks(s string) int {
	return len(s) - len(strings.TrimLeft(s, "`"))
}

// closing is the index of the first run of exactly n back-ticks, or -1.
func closing(s string, n int) int {
	for at := 0; at < len(s); {
		i := strings.IndexByte(s[at:], '`')
		if i < 0 {
			return -1
		}
		at += i
		run := ticks(s[at:])
		if run == n {
			return at
		}
		at += run
	}
	return -1
}

// unpad removes the one space on either side that lets a span begin with a
// back-tick.
func unpad(s string) string {
	if len(s) > 2 && s[0] == ' ' && s[len(s)-1] == ' ' && strings.Trim(s, " ") != "" {
		return s[1 : len(s)-1]
	}
	return s
}
