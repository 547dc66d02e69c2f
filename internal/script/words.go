package script

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// words cuts a line at its blanks. A part in double quotes, written as in Go, may
// hold blanks and stands for what is between the quotes; it may begin inside a
// word (reason="no source"). A word that begins with # ends the line.
func words(line string) ([]string, error) {
	if !utf8.ValidString(line) {
		return nil, errors.New("the line is not UTF-8")
	}
	var out []string
	for rest := strings.TrimLeft(line, " \t"); rest != "" && rest[0] != '#'; rest = strings.TrimLeft(rest, " \t") {
		word, after, err := oneWord(rest)
		if err != nil {
			return nil, err
		}
		out = append(out, word)
		rest = after
	}
	return out, nil
}

// oneWord takes the first word off a line that does not begin with a blank.
func oneWord(line string) (word, rest string, err error) {
	var b strings.Builder
	for line != "" && line[0] != ' ' && line[0] != '\t' {
		if line[0] != '"' {
			b.WriteByte(line[0])
			line = line[1:]
			continue
		}
		quoted, err := strconv.QuotedPrefix(line)
		if err != nil {
			return "", "", fmt.Errorf("quotes that do not close in %s", line)
		}
		text, err := strconv.Unquote(quoted)
		if err != nil {
			return "", "", fmt.Errorf("quoted text %s: %w", quoted, err)
		}
		b.WriteString(text)
		line = line[len(quoted):]
	}
	return b.String(), line, nil
}

// list cuts a comma list; "none" is the empty one.
func list(word string) []string {
	if word == "none" {
		return nil
	}
	return strings.Split(word, ",")
}
