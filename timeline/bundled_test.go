package timeline

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/dataset"
)

// bundled reads the histories that the program ships with.
func bundled(tb testing.TB) *shipshape.History {
	tb.Helper()
	h := &shipshape.History{}
	for _, name := range []string{"govuk", "secp256k1"} {
		part, err := dataset.Read("../testdata/datasets/" + name)
		if err != nil {
			tb.Fatal(err)
		}
		h.Repositories = append(h.Repositories, part.Repositories...)
	}
	return h
}

// bundledAsOf is a midnight before the earliest of the instants up to which the
// histories were read.
var bundledAsOf = time.Date(2026, 8, 18, 0, 0, 0, 0, time.UTC)

func TestBundledHistoriesHoldTogether(t *testing.T) {
	holdsTogether(t, Build(bundled(t), Defaults(bundledAsOf)))
}

// TestBundledFigures keeps the figures that a change of a rule must not move
// unnoticed. They were read off this program; the order of kinds is that of their
// names.
func TestBundledFigures(t *testing.T) {
	tl := Build(bundled(t), Defaults(bundledAsOf))
	window := shipshape.Window{From: bundledAsOf.AddDate(0, 0, -90), To: bundledAsOf}
	var got []string
	for _, r := range tl.Repositories {
		got = append(got, figures(r, window))
	}
	want := []string{
		"locations-api from deployments: map[first:1 forward:452 out-of-order:5 return:3 rollback:3]; 90 days: 34 rollouts, 55 changes; not in the graph: 0",
		"search-api-v2 from deployments: map[first:1 forward:518 out-of-order:1 redeploy:1 return:1 rollback:3]; 90 days: 31 rollouts, 49 changes; not in the graph: 0",
		"secp256k1 from releases: map[first:1 forward:11]; 90 days: 1 rollouts, 62 changes; not in the graph: 3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// figures words a repository's kinds of step, and what a window holds.
func figures(r *Repository, window shipshape.Window) string {
	kinds := make(map[Kind]int)
	for _, d := range r.Production() {
		kinds[d.Kind]++
	}
	rollouts, delivered := 0, 0
	for _, o := range r.Rollouts {
		if window.Contains(o.Finished) {
			rollouts++
			delivered += len(o.Changes)
		}
	}
	lost := 0
	for _, c := range r.Changes {
		if !c.InGraph {
			lost++
		}
	}
	return fmt.Sprintf("%s from %s: %v; 90 days: %d rollouts, %d changes; not in the graph: %d",
		r.Name().Short(), r.Source.Kind, kinds, rollouts, delivered, lost)
}

func BenchmarkBuildBundled(b *testing.B) {
	h := bundled(b)
	for b.Loop() {
		Build(h, Defaults(bundledAsOf))
	}
}
