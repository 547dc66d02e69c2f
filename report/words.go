package report

import (
	"maps"
	"slices"
	"strings"
)

// count writes a number with its noun: "1 change", "1 204 changes".
func count(n int, noun string) string { return whole(n) + " " + plural(n, noun) }

// plural returns a noun as it follows a number.
func plural(n int, noun string) string {
	switch {
	case n == 1:
		return noun
	case strings.HasSuffix(noun, "ory"), strings.HasSuffix(noun, "ery"):
		return strings.TrimSuffix(noun, "y") + "ies"
	case noun == "race between builds":
		return "races between builds"
	case strings.HasSuffix(noun, "sh"), strings.HasSuffix(noun, "ch"):
		return noun + "es"
	}
	return noun + "s"
}

// either returns the form of a word that follows a number.
func either(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// list joins words: "a", "a and b", "a, b and c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// sentence begins a clause with a capital letter and ends it with a full stop. A
// clause that begins with a name in another alphabet stays as it begins.
func sentence(clause string) string {
	clause = upper(strings.TrimSpace(clause))
	if clause == "" || strings.ContainsAny(clause[len(clause)-1:], ".!?") {
		return clause
	}
	return clause + "."
}

// upper begins a text with a capital letter.
func upper(text string) string {
	if text != "" && 'a' <= text[0] && text[0] <= 'z' {
		return strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}

// lower begins a text with a small letter.
func lower(text string) string {
	if text != "" && 'A' <= text[0] && text[0] <= 'Z' {
		return strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

func joinComma(words []string) string { return strings.Join(words, ", ") }

// sortedKeys returns the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
