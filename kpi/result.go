package kpi

import (
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// instant keeps the import of package time in one place for item literals.
type instant = time.Time

// State is whether a value may be relied on.
type State string

// The states.
const (
	Measured    State = "measured"
	Partial     State = "partial"      // Result.PartialBecause says why
	NotMeasured State = "not measured" // Result.Reason and Result.Remedy say why and what to do
)

// Caveat is a reason for a partial result.
type Caveat string

// The caveats.
const (
	LowCoverage Caveat = "coverage"     // below 0.8
	SmallSample Caveat = "small-sample" // a ratio or duration with n < 5
	FewClusters Caveat = "clusters"     // fewer than 5 independent deployments behind it
	CensoredTop Caveat = "censored"     // the median is not reached
	Inferred    Caveat = "inferred"     // the facts were inferred, not stated
)

// Result is what a KPI amounts to over one scope and window. Values are in the
// KPI's unit; a nil pointer is unknown, never 0.
type Result struct {
	KPI            KPI
	State          State
	PartialBecause []Caveat
	// Reason and Remedy are sentences; both are set when not measured.
	Reason, Remedy string
	// Finding says the result in words.
	Finding string
	Value   *float64
	// AtLeast is set where the median is not reached: the longest observed.
	AtLeast *float64
	// Numerator and Denominator are set for rates (count, days) and shares.
	Numerator, Denominator *float64
	N                      int // items counted
	Clusters               int // deployments behind them; equals N for independent items
	// Coverage is the share of the population whose facts were there; nil for an
	// empty population.
	Coverage     *float64
	Interval     *Interval
	Distribution *Distribution
	Series       []Point
	Previous     *Previous // nil where no repository has what the KPI needs
	// Step is where the value lies on DORA's answer scale, which is about one
	// service: nil for a pooled result, whose repositories have theirs in Breakdown.
	Step      *Step
	Breakdown Breakdown
	Beside    []Figure
	// Evidence holds the items that count, then those left out, each by repository,
	// instant, kind and id.
	Evidence []Item
	// Repositories are those the result rests on; more than one makes it pooled.
	Repositories []shipshape.RepositoryName
	// LeftOut are repositories in scope that lack what the KPI needs.
	LeftOut []LeftOut
}

// Pooled reports whether the result blends several repositories.
func (r Result) Pooled() bool { return len(r.Repositories) > 1 }

// LeftOut is a repository that a KPI could not be computed for.
type LeftOut struct {
	Repository     shipshape.RepositoryName
	Reason, Remedy string
}

// Interval is a 95 % interval. A nil end is not reached.
type Interval struct {
	Low, High *float64
	Note      string // how it was made, in sentences
}

// Distribution describes values. A quantile that censoring leaves open is nil.
type Distribution struct {
	P25, P50, P75, P90, Mean, Min, Max *float64
	// Restricted is true for a mean over items that are still growing.
	Restricted bool
}

// Point is the value of one ISO week, in the KPI's own unit. That of a tally is
// the tally at the end of the week.
type Point struct {
	Week  shipshape.Week // Partial also where it was seen in part only
	Days  float64        // how much of it lies in the window and was seen
	Value *float64       // nil: nothing to measure in that week, or nobody looked
	N     int
}

// Verdict compares a window with the one before.
type Verdict string

// The verdicts. There is none when either side is not measured or partial, or
// when something that decides the number changed between them.
const (
	BetterNow     Verdict = "better"
	WorseNow      Verdict = "worse"
	NoClearChange Verdict = "no clear change"
	NoVerdict     Verdict = ""
)

// Previous is the same KPI over the preceding window of equal length.
type Previous struct {
	Window  shipshape.Window
	State   State
	Value   *float64
	N       int
	Verdict Verdict
	P       *float64 // nil where no test was made
	Why     string   // why there is no verdict, or which test gave it
}

// Scale is DORA's six-step answer scale of one metric, worst first.
type Scale struct {
	Steps []string
	// step returns the index into Steps of a value in the KPI's unit.
	step func(float64) int
}

// Step is where a value lies on a scale.
type Step struct {
	Index int // 0 is the worst
	Of    int
	Name  string
}

// Breakdown is the same KPI by part of the scope. Each list is sorted by name.
type Breakdown struct {
	Repository, Team, Environment, Class, Actor []Slice
}

// Slice is one part of a breakdown.
type Slice struct {
	Name  string
	State State
	Value *float64
	N     int
	Step  *Step // of a repository, where the KPI has a scale
}

// Options say what to report.
type Options struct {
	Window shipshape.Window
	Zone   *time.Location // of weeks and days
}

// Scorecard is every KPI over all repositories and over each alone.
type Scorecard struct {
	AsOf   time.Time
	Window shipshape.Window
	Zone   *time.Location
	// Results are in the order of All. With several repositories they are pooled.
	Results []Result
	// Repositories holds the same for each repository alone, by name.
	Repositories []RepositoryScore
	// Timeline is what it was computed from.
	Timeline *timeline.Timeline
}

// RepositoryScore is the scorecard of one repository.
type RepositoryScore struct {
	Name    shipshape.RepositoryName
	Results []Result // in the order of All
}

// Result returns the pooled result of a KPI, and false for an unknown id.
func (s Scorecard) Result(id string) (Result, bool) { return find(s.Results, id) }

// Result returns the repository's result of a KPI, and false for an unknown id.
func (s RepositoryScore) Result(id string) (Result, bool) { return find(s.Results, id) }

func find(results []Result, id string) (Result, bool) {
	for _, r := range results {
		if r.KPI.ID == id {
			return r, true
		}
	}
	return Result{}, false
}
