package timeline

import (
	"slices"

	"github.com/shipshape-report/shipshape"
)

// none stands for a commit that is not in the graph.
const none int32 = -1

// graph is the commit graph of a repository. Commits have small ids in a
// topological order, parents before children and by commit time where that
// agrees, so that a larger id is never an ancestor of a smaller one.
//
// A graph keeps scratch space between its methods: it serves one goroutine.
type graph struct {
	commits    []*shipshape.Commit // by id
	ids        map[shipshape.OID]int32
	starts     []int32 // the parents of id i are parents[starts[i]:starts[i+1]]
	parents    []int32 // in git's order; none for a parent that is not in the graph
	generation []int32 // one more than the largest of its parents'; 0 for a root
	scratch    *walker
}

// newGraph builds the graph of the commits, whatever their order. A parent that
// is missing (a shallow clone) is left out, a commit given twice counts once, and
// an edge that closes a circle (damaged data) is cut.
func newGraph(commits []shipshape.Commit) *graph {
	sorted, places := byTime(commits)
	edges := parentPlaces(sorted, places)
	order := edges.parentsFirst()

	g := &graph{
		commits:    make([]*shipshape.Commit, len(sorted)),
		ids:        places,
		starts:     make([]int32, 1, len(sorted)+1),
		parents:    make([]int32, 0, len(edges.parents)),
		generation: make([]int32, len(sorted)),
	}
	idOf := make([]int32, len(sorted))
	for id, place := range order {
		idOf[place] = int32(id)
	}
	for id, place := range order {
		g.commits[id] = sorted[place]
		if int32(id) != place {
			g.ids[sorted[place].OID] = int32(id)
		}
		g.addParents(int32(id), edges.of(place), idOf)
	}
	g.scratch = newWalker(g)
	return g
}

// addParents appends the parents of the next commit, given by their places.
func (g *graph) addParents(id int32, places, idOf []int32) {
	for _, place := range places {
		parent := none
		if place != none {
			parent = idOf[place]
			g.generation[id] = max(g.generation[id], g.generation[parent]+1)
		}
		g.parents = append(g.parents, parent)
	}
	g.starts = append(g.starts, int32(len(g.parents)))
}

// len returns the number of commits.
func (g *graph) len() int { return len(g.commits) }

// id returns the id of a commit, and false (with none) if the graph lacks it.
func (g *graph) id(o shipshape.OID) (int32, bool) {
	if id, ok := g.ids[o]; ok {
		return id, true
	}
	return none, false
}

// oid returns the object id of commit i.
func (g *graph) oid(i int32) shipshape.OID { return g.commits[i].OID }

// commit returns the record of commit i, which is the history's own.
func (g *graph) commit(i int32) *shipshape.Commit { return g.commits[i] }

// oids returns the object ids of commits in the same order.
func (g *graph) oids(ids []int32) []shipshape.OID {
	if len(ids) == 0 {
		return nil
	}
	out := make([]shipshape.OID, len(ids))
	for k, i := range ids {
		out[k] = g.oid(i)
	}
	return out
}

// idsOf returns the ids of those of the commits that the graph has, in the same
// order.
func (g *graph) idsOf(oids []shipshape.OID) []int32 {
	var ids []int32
	for _, o := range oids {
		if i, ok := g.id(o); ok {
			ids = append(ids, i)
		}
	}
	return ids
}

// parentsOf returns the parents of commit i in git's order; none marks those that
// are not in the graph.
func (g *graph) parentsOf(i int32) []int32 { return g.parents[g.starts[i]:g.starts[i+1]] }

// firstParent returns the first parent of commit i, or none.
func (g *graph) firstParent(i int32) int32 {
	if p := g.parentsOf(i); len(p) > 0 {
		return p[0]
	}
	return none
}

// merge reports whether commit i has several parents, in the graph or not.
func (g *graph) merge(i int32) bool { return g.starts[i+1]-g.starts[i] > 1 }

// ancestor reports whether a is b or an ancestor of b. It looks only at commits
// that could lie between them.
func (g *graph) ancestor(a, b int32) bool {
	if a < 0 || b < 0 {
		return false
	}
	return g.scratch.ancestor(a, b)
}

// between returns what `git rev-list not..tip` lists, in topological order, newest
// first. With not = -1 it returns everything below tip. The cost is bounded by the
// commits younger than the oldest one returned.
func (g *graph) between(not, tip int32) []int32 {
	if tip < 0 {
		return nil
	}
	if not < 0 {
		return g.newReach().add(tip)
	}
	var out []int32
	g.scratch.difference(not, tip, func(i int32) bool {
		out = append(out, i)
		return true
	})
	return out
}

// countBetween returns how many commits between returns, or limit+1 as soon as
// there are more than limit.
func (g *graph) countBetween(not, tip int32, limit int) int {
	n := 0
	g.scratch.difference(not, tip, func(int32) bool {
		n++
		return n <= limit
	})
	return n
}

// newest sorts ids in topological order, newest first.
func newest(ids []int32) {
	slices.Sort(ids)
	slices.Reverse(ids)
}
