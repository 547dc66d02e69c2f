package timeline

import (
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// rolloutsOf groups production deployments: the same commit going to several
// environments within the time given after its first success is one rollout.
func rolloutsOf(production []*Deployment, within time.Duration) []*Rollout {
	var rollouts []*Rollout
	latest := make(map[shipshape.OID][]*Rollout)
	for _, d := range own(production) {
		of := latest[d.Commit]
		for len(of) > 0 && d.Finished.Sub(of[0].Finished) > within {
			of = of[1:]
		}
		r := joinable(of, d)
		if r == nil {
			r = &Rollout{Kind: d.Kind, Finished: d.Finished}
			rollouts, of = append(rollouts, r), append(of, r)
		}
		r.Items = append(r.Items, d)
		d.Rollout = r
		latest[d.Commit] = of
	}
	return rollouts
}

// joinable returns the latest of the rollouts that d can be a further item of, or
// nil: one that has not reached d's environment yet and goes the same way. Going
// back to a commit is never part of having brought it: with X, Y, X in one
// environment the second X is a rollback, and so it is with X in one and Y, X in
// another.
func joinable(rollouts []*Rollout, d *Deployment) *Rollout {
	for _, r := range slices.Backward(rollouts) {
		there := slices.ContainsFunc(r.Items, func(o *Deployment) bool { return o.Environment == d.Environment })
		if !there && sameWay(r.Kind, d.Kind) {
			return r
		}
	}
	return nil
}

func sameWay(a, b Kind) bool { return a.Delivery() == b.Delivery() && a.StepBack() == b.StepBack() }
