package history

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func reading(since, until int, change ...shipshape.Change) *shipshape.RepositoryHistory {
	at := func(day int) time.Time {
		if day == 0 {
			return time.Time{}
		}
		return time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC)
	}
	return &shipshape.RepositoryHistory{
		Repository: shipshape.Repository{Name: "acme/shop"},
		Origin:     shipshape.Origin{Since: at(since), Until: at(until), Source: "GitHub", URL: "https://github.com/acme/shop"},
		Changes:    change,
	}
}

func TestMergeKeepsWhatWasNotReadAgain(t *testing.T) {
	older := reading(1, 10, shipshape.Change{Number: 1, Title: "old"}, shipshape.Change{Number: 2, Title: "open"})
	older.Releases = []shipshape.Release{{Tag: "v1"}, {Tag: "gone"}}
	older.Deployments = []shipshape.Deployment{{ID: 7}}
	older.Gaps = []shipshape.Gap{{Entity: shipshape.RunEntity, Reason: shipshape.Forbidden, Why: "Then."}}
	newer := reading(5, 20, shipshape.Change{Number: 2, Title: "merged"}, shipshape.Change{Number: 3})
	newer.Releases = []shipshape.Release{{Tag: "v1", Name: "edited"}}
	got, err := Merge(older, newer)
	if err != nil {
		t.Fatal(err)
	}
	want := reading(1, 20, shipshape.Change{Number: 1, Title: "old"}, shipshape.Change{Number: 2, Title: "merged"}, shipshape.Change{Number: 3})
	want.Releases = []shipshape.Release{{Tag: "v1", Name: "edited"}}
	want.Deployments = []shipshape.Deployment{{ID: 7}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
	if len(newer.Changes) != 2 || newer.Origin.Since.Day() != 5 {
		t.Error("Merge changed what it was given")
	}
}

func TestMergeLeavesNoHole(t *testing.T) {
	got, err := Merge(reading(1, 4, shipshape.Change{Number: 1}), reading(5, 20, shipshape.Change{Number: 3}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(reading(5, 20, shipshape.Change{Number: 3}), got); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
}

func TestMergeOfEverythingWithLessIsEverything(t *testing.T) {
	got, err := Merge(reading(0, 10, shipshape.Change{Number: 1}), reading(5, 20))
	if err != nil || !got.Origin.Since.IsZero() || len(got.Changes) != 1 {
		t.Errorf("merged %+v, %v", got, err)
	}
}

func TestMergeClaimsNoMoreThanACutReadingHad(t *testing.T) {
	older := reading(1, 10, shipshape.Change{Number: 1})
	older.Gaps = []shipshape.Gap{{Entity: shipshape.IssueEntity, Reason: shipshape.NotReached, Before: older.Origin.Since.AddDate(0, 0, 2), Why: "Cut."}}
	got, err := Merge(older, reading(5, 20))
	if err != nil || got.Origin.Since.Day() != 3 {
		t.Errorf("since %v, %v; want the third", got.Origin.Since, err)
	}
}

func TestMergeMixesNoSources(t *testing.T) {
	other := reading(1, 10)
	other.Origin.Source = "a backup"
	if _, err := Merge(other, reading(1, 20)); err == nil || !strings.Contains(err.Error(), "a backup") {
		t.Errorf("error %v, want one that names the other source", err)
	}
}
