package timeline

import (
	"cmp"
	"slices"

	"github.com/shipshape-report/shipshape"
)

// byEnvironment splits deployments by environment, in order of name.
func byEnvironment(ds []*Deployment) [][]*Deployment {
	ds = slices.SortedStableFunc(slices.Values(ds), func(a, b *Deployment) int {
		return cmp.Compare(a.Environment, b.Environment)
	})
	var split [][]*Deployment
	for len(ds) > 0 {
		n := slices.IndexFunc(ds, func(d *Deployment) bool { return d.Environment != ds[0].Environment })
		if n < 0 {
			n = len(ds)
		}
		split, ds = append(split, ds[:n:n]), ds[n:]
	}
	return split
}

// own returns the successes that are no repetition, in order of finish.
func own(ds []*Deployment) []*Deployment {
	return slices.DeleteFunc(succeeded(ds), func(d *Deployment) bool { return d.DuplicateOf != nil })
}

// succeeded returns the successes in order of finish.
func succeeded(ds []*Deployment) []*Deployment {
	var out []*Deployment
	for _, d := range ds {
		if d.Outcome == Succeeded {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, byFinish)
	return out
}

func byFinish(a, b *Deployment) int { return cmp.Or(a.Finished.Compare(b.Finished), byStart(a, b)) }

// byStart orders by start; ids settle the rest, as numbers where they are.
func byStart(a, b *Deployment) int {
	return cmp.Or(a.Started.Compare(b.Started), cmp.Compare(len(a.ID), len(b.ID)),
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.Environment, b.Environment))
}

// nameRelease finds the release of a deployment's commit: of several the last
// published by the time it finished, else the first published after.
func nameRelease(d *Deployment, releases map[shipshape.OID][]*Release) {
	then := d.Finished
	if then.IsZero() {
		then = d.Started
	}
	for _, r := range releases[d.Commit] {
		if d.Release == nil || !r.Published.After(then) {
			d.Release = r
		}
	}
}

// byCommit indexes releases by commit, each list in order of publication.
func byCommit(releases []*Release) map[shipshape.OID][]*Release {
	index := make(map[shipshape.OID][]*Release)
	for _, r := range releases {
		index[r.Commit] = append(index[r.Commit], r)
	}
	return index
}
