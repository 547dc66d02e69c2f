package kpi

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// A window of ten days from monday. Whatever bounds the view bounds the part.
func TestSeenPartOfAWindow(t *testing.T) {
	whole := shipshape.Window{From: at(0, 0), To: at(10, 0)}
	tests := []struct {
		name string
		s    stretch
		days float64
	}{
		{"nothing bounds it", stretch{}, 10},
		{"bounds outside", stretch{since: at(-5, 0), began: at(-9, 0), until: at(12, 0)}, 10},
		{"bounds on the edges", stretch{since: at(0, 0), began: at(0, 0), until: at(10, 0)}, 10},
		{"collected from the third day", stretch{since: at(2, 0), began: at(-9, 0)}, 8},
		{"created on the fourth day", stretch{since: at(2, 0), began: at(3, 0)}, 7},
		{"read up to noon of the sixth", stretch{began: at(3, 0), until: at(5, 12)}, 2.5},
		{"created at its end", stretch{began: at(10, 0)}, 0},
		{"created after", stretch{began: at(99, 0)}, 0},
		{"read up to its start", stretch{until: at(0, 0)}, 0},
		{"read up to before", stretch{until: at(-9, 0)}, 0},
		{"created after it was read", stretch{began: at(7, 0), until: at(4, 0)}, 0},
	}
	for _, test := range tests {
		got := test.s.within(whole)
		if got.Days() != test.days {
			t.Errorf("%s: %v days, want %v", test.name, got.Days(), test.days)
		}
		reason, remedy := test.s.blind(whole, Rate)
		if blind := test.days == 0; (reason != "") != blind || (remedy != "") != blind {
			t.Errorf("%s: blind for the reason %q, remedy %q", test.name, reason, remedy)
		}
		if unseen := (Scope{Window: whole, Repositories: []*timeline.Repository{{}}, stretches: []stretch{test.s}}).unseen(); (unseen == "") != (test.days == 10) {
			t.Errorf("%s: of the window it says %q", test.name, unseen)
		}
	}
}

// Beside one that is old, a repository created later held nothing before, which is
// known: 10 days of both. Alone, 4 days of it were seen.
func TestYoungRepositoryBesideAnOldOne(t *testing.T) {
	s := Scope{
		Window:       shipshape.Window{From: at(0, 0), To: at(10, 0)},
		Repositories: []*timeline.Repository{{Facts: shipshape.Repository{Name: "acme/old"}}, {Facts: shipshape.Repository{Name: "acme/young"}}},
		stretches:    []stretch{{began: at(-400, 0)}, {began: at(6, 0)}},
	}
	if got := s.seen(); got != 1 {
		t.Errorf("together %v of the window was seen, want all", got)
	}
	if got := s.of("acme/young").seen(); got != 0.4 {
		t.Errorf("of the young one alone %v, want 0.4", got)
	}
	s.stretches[1].until = at(8, 0)
	if got := s.seen(); got != 0.9 {
		t.Errorf("the young one read up to the eighth day: %v, want 0.9", got)
	}
	if got := s.seenPart(s.Window); got.Days() != 8 {
		t.Errorf("both were seen on %v days, want 8", got.Days())
	}
}

func TestOnlyGapsOfWholeEntitiesThatAreReadBoundTheView(t *testing.T) {
	tests := []struct {
		name  string
		gap   shipshape.Gap
		kpi   KPI
		cuts  bool
		ended time.Time
	}{
		{"its source", shipshape.Gap{Entity: shipshape.DeploymentEntity, After: at(5, 0)}, DeploymentFrequency, true, at(5, 0)},
		{"the graph", shipshape.Gap{Entity: shipshape.CommitEntity, After: at(5, 0)}, DeploymentFrequency, true, at(5, 0)},
		{"another source", shipshape.Gap{Entity: shipshape.ReleaseEntity, After: at(5, 0)}, DeploymentFrequency, false, at(1000, 0)},
		{"one field", shipshape.Gap{Entity: shipshape.DeploymentEntity, Field: "statuses", After: at(5, 0)}, DeploymentFrequency, false, at(1000, 0)},
		{"one record", shipshape.Gap{Entity: shipshape.DeploymentEntity, ID: "7", After: at(5, 0)}, DeploymentFrequency, false, at(1000, 0)},
		{"no instant", shipshape.Gap{Entity: shipshape.DeploymentEntity}, DeploymentFrequency, false, at(1000, 0)},
		{"later than the whole", shipshape.Gap{Entity: shipshape.DeploymentEntity, After: at(2000, 0)}, DeploymentFrequency, false, at(1000, 0)},
		{"attempts end without the graph", shipshape.Gap{Entity: shipshape.CommitEntity, After: at(5, 0)}, SuccessRate, false, at(1000, 0)},
		{"deployments, of a KPI of changes", shipshape.Gap{Entity: shipshape.DeploymentEntity, After: at(5, 0)}, CodingTime, false, at(1000, 0)},
		{"changes", shipshape.Gap{Entity: shipshape.ChangeEntity, After: at(5, 0)}, CodingTime, true, at(5, 0)},
		{"runs", shipshape.Gap{Entity: shipshape.RunEntity, After: at(5, 0)}, RunFrequency, true, at(5, 0)},
	}
	for _, test := range tests {
		r := &timeline.Repository{
			Origin: shipshape.Origin{Until: at(1000, 0)}, Source: timeline.Source{Kind: timeline.SourceDeployments},
			Gaps: []shipshape.Gap{test.gap},
		}
		s := test.kpi.stretch(r)
		if !s.until.Equal(test.ended) || (s.ended.Entity != "") != test.cuts {
			t.Errorf("%s: seen up to %v, ended by %q; want %v", test.name, s.until, s.ended.Entity, test.ended)
		}
	}
}

// Reading that was cut short on its way back bounds the view from the other side.
func TestNothingIsSaidOfWhatReadingDidNotReach(t *testing.T) {
	for seed, begin := range []int{0, 30, 89, 90, 200} {
		scenes := randomScenes(uint64(seed))
		for _, s := range scenes {
			s.readDownTo(at(begin, 0))
		}
		eachResult(t, compute(0, 90, scenes...), func(t *testing.T, r Result) {
			if r.KPI.Statistic == Tally {
				return
			}
			for _, fault := range insane(r) {
				t.Error(fault)
			}
			if begin >= 90 && r.State != NotMeasured {
				t.Errorf("%s, though nothing of the window was read", r.State)
			}
			if begin >= 90 && r.Reason != "Reading broke off." {
				t.Errorf("reason %q", r.Reason)
			}
			if share := math.Max(float64(90-begin), 0) / 90; r.KPI.Statistic == Rate && r.Coverage != nil && *r.Coverage > share+1e-12 {
				t.Errorf("coverage %v of %v seen", *r.Coverage, share)
			}
			if r.Previous != nil && begin > 0 && r.Previous.Value != nil {
				t.Errorf("compared with %s, of which nothing was read", worded(r.Previous.Value))
			}
			for _, p := range r.Series {
				if unread := !at(begin, 0).Before(p.Week.To); unread && (p.Value != nil || p.Days != 0) {
					t.Errorf("week %s: %s, %v days seen", p.Week.Name(), worded(p.Value), p.Days)
				}
			}
		})
	}
}

// readDownTo begins every list of a scene at an instant, and says so.
func (s *scene) readDownTo(begin time.Time) {
	s.Deployments = slices.DeleteFunc(s.Deployments, func(d shipshape.Deployment) bool { return d.CreatedAt.Before(begin) })
	s.Changes = slices.DeleteFunc(s.Changes, func(c shipshape.Change) bool { return c.MergedAt.Before(begin) })
	s.Releases = slices.DeleteFunc(s.Releases, func(r shipshape.Release) bool { return r.PublishedAt.Before(begin) })
	s.Runs = slices.DeleteFunc(s.Runs, func(r shipshape.Run) bool { return r.CreatedAt.Before(begin) })
	for _, e := range []shipshape.Entity{shipshape.DeploymentEntity, shipshape.ChangeEntity, shipshape.ReleaseEntity, shipshape.RunEntity} {
		s.Gaps = append(s.Gaps, shipshape.Gap{Entity: e, Reason: shipshape.NotReached, Before: begin, Why: "Reading broke off.", Remedy: "Read on."})
	}
}

// Wherever reading ended, no number speaks of what came after: weeks beyond are
// unknown, the coverage of a rate is at most the share seen, and a window wholly
// beyond is not measured. Everything else that holds of results still does.
func TestNothingIsSaidOfWhatWasNotRead(t *testing.T) {
	for seed, end := range []int{-1, 0, 3, 30, 45, 89, 90} {
		scenes := randomScenes(uint64(seed))
		for _, s := range scenes {
			s.readUpTo(at(end, 0))
		}
		eachResult(t, compute(0, 90, scenes...), func(t *testing.T, r Result) {
			for _, fault := range insane(r) {
				t.Error(fault)
			}
			if end <= 0 && r.State != NotMeasured {
				t.Errorf("%s, though nothing of the window was read", r.State)
			}
			if share := math.Max(float64(end), 0) / 90; r.KPI.Statistic == Rate && r.Coverage != nil && *r.Coverage > share+1e-12 {
				t.Errorf("coverage %v of %v seen", *r.Coverage, share)
			}
			for _, p := range r.Series {
				beyond := !p.Week.From.Before(at(end, 0))
				if beyond && (p.Value != nil || p.Days != 0) || p.Days > p.Week.Days() || p.Days < p.Week.Days() && !p.Week.Partial {
					t.Errorf("week %s: %s, %v days seen, partial %v", p.Week.Name(), worded(p.Value), p.Days, p.Week.Partial)
				}
			}
		})
	}
}

// readUpTo ends every list of a scene at an instant, and says so.
func (s *scene) readUpTo(end time.Time) {
	s.Deployments = slices.DeleteFunc(s.Deployments, func(d shipshape.Deployment) bool {
		return !d.CreatedAt.Add(shipshape.Day).Before(end)
	})
	s.Changes = slices.DeleteFunc(s.Changes, func(c shipshape.Change) bool { return !c.MergedAt.Before(end) })
	s.Releases = slices.DeleteFunc(s.Releases, func(r shipshape.Release) bool { return !r.PublishedAt.Before(end) })
	s.Runs = slices.DeleteFunc(s.Runs, func(r shipshape.Run) bool { return !r.CreatedAt.Before(end) })
	for _, e := range []shipshape.Entity{shipshape.DeploymentEntity, shipshape.ChangeEntity, shipshape.ReleaseEntity, shipshape.RunEntity} {
		s.Gaps = append(s.Gaps, shipshape.Gap{Entity: e, Reason: shipshape.NotReached, After: end, Why: "Reading ended.", Remedy: "Read on."})
	}
}

// A repository that a gap keeps out lowers the coverage of the pool, in this window
// and the one before, and changes nothing else of it.
func TestWhatAGapKeepsOutIsMissingFromThePool(t *testing.T) {
	scenes := randomScenes(5)
	scenes[1].Gaps = []shipshape.Gap{{Entity: shipshape.ChangeEntity, Field: "additions", Reason: shipshape.Absent, Why: "Lines are not recorded.", Remedy: "Collect them."}}
	card := compute(0, 90, scenes...)
	pooled := only(t, card, "change-size")
	alone, _ := card.Repositories[slices.IndexFunc(card.Repositories, func(r RepositoryScore) bool { return r.Name == "acme/shop" })].Result("change-size")
	out := len(pooled.Evidence) - len(alone.Evidence)
	want := float64(alone.N) / float64(alone.N+out)
	if out == 0 || !same(pooled.Coverage, &want) || !same(pooled.Value, alone.Value) || pooled.N != alone.N {
		t.Errorf("%s of %d with coverage %s, %d left out; want %s of %d with %v",
			worded(pooled.Value), pooled.N, worded(pooled.Coverage), out, worded(alone.Value), alone.N, want)
	}
	if diff := cmp.Diff(alone.Distribution, pooled.Distribution); diff != "" {
		t.Errorf("distribution (-alone +pooled):\n%s", diff)
	}
}
