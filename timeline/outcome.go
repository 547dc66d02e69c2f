package timeline

import (
	"cmp"
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// outcome is what a status history says of one deployment.
type outcome struct {
	outcome  Outcome
	finished time.Time // first SUCCESS; zero if there was none
	ended    time.Time // finished, else the last failure; zero if it has not ended
	failures []time.Time
	waited   time.Duration
	timed    bool
}

// outcomeOf reads a status history in whatever order it comes. The present state
// and the time of the last update decide nothing: a success reads INACTIVE once
// it is superseded.
func outcomeOf(created time.Time, statuses []shipshape.DeploymentStatus) outcome {
	statuses = slices.SortedStableFunc(slices.Values(statuses), compareStatuses)
	o := outcome{outcome: Pending}
	if i := slices.IndexFunc(statuses, success); i >= 0 {
		o.outcome, o.finished, o.ended = Succeeded, statuses[i].At, statuses[i].At
		o.timed = i > 0 && !o.finished.Before(created) || o.finished.After(created)
		o.failures = failureTimes(statuses[i:])
		o.waited = waited(statuses[:i+1])
		return o
	}
	o.outcome, o.waited, o.timed = unsuccessful(statuses), waited(statuses), len(statuses) > 0
	if failed := failureTimes(statuses); o.outcome == Failed {
		o.ended = failed[len(failed)-1]
	}
	return o
}

func success(s shipshape.DeploymentStatus) bool { return s.State == shipshape.DeploymentSuccess }

func failure(s shipshape.DeploymentStatus) bool {
	return s.State == shipshape.DeploymentFailure || s.State == shipshape.DeploymentError
}

// unsuccessful judges a history without SUCCESS by its last word. INACTIVE is
// none: it says only that a newer deployment took over.
func unsuccessful(statuses []shipshape.DeploymentStatus) Outcome {
	said := slices.DeleteFunc(slices.Clone(statuses), func(s shipshape.DeploymentStatus) bool {
		return s.State == shipshape.DeploymentInactive
	})
	switch {
	case len(said) > 0 && failure(said[len(said)-1]):
		return Failed
	case len(said) < len(statuses):
		return Inactive
	}
	return Pending
}

// failureTimes returns the times of the failures, by time.
func failureTimes(statuses []shipshape.DeploymentStatus) []time.Time {
	var at []time.Time
	for _, s := range statuses {
		if failure(s) {
			at = append(at, s.At)
		}
	}
	return at
}

// waited sums the stretches from a WAITING to the status after it. Waiting that
// has not ended counts nothing yet.
func waited(statuses []shipshape.DeploymentStatus) time.Duration {
	var sum time.Duration
	for i := range len(statuses) - 1 {
		if statuses[i].State == shipshape.DeploymentWaiting {
			sum += statuses[i+1].At.Sub(statuses[i].At)
		}
	}
	return sum
}

// progress is the order in which a deployment passes its states; it settles
// statuses of the same second.
var progress = []shipshape.DeploymentState{
	shipshape.DeploymentQueued, shipshape.DeploymentPending, shipshape.DeploymentWaiting,
	shipshape.DeploymentInProgress, shipshape.DeploymentSuccess, shipshape.DeploymentFailure,
	shipshape.DeploymentError, shipshape.DeploymentInactive,
}

func compareStatuses(a, b shipshape.DeploymentStatus) int {
	return cmp.Or(a.At.Compare(b.At),
		cmp.Compare(slices.Index(progress, a.State), slices.Index(progress, b.State)),
		cmp.Compare(a.State, b.State))
}
