package timeline

import (
	"cmp"
	"fmt"

	"github.com/shipshape-report/shipshape"
)

// markUnreachable marks the deployments whose commit no branch or tag leads to
// and returns the gaps: one for each in production, one for each other
// environment.
func (r *Repository) markUnreachable(refs []shipshape.Ref) []shipshape.Gap {
	reached := r.graph.newReach()
	for _, ref := range refs {
		if id, known := r.graph.id(ref.Target); known {
			reached.add(id)
		}
	}
	var gaps []shipshape.Gap
	elsewhere := make(map[string]int)
	for _, d := range r.Deployments {
		id, known := r.graph.id(d.Commit)
		d.Unreachable = !known || !reached.has(id)
		switch {
		case d.Source == SourceReleases || d.Source == SourceTags:
			// Linking releases says which of them are missing.
		case d.Unreachable && d.Production:
			gaps = append(gaps, unreachableGap(d, known))
		case d.Unreachable:
			elsewhere[d.Environment]++
		}
	}
	for environment, n := range elsewhere {
		gaps = append(gaps, unreachableElsewhere(environment, n))
	}
	return gaps
}

const tagDeployed = "Keep a branch or a tag on what is deployed."

func unreachableGap(d *Deployment, inGraph bool) shipshape.Gap {
	g := shipshape.Gap{Entity: shipshape.DeploymentEntity, Field: "commit", ID: d.ID,
		Reason: shipshape.Truncated, Remedy: tagDeployed}
	thing := "deployment " + d.ID
	if d.Source == SourceWorkflow {
		g.Entity, thing = shipshape.RunEntity, "run "+d.ID
	}
	g.Why = fmt.Sprintf("No branch or tag leads to commit %s, which %s brought to production.", d.Commit.Short(), thing)
	if !inGraph {
		g.Why = fmt.Sprintf("The commit of %s (%s) is not in the history: what it brought is not known, nor how it stands to its neighbours.",
			thing, cmp.Or(d.Commit.Short(), "not recorded"))
	}
	return g
}

func unreachableElsewhere(environment string, n int) shipshape.Gap {
	return shipshape.Gap{Entity: shipshape.DeploymentEntity, Field: "commit", Reason: shipshape.Truncated,
		Why:    fmt.Sprintf("No branch or tag leads to what was deployed to %s; deployments there: %d.", environment, n),
		Remedy: tagDeployed}
}
