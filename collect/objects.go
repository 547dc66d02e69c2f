package collect

import (
	"context"
	"fmt"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// objects asks for a selection T of each of several git objects, at most size in
// one query. The answers stand in the order of the ids, nil where the repository
// has no such object or GitHub keeps it back; the latter leaves a gap. Field is what
// the selection is for, "" for the entity as a whole. Shared are variables that tags
// inside T name.
func objects[T any](ctx context.Context, r *reader, e shipshape.Entity, field string, size int, ids []shipshape.OID, shared map[string]any) ([]*T, error) {
	answers, _, err := askObjects[T](ctx, r, e, field, size, ids, shared)
	return answers, err
}

// listedObjects is objects for ids that GitHub itself named: where it answers
// nothing of one, a gap says so.
func listedObjects[T any](ctx context.Context, r *reader, e shipshape.Entity, field string, size int, ids []shipshape.OID, shared map[string]any) ([]*T, error) {
	answers, faults, err := askObjects[T](ctx, r, e, field, size, ids, shared)
	if err == nil && silent(answers, faults) {
		r.gap(saysNothing(e, field))
	}
	return answers, err
}

func askObjects[T any](ctx context.Context, r *reader, e shipshape.Entity, field string, size int, ids []shipshape.OID, shared map[string]any) ([]*T, []github.Fault, error) {
	items := make([]map[string]any, len(ids))
	for i, id := range ids {
		items[i] = map[string]any{"oid": githubv4.GitObjectID(id)}
	}
	answers, faults, err := github.Batch[T]{
		Owner:  r.name.Owner(),
		Name:   r.name.Short(),
		Field:  "object(oid: $oid)",
		Items:  items,
		Shared: shared,
		Size:   r.size(size),
	}.Ask(ctx, r.client)
	if err == nil {
		err = missing(r.name, faults)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s of %s: %w", plurals[e], r.name, err)
	}
	r.objectFaults(e, field, ids, faults)
	return answers, faults, nil
}

// silent reports whether an item of a batch has neither an answer nor a fault that
// says why.
func silent[T any](answers []*T, faults []github.Fault) bool {
	explained := map[int]bool{}
	for _, f := range faults {
		if i, ok := f.Item(); ok && f.Type != github.FaultNotFound {
			explained[i] = true
		}
	}
	for i, answer := range answers {
		if answer == nil && !explained[i] {
			return true
		}
	}
	return false
}

// saysNothing is the gap of what GitHub listed, but says nothing of when asked.
func saysNothing(e shipshape.Entity, field string) shipshape.Gap {
	return shipshape.Gap{Entity: e, Field: field, Reason: shipshape.Truncated,
		Why:    fmt.Sprintf("GitHub answered only in part when it was asked for the %s.", subject(e, field)),
		Remedy: "Collect again; where a clone is used, push what it has."}
}

// objectFaults turns the faults of a batch of objects into gaps. Those of a whole
// object name it, unless all were refused: then it is not the objects.
func (r *reader) objectFaults(e shipshape.Entity, field string, ids []shipshape.OID, faults []github.Fault) {
	r.faults(e, faults)
	whole := wholeObjects(len(ids), faults)
	if r.allRefused(e, field, len(ids), whole) {
		return
	}
	for _, f := range whole {
		i, _ := f.Item()
		g := shipshape.Gap{Entity: e, ID: string(ids[i]), Reason: shipshape.Truncated,
			Why:    fmt.Sprintf("GitHub did not give what it knows of commit %s.", ids[i].Short()),
			Remedy: "Collect again."}
		if f.Type == github.FaultForbidden {
			g.Remedy = r.access(objectPermission, f)
		}
		r.gap(g)
	}
}

// wholeObjects are the faults that concern a whole object of n, and say more than
// that there is none.
func wholeObjects(n int, faults []github.Fault) []github.Fault {
	var whole []github.Fault
	for _, f := range faults {
		if i, ok := f.Item(); ok && i < n && len(f.Path) == 1 && f.Type != github.FaultNotFound {
			whole = append(whole, f)
		}
	}
	return whole
}

// objectPermission is what reading any object of git takes.
const objectPermission = "contents: read"

// allRefused notes that the token may read no object, and reports whether it is so.
// Of one object alone that cannot be told.
func (r *reader) allRefused(e shipshape.Entity, field string, n int, whole []github.Fault) bool {
	refused := map[int]github.Fault{}
	for _, f := range whole {
		if i, _ := f.Item(); f.Type == github.FaultForbidden {
			refused[i] = f
		}
	}
	if n < 2 || len(refused) < n {
		return false
	}
	g := r.refused(e, field, refused[0])
	g.Remedy = r.access(objectPermission, refused[0])
	if e == shipshape.RefEntity { // others lead to commits without an object between
		g.Reason, g.Why = shipshape.Truncated, fmt.Sprintf("The token may not read what %d tags lead to.", n)
	}
	r.gap(g)
	return true
}
