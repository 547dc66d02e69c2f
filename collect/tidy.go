package collect

import (
	"fmt"
	"slices"

	"github.com/shipshape-report/shipshape"
)

// tidy leaves out the records that nothing could refer to, and of a record that came
// several times, because its list changed while it was read, all but the last. Then
// it sorts the history.
func (r *reader) tidy() {
	h := r.h
	h.Commits = distinct(r, shipshape.CommitEntity, h.Commits,
		func(c shipshape.Commit) (shipshape.OID, bool) { return c.OID, !c.CommittedAt.IsZero() })
	h.Refs = distinct(r, shipshape.RefEntity, h.Refs,
		func(f shipshape.Ref) (refKey, bool) { return refKey{f.Kind, f.Name}, f.Name != "" && f.Target != "" })
	h.Changes = distinct(r, shipshape.ChangeEntity, h.Changes,
		func(c shipshape.Change) (int, bool) { return c.Number, c.State != "" && !c.CreatedAt.IsZero() })
	h.Issues = distinct(r, shipshape.IssueEntity, h.Issues,
		func(i shipshape.Issue) (int, bool) { return i.Number, i.State != "" && !i.CreatedAt.IsZero() })
	h.Releases = distinct(r, shipshape.ReleaseEntity, h.Releases,
		func(l shipshape.Release) (releaseKey, bool) {
			return keyOf(l), l.Tag != "" && !l.CreatedAt.IsZero()
		})
	h.Deployments = distinct(r, shipshape.DeploymentEntity, h.Deployments,
		func(d shipshape.Deployment) (int64, bool) { return d.ID, !d.CreatedAt.IsZero() })
	h.Runs = distinct(r, shipshape.RunEntity, h.Runs,
		func(u shipshape.Run) (int64, bool) { return u.ID, !u.CreatedAt.IsZero() })
	h.Milestones = distinct(r, shipshape.MilestoneEntity, h.Milestones,
		func(m shipshape.Milestone) (int, bool) { return m.Number, !m.CreatedAt.IsZero() })
	h.Controls = distinct(r, shipshape.ControlEntity, h.Controls,
		func(c shipshape.Control) (string, bool) {
			return c.Key(), c.Name != "" || c.Kind == shipshape.SecurityControl
		})
	h.Sort()
}

type refKey struct {
	kind shipshape.RefKind
	name string
}

// releaseKey tells releases apart. A tag has one release, but any number of drafts
// can be meant for it, and only its address tells a draft from others.
type releaseKey struct{ tag, draft string }

func keyOf(l shipshape.Release) releaseKey {
	if l.Draft {
		return releaseKey{l.Tag, l.URL}
	}
	return releaseKey{tag: l.Tag}
}

// sorted moves records out of a map, in order. The map is left empty, so that not
// all of them are there twice.
func sorted[K comparable, V any](records map[K]V, compare func(a, b V) int) []V {
	all := make([]V, 0, len(records))
	for key, record := range records {
		all = append(all, record)
		delete(records, key)
	}
	slices.SortFunc(all, compare)
	return all
}

// distinct keeps the last of the records with the same key. Those without a key,
// and those that are not sound, are left out with a gap.
func distinct[T any, K comparable](r *reader, e shipshape.Entity, records []T, key func(T) (k K, sound bool)) []T {
	var none K
	last := make(map[K]int, len(records))
	for i, record := range records {
		if k, sound := key(record); sound && k != none {
			last[k] = i
		}
	}
	if len(last) == len(records) {
		return records
	}
	var kept []T
	unsound := 0
	for i, record := range records {
		switch k, sound := key(record); {
		case !sound || k == none:
			unsound++
		case last[k] == i:
			kept = append(kept, record)
		}
	}
	if unsound > 0 {
		r.gap(shipshape.Gap{Entity: e, Reason: shipshape.Truncated,
			Why:    fmt.Sprintf("GitHub gave %d %s without what tells them apart, or when they were made. They were left out.", unsound, subject(e, "")),
			Remedy: "Collect again."})
	}
	return slices.Clip(kept)
}
