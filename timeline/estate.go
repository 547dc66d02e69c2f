package timeline

import (
	"cmp"
	"slices"
	"time"
)

// many is how many repositories stepping back at once are one event.
const many = 3

// linkEstate finds the steps back that hit many repositories within the time
// given, or both where only two repositories deploy, and marks their deployments.
func linkEstate(repositories []*Repository, within time.Duration) []*EstateEvent {
	steps, deploying := stepsBack(repositories)
	least := many
	if deploying == 2 {
		least = 2
	}
	var events []*EstateEvent
	for len(steps) > 0 {
		n := 1
		for n < len(steps) && steps[n].Finished.Sub(steps[0].Finished) <= within {
			n++
		}
		if distinctRepositories(steps[:n]) < least {
			steps = steps[1:]
			continue
		}
		e := &EstateEvent{At: steps[0].Finished, Items: steps[:n:n]}
		for _, d := range e.Items {
			d.Estate = e
		}
		events, steps = append(events, e), steps[n:]
	}
	return events
}

// stepsBack returns the production deployments that stepped back, by finish, and
// how many repositories deploy. One that only releases cannot step back and does
// not count as deploying.
func stepsBack(repositories []*Repository) (steps []*Deployment, deploying int) {
	for _, r := range repositories {
		if r.Source.Kind != SourceDeployments && r.Source.Kind != SourceWorkflow || len(r.Rollouts) == 0 {
			continue
		}
		deploying++
		for _, d := range r.Deployments {
			if d.Production && d.Kind.StepBack() {
				steps = append(steps, d)
			}
		}
	}
	slices.SortFunc(steps, func(a, b *Deployment) int {
		return cmp.Or(a.Finished.Compare(b.Finished), cmp.Compare(a.Repo.Name(), b.Repo.Name()), byFinish(a, b))
	})
	return steps, deploying
}

func distinctRepositories(ds []*Deployment) int {
	names := make(map[*Repository]bool)
	for _, d := range ds {
		names[d.Repo] = true
	}
	return len(names)
}
