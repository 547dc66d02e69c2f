package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	instant, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

// readUntil is a history whose repositories were read up to these instants.
func readUntil(t *testing.T, untils ...string) *shipshape.History {
	h := &shipshape.History{}
	for i, until := range untils {
		h.Repositories = append(h.Repositories, shipshape.RepositoryHistory{
			Repository: shipshape.Repository{Name: shipshape.RepositoryName("acme/" + string(rune('a'+i)))},
			Origin:     shipshape.Origin{Until: at(t, until)},
		})
	}
	return h
}

func TestWindows(t *testing.T) {
	h := readUntil(t, "2026-08-18T15:08:13Z", "2026-08-18T22:30:00Z")
	for _, test := range []struct {
		flags          flags
		from, to, asOf string
	}{
		{flags{}, "2026-05-20T00:00:00Z", "2026-08-18T00:00:00Z", "2026-08-18T15:08:13Z"},
		{flags{repositories: []string{"acme/b"}}, "2026-05-20T00:00:00Z", "2026-08-18T00:00:00Z", "2026-08-18T22:30:00Z"},
		// In Berlin the 19th had begun half an hour before the history of b ends.
		{flags{repositories: []string{"acme/b"}, zone: "Europe/Berlin", span: "1d"}, "2026-08-17T22:00:00Z", "2026-08-18T22:00:00Z", "2026-08-18T22:30:00Z"},
		{flags{span: "13w"}, "2026-05-19T00:00:00Z", "2026-08-18T00:00:00Z", "2026-08-18T15:08:13Z"},
		{flags{asOf: "2026-08-01"}, "2026-05-03T00:00:00Z", "2026-08-01T00:00:00Z", "2026-08-01T00:00:00Z"},
		{flags{asOf: "2026-08-01T12:00:00+02:00", span: "1w"}, "2026-07-25T00:00:00Z", "2026-08-01T00:00:00Z", "2026-08-01T10:00:00Z"},
		{flags{from: "2026-08-01"}, "2026-08-01T00:00:00Z", "2026-08-18T00:00:00Z", "2026-08-18T15:08:13Z"},
		{flags{from: "2026-08-01", span: "3d"}, "2026-08-01T00:00:00Z", "2026-08-04T00:00:00Z", "2026-08-18T15:08:13Z"},
		{flags{to: "2026-08-04", span: "3d"}, "2026-08-01T00:00:00Z", "2026-08-04T00:00:00Z", "2026-08-18T15:08:13Z"},
		{flags{to: "2026-08-04T06:00:00Z", span: "3d"}, "2026-08-01T06:00:00Z", "2026-08-04T06:00:00Z", "2026-08-18T15:08:13Z"},
		{flags{from: "2026-08-01", to: "2026-08-04"}, "2026-08-01T00:00:00Z", "2026-08-04T00:00:00Z", "2026-08-18T15:08:13Z"},
		// A day of 25 hours: midnight stays midnight.
		{flags{to: "2026-03-30", span: "1d", zone: "Europe/Berlin"}, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "2026-08-18T15:08:13Z"},
		{flags{from: "2026-03-29", span: "1d", zone: "Europe/Berlin"}, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "2026-08-18T15:08:13Z"},
		// The end may lie after what was read: it is cut there, not here.
		{flags{from: "2026-08-15", to: "2026-09-01"}, "2026-08-15T00:00:00Z", "2026-09-01T00:00:00Z", "2026-08-18T15:08:13Z"},
	} {
		if test.flags.zone == "" {
			test.flags.zone = "UTC"
		}
		s, err := test.flags.scope(h, "here")
		if err != nil {
			t.Errorf("%+v: %v", test.flags, err)
			continue
		}
		got := []string{stamp(s.window.From), stamp(s.window.To), stamp(s.asOf)}
		if diff := cmp.Diff([]string{test.from, test.to, test.asOf}, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", test.flags, diff)
		}
	}
}

func TestRepositoriesAreChosenInTheOrderOfTheHistory(t *testing.T) {
	h := readUntil(t, "2026-08-18T15:00:00Z", "2026-08-17T15:00:00Z", "2026-08-16T15:00:00Z")
	s, err := (&flags{zone: "UTC", repositories: []string{"Acme/B", "acme/a", "acme/b"}}).scope(h, "here")
	if err != nil {
		t.Fatal(err)
	}
	if got := held(s.history); got != "acme/a, acme/b" {
		t.Errorf("chose %s", got)
	}
	if got := stamp(s.asOf); got != "2026-08-17T15:00:00Z" {
		t.Errorf("told from %s: of those chosen the earliest end is 2026-08-17T15:00:00Z", got)
	}
	if held(h) != "acme/a, acme/b, acme/c" {
		t.Error("choosing changed the history")
	}
}

func TestManyRepositoriesAreNotAllNamed(t *testing.T) {
	h := readUntil(t, strings.Split(strings.Repeat("2026-08-18T15:00:00Z ", 12), " ")[:12]...)
	if got, want := held(h), "acme/a, acme/b, acme/c, acme/d, acme/e, acme/f, acme/g, acme/h, acme/i, acme/j and 2 more"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Whatever is given, a window that is taken is not empty and begins before as-of.
func FuzzWindow(f *testing.F) {
	f.Add("90d", "", "", "", "UTC")
	f.Add("13w", "2026-03-29", "", "2026-08-01", "Europe/Berlin")
	f.Add("36500d", "", "0001-01-01", "", "Pacific/Apia")
	f.Add("", "2026-08-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "", "Asia/Kathmandu")
	f.Fuzz(func(t *testing.T, span, from, to, asOf, zone string) {
		h := readUntil(t, "2026-08-18T15:08:13Z")
		s, err := (&flags{span: span, from: from, to: to, asOf: asOf, zone: zone}).scope(h, "here")
		if err != nil {
			if codeOf(err) != usage {
				t.Errorf("exit code %d for %v", codeOf(err), err)
			}
			return
		}
		if !s.window.From.Before(s.window.To) || !s.window.From.Before(s.asOf) || s.asOf.After(h.Repositories[0].Origin.Until) {
			t.Errorf("window %v, as of %v", s.window, s.asOf)
		}
	})
}
