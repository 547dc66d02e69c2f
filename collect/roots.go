package collect

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// roots are the commits from which the graph is read, sorted: heads of the default
// branch, of release branches and of branches that were deployed, tags, and what
// was deployed or released. Other branches hold work that nothing is told of.
func (r *reader) roots() []shipshape.OID {
	roots := append(r.refRoots(), r.head)
	for _, d := range r.h.Deployments {
		roots = append(roots, d.Commit)
	}
	for _, release := range r.h.Releases {
		roots = append(roots, release.Commit)
	}
	roots = slices.DeleteFunc(roots, func(id shipshape.OID) bool { return !isOID(id) })
	slices.Sort(roots)
	return slices.Compact(roots)
}

// refRoots are the roots that branches and tags point at.
func (r *reader) refRoots() []shipshape.OID {
	deployed := map[string]bool{}
	for _, d := range r.h.Deployments {
		deployed[d.Ref] = true
	}
	var roots []shipshape.OID
	for _, ref := range r.h.Refs {
		if ref.Kind == shipshape.Tag || deployed[ref.Name] || r.line(ref.Name) {
			roots = append(roots, ref.Target)
		}
	}
	return roots
}

// line reports whether a branch is a line of releases: the default branch or one
// that the options call so.
func (r *reader) line(branch string) bool {
	return branch != "" && branch == r.h.Repository.DefaultBranch ||
		r.o.ReleaseBranch != nil && r.o.ReleaseBranch(branch)
}

// isOID reports whether an object id is one by its form. GitHub refuses a whole
// query for one that is not.
func isOID(id shipshape.OID) bool {
	return (len(id) == 40 || len(id) == 64) && strings.Trim(string(id), "0123456789abcdef") == ""
}
