package timeline

import "github.com/shipshape-report/shipshape"

// recent is how many deployments back a change may have entered for its revert to
// be a rollback.
const recent = 10

// relation is how a commit stands to the one that was active before it.
type relation int

const (
	unknown relation = iota // one of them is not in the graph
	ahead                   // the old one is an ancestor
	behind                  // it is an ancestor of the old one
	apart                   // neither
)

// relate tells how two different commits stand to each other, from the graph.
func (r *Repository) relate(old, now shipshape.OID) relation {
	a, knownOld := r.graph.id(old)
	b, knownNew := r.graph.id(now)
	switch {
	case !knownOld || !knownNew:
		return unknown
	case r.graph.ancestor(a, b):
		return ahead
	case r.graph.ancestor(b, a):
		return behind
	}
	return apart
}

// kind judges a success against the commit that was active before it. What cannot
// be related to that commit counts as sideways, for it is a deployment of
// something that was not here before; a gap says that no more is known.
func (l *lane) kind(d *Deployment) (Kind, string) {
	if d.Previous == nil {
		return First, "nothing was active here before"
	}
	if d.Previous.Commit == d.Commit {
		return Redeploy, "the commit was active already"
	}
	relation := l.repo.relate(d.Previous.Commit, d.Commit)
	switch {
	case relation == behind && l.active[d.Commit]:
		return Rollback, "an ancestor of what was active, and active here before"
	case relation == behind:
		return OutOfOrder, "an ancestor of what was active, and never active here before"
	case l.active[d.Commit]:
		return Return, returned(relation)
	case l.onlyReverts(d):
		return Rollback, "all it brought reverts changes of the ten deployments before"
	}
	return onward(relation)
}

// onward words the kinds that go on to something new.
func onward(r relation) (Kind, string) {
	switch r {
	case ahead:
		return Forward, "what was active is an ancestor"
	case unknown:
		return Sideways, "new here, and how it stands to what was active is not in the graph"
	}
	return Sideways, "neither it nor what was active is an ancestor of the other"
}

// returned words a return as far as the graph knows.
func returned(r relation) string {
	if r == unknown {
		return "active here before, and not known as an ancestor of what was active"
	}
	return "active here before, and not an ancestor of what was active"
}

// onlyReverts reports whether the deployment brings changes and each takes back
// one that a recent deployment of the environment brought. A change that takes
// back a revert brings something again, so it is none.
func (l *lane) onlyReverts(d *Deployment) bool {
	for _, c := range d.Changes {
		if !l.revertsRecent(c) {
			return false
		}
	}
	return len(d.Changes) > 0
}

func (l *lane) revertsRecent(c *Change) bool {
	for _, target := range c.Reverts {
		at, entered := l.entered[target]
		if entered && at >= l.steps-recent && at < l.steps && !target.takesBack {
			return true
		}
	}
	return false
}

// markTakingBack tells reverts from re-applications: a change takes back if
// something it reverts does not. Targets were merged before, so they come first.
func markTakingBack(changes []*Change) {
	for _, c := range changes {
		for _, target := range c.Reverts {
			c.takesBack = c.takesBack || !target.takesBack
		}
	}
}

// kindOfRelease judges a release that counts as a deployment against its own
// previous release, and no other: several lines and families can come from the
// same commit. There is no step back among releases: what lies behind its previous
// one returns to what was out already.
func (l *lane) kindOfRelease(d *Deployment) (Kind, string) {
	previous := d.Release.Previous
	switch {
	case d.Release.Missing && l.steps > 0:
		return onward(unknown)
	case previous == nil:
		return First, "it has no previous release"
	}
	relation := l.repo.relate(previous.Commit, d.Commit)
	switch {
	case previous.Commit == d.Commit:
		return Redeploy, "the commit of its previous release, " + previous.Tag
	case relation == behind:
		return Return, "an ancestor of its previous release, " + previous.Tag
	}
	kind, why := onward(relation)
	return kind, why + ", taken against " + previous.Tag
}
