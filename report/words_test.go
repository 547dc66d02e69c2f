package report

import (
	"strings"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
)

func TestFigures(t *testing.T) {
	for _, test := range []struct {
		value float64
		n     int
		want  string
	}{
		{12.43, 143, "12.4"}, {12.43, 9, "12"}, {1.06, 9, "1.1"}, {0, 50, "0"}, {0.6142, 50, "0.61"}, {0.00123, 50, "0.0012"},
		{143.2, 4, "143"}, {1234.5, 50, "1\u202f234"}, {9.996, 50, "10"}, {1048576, 50, "1\u202f048\u202f576"}, {2.5, 50, "2.5"}, {-12.43, 50, "-12.4"},
	} {
		if got := figures(test.value, test.n); got != test.want {
			t.Errorf("figures(%v, %d) = %q, want %q", test.value, test.n, got, test.want)
		}
	}
}

// A share that is not all is never shown as all, nor one that is something as
// nothing.
func TestPercent(t *testing.T) {
	for _, test := range []struct {
		share float64
		n     int
		want  string
	}{
		{1, 10, "100"}, {0, 10, "0"}, {0.999, 500, "99"}, {0.001, 500, "1"}, {0.9999, 5000, "99.9"}, {0.5, 10, "50"}, {0.1234, 5000, "12.3"}, {2.0 / 3, 3, "67"},
	} {
		if got := percent(test.share, test.n); got != test.want {
			t.Errorf("percent(%v, %d) = %q, want %q", test.share, test.n, got, test.want)
		}
	}
}

func TestLasting(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", -time.Hour: "0 s", 89 * time.Second: "89 s", 90 * time.Second: "1.5 min", 119 * time.Minute: "119 min",
		2 * time.Hour: "2 h", 71 * time.Hour: "71 h", 72 * time.Hour: "3 days", 1500 * 24 * time.Hour: "1\u202f500 days",
	} {
		if got := lasting(d); got != want {
			t.Errorf("lasting(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestPeriodShowsItsLastDay(t *testing.T) {
	kathmandu := time.FixedZone("Asia/Kathmandu", 5*3600+45*60)
	for _, test := range []struct {
		from, to string
		zone     *time.Location
		want     string
	}{
		{"2026-05-20T00:00:00Z", "2026-08-18T00:00:00Z", time.UTC, "20 May to 17 Aug 2026 (UTC)"},
		{"2025-12-01T00:00:00Z", "2026-02-01T00:00:00Z", time.UTC, "1 Dec 2025 to 31 Jan 2026 (UTC)"},
		{"2026-05-19T18:15:00Z", "2026-08-17T18:15:00Z", kathmandu, "20 May to 17 Aug 2026 (Asia/Kathmandu)"},
	} {
		w := shipshape.Window{From: instant(t, test.from), To: instant(t, test.to)}
		if got := period(w, test.zone); got != test.want {
			t.Errorf("%s to %s: %q, want %q", test.from, test.to, got, test.want)
		}
	}
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestCountsAndLists(t *testing.T) {
	for got, want := range map[string]string{
		count(1, "delivery"):            "1 delivery",
		count(2, "delivery"):            "2 deliveries",
		count(3, "repository"):          "3 repositories",
		count(1500, "change"):           "1\u202f500 changes",
		count(2, "day"):                 "2 days",
		count(2, "race between builds"): "2 races between builds",
		list([]string{"a"}):             "a",
		list([]string{"a", "b"}):        "a and b",
		list([]string{"a", "b", "c"}):   "a, b and c",
		sentence("it holds"):            "It holds.",
		sentence("Done."):               "Done.",
		sentence(""):                    "",
		timesUntil(1, time.Unix(0, 0)):  "once, on 1 Jan 1970",
		timesUntil(3, time.Unix(0, 0)):  "3 times, the last on 1 Jan 1970",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// What stands in a history can be anything; only plain https addresses are linked
// to.
func TestWeb(t *testing.T) {
	for address, want := range map[string]string{
		"https://github.com/a/b/pull/1":  "https://github.com/a/b/pull/1",
		"http://github.com/a":            "fallback",
		"javascript:alert(1)":            "fallback",
		"//evil.example":                 "fallback",
		"https://user:pass@evil.example": "fallback",
		"https:///nohost":                "fallback",
		"https://a.example/ x":           "fallback",
		"":                               "fallback",
	} {
		if got := web(address, "fallback"); got != want {
			t.Errorf("web(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestPlainNames(t *testing.T) {
	for name, want := range map[string]string{
		"v1.2.3":                  "v1.2.3",
		"v1\u202egnp.exe":         "v1gnp.exe",
		"a\x00b\nc\u2028d":        "abcd",
		"\xff\xfe":                "",
		strings.Repeat("ü", 121):  strings.Repeat("ü", 120) + "…",
		"release/2026.08 (final)": "release/2026.08 (final)",
	} {
		if got := plain(name); got != want {
			t.Errorf("plain(%q) = %q, want %q", name, got, want)
		}
	}
}
