package report

import (
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

// bundled reads datasets into one history.
func bundled(t testing.TB, folders ...string) *shipshape.History {
	t.Helper()
	all := &shipshape.History{}
	for _, folder := range folders {
		h, err := dataset.Read(folder)
		if err != nil {
			t.Fatal(err)
		}
		all.Repositories = append(all.Repositories, h.Repositories...)
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
