package script

import "testing"

func TestQuantities(t *testing.T) {
	tests := []struct {
		text   string
		value  float64
		unit   string
		within float64
	}{
		{"2h30m", 9000, Seconds, 0},
		{"1d1s", 86401, Seconds, 0},
		{"0s", 0, Seconds, 0},
		{"~2h30m", 9000, Seconds, 30},
		{"~2d", 172800, Seconds, 43200},
		{"~3h", 10800, Seconds, 1800},
		{"~45s", 45, Seconds, 0.5},
		{"0.3/day", 0.3, PerDay, 0},
		{"3/10/day", 0.3, PerDay, 0},
		{"~0.24/day", 0.24, PerDay, 0.005},
		{"0.75", 0.75, Plain, 0},
		{"5/6", 5.0 / 6, Plain, 0},
		{"12", 12, Plain, 0},
		{"~12", 12, Plain, 0.5},
		{"~0.670", 0.67, Plain, 0.0005},
		{"-1.5", -1.5, Plain, 0},
	}
	for _, test := range tests {
		q, err := ParseQuantity(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if q.Value != test.value || q.Unit != test.unit || q.Within != test.within {
			t.Errorf("%s: got %v %q within %v, want %v %q within %v", test.text, q.Value, q.Unit, q.Within, test.value, test.unit, test.within)
		}
	}
}

func TestQuantitiesRefused(t *testing.T) {
	for _, text := range []string{"", "~", "soon", "2h30", "30m2h", "1/0", "1//2", "NaN", "Inf", "1e9", "0x10", "/day", "1/2/3", "999999999d"} {
		if q, err := ParseQuantity(text); err == nil {
			t.Errorf("%q: got %v, want an error", text, q)
		}
	}
}

func TestMatches(t *testing.T) {
	tests := []struct {
		text  string
		value float64
		want  bool
	}{
		{"0.3", 0.3, true},
		{"0.3", 0.1 + 0.2, true}, // differs in the last digit of a float64
		{"0.3", 0.3000001, false},
		{"1/3", 1.0 / 3, true},
		{"2h", 7200, true},
		{"2h", 7201, false},
		{"~2h", 8999, true},
		{"~2h", 9001, false},
		{"~0.67", 2.0 / 3, true},
		{"~0.667", 0.66, false},
		{"0", 0, true},
		{"0", 1e-12, false},
	}
	for _, test := range tests {
		q, err := ParseQuantity(test.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Matches(test.value); got != test.want {
			t.Errorf("%s matches %v: got %t", test.text, test.value, got)
		}
	}
}
