package dataset

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxFact is the longest line of a person's text that is bundled as written, in
// characters. Of a longer one, only the sentences that carry the fact stay.
const maxFact = 200

// omission stands for what was left out before the rest of a line. Approvals,
// headings and some reverts are read at the beginning of a line only: without the
// mark, what was said in mid-line would become one.
const omission = "…"

// The parts that the wordings below are made of.
const (
	numberRef  = `(?:(?:[\w.-]+/[\w.-]+)?#\d+|\bGH-\d+|https?://\S+/(?:issues|pull)/\d+)`
	commitRef  = `(?:https?://\S+/commit/\w+|\b[0-9a-f]{7,64}\b)`
	versionRef = `(?:https?://\S+/releases/tag/\S+|\bv?\d+\.\d+(?:\.\d+)?)`
	anyRef     = `(?:` + numberRef + `|` + commitRef + `|` + versionRef + `)`
)

// wordings are the ways to state a fact, each from its first word to the
// reference it names.
var wordings = []*regexp.Regexp{
	// Reverts: by reference, by title, by what git writes.
	regexp.MustCompile(`(?i)\b(?:this (?:(?:pull request|PR|commit|change) )?)?revert(?:s|ed|ing)?\b[^.;!?]*?(?:` + numberRef + `|` + commitRef + `)`),
	regexp.MustCompile(`(?i)^\s*(?:[\w()/-]+:\s*)?revert\s+["“].+`),
	regexp.MustCompile(`(?i)^\s*(?:this )?reverts? (?:commit|merge|pull request|PR)\b`),
	// Cherry-picks and backports.
	regexp.MustCompile(`(?i)\b(?:cherry[ -]?pick|back-?port)(?:s|ed|ing)?\b[^.;!?]*?(?:` + numberRef + `|` + commitRef + `)`),
	// Closing references, as GitHub reads them.
	regexp.MustCompile(`(?i)\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+` + numberRef),
	// What caused a fault.
	regexp.MustCompile(`(?i)\b(?:caused by|introduced (?:in|by)|brok(?:e|en) (?:in|by|since)|regress(?:ion|ed) (?:from|in|since))\b[^.;!?]*?` + anyRef),
	// What has to come first.
	regexp.MustCompile(`(?i)\b(?:depend(?:s|ing|ent)? on|blocked by)\b[^.;!?]*?` + numberRef),
	// Approval at the start of a line, with the commit approved.
	regexp.MustCompile(`(?i)^ {0,3}[*_` + "`" + `]{0,2}(?:re-?)?(?:ACK|utACK|tACK|LGTM)\b[*_` + "`" + `]{0,2}(?:\s+` + commitRef + `)?`),
}

var (
	heading  = regexp.MustCompile(`^ {0,3}(?:#{1,6}\s+\S.*|(?:\*\*[^*]+\*\*|__[^_]+__):?\s*)$`)
	sections = regexp.MustCompile(`(?i)(?:\b|__)(?:risks?|roll-? ?backs?|testing|how to test|test plan|release notes?|security|breaking(?: changes?)?|upgrad(?:e|es|ing)|known issues?|deploy(?:ment|ments|ing)?)(?:\b|__)`)
	address  = regexp.MustCompile(`[\w.+%-]+@[\w-]+(?:\.[\w-]+)+`)
)

// FactLine reports whether a line of a person's text carries a fact that the
// rest of the program reads: a revert, a cherry-pick, a closing or causal
// reference, a dependency, an approval, or the heading of a section that is
// looked for. A line with an e-mail address never does, nor does one of more than
// 200 characters.
func FactLine(line string) bool {
	return bundled(line) && (states(line) || heading.MatchString(line) && sections.MatchString(line))
}

// SectionLine reports whether a line of a release description stays: the lines
// that carry a fact do, and every heading.
func SectionLine(line string) bool {
	return FactLine(line) || bundled(line) && heading.MatchString(line)
}

// bundled reports whether a line may be bundled at all. What would open a code
// block or a comment may not: it would swallow the facts after it.
func bundled(line string) bool {
	return utf8.RuneCountInString(line) <= maxFact && !address.MatchString(line) &&
		fenceMark(line) == "" && !strings.Contains(line, "<!--")
}

func states(line string) bool {
	return slices.ContainsFunc(wordings, func(w *regexp.Regexp) bool { return w.MatchString(line) })
}

// Facts returns the lines of a text for which keep holds, joined by line feeds.
// A line that is too long gives its sentences for which keep holds, or else the
// bare wording; one from mid-line is led by an ellipsis. Code blocks and HTML
// comments are left out first: without their first and last line, what they quote
// would read as said. So each line that is left began as it does in the text, or
// begins with an ellipsis.
func Facts(text string, keep func(line string) bool) string {
	var kept []string
	for _, line := range spoken(text) {
		if keep(line) {
			kept = append(kept, line)
		} else if utf8.RuneCountInString(line) > maxFact {
			kept = append(kept, excerpts(line, keep)...)
		}
	}
	return strings.Join(kept, "\n")
}

// sentenceEnd is where a long line may be parted.
var sentenceEnd = regexp.MustCompile(`[.!?]\s+`)

// excerpts returns the sentences of a line for which keep holds; where there is
// none, the first wording that it holds for.
func excerpts(line string, keep func(string) bool) []string {
	var kept []string
	start := 0
	for _, end := range append(sentenceEnd.FindAllStringIndex(line, -1), []int{len(line), len(line)}) {
		if sentence := excerpt(line, start, end[1]); keep(sentence) {
			kept = append(kept, sentence)
		}
		start = end[1]
	}
	for _, w := range wordings {
		if at := w.FindStringIndex(line); len(kept) == 0 && at != nil {
			if phrase := excerpt(line, at[0], at[1]); keep(phrase) {
				return []string{phrase}
			}
		}
	}
	return kept
}

// excerpt cuts a part out of a line. What marks the line as a quotation or as an
// item of a list stays before its first words.
func excerpt(line string, start, end int) string {
	mark := omission + " "
	if strings.Trim(line[:start], " \t>*-") == "" {
		mark, start = "", 0
	}
	return mark + strings.TrimRight(line[start:end], " \t\r")
}

// spoken returns the lines of a text outside code blocks and HTML comments.
func spoken(text string) []string {
	var lines []string
	fence := ""
	for line := range strings.Lines(uncommented(text)) {
		line = strings.TrimRight(line, "\r\n")
		mark := fenceMark(line)
		switch {
		case fence == "" && mark != "":
			fence = mark
		case fence != "":
			if strings.HasPrefix(mark, fence) {
				fence = ""
			}
		default:
			lines = append(lines, line)
		}
	}
	return lines
}

var fenceStart = regexp.MustCompile("^ {0,3}(```+|~~~+)")

// fenceMark returns the characters that open or close a code block, or nothing.
func fenceMark(line string) string {
	if m := fenceStart.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	return ""
}

// comment is an HTML comment. One without an end reaches to the end of the text.
var comment = regexp.MustCompile(`(?s)<!--.*?(?:-->|\z)`)

// uncommented empties the HTML comments of a text. What follows one in its line
// is marked as such: the text did not have it where the comment began.
func uncommented(text string) string {
	var out strings.Builder
	end := 0
	for _, at := range comment.FindAllStringIndex(text, -1) {
		out.WriteString(text[end:at[0]])
		end = at[1]
		if rest, _, _ := strings.Cut(text[end:], "\n"); strings.TrimSpace(rest) != "" {
			out.WriteString(omission)
		}
	}
	out.WriteString(text[end:])
	return out.String()
}
