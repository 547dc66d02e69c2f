package figure

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAxis(t *testing.T) {
	tests := []struct {
		name   string
		values []Value
		format Format
		ticks  []float64
		want   []string
	}{
		{"nothing known", []Value{{}}, whole, nil, []string{"0", "1"}},
		{"only zero", []Value{Of(0)}, whole, nil, []string{"0", "1"}},
		{"one never shows halves", []Value{Of(1)}, whole, nil, []string{"0", "1"}},
		{"three in ones", []Value{Of(3)}, whole, nil, []string{"0", "1", "2", "3"}},
		{"twenty-four in tens", []Value{Of(24)}, whole, nil, []string{"0", "10", "20", "30"}},
		{"tenths without dust", []Value{Of(0.3)}, nil, nil, []string{"0", "0.1", "0.2", "0.3"}},
		{"below zero", []Value{Of(-4), Of(3)}, whole, nil, []string{"-4", "-2", "0", "2", "4"}},
		{"ticks of the caller", []Value{Of(3)}, whole, []float64{0, 2, 4}, []string{"0", "2", "4"}},
		{"falling ticks are dropped", []Value{Of(3)}, whole, []float64{0, 4, 2}, []string{"0", "4"}},
		{"a format that says nothing", []Value{Of(3)}, func(float64) string { return "x" }, nil, []string{"x", "x"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, newAxis(tt.values, tt.format, tt.ticks).labels); diff != "" {
				t.Errorf("labels (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLogScale(t *testing.T) {
	s := scale{lo: 1, hi: 100, from: 0, to: 200, log: true}
	for v, want := range map[float64]string{-3: "0", 0: "0", 1: "0", 10: "100", 100: "200", 1e9: "200"} {
		if got := num(s.at(v)); got != want {
			t.Errorf("at(%g) = %s, want %s", v, got, want)
		}
	}
}

func TestFit(t *testing.T) {
	tests := []struct {
		in   string
		room float64
		want string
	}{
		{"short", 100, "short"},
		{"a\u202eb\x00c\nd", 100, "abc d"},
		{"aaaaaaaaaa", 45.6, "aaaa…"}, // 7.8 px each, after 10.2 px for the ellipsis
		{"aaaaaaaaaa", 8, ""},
		{"", 0, ""},
	}
	for _, tt := range tests {
		if got := fit(tt.in, 12, tt.room); got != tt.want {
			t.Errorf("fit(%q, %g) = %q, want %q", tt.in, tt.room, got, tt.want)
		}
		if got := fit(tt.in, 12, tt.room); got != "" && width(got, 12) > tt.room {
			t.Errorf("fit(%q, %g) takes %g", tt.in, tt.room, width(got, 12))
		}
	}
}

func TestSpreadKeepsNamesApart(t *testing.T) {
	got := spread([]note{{y: 50, text: "b"}, {y: 49, text: "a"}, {y: 98, text: "c"}, {y: 99, text: "d"}}, 0, 100, 14)
	var names []string
	for i, n := range got {
		names = append(names, n.text)
		if i > 0 && n.y-got[i-1].y < 14-1e-9 {
			t.Errorf("%s and %s are %g apart", got[i-1].text, n.text, n.y-got[i-1].y)
		}
		if n.y < 0 || n.y > 100 {
			t.Errorf("%s at %g", n.text, n.y)
		}
	}
	if s := strings.Join(names, ""); s != "abcd" {
		t.Errorf("order %s", s)
	}
}

func TestNum(t *testing.T) {
	for want, v := range map[string]float64{"0": -0.04, "1.3": 1.25001, "-2": -2, "1000000": 1e6} {
		if got := num(v); got != want {
			t.Errorf("num(%g) = %s, want %s", v, got, want)
		}
	}
}

func TestIdentifier(t *testing.T) {
	for in, want := range map[string]string{"": "f", "lead-time": "lead-time", "9x": "f9x", `a"b c`: "a_b_c", "-a": "f-a"} {
		if got := identifier(in); got != want {
			t.Errorf("identifier(%q) = %q, want %q", in, got, want)
		}
	}
}
