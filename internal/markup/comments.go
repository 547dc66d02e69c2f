package markup

import "strings"

// uncomment removes HTML comments, which templates are full of and GitHub never
// shows. Fenced code and code spans keep theirs. A comment that opens a line and
// never ends hides the rest of the document, as on GitHub.
func uncomment(src string) string {
	var out strings.Builder
	fence := ""
	last := strings.LastIndex(src, "-->")
	total := len(src)
	for src != "" {
		line, rest := src, ""
		if i := strings.IndexByte(src, '\n'); i >= 0 {
			line, rest = src[:i+1], src[i+1:]
		}
		switch mark := fenceMark(line); {
		case fence == "" && mark != "":
			fence = mark
		case fence != "":
			if strings.HasPrefix(mark, fence) && strings.Trim(strings.TrimSpace(line), fence[:1]) == "" {
				fence = ""
			}
		default:
			if at := commentStart(line); at >= 0 {
				var ok bool
				ends := total-len(src)+at+4 <= last
				if src, ok = dropComment(&out, src, at, ends); ok {
					continue
				}
			}
		}
		out.WriteString(line)
		src = rest
	}
	return out.String()
}

// dropComment writes what stands before the comment at src[at:] and returns
// what follows it. It does nothing when the comment neither ends nor opens its
// line. That it ends is known beforehand, lest each comment that does not were
// searched to the end of the document.
func dropComment(out *strings.Builder, src string, at int, ends bool) (rest string, ok bool) {
	switch {
	case ends:
		_, rest, _ = strings.Cut(src[at+4:], "-->")
	case strings.TrimSpace(src[:at]) != "":
		return src, false
	}
	out.WriteString(src[:at])
	return rest, true
}

// fenceMark is the run of three or more back-ticks or tildes that opens a line.
func fenceMark(line string) string {
	trimmed := strings.TrimLeft(line, " ")
	if len(line)-len(trimmed) > 3 || trimmed == "" {
		return ""
	}
	c := trimmed[0]
	run := len(trimmed) - len(strings.TrimLeft(trimmed, string(c)))
	if c != '`' && c != '~' || run < 3 || c == '`' && strings.Contains(trimmed[run:], "`") {
		return ""
	}
	return trimmed[:run]
}

// commentStart is the index of the first comment of the line that does not
// stand in a code span, or -1.
func commentStart(line string) int {
	for from, ticks := 0, 0; ; from += 4 {
		i := strings.Index(line[from:], "<!--")
		if i < 0 {
			return -1
		}
		ticks += strings.Count(line[from:from+i], "`")
		from += i
		if ticks%2 == 0 {
			return from
		}
	}
}
