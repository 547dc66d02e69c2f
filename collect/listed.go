package collect

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

type labelNode struct{ Name, Color, Description string }

type environmentNode struct{ Name string }

type milestoneNode struct {
	Number      int
	Title       string
	State       string
	CreatedAt   time.Time
	DueOn       time.Time
	ClosedAt    time.Time
	Description string
}

func (n *milestoneNode) milestone() shipshape.Milestone {
	return shipshape.Milestone{
		Number:      n.Number,
		Title:       n.Title,
		State:       n.State,
		CreatedAt:   n.CreatedAt.UTC(),
		DueOn:       n.DueOn.UTC(),
		ClosedAt:    n.ClosedAt.UTC(),
		Description: n.Description,
	}
}

// listed keeps the short lists that came with the facts, and reads on where one is
// longer than a page.
func (r *reader) listed(ctx context.Context, facts *factsNode) error {
	about := &r.h.Repository
	defer func() {
		slices.SortFunc(about.Labels, func(a, b shipshape.Label) int { return cmp.Compare(a.Name, b.Name) })
		slices.Sort(about.Environments)
	}()
	err := shortList(ctx, r, "labels", facts,
		func(n *factsNode) github.Connection[labelNode] { return n.Labels },
		func(n *labelNode) { about.Labels = append(about.Labels, shipshape.Label(*n)) })
	if err != nil {
		return err
	}
	err = shortList(ctx, r, "environments", facts,
		func(n *factsNode) github.Connection[environmentNode] { return n.Environments },
		func(n *environmentNode) { about.Environments = append(about.Environments, n.Name) })
	if err != nil {
		return err
	}
	return shortList(ctx, r, "milestones", facts,
		func(n *factsNode) github.Connection[milestoneNode] { return n.Milestones },
		func(n *milestoneNode) { r.h.Milestones = append(r.h.Milestones, n.milestone()) })
}

// shortList reads the list that a part of the facts is. Its first page is in the
// facts already.
func shortList[N any](ctx context.Context, r *reader, key string, facts *factsNode, pick func(*factsNode) github.Connection[N], keep func(*N)) error {
	if r.shut[key] {
		return nil
	}
	i := slices.IndexFunc(factParts, func(p part) bool { return p.key == key })
	return readAll(ctx, r, list[N]{
		entity: factParts[i].entity,
		field:  factParts[i].field,
		size:   100,
		ask: func(ctx context.Context, size int, after *string) (github.Connection[N], []github.Fault, error) {
			if after == nil {
				return pick(facts), nil, nil
			}
			node, faults, err := r.askParts(ctx, map[string]bool{key: true}, size, after)
			if node == nil {
				return github.Connection[N]{}, faults, err
			}
			return pick(node), below(key, faults), err
		},
		take: func(n *N) (bool, error) {
			keep(n)
			return true, nil
		},
	})
}

// below leaves of the faults of an answer those that concern a part of the facts: what
// else is asked for with it was refused before.
func below(key string, faults []github.Fault) []github.Fault {
	return slices.DeleteFunc(slices.Clone(faults), func(f github.Fault) bool { return len(f.Path) > 1 && f.Path[1] != key })
}
