package figure

import (
	"slices"
	"strings"
	"testing"
)

// TestClassesAreSortedAndUsed keeps the list for the stylesheet honest: each
// class occurs in a drawing, none stands twice. That no drawing has a class
// outside the list is part of TestDrawingsAreSound.
func TestClassesAreSortedAndUsed(t *testing.T) {
	if !slices.IsSorted(Classes) || len(slices.Compact(slices.Clone(Classes))) != len(Classes) {
		t.Errorf("Classes is not sorted or has doubles: %q", Classes)
	}
	in := input{values: []Value{Of(8), Of(7), Of(6), Of(5), Of(4), Of(3), {}, Of(0)}, label: func(int) string { return "x" }}
	all := string(Spark{Values: in.values}.SVG(Tile))
	for _, charts := range []map[string]chart{in.charts(), sample()} {
		for _, c := range charts {
			all += string(c.SVG("a", Wide)) + string(c.SVG("a", Narrow))
		}
	}
	used := map[string]bool{}
	for _, part := range strings.Split(all, `class="`)[1:] {
		for _, class := range strings.Fields(upTo(part, `"`)) {
			used[class] = true
		}
	}
	for _, class := range Classes {
		if !used[class] {
			t.Errorf("class %q is listed but never drawn", class)
		}
	}
}
