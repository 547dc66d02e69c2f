package timeline

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

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

func TestSCRATCH(t *testing.T) {
	tl := Build(bundled(t), Defaults(time.Date(2026, 8, 18, 0, 0, 0, 0, time.UTC)))
	w := shipshape.Window{From: tl.AsOf.AddDate(0, 0, -90), To: tl.AsOf}
	for _, r := range tl.Repositories {
		fmt.Println(r.Name(), r.Source, r.Team, "reviews", r.ReviewRecorded, "deps", len(r.Deployments), "rollouts", len(r.Rollouts), "changes", len(r.Changes), "releases", len(r.Releases))
		k := map[string]int{}
		dup := 0
		for _, d := range r.Production() {
			k[string(d.Kind)]++
			if d.DuplicateOf != nil {
				dup++
			}
			if d.Unreachable {
				fmt.Println("  unreachable", d.ID, d.Commit, d.Kind, d.KindWhy)
			}
			if d.Kind.StepBack() {
				fmt.Println("  ", d.Kind, d.Finished, d.ID, d.KindWhy, d.Estate != nil, d.Release != nil)
			}
		}
		for _, n := range slices.Sorted(maps.Keys(k)) {
			fmt.Println("   ", n, k[n])
		}
		in, delivered := 0, 0
		for _, o := range r.Rollouts {
			if w.Contains(o.Finished) {
				in++
				delivered += len(o.Changes)
			}
		}
		direct, out, rev, ung := 0, 0, 0, 0
		for _, c := range r.Changes {
			if c.Direct() {
				direct++
			}
			if !c.InGraph {
				out++
				fmt.Println("   not in graph", c.Number, c.Rollout != nil)
			}
			if c.Reviewed() {
				rev++
			}
			if c.Rollout == nil {
				ung++
			}
		}
		fmt.Println("  dup", dup, "rollouts90", in, "delivered90", delivered, "direct", direct, "notInGraph", out, "reviewed", rev, "undelivered", ung)
		for _, rel := range r.Releases {
			if rel.Ledger.Explained != rel.Ledger.Commits {
				fmt.Println("  LEDGER", rel.Tag, rel.Ledger)
			}
		}
	}
	for _, e := range tl.Estate {
		fmt.Println("estate", e.At, len(e.Items))
	}
}
