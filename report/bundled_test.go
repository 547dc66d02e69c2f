package report

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/dataset"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

// The bundled histories, and the instants up to which they were read.
const (
	govuk     = "../testdata/datasets/govuk"
	secp256k1 = "../testdata/datasets/secp256k1"
)

// reading keeps datasets that were read: it takes longer than what is tested.
var reading = map[string]*shipshape.History{}

// bundled reads datasets into one history, which is the caller's down to the
// elements of its slices.
func bundled(t testing.TB, folders ...string) *shipshape.History {
	t.Helper()
	all := &shipshape.History{}
	for _, folder := range folders {
		if reading[folder] == nil {
			h, err := dataset.Read(folder)
			if err != nil {
				t.Fatal(err)
			}
			reading[folder] = h
		}
		for _, r := range reading[folder].Repositories {
			r.Commits, r.Changes, r.Refs = slices.Clone(r.Commits), slices.Clone(r.Changes), slices.Clone(r.Refs)
			r.Deployments, r.Releases = slices.Clone(r.Deployments), slices.Clone(r.Releases)
			all.Repositories = append(all.Repositories, r)
		}
	}
	all.Sort()
	return all
}

// scorecard measures the 90 days before the earliest instant up to which a
// history was read.
func scorecard(h *shipshape.History) kpi.Scorecard {
	asOf := h.Repositories[0].Origin.Until
	for _, r := range h.Repositories {
		if r.Origin.Until.Before(asOf) {
			asOf = r.Origin.Until
		}
	}
	built := timeline.Build(h, timeline.Defaults(asOf))
	return kpi.Compute(built, kpi.Options{Window: shipshape.LastDays(90, asOf, time.UTC), Zone: time.UTC})
}

// collect keeps all pages, by path.
func collect(s kpi.Scorecard, o Options) map[string]any {
	pages := map[string]any{}
	for page := range Pages(s, o) {
		pages[page.Path] = page.Content
	}
	return pages
}

// published keeps the pages of the bundled histories, which tests only read.
var published = map[string]map[string]any{}

// pagesOf returns the pages of datasets by path.
func pagesOf(t testing.TB, folders ...string) map[string]any {
	t.Helper()
	key := strings.Join(folders, " ")
	if published[key] == nil {
		published[key] = collect(scorecard(bundled(t, folders...)), Options{})
	}
	return published[key]
}
