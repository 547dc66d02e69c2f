package kpi

import (
	"fmt"
	"math"
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

// numbers are the parts of a result that do not name an instant.
type numbers struct {
	State                  State
	Caveats                []Caveat
	Value, AtLeast         *float64
	Numerator, Denominator *float64
	N, Clusters            int
	Coverage               *float64
	Interval               *Interval
	Distribution           *Distribution
	Beside                 []Figure
	Series                 []string
	Verdict                Verdict
	P                      *float64
	Finding                string
}

func numbersOf(r Result) numbers {
	n := numbers{r.State, r.PartialBecause, r.Value, r.AtLeast, r.Numerator, r.Denominator, r.N, r.Clusters,
		r.Coverage, r.Interval, r.Distribution, r.Beside, nil, r.Previous.Verdict, r.Previous.P, r.Finding}
	for _, p := range r.Series {
		n.Series = append(n.Series, fmt.Sprint(p.N, worded(p.Value), p.Week.Partial))
	}
	return n
}

func worded(v *float64) string {
	if v == nil {
		return "unknown"
	}
	return fmt.Sprint(*v)
}

func TestShiftedTimeGivesTheSameNumbers(t *testing.T) {
	scenes := randomScenes(3)
	window := shipshape.Window{From: at(-3, 0), To: at(88, 0)}
	want := Compute(timeline.Build(historyOf(scenes...), timeline.Defaults(at(88, 5))), Options{Window: window})
	const shift = 5 * 7 * shipshape.Day
	for _, s := range scenes {
		s.shift(shift)
	}
	later := shipshape.Window{From: window.From.Add(shift), To: window.To.Add(shift)}
	got := Compute(timeline.Build(historyOf(scenes...), timeline.Defaults(at(88, 5).Add(shift))), Options{Window: later})
	for i, r := range want.Results {
		if diff := cmp.Diff(numbersOf(r), numbersOf(got.Results[i])); diff != "" {
			t.Errorf("%s (-then +shifted):\n%s", r.KPI.ID, diff)
		}
	}
}

// shift moves everything in a scene.
func (s *scene) shift(by time.Duration) {
	move := func(t *time.Time) {
		if !t.IsZero() {
			*t = t.Add(by)
		}
	}
	move(&s.Repository.CreatedAt)
	move(&s.Origin.Until)
	for i := range s.Commits {
		move(&s.Commits[i].AuthoredAt)
		move(&s.Commits[i].CommittedAt)
	}
	for i := range s.Changes {
		c := &s.Changes[i]
		move(&c.CreatedAt)
		move(&c.MergedAt)
		move(&c.ClosedAt)
		for j := range c.Commits {
			move(&c.Commits[j].AuthoredAt)
			move(&c.Commits[j].CommittedAt)
		}
		for j := range c.Reviews {
			move(&c.Reviews[j].At)
		}
	}
	for i := range s.Deployments {
		move(&s.Deployments[i].CreatedAt)
		s.Deployments[i].Statuses = slices.Clone(s.Deployments[i].Statuses)
		for j := range s.Deployments[i].Statuses {
			move(&s.Deployments[i].Statuses[j].At)
		}
	}
	for i := range s.Releases {
		move(&s.Releases[i].CreatedAt)
		move(&s.Releases[i].PublishedAt)
	}
	for i := range s.Runs {
		move(&s.Runs[i].CreatedAt)
		move(&s.Runs[i].StartedAt)
		move(&s.Runs[i].CompletedAt)
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

func TestEvidenceGivesTheValue(t *testing.T) {
	for seed := range uint64(4) {
		card := compute(0, 90, randomScenes(seed)...)
		eachResult(t, card, func(t *testing.T, r Result) {
			value, n := recount(r, card.Window)
			if n != r.N {
				t.Errorf("n = %d, evidence has %d", r.N, n)
			}
			if !same(value, r.Value) {
				t.Errorf("value = %s, evidence gives %s", worded(r.Value), worded(value))
			}
		})
	}
}

// recount works out a value from published items alone, in the plainest way: it
// shares nothing with the code under test.
func recount(r Result, w shipshape.Window) (value *float64, n int) {
	var values []float64
	weight, part, censored := 0.0, 0.0, false
	for _, item := range r.Evidence {
		if item.Excluded != "" {
			continue
		}
		values = append(values, item.Value)
		weight += item.Weight
		if item.Part == Numerator {
			part += item.Weight
		}
		censored = censored || item.Censored
	}
	answer := 0.0
	switch {
	case r.State == NotMeasured && len(values) == 0 && r.KPI.Statistic != Rate:
		return nil, 0
	case censored:
		return r.Value, len(values) // The survival curve has tests of its own.
	case r.KPI.Statistic == Rate:
		answer = weight / (w.To.Sub(w.From).Hours() / 24)
	case r.KPI.Statistic == Share:
		answer = part / weight
	case r.KPI.Statistic == Tally:
		answer = float64(len(values))
	default:
		slices.Sort(values)
		answer = (values[(len(values)-1)/2] + values[len(values)/2]) / 2
	}
	return &answer, len(values)
}

func same(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return math.Abs(*a-*b) <= 1e-9*math.Max(1, math.Abs(*b))
}

func TestEveryResultIsSane(t *testing.T) {
	for seed := range uint64(3) {
		card := compute(0, 90, randomScenes(seed)...)
		eachResult(t, card, func(t *testing.T, r Result) {
			for _, fault := range insane(r) {
				t.Error(fault)
			}
		})
	}
}

// insane lists what cannot be right in any result.
func insane(r Result) []string {
	var found []string
	demand := func(ok bool, format string, args ...any) {
		if !ok {
			found = append(found, fmt.Sprintf(format, args...))
		}
	}
	demand(r.Finding != "", "says nothing")
	demand((r.State == Partial) == (len(r.PartialBecause) > 0), "%s because of %v", r.State, r.PartialBecause)
	demand((r.State == NotMeasured) == (r.Reason != ""), "%s for the reason %q", r.State, r.Reason)
	demand(r.State != NotMeasured || r.Value == nil, "not measured, and %s", worded(r.Value))
	demand(r.Coverage == nil || *r.Coverage >= 0 && *r.Coverage <= 1, "coverage %s", worded(r.Coverage))
	demand(r.Clusters <= r.N, "%d clusters of %d items", r.Clusters, r.N)
	if i := r.Interval; i != nil && r.Value != nil {
		demand(i.Low == nil || *i.Low <= *r.Value+1e-12, "interval from %s excludes %s", worded(i.Low), worded(r.Value))
		demand(i.High == nil || *i.High >= *r.Value-1e-12, "interval to %s excludes %s", worded(i.High), worded(r.Value))
	}
	demand(slices.IsSortedFunc(r.Evidence, Item.compare), "evidence is not in order")
	ids := map[string]bool{}
	for _, item := range included(r.Evidence) {
		id := fmt.Sprint(item.Kind, item.Repository, item.ID)
		demand(!ids[id], "%s counts twice", id)
		ids[id] = true
	}
	inWeeks := 0
	for _, p := range r.Series {
		inWeeks += p.N
	}
	demand(r.KPI.Statistic == Tally || inWeeks == r.N, "weeks hold %d of %d items", inWeeks, r.N)
	if last := len(r.Series) - 1; r.KPI.Statistic == Tally && last >= 0 {
		demand(r.Series[last].N == r.N, "the last week ends with %d of %d items", r.Series[last].N, r.N)
	}
	inParts := 0
	for _, s := range r.Breakdown.Repository {
		inParts += s.N
	}
	demand(inParts == r.N, "repositories hold %d of %d items", inParts, r.N)
	return found
}
