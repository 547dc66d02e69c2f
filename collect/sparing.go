package collect

import (
	"context"
	"maps"
	"slices"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// optionalLists are the lists of an entity's records that can be left out of what is asked
// for, by their GraphQL names, with the variables that ask for them. GitHub's schema
// promises these lists: a refused one takes its whole record out of the answer.
type optionalLists struct {
	entity    shipshape.Entity
	variables map[string]string
}

// key names a list among all that the token may not read.
func (o optionalLists) key(list string) string { return string(o.entity) + " " + list }

// with are the variables that ask for the lists which were not refused.
func (r *reader) with(o optionalLists) []any {
	var all []any
	for _, list := range slices.Sorted(maps.Keys(o.variables)) {
		all = append(all, o.variables[list], githubv4.Boolean(!r.shut[o.key(list)]))
	}
	return all
}

// sparing asks again without the lists that the token may not read where they took
// records with them. Where they took all, they are not asked for any more. What ask
// returns is used once, as its variables change.
func sparing[N any](r *reader, o optionalLists, ask func() asker[N]) asker[N] {
	return func(ctx context.Context, size int, after *string) (github.Connection[N], []github.Fault, error) {
		first, faults, err := ask()(ctx, size, after)
		c, shut := first, []string(nil)
		for err == nil && slices.Contains(c.Nodes, nil) {
			refused := r.refusedLists(o, faults)
			if len(refused) == 0 {
				break
			}
			var more []github.Fault
			shut = append(shut, refused...)
			c, more, err = ask()(ctx, size, after)
			faults = append(faults, more...)
		}
		if slices.ContainsFunc(first.Nodes, func(n *N) bool { return n != nil }) {
			for _, list := range shut {
				delete(r.shut, o.key(list))
			}
			prefer(c.Nodes, first.Nodes)
		}
		return c, faults, err
	}
}

// prefer puts the records of a page that came with all their lists where they stand
// in one without.
func prefer[N any](page, whole []*N) {
	if len(page) != len(whole) {
		return
	}
	for i, n := range whole {
		if n != nil {
			page[i] = n
		}
	}
}

// refusedLists notes which lists an answer refuses, and returns those that are still
// asked for.
func (r *reader) refusedLists(o optionalLists, faults []github.Fault) []string {
	var refused []string
	for _, f := range faults {
		within := insideItem(f.Path)
		if len(within) != 1 || f.Type != github.FaultForbidden || o.variables[within[0]] == "" || r.shut[o.key(within[0])] {
			continue
		}
		r.shut[o.key(within[0])] = true
		r.listFaults(o.entity, "", []github.Fault{f})
		r.lostTimelines(o.entity, []github.Fault{f})
		refused = append(refused, within[0])
	}
	return refused
}
