package timeline

import (
	"slices"

	"github.com/shipshape-report/shipshape"
)

// headsNotInGraph returns the changes by final head, for heads that the graph
// lacks: what deploys such a commit contains the change all the same.
func (r *Repository) headsNotInGraph() map[shipshape.OID][]*Change {
	heads := make(map[shipshape.OID][]*Change)
	for _, c := range r.Changes {
		if _, known := r.graph.id(c.Head); !known && c.Head != "" {
			heads[c.Head] = append(heads[c.Head], c)
		}
	}
	return heads
}

// lane walks deployments in order of finish, those of one environment or of all
// that are production, and sees what each brings.
type lane struct {
	repo    *Repository
	heads   map[shipshape.OID][]*Change // of the graph's absentees
	reached *reach
	steps   int             // deployments walked
	entered map[*Change]int // the step that each change entered with
	active  map[shipshape.OID]bool
}

func (r *Repository) newLane(heads map[shipshape.OID][]*Change) *lane {
	return &lane{repo: r, heads: heads, reached: r.graph.newReach(),
		entered: make(map[*Change]int), active: make(map[shipshape.OID]bool)}
}

// advance takes the next commit and returns the commits and changes that were not
// there before it. A change enters once, with whichever of its commits came
// first: its head can be deployed before its squash is.
func (l *lane) advance(o shipshape.OID) ([]int32, []*Change) {
	id, known := l.repo.graph.id(o)
	if !known {
		return nil, l.enter(l.heads[o])
	}
	fresh := l.reached.add(id)
	return fresh, l.enter(l.repo.changesAt(fresh))
}

// enter returns the candidates that had not entered before, and notes the step.
func (l *lane) enter(candidates []*Change) []*Change {
	var entered []*Change
	for _, c := range candidates {
		if _, before := l.entered[c]; !before {
			l.entered[c] = l.steps
			entered = append(entered, c)
		}
	}
	return entered
}

// leave ends the step of a commit.
func (l *lane) leave(o shipshape.OID) {
	l.active[o] = true
	l.steps++
}

// linkEnvironment links one environment's deployments: predecessor, what each
// brought, kind.
func (r *Repository) linkEnvironment(environment []*Deployment, heads map[shipshape.OID][]*Change) {
	l := r.newLane(heads)
	var previous *Deployment
	for _, d := range own(environment) {
		d.Previous = previous
		fresh, changes := l.advance(d.Commit)
		d.Commits, d.Changes = r.graph.oids(fresh), changes
		d.Kind, d.KindWhy = l.kind(d)
		l.leave(d.Commit)
		previous = d
	}
}

// linkReleasedDeployments does the same where releases or tags count as
// deployments: what they brought is what the release says, against its own
// previous one.
func (r *Repository) linkReleasedDeployments(ds []*Deployment, heads map[shipshape.OID][]*Change) {
	of := make(map[*Release]*Deployment, len(ds))
	for _, d := range ds {
		of[d.Release] = d.original()
	}
	l := r.newLane(heads)
	for _, d := range own(ds) {
		d.Previous = of[d.Release.Previous]
		d.Commits, d.Changes = d.Release.Commits, d.Release.brought()
		d.Kind, d.KindWhy = l.kindOfRelease(d)
		l.leave(d.Commit)
	}
}

// brought returns the release's changes, direct ones included, by merge.
func (r *Release) brought() []*Change {
	changes := slices.Clone(r.Changes)
	for _, o := range r.Commits {
		id, _ := r.Repo.graph.id(o)
		if c := r.Repo.owner[id]; c != nil && c.Direct() {
			changes = append(changes, c)
		}
	}
	slices.SortFunc(changes, compareChanges)
	return changes
}

// deliver finds for every change the first production deployment that contains
// it, whatever its kind, and gives the change to that deployment's rollout.
func (r *Repository) deliver(production []*Deployment, heads map[shipshape.OID][]*Change) {
	l := r.newLane(heads)
	for _, d := range own(production) {
		_, changes := l.advance(d.Commit)
		for _, c := range changes {
			c.Rollout = d.Rollout
		}
		d.Rollout.Changes = append(d.Rollout.Changes, changes...)
		l.leave(d.Commit)
	}
	for _, rollout := range r.Rollouts {
		slices.SortFunc(rollout.Changes, compareChanges)
	}
	for _, d := range own(production) {
		for _, c := range d.Changes {
			c.entered(d)
		}
	}
}

// entered notes the first deployment of each environment that brought the change.
func (c *Change) entered(d *Deployment) {
	known := slices.ContainsFunc(c.Deployments, func(o *Deployment) bool { return o.Environment == d.Environment })
	if !known {
		c.Deployments = append(c.Deployments, d)
	}
}
