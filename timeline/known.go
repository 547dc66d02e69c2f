package timeline

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// commitIndex finds commits by what texts call them: full or abbreviated object
// ids, of the graph or of a pull request.
type commitIndex struct {
	g *graph
	// outside are the pull requests of commits that are not in the graph: those of
	// squashed ones.
	outside map[shipshape.OID]*Change
	// sorted holds all known object ids, once an abbreviation was asked for.
	sorted []shipshape.OID
}

// newCommitIndex indexes the graph and the pull requests' own commits; of pull
// requests that list the same commit the first has it.
func newCommitIndex(g *graph, merged []*Change) *commitIndex {
	x := &commitIndex{g: g, outside: map[shipshape.OID]*Change{}}
	for _, c := range merged {
		for k := range c.Facts.Commits {
			x.add(c.Facts.Commits[k].OID, c)
		}
		x.add(c.Facts.HeadOID, c)
		x.add(c.Facts.MergeCommit, c)
	}
	return x
}

func (x *commitIndex) add(o shipshape.OID, c *Change) {
	if _, ok := x.g.id(o); ok || o == "" || x.outside[o] != nil {
		return
	}
	x.outside[o] = c
}

// find returns the commit that a text names, by its object id or the beginning of
// it; false where none or several begin so.
func (x *commitIndex) find(name shipshape.OID) (shipshape.OID, bool) {
	if x.has(name) {
		return name, true
	}
	if x.sorted == nil {
		x.sort()
	}
	at, _ := slices.BinarySearch(x.sorted, name)
	begins := func(i int) bool { return i < len(x.sorted) && strings.HasPrefix(string(x.sorted[i]), string(name)) }
	if !begins(at) || begins(at+1) {
		return "", false
	}
	return x.sorted[at], true
}

func (x *commitIndex) has(o shipshape.OID) bool {
	_, inGraph := x.g.id(o)
	return inGraph || x.outside[o] != nil
}

func (x *commitIndex) sort() {
	x.sorted = make([]shipshape.OID, 0, x.g.len()+len(x.outside))
	for i := range int32(x.g.len()) {
		x.sorted = append(x.sorted, x.g.oid(i))
	}
	for o := range x.outside {
		x.sorted = append(x.sorted, o)
	}
	slices.Sort(x.sorted)
}

// owner returns the change that a commit belongs to, or nil.
func (x *commitIndex) owner(o shipshape.OID, owner []*Change) *Change {
	if i, ok := x.g.id(o); ok {
		return owner[i]
	}
	return x.outside[o]
}
