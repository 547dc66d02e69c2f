package kpi

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

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
