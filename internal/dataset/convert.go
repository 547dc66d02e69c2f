package dataset

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// oneOf reports an error unless a value is one of those that GitHub's schema
// allows there.
func oneOf(field, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return wrong(field, strconv.Quote(value), "one of "+strings.Join(allowed, ", "))
}

// convertAll turns a list's wire structs into nouns.
func convertAll[W, N any](list string, wires []W, convert func(W) (N, error)) ([]N, error) {
	var nouns []N
	for i, w := range wires {
		noun, err := convert(w)
		if err != nil {
			return nil, within(fmt.Sprintf("%s[%d]", list, i), err)
		}
		nouns = append(nouns, noun)
	}
	return nouns, nil
}

// within puts the place of an object before the field an error names.
func within(place string, err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return fmt.Errorf("%s: %w", place, err)
	}
	return wrong(join(place, e.Field), e.Found, e.Want)
}
