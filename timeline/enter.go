package timeline

import "slices"

// changesAt returns the changes that the given commits put into what contains
// them, by merge: pull requests whose result or head is among them, and the direct
// changes that they are. A pull request that is contained already through its other
// anchor is returned too; the caller leaves it out.
func (r *Repository) changesAt(ids []int32) []*Change {
	var out []*Change
	for _, i := range ids {
		out = append(out, r.anchored[i]...)
		if c := r.owner[i]; c != nil && c.Number == 0 {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, compareChanges)
	return slices.Compact(out)
}
