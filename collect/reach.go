package collect

import (
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// reach knows how far back deployments are wanted: to the instant Since, and of
// each environment that is delivered to further, to the last success before it.
// What a deployment brought is told against the one before, so the first in the
// window needs that one.
type reach struct {
	since      time.Time
	production func(string) bool
	open       map[string]bool // environments: whether their last success is still looked for
}

// newReach begins with the environments that the repository is known to have. Any
// other is met on the way.
func newReach(o Options, environments []string) *reach {
	w := &reach{since: o.Since, production: o.Production, open: map[string]bool{}}
	for _, name := range environments {
		w.meet(name)
	}
	return w
}

// meet notes an environment when it is seen for the first time.
func (w *reach) meet(environment string) {
	if _, met := w.open[environment]; !met {
		w.open[environment] = w.production != nil && w.production(environment)
	}
}

// done reports whether nothing from before Since is looked for any more.
func (w *reach) done() bool {
	for _, open := range w.open {
		if open {
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
	if !w.open[d.Environment] {
		return false
	}
	w.open[d.Environment] = !slices.ContainsFunc(d.Statuses, succeeded)
	return true
}

func succeeded(s shipshape.DeploymentStatus) bool { return s.State == shipshape.DeploymentSuccess }
