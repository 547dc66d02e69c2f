package collect

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/shipshape-report/shipshape"
)

// nullList is a list of a record in which GitHub gave items as null.
type nullList struct {
	entity    shipshape.Entity
	field, id string
}

// nullField is such a list in all records of an entity.
type nullField struct {
	entity shipshape.Entity
	field  string
}

// countNulls notes how many items of a record's list are null. A list that is read
// again counts once.
func (r *reader) countNulls(t *tail) {
	if n := t.nulls(); n > 0 {
		r.nulls[nullList{t.entity, t.field, t.id}] = n
	}
}

// sayNulls turns what was counted into gaps. Where GitHub said why, a gap says so
// already.
func (r *reader) sayNulls() {
	items, records := map[nullField]int{}, map[nullField]int{}
	for l, n := range r.nulls {
		field := nullField{l.entity, l.field}
		items[field] += n
		records[field]++
	}
	fields := slices.SortedFunc(maps.Keys(items), func(a, b nullField) int {
		return cmp.Or(cmp.Compare(a.entity, b.entity), cmp.Compare(a.field, b.field))
	})
	for _, f := range fields {
		if r.mentioned(f) {
			continue
		}
		r.gap(shipshape.Gap{Entity: f.entity, Field: f.field, Reason: shipshape.Truncated,
			Why:    fmt.Sprintf("GitHub withheld %d of the %s, in %d of them.", items[f], subject(f.entity, f.field), records[f]),
			Remedy: "They may belong to repositories or accounts that are gone or that the token may not see."})
	}
}

// mentioned reports whether a gap says that a field is not whole in records at large.
func (r *reader) mentioned(f nullField) bool {
	return slices.ContainsFunc(r.h.Gaps, func(g shipshape.Gap) bool {
		return g.Entity == f.entity && g.Field == f.field && g.ID == "" && g.Reason != shipshape.NotReached
	})
}
