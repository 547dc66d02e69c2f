package actions

import (
	"fmt"
	"strings"
)

// Variable is the environment variable that action.yml maps an input to. Dashes
// become underscores, so that a shell can name it too.
func Variable(input string) string {
	return "INPUT_" + strings.ToUpper(strings.ReplaceAll(input, "-", "_"))
}

// Input returns an input without the white space around it, and whether it was
// given. A workflow cannot tell an empty input from none, so neither does Input.
func Input(getenv func(string) string, name string) (string, bool) {
	value := strings.TrimSpace(getenv(Variable(name)))
	return value, value != ""
}

// Bool reads an input that is true or false in the words of YAML 1.2. One that was
// not given has the value of otherwise.
func Bool(getenv func(string) string, name string, otherwise bool) (bool, error) {
	value, given := Input(getenv, name)
	if !given {
		return otherwise, nil
	}
	switch value {
	case "true", "True", "TRUE":
		return true, nil
	case "false", "False", "FALSE":
		return false, nil
	}
	return false, fmt.Errorf("input %s is %q: write true or false", name, value)
}

// List reads an input that is a list: lines, or words between commas. Empty items
// are left out.
func List(getenv func(string) string, name string) []string {
	value, _ := Input(getenv, name)
	return items(value, func(r rune) bool { return r == ',' || r == '\n' || r == '\r' })
}

// items are what stands between separators, without blanks around and none empty.
func items(value string, separator func(rune) bool) []string {
	var items []string
	for _, item := range strings.FieldsFunc(value, separator) {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}
