package collect

import (
	"context"
	"fmt"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// graph grows the commit graph until everything that can be reached from its roots
// is there.
type graph struct {
	r       *reader
	commits map[shipshape.OID]shipshape.Commit
	closed  map[shipshape.OID]bool // commits whose ancestors are all there
	absent  map[shipshape.OID]bool // commits that GitHub does not have or give
}

// graph reads the commits that can be reached from the roots, from the clone as far
// as it has them, else from GitHub. It is never cut by an instant: what a
// deployment brought is a question of ancestry, not of dates.
func (r *reader) graph(ctx context.Context) error {
	g := &graph{r: r, commits: map[shipshape.OID]shipshape.Commit{}, closed: map[shipshape.OID]bool{}, absent: map[shipshape.OID]bool{}}
	err := g.read(ctx, r.roots())
	r.h.Commits = sorted(g.commits, shipshape.Commit.Compare)
	r.progress(shipshape.CommitEntity, len(r.h.Commits), len(r.h.Commits))
	return err
}

func (g *graph) read(ctx context.Context, roots []shipshape.OID) error {
	if g.r.o.Clone != nil {
		if err := g.fromClone(ctx, roots); err != nil {
			return err
		}
	}
	if head := g.r.head; head != "" && g.unknown(head) {
		if err := g.ancestors(ctx, head); err != nil {
			return err
		}
		if g.absent[head] && !g.r.covered(shipshape.CommitEntity, "") {
			g.r.gap(g.r.refused(shipshape.CommitEntity, "", github.Fault{}))
		}
	}
	for next := g.next(roots); len(next) > 0 && !g.r.covered(shipshape.CommitEntity, ""); next = g.next(roots) {
		if err := g.beginnings(ctx, next); err != nil {
			return err
		}
		if err := g.close(ctx, next); err != nil {
			return err
		}
	}
	if g.r.covered(shipshape.CommitEntity, "") {
		return nil // what is lacking is all that is said of it
	}
	g.r.lostWithRefs(shipshape.CommitEntity, "read from the default branch, deployments and releases on")
	if err := g.close(ctx, roots); err != nil {
		return err
	}
	g.holes()
	return nil
}

// next returns a few roots that are still to be asked for. What one of them brings
// can spare others: the tags of a line whose branch is gone lie one below another.
func (g *graph) next(roots []shipshape.OID) []shipshape.OID {
	var next []shipshape.OID
	for _, root := range roots {
		if len(next) < g.r.size(rootsAtOnce) && g.unknown(root) {
			next = append(next, root)
		}
	}
	return next
}

// unknown reports whether a commit is still to be asked for.
func (g *graph) unknown(id shipshape.OID) bool {
	_, known := g.commits[id]
	return !known && !g.absent[id]
}

// add takes in a commit.
func (g *graph) add(n *commitNode) {
	if n.OID != "" {
		g.commits[n.OID] = n.commit()
	}
}

// ancestors reads the commits that can be reached from one, newest first, until
// none is lacking of those that it met. A commit that does not come by that is
// absent.
func (g *graph) ancestors(ctx context.Context, from shipshape.OID) error {
	lacking := map[shipshape.OID]bool{from: true}
	err := readAll(ctx, g.r, list[commitNode]{
		entity: shipshape.CommitEntity,
		size:   100,
		ask:    askAncestors[commitNode](g.r, from, "parents", g.r.first(parentsAtFirst)),
		stub:   askAncestors[bare](g.r, from),
		rest:   (*commitNode).parents,
		// What one commit's list does not give is asked for by itself, see close; in the
		// end holes says what is lacking.
		patched: true,
		take: func(n *commitNode) (bool, error) {
			delete(lacking, n.OID)
			if g.unknown(n.OID) {
				g.add(n)
				for _, parent := range g.commits[n.OID].Parents {
					if g.unknown(parent) {
						lacking[parent] = true
					}
				}
			}
			return len(lacking) > 0, nil
		},
	})
	if err == nil && g.unknown(from) {
		g.absent[from] = true
	}
	return err
}

// The beginnings of the histories of several roots are asked for in one query. 20
// roots with 6 commits each, and the parents of those, make 140 units: one point.
const (
	rootsAtOnce   = 20
	beginningSize = 6
)

// historyBeginning is the first few commits that can be reached from one.
type historyBeginning struct {
	Commit struct {
		History struct{ Nodes []*commitNode } `graphql:"history(first: $few)"`
	} `graphql:"... on Commit"`
}

// beginnings reads the first commits of a few roots. Most tags and deployed commits
// that are on no branch have only a few of their own. Afterwards each root is there
// or absent.
func (g *graph) beginnings(ctx context.Context, asked []shipshape.OID) error {
	answers, err := objects[historyBeginning](ctx, g.r, shipshape.CommitEntity, "", rootsAtOnce, asked, map[string]any{
		"few": g.r.first(beginningSize), "parents": g.r.first(parentsAtFirst)})
	if err != nil {
		return err
	}
	var cut []*tail
	var nodes []*commitNode
	for _, answer := range answers {
		if answer == nil {
			continue
		}
		for _, n := range answer.Commit.History.Nodes {
			if n != nil && g.unknown(n.OID) {
				nodes, cut = append(nodes, n), append(cut, n.parents()...)
			}
		}
	}
	if err := g.r.tails(ctx, cut); err != nil {
		return err
	}
	for _, n := range nodes {
		g.add(n)
	}
	for _, root := range asked {
		if g.unknown(root) {
			g.absent[root] = true
		}
	}
	return nil
}

// close reads what is lacking below some roots. Each round finds one lacking commit
// or learns that it is absent, so the rounds end.
func (g *graph) close(ctx context.Context, roots []shipshape.OID) error {
	for i := 0; i < len(roots); {
		lacking, met := g.lacking(roots[i])
		if lacking != "" {
			if err := g.ancestors(ctx, lacking); err != nil {
				return err
			}
			continue
		}
		for _, id := range met {
			g.closed[id] = true
		}
		i++
	}
	return nil
}

// lacking returns the first commit below a root that is still to be asked for, ""
// if there is none, and the commits that it met.
func (g *graph) lacking(root shipshape.OID) (shipshape.OID, []shipshape.OID) {
	var met []shipshape.OID
	seen := map[shipshape.OID]bool{}
	for stack := []shipshape.OID{root}; len(stack) > 0; {
		id := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[id] || g.closed[id] {
			continue
		}
		if g.unknown(id) {
			return id, nil
		}
		seen[id] = true
		met = append(met, id)
		stack = append(stack, g.commits[id].Parents...)
	}
	return "", met
}

// holes notes commits that others name as their parents, or that refs point at, but
// that GitHub does not give. Any other root that it does not have is no hole: a
// deployed commit may be gone.
func (g *graph) holes() {
	missing := map[shipshape.OID]bool{}
	note := func(ids []shipshape.OID) {
		for _, id := range ids {
			if _, known := g.commits[id]; !known {
				missing[id] = true
			}
		}
	}
	note(g.r.refRoots())
	for _, c := range g.commits {
		note(c.Parents)
	}
	if len(missing) > 0 {
		g.r.gap(shipshape.Gap{Entity: shipshape.CommitEntity, Reason: shipshape.Truncated,
			Why:    fmt.Sprintf("GitHub does not give %d of the commits that others name as their parents, or that branches and tags point at.", len(missing)),
			Remedy: "Collect again, or from a clone."})
	}
}
