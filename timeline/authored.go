package timeline

import (
	"time"

	"github.com/shipshape-report/shipshape"
)

// AuthoredAt returns when a commit of the graph was authored; the zero time where
// the commit is not in the graph or its source does not say.
func (r *Repository) AuthoredAt(o shipshape.OID) time.Time {
	if r.graph == nil {
		return time.Time{}
	}
	i, ok := r.graph.id(o)
	if !ok {
		return time.Time{}
	}
	return r.graph.commit(i).AuthoredAt
}
