package github

import (
	"context"

	"github.com/shurcooL/githubv4"
)

// maxNodes is how many ids GitHub takes in one nodes(ids:).
const maxNodes = 100

// Nodes returns what stands behind each node id, in their order, nil where GitHub
// has nothing. T holds an inline fragment for each type it expects, such as a field
// with the tag `graphql:"... on CheckSuite"`.
//
// One query asks for size ids at first, at most 100. Faults and errors are those
// of [Batch.Ask].
func Nodes[T any](ctx context.Context, c *Client, ids []string, size int) ([]*T, []Fault, error) {
	return inChunks(ctx, len(ids), min(size, maxNodes), func(ctx context.Context, from, to int) ([]*T, []Fault, error) {
		var q struct {
			Meter
			Nodes []*T `graphql:"nodes(ids: $ids)"`
		}
		asked := make([]githubv4.ID, to-from)
		for i := range asked {
			asked[i] = ids[from+i]
		}
		faults, err := c.Query(ctx, &q, map[string]any{"ids": asked})
		if err != nil {
			return nil, nil, err
		}
		if len(q.Nodes) != len(asked) && !refusedWhole(faults, "nodes") {
			return nil, nil, &QueryError{Err: ErrNotGraphQL, Detail: "the list of nodes is not as long as that of the ids"}
		}
		for i := range faults {
			if p := faults[i].Path; len(p) > 1 && p[0] == "nodes" {
				faults[i].Path = p[1:]
			}
		}
		found := make([]*T, len(asked))
		copy(found, q.Nodes)
		return found, faults, nil
	})
}

// refusedWhole reports whether a fault says that a field of the root was not
// answered at all.
func refusedWhole(faults []Fault, field string) bool {
	for _, f := range faults {
		if len(f.Path) == 1 && f.Path[0] == field {
			return true
		}
	}
	return false
}
