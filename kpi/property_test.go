package kpi

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// bare returns the results of a scorecard without what cannot be compared, the
// functions of the definitions.
func bare(results []Result) []Result {
	out := slices.Clone(results)
	for i := range out {
		out[i].KPI = KPI{ID: out[i].KPI.ID}
	}
	return out
}

// eachResult visits the pooled results and those of each repository.
func eachResult(t *testing.T, s Scorecard, visit func(t *testing.T, r Result)) {
	t.Helper()
	for _, r := range s.Results {
		t.Run("pooled/"+r.KPI.ID, func(t *testing.T) { visit(t, r) })
	}
	for _, repo := range s.Repositories {
		for _, r := range repo.Results {
			t.Run(string(repo.Name)+"/"+r.KPI.ID, func(t *testing.T) { visit(t, r) })
		}
	}
}

func randomScenes(seed uint64) []*scene {
	return []*scene{randomScene("acme/shop", seed), randomScene("acme/bank", seed+1000)}
}

func TestOrderOfInputDoesNotShow(t *testing.T) {
	for seed := range uint64(4) {
		h := historyOf(randomScenes(seed)...)
		o := Options{Window: shipshape.Window{From: at(0, 0), To: at(90, 0)}, Zone: time.UTC}
		want := Compute(timeline.Build(h, timeline.Defaults(at(90, 5))), o)
		shuffle(h, rand.New(rand.NewPCG(seed, 1)))
		got := Compute(timeline.Build(h, timeline.Defaults(at(90, 5))), o)
		if diff := cmp.Diff(bare(want.Results), bare(got.Results)); diff != "" {
			t.Errorf("seed %d (-sorted +shuffled):\n%s", seed, diff)
		}
	}
}

func shuffle(h *shipshape.History, random *rand.Rand) {
	for i := range h.Repositories {
		r := &h.Repositories[i]
		random.Shuffle(len(r.Commits), func(i, j int) { r.Commits[i], r.Commits[j] = r.Commits[j], r.Commits[i] })
		random.Shuffle(len(r.Changes), func(i, j int) { r.Changes[i], r.Changes[j] = r.Changes[j], r.Changes[i] })
		random.Shuffle(len(r.Deployments), func(i, j int) { r.Deployments[i], r.Deployments[j] = r.Deployments[j], r.Deployments[i] })
		random.Shuffle(len(r.Releases), func(i, j int) { r.Releases[i], r.Releases[j] = r.Releases[j], r.Releases[i] })
		random.Shuffle(len(r.Runs), func(i, j int) { r.Runs[i], r.Runs[j] = r.Runs[j], r.Runs[i] })
	}
}

func TestWhatIsNotThereIsNotMeasured(t *testing.T) {
	remove := []struct {
		name string
		do   func(*scene)
		ids  []string
	}{
		{"deployments and releases", func(s *scene) { s.Deployments, s.Releases = nil, nil },
			[]string{"deployment-frequency", "lead-time-for-changes", "deployment-success-rate", "deployment-duration", "unreleased-changes"}},
		{"deployments, releases standing in", func(s *scene) { s.Deployments = nil },
			[]string{"deployment-success-rate", "deployment-duration"}},
		{"runs", func(s *scene) { s.Runs = nil }, []string{"pipeline-run-frequency"}},
		{"reviews", func(s *scene) {
			for i := range s.Changes {
				s.Changes[i].Reviews = nil
			}
		}, []string{"pickup-time", "review-time", "merge-wait"}},
		{"releases", func(s *scene) { s.Releases = nil }, []string{"unreleased-changes"}},
	}
	for _, test := range remove {
		t.Run(test.name, func(t *testing.T) {
			scenes := randomScenes(1)
			for _, s := range scenes {
				test.do(s)
			}
			card := compute(0, 90, scenes...)
			for _, r := range card.Results {
				gone := slices.Contains(test.ids, r.KPI.ID)
				if got := r.State == NotMeasured; got != gone {
					t.Errorf("%s is %s: %s", r.KPI.ID, r.State, r.Finding)
				}
				if gone && (r.Value != nil || r.Reason == "" || r.Remedy == "" || len(r.LeftOut) != 2) {
					t.Errorf("%s is not measured with value %v, reason %q, remedy %q", r.KPI.ID, r.Value, r.Reason, r.Remedy)
				}
			}
		})
	}
}

func TestGapOverANeedIsTheReason(t *testing.T) {
	wantOut := []LeftOut{{Repository: "acme/shop", Reason: "The token may not read this.", Remedy: "Give it leave."}}
	for need, ids := range needers() {
		scenes := randomScenes(2)
		scenes[0].Gaps = []shipshape.Gap{{Entity: need.Entity, Field: need.Field, Reason: shipshape.Forbidden,
			Why: "The token may not read this", Remedy: "Give it leave"}}
		pooled := compute(0, 90, scenes...)
		alone := pooled.Repositories[slices.IndexFunc(pooled.Repositories, func(r RepositoryScore) bool { return r.Name == "acme/shop" })]
		for _, id := range ids {
			one := only(t, pooled, id)
			if diff := cmp.Diff(wantOut, one.LeftOut); diff != "" {
				t.Errorf("%s without %v in one repository (-want +got):\n%s", id, need, diff)
			}
			if diff := cmp.Diff([]shipshape.RepositoryName{"acme/bank"}, one.Repositories); diff != "" {
				t.Errorf("%s rests on (-want +got):\n%s", id, diff)
			}
			r, _ := alone.Result(id)
			if r.State != NotMeasured || r.Reason != wantOut[0].Reason || r.Remedy != wantOut[0].Remedy || r.Value != nil {
				t.Errorf("%s without %v: %s, %q, %q", id, need, r.State, r.Reason, r.Remedy)
			}
		}
	}
}

// needers returns the KPIs by what they need.
func needers() map[Need][]string {
	by := map[Need][]string{}
	for _, k := range All {
		for _, need := range k.Needs {
			by[need] = append(by[need], k.ID)
		}
	}
	return by
}

func TestSplitWindowsAddUp(t *testing.T) {
	for seed := range uint64(4) {
		scenes := randomScenes(seed)
		asOf := at(90, 0)
		whole, left, right := computeAt(0, 90, asOf, scenes...), computeAt(0, 37, asOf, scenes...), computeAt(37, 90, asOf, scenes...)
		for i, r := range whole.Results {
			if r.KPI.Statistic == Tally {
				continue // Told at as-of, whatever the window.
			}
			if sum := left.Results[i].N + right.Results[i].N; sum != r.N {
				t.Errorf("seed %d: %s counts %d in the whole and %d in its parts", seed, r.KPI.ID, r.N, sum)
			}
		}
	}
}
