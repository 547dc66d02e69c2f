package collect

import (
	"context"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// changePage is the best page of pull requests: five lists each make 1+5·29 = 146
// units, and 149 are the most that round to one point.
const changePage = 29

// How many items of each list a pull request is asked for at first. The price does
// not depend on it, the time that GitHub takes does: nine in ten pull requests
// have no more.
const (
	labelsAtFirst  = 20
	reviewsAtFirst = 30
	commitsAtFirst = 50
	closesAtFirst  = 10
	itemsAtFirst   = 60
)

// changeOptions are the lists that a pull request can be asked for without.
var changeOptions = optionalLists{shipshape.ChangeEntity, map[string]string{
	"commits":                 "withCommits",
	"closingIssuesReferences": "withCloses",
	"timelineItems":           "withItems",
}}

// changes reads the pull requests in any state that were updated at or after
// since, all of them for the zero instant. GitHub cannot list them since an
// instant, so the newest are read first until one is older. After an error the
// history holds those that were read.
func (r *reader) changes(ctx context.Context, since time.Time) error {
	read := map[int]shipshape.Change{}
	t := touched[changeNode]{
		list: list[changeNode]{
			entity: shipshape.ChangeEntity,
			size:   changePage,
			ask: sparing(r, changeOptions, func() asker[changeNode] {
				return askChanges[changeNode](r, r.changeLists()...)
			}),
			stub: askChanges[bare](r),
		},
		since: since,
		stamp: func(n *changeNode) (int, time.Time) { return n.Number, n.UpdatedAt },
		tails: (*changeNode).tails,
		keep: func(n *changeNode) {
			c := n.change(r.name)
			read[n.Number], r.quiet[n.Number] = c, n.TotalCommentsCount <= len(c.Comments)
			if g, lacking := n.unlistedCommits(); lacking {
				r.gap(g)
			}
		},
	}
	err := t.read(ctx, r)
	r.h.Changes = sorted(read, shipshape.Change.Compare)
	return err
}

// changesQuery asks for a page of pull requests.
type changesQuery[N any] struct {
	github.Meter
	Repository struct {
		PullRequests github.Connection[N] `graphql:"pullRequests(first: $size, after: $after, orderBy: {field: UPDATED_AT, direction: DESC})"`
	} `graphql:"repository(owner: $owner, name: $name)"`
}

// changeLists are the variables of a pull request's lists.
func (r *reader) changeLists() []any {
	return append(r.with(changeOptions),
		"labels", r.first(labelsAtFirst),
		"reviews", r.first(reviewsAtFirst),
		"commits", r.first(commitsAtFirst),
		"closes", r.first(closesAtFirst),
		"items", r.first(itemsAtFirst),
		"changeItems", changeItems,
	)
}

// askChanges asks for pages of pull requests. More are the variables of what is
// asked of each.
func askChanges[N any](r *reader, more ...any) asker[N] {
	return func(ctx context.Context, size int, after *string) (github.Connection[N], []github.Fault, error) {
		var q changesQuery[N]
		faults, err := r.query(ctx, &q, r.variables(size, after, more...))
		return q.Repository.PullRequests, faults, err
	}
}
