package kpi

import "testing"

func TestDurationsAreWordedInOneUnit(t *testing.T) {
	for seconds, want := range map[float64]string{
		0: "0 seconds", 1: "1 second", 89: "89 seconds", 90: "1.5 minutes", 600: "10 minutes", 7199: "120 minutes",
		7200: "2 hours", 15120: "4.2 hours", 259199: "72 hours", 259200: "3 days", 267840: "3.1 days", 950400: "11 days",
	} {
		if got := duration(seconds); got != want {
			t.Errorf("duration(%v) = %q, want %q", seconds, got, want)
		}
	}
}

func TestPaceIsSaidAsReadersSayIt(t *testing.T) {
	for perDay, want := range map[float64]string{
		0: "", 29.0 / 90: "about one every 3 days", 1.0 / 7: "about one every 7 days", 2.0 / 3: "about one every 1.5 days",
		1: "about 1 a day", 2.27: "about 2.3 a day", 41.6: "about 42 a day",
	} {
		if got := pace(perDay); got != want {
			t.Errorf("pace(%v) = %q, want %q", perDay, got, want)
		}
	}
}

func TestPercentsNeverRoundToAllOrNothing(t *testing.T) {
	tests := []struct {
		share float64
		n     int
		want  string
	}{
		{0, 3, "0 %"}, {1, 3, "100 %"}, {2.0 / 3, 3, "67 %"}, {0.999, 500, "99 %"}, {0.001, 500, "1 %"},
		{0.9996, 5000, "99.9 %"}, {0.1234, 1000, "12.3 %"},
	}
	for _, test := range tests {
		if got := percent(test.share, test.n); got != test.want {
			t.Errorf("percent(%v, %d) = %q, want %q", test.share, test.n, got, test.want)
		}
	}
}

func TestFiguresKeepTwoBelowTen(t *testing.T) {
	for value, want := range map[float64]string{
		0: "0", 0.034: "0.034", 0.25: "0.25", 1: "1", 1.04: "1", 1.06: "1.1", 9.94: "9.9", 9.96: "10", 12.5: "13", 1234: "1234",
	} {
		if got := figures(value); got != want {
			t.Errorf("figures(%v) = %q, want %q", value, got, want)
		}
	}
}

func TestNounsFollowTheirNumber(t *testing.T) {
	for want, got := range map[string]string{
		"1 delivery": count(1, "delivery"), "0 deliveries": count(0, "delivery"), "2 changes": count(2, "change"),
		"a": list([]string{"a"}), "a and b": list([]string{"a", "b"}), "a, b and c": list([]string{"a", "b", "c"}),
		"Git knows.": sentence(" git knows"), "Done.": sentence("Done."),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := sentence(" "); got != "" {
		t.Errorf("sentence of nothing = %q", got)
	}
}
