package timeline

import (
	"strconv"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// mergeStarts are what a subject that merges a pull request begins with, before
// the number: GitHub's button, merge scripts, and merge queues.
var mergeStarts = []string{"Merge pull request ", "Merge PR ", "Merge ", "Auto merge of "}

// mergedNumber reads the subject of a merge ("Merge pull request #5 from a/b",
// "Merge owner/name#5: title") and returns the number and, where it is stated, the
// repository it belongs to; 0 for any other subject.
func mergedNumber(subject string) (shipshape.RepositoryName, int) {
	for _, start := range mergeStarts {
		rest, ok := strings.CutPrefix(subject, start)
		if !ok {
			continue
		}
		if repository, n, after := reference(rest); n > 0 && (after == "" || strings.ContainsAny(after[:1], " :,")) {
			return repository, n
		}
	}
	return "", 0
}

// reference reads "#5" or "owner/name#5" at the start of a text and returns what
// comes after it. The number is 0 if the text begins with anything else.
func reference(text string) (repository shipshape.RepositoryName, n int, after string) {
	name, rest, ok := strings.Cut(text, "#")
	if !ok || name != "" && !isRepositoryName(name) {
		return "", 0, text
	}
	digits := 0
	for digits < len(rest) && isDigit(rune(rest[digits])) {
		digits++
	}
	n = number(rest[:digits])
	if n == 0 {
		return "", 0, text
	}
	return shipshape.RepositoryName(name), n, rest[digits:]
}

// isRepositoryName reports whether a text has the form "owner/name".
func isRepositoryName(text string) bool {
	owner, name, ok := strings.Cut(text, "/")
	return ok && owner != "" && name != "" && !strings.ContainsFunc(owner+name, func(r rune) bool {
		return !isDigit(r) && !isLetter(r) && !strings.ContainsRune("-_.", r)
	})
}

// number reads the decimal digits of a pull request's number; 0 if they are none,
// or more than GitHub would give.
func number(digits string) int {
	if digits == "" || len(digits) > 9 || digits[0] == '0' {
		return 0
	}
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// lastNumber returns the number of a subject that ends in "(#5)", as a squash
// does, and the subject without it. Of several such numbers the last counts; 0 if
// there is none.
func lastNumber(subject string) (n int, title string) {
	trimmed := strings.TrimRight(subject, " ")
	inner, ok := strings.CutSuffix(trimmed, ")")
	if !ok {
		return 0, subject
	}
	at := strings.LastIndex(inner, "(#")
	if at < 0 {
		return 0, subject
	}
	if n = number(inner[at+2:]); n == 0 {
		return 0, subject
	}
	return n, strings.TrimRight(inner[:at], " ")
}
