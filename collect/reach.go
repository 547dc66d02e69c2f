package collect

import (
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// reach knows how far back deployments are wanted: to the instant Since, and of
// each environment that is delivered to further, to some successes before it. What
// a deployment brought is told against those before.
type reach struct {
	since        time.Time
	production   func(string) bool
	predecessors int
	open         map[string]int // environments: how many successes are still looked for
}

// newReach begins with the environments that the repository is known to have. Any
// other is met on the way.
func newReach(o Options, environments []string) *reach {
	w := &reach{since: o.Since, production: o.Production, predecessors: max(o.Predecessors, 1), open: map[string]int{}}
	for _, name := range environments {
		w.meet(name)
	}
	return w
}

// meet notes an environment when it is seen for the first time.
func (w *reach) meet(environment string) {
	if _, met := w.open[environment]; met {
		return
	}
	w.open[environment] = 0
	if w.production != nil && w.production(environment) {
		w.open[environment] = w.predecessors
	}
}

// done reports whether nothing from before Since is looked for any more.
func (w *reach) done() bool {
	for _, open := range w.open {
		if open > 0 {
			return false
		}
	}
	return true
}

// wants reports whether a deployment belongs to what is kept. They must come
// newest first.
func (w *reach) wants(d shipshape.Deployment) bool {
	w.meet(d.Environment)
	if !d.CreatedAt.Before(w.since) {
		return true
	}
	if w.open[d.Environment] == 0 {
		return false
	}
	if slices.ContainsFunc(d.Statuses, w.succeeded) {
		w.open[d.Environment]--
	}
	return true
}

// succeeded reports whether a status says that a deployment succeeded in the time
// before Since.
func (w *reach) succeeded(s shipshape.DeploymentStatus) bool {
	return s.State == shipshape.DeploymentSuccess && s.At.Before(w.since)
}
