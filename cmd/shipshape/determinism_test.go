package main

import (
	"crypto/sha256"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/report"
	"github.com/shipshape-report/shipshape/site"
)

// digests keeps what every file of a site was.
type digests map[string][sha256.Size]byte

func (d digests) Write(name string, data []byte) error {
	d[name] = sha256.Sum256(data)
	return nil
}

// rendered is the demo's site of a history.
func rendered(t *testing.T, h *shipshape.History) digests {
	t.Helper()
	s, err := (&flags{zone: "UTC"}).scope(h, "the demo")
	if err != nil {
		t.Fatal(err)
	}
	files := digests{}
	if err := site.Render(report.Pages(s.scorecard(), report.Options{Version: "1.2.3"}), files); err != nil {
		t.Fatal(err)
	}
	return files
}

func demoHistory(t *testing.T) *shipshape.History {
	t.Helper()
	h, err := bundled()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func shuffle[T any](r *rand.Rand, s []T) {
	r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
}

// shuffled is the same history in another order.
func shuffled(h *shipshape.History, r *rand.Rand) *shipshape.History {
	shuffle(r, h.Repositories)
	for i := range h.Repositories {
		part := &h.Repositories[i]
		shuffle(r, part.Commits)
		shuffle(r, part.Refs)
		shuffle(r, part.Changes)
		shuffle(r, part.Issues)
		shuffle(r, part.Releases)
		shuffle(r, part.Deployments)
		shuffle(r, part.Runs)
		shuffle(r, part.Milestones)
		shuffle(r, part.Gaps)
	}
	return h
}

// The site is a function of the facts: neither the order in which they came nor
// the number of processors shows. The zone and the language of the machine are
// tried by testdata/scripts/demo.txt.
func TestSameFactsSameBytes(t *testing.T) {
	want := rendered(t, demoHistory(t))
	if len(want) < 100 {
		t.Fatalf("a site of %d files is none", len(want))
	}
	if diff := cmp.Diff(want, rendered(t, demoHistory(t))); diff != "" {
		t.Errorf("a second time (-want +got):\n%s", diff)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if diff := cmp.Diff(want, rendered(t, demoHistory(t))); diff != "" {
		t.Errorf("on one processor (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, rendered(t, shuffled(demoHistory(t), rand.New(rand.NewPCG(1, 2))))); diff != "" {
		t.Errorf("in another order (-want +got):\n%s", diff)
	}
}
