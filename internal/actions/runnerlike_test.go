package actions

import (
	"fmt"
	"strings"
	"unicode"
)

// What follows reads like the runner does, from its documentation and behaviour,
// and shares nothing with the code under test.

// known are the commands that the runner acts on.
var known = []string{
	"add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "internal-set-repo-path",
	"notice", "remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning",
}

// command is what the runner makes of a line.
type command struct {
	Name       string
	Properties map[string]string
	Message    string
}

// commandIn reads a line of the log. ok is false where it is only text.
func commandIn(line string) (c command, ok bool) {
	if c, ok = colonCommand(line); ok {
		return c, true
	}
	return bracketCommand(line)
}

// colonCommand reads "::name key=value,key=value::message" after white space.
func colonCommand(line string) (command, bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::")
	if !ok {
		return command{}, false
	}
	info, message, ok := strings.Cut(rest, "::")
	if !ok {
		return command{}, false
	}
	name, properties, _ := strings.Cut(info, " ")
	if !isKnown(name) {
		return command{}, false
	}
	c := command{Name: strings.ToLower(name), Message: unescape(message, false), Properties: map[string]string{}}
	for _, pair := range strings.Split(strings.TrimSpace(properties), ",") {
		if key, value, ok := strings.Cut(pair, "="); ok {
			c.Properties[key] = unescape(value, true)
		}
	}
	return c, true
}

// bracketCommand reads "##[name key=value;]message" wherever it stands.
func bracketCommand(line string) (command, bool) {
	_, rest, ok := strings.Cut(line, "##[")
	if !ok {
		return command{}, false
	}
	info, message, ok := strings.Cut(rest, "]")
	if !ok {
		return command{}, false
	}
	name, _, _ := strings.Cut(info, " ")
	return command{Name: strings.ToLower(name), Message: message}, isKnown(name)
}

func isKnown(name string) bool {
	for _, k := range known {
		if strings.EqualFold(k, name) {
			return true
		}
	}
	return false
}

func unescape(s string, property bool) string {
	pairs := []string{"%0D", "\r", "%0A", "\n", "%25", "%"}
	if property {
		pairs = append(pairs, "%3A", ":", "%2C", ",")
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// linesOf splits output as the runner reads it: a carriage return ends a line too.
func linesOf(output string) []string {
	return strings.FieldsFunc(output, func(r rune) bool { return r == '\n' || r == '\r' })
}

// commandsIn are the commands in an output.
func commandsIn(output string) []command {
	var found []command
	for _, line := range linesOf(output) {
		if c, ok := commandIn(line); ok {
			found = append(found, c)
		}
	}
	return found
}

// pair is an entry of a file of outputs.
type pair struct{ Name, Value string }

// pairsIn reads a file of outputs: NAME=VALUE where "=" comes before "<<", else
// NAME<<END, lines, and a line that is exactly END. A missing end is an error.
func pairsIn(text string, windows bool) ([]pair, error) {
	var pairs []pair
	for at := 0; at < len(text); {
		line, next, _ := lineAt(text, at, windows)
		at = next
		equals, here := strings.Index(line, "="), strings.Index(line, "<<")
		switch {
		case line == "":
		case here >= 0 && (equals < 0 || here < equals):
			name, end := line[:here], line[here+2:]
			if name == "" || end == "" {
				return nil, fmt.Errorf("%q names nothing or ends at nothing", line)
			}
			value, next, err := valueAt(text, at, end, windows)
			if err != nil {
				return nil, err
			}
			pairs, at = append(pairs, pair{name, value}), next
		case equals > 0:
			pairs = append(pairs, pair{line[:equals], line[equals+1:]})
		default:
			return nil, fmt.Errorf("%q is no entry", line)
		}
	}
	return pairs, nil
}

func valueAt(text string, at int, end string, windows bool) (string, int, error) {
	first, last := at, at
	for at < len(text) {
		line, next, mark := lineAt(text, at, windows)
		if line == end {
			return text[first:max(first, last)], next, nil
		}
		at, last = next, next-len(mark)
	}
	return "", 0, fmt.Errorf("no line %q", end)
}

// lineAt reads one line, and what ended it.
func lineAt(text string, at int, windows bool) (line string, next int, mark string) {
	end := strings.Index(text[at:], "\n")
	if end < 0 {
		return text[at:], len(text), ""
	}
	end += at
	if windows && end > at && text[end-1] == '\r' {
		return text[at : end-1], end + 1, "\r\n"
	}
	return text[at:end], end + 1, "\n"
}
