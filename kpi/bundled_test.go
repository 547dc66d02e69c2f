package kpi

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/dataset"
	"github.com/shipshape-report/shipshape/timeline"
)

// bundledAsOf is the day the bundled histories were read.
var bundledAsOf = time.Date(2026, 8, 18, 0, 0, 0, 0, time.UTC)

func bundled(tb testing.TB, name string) *timeline.Timeline {
	tb.Helper()
	return timeline.Build(bundledHistory(tb, name), timeline.Defaults(bundledAsOf))
}

func bundledHistory(tb testing.TB, name string) *shipshape.History {
	tb.Helper()
	h, err := dataset.Read("../testdata/datasets/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

func lastNinety() Options {
	return Options{Window: shipshape.LastDays(90, bundledAsOf, time.UTC), Zone: time.UTC}
}

// The values of the 90 days to 2026-08-18 were worked out from the raw data by a
// separate program: deployments and releases by walking parents, changes by merge
// commit, medians by sorting.
func TestBundledHistories(t *testing.T) {
	tests := []struct {
		dataset string
		name    shipshape.RepositoryName
		id      string
		value   float64
		n       int
	}{
		{"govuk", "alphagov/locations-api", "deployment-frequency", 31.0 / 90, 31},
		{"govuk", "alphagov/locations-api", "lead-time-for-changes", 88041, 55},
		{"govuk", "alphagov/locations-api", "changes-merged", 55.0 / 90, 55},
		{"govuk", "alphagov/search-api-v2", "deployment-frequency", 31.0 / 90, 31},
		{"govuk", "alphagov/search-api-v2", "lead-time-for-changes", 75845, 49},
		{"govuk", "alphagov/search-api-v2", "changes-merged", 49.0 / 90, 49},
		{"govuk", "alphagov/search-api-v2", "change-size", 4, 49},
		{"secp256k1", "bitcoin-core/secp256k1", "deployment-frequency", 1.0 / 90, 1},
		{"secp256k1", "bitcoin-core/secp256k1", "lead-time-for-changes", 8455145, 62},
		{"secp256k1", "bitcoin-core/secp256k1", "changes-merged", 38.0 / 90, 38},
		{"secp256k1", "bitcoin-core/secp256k1", "change-size", 18.5, 38},
	}
	cards := map[string]Scorecard{}
	for _, name := range []string{"govuk", "secp256k1"} {
		cards[name] = Compute(bundled(t, name), lastNinety())
	}
	for _, test := range tests {
		for _, repo := range cards[test.dataset].Repositories {
			if repo.Name != test.name {
				continue
			}
			r, _ := repo.Result(test.id)
			if !same(r.Value, &test.value) || r.N != test.n {
				t.Errorf("%s of %s = %s of %d, want %v of %d", test.id, test.name, worded(r.Value), r.N, test.value, test.n)
			}
		}
	}
}

// What the bundled histories do not record is not measured, with a reason.
func TestBundledHistoriesClaimNothingTheyDoNotKnow(t *testing.T) {
	unknown := map[string][]string{
		"govuk":     {"deployment-success-rate", "deployment-duration", "pipeline-run-frequency", "coding-time", "pickup-time", "review-time", "merge-wait"},
		"secp256k1": {"deployment-success-rate", "deployment-duration", "pipeline-run-frequency"},
	}
	for name, ids := range unknown {
		card := Compute(bundled(t, name), lastNinety())
		for _, id := range ids {
			if r := only(t, card, id); r.State != NotMeasured || r.Value != nil || r.Reason == "" || r.Remedy == "" {
				t.Errorf("%s: %s is %s with value %s, reason %q", name, id, r.State, worded(r.Value), r.Reason)
			}
		}
	}
}

// What lies before a repository's creation, or after the end of what was read, is
// not 0: search-api-v2 was created on 2023-08-22, and the tags of secp256k1 were
// read up to 2026-08-04T21:17:14Z.
func TestBundledHistoriesAreNotCountedWhereNobodyLooked(t *testing.T) {
	day := func(year, month, day int) time.Time {
		return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	}
	tests := []struct {
		dataset string
		name    shipshape.RepositoryName
		window  shipshape.Window
		reason  string
	}{
		{"govuk", "alphagov/search-api-v2", shipshape.Window{From: day(2022, 6, 1), To: day(2023, 8, 1)}, "The repository did not exist yet: it was created on 2023-08-22."},
		{"secp256k1", "bitcoin-core/secp256k1", shipshape.Window{From: day(2026, 8, 5), To: day(2026, 8, 18)}, "nothing was read after 2026-08-04."},
	}
	for _, test := range tests {
		card := Compute(bundled(t, test.dataset), Options{Window: test.window, Zone: time.UTC})
		for _, repo := range card.Repositories {
			if repo.Name != test.name {
				continue
			}
			r, _ := repo.Result("deployment-frequency")
			if r.State != NotMeasured || r.Value != nil || !strings.Contains(r.Reason, test.reason) || r.Remedy == "" {
				t.Errorf("%s: %s, %s a day, %q", test.name, r.State, worded(r.Value), r.Reason)
			}
		}
	}
}

// Of the 142 pull requests merged in the three, 38 are of the one that records
// openings, and 36 of these have a coding time without a remark: 36 ÷ 142 = 0.25. The
// rest are in the evidence, with their reason.
func TestBundledPoolKeepsWhatItCannotMeasure(t *testing.T) {
	govuk, secp := bundledHistory(t, "govuk"), bundledHistory(t, "secp256k1")
	govuk.Repositories = append(govuk.Repositories, secp.Repositories...)
	r := only(t, Compute(timeline.Build(govuk, timeline.Defaults(bundledAsOf)), lastNinety()), "coding-time")
	left := 0
	for _, item := range r.Evidence {
		if item.Missing && strings.Contains(item.Excluded, "Git does not record when a pull request was opened") {
			left++
		}
	}
	want := 36.0 / 142
	if left != 55+49 || !same(r.Coverage, &want) || !slices.Equal(r.PartialBecause, []Caveat{LowCoverage}) {
		t.Errorf("coverage %s because of %v, with %d of repositories left out", worded(r.Coverage), r.PartialBecause, left)
	}
}

func TestBundledResultsAreSane(t *testing.T) {
	for _, name := range []string{"govuk", "secp256k1"} {
		t.Run(name, func(t *testing.T) {
			card := Compute(bundled(t, name), lastNinety())
			eachResult(t, card, func(t *testing.T, r Result) {
				for _, fault := range insane(r) {
					t.Error(fault)
				}
				if value, n := recount(r, card.Window); n != r.N || !same(value, r.Value) {
					t.Errorf("%s of %d, evidence gives %s of %d", worded(r.Value), r.N, worded(value), n)
				}
			})
		})
	}
}

func BenchmarkCompute(b *testing.B) {
	for _, name := range []string{"govuk", "secp256k1"} {
		t := bundled(b, name)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Compute(t, lastNinety())
			}
		})
	}
}
