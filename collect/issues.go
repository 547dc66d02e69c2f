package collect

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// issuePage is the best page of issues: two lists each make 1+2·74 = 149 units, the
// most that round to one point.
const issuePage = 74

// issues reads the issues that were updated at or after since, all of them for the
// zero instant. An older server is asked for less, and a gap says so. After an
// error the history holds those that were read.
func (r *reader) issues(ctx context.Context, since time.Time) error {
	var lacks []shipshape.Gap
	for _, version := range []struct {
		read  func(context.Context, *reader, time.Time) error
		lacks shipshape.Gap // where the server does not know what is asked for
	}{
		{readIssues[typedIssue], shipshape.Gap{Field: "type",
			Why:    "This server does not know types of issues.",
			Remedy: "Use labels for types, or a newer version of GitHub Enterprise Server."}},
		{readIssues[untypedIssue], shipshape.Gap{Field: "stateReason",
			Why:    "This server does not tell issues that were closed as duplicates from others.",
			Remedy: "Use a newer version of GitHub Enterprise Server."}},
	} {
		if err := version.read(ctx, r, since); !errors.Is(err, github.ErrRejected) {
			r.unsupportedOfIssues(lacks)
			return err
		}
		lacks = append(lacks, version.lacks)
	}
	err := readIssues[plainIssue](ctx, r, since)
	if !errors.Is(err, github.ErrRejected) {
		r.unsupportedOfIssues(lacks)
	}
	return err
}

// unsupportedOfIssues notes what a server did not know of the issues that it gave.
func (r *reader) unsupportedOfIssues(lacks []shipshape.Gap) {
	for _, g := range lacks {
		g.Entity, g.Reason = shipshape.IssueEntity, shipshape.Unsupported
		r.gap(g)
	}
}

// issueOptions are the lists that an issue can be asked for without.
var issueOptions = optionalLists{shipshape.IssueEntity, map[string]string{"timelineItems": "withItems"}}

func readIssues[N any, I interface {
	*N
	anyIssue
}](ctx context.Context, r *reader, since time.Time) error {
	read := map[int]shipshape.Issue{}
	filter := []any{"filter", updatedSince(since)}
	t := touched[N]{
		list: list[N]{
			entity: shipshape.IssueEntity,
			size:   issuePage,
			ask: sparing(r, issueOptions, func() asker[N] {
				return askIssues[N](r, slices.Concat(filter, r.issueLists())...)
			}),
			stub: askIssues[bare](r, filter...),
		},
		since: since,
		stamp: func(n *N) (int, time.Time) { return I(n).node().Number, I(n).node().UpdatedAt },
		tails: func(n *N) []*tail { return I(n).node().tails() },
		keep:  func(n *N) { read[I(n).node().Number] = issue(I(n), r.name) },
	}
	err := t.read(ctx, r)
	r.h.Issues = sorted(read, shipshape.Issue.Compare)
	return err
}

// issuesQuery asks for a page of issues.
type issuesQuery[N any] struct {
	github.Meter
	Repository struct {
		Issues github.Connection[N] `graphql:"issues(first: $size, after: $after, filterBy: $filter, orderBy: {field: UPDATED_AT, direction: DESC})"`
	} `graphql:"repository(owner: $owner, name: $name)"`
}

// issueLists are the variables of an issue's lists.
func (r *reader) issueLists() []any {
	return append(r.with(issueOptions), "labels", r.first(labelsAtFirst), "items", r.first(itemsAtFirst), "issueItems", issueItems)
}

// askIssues asks for pages of issues. More are the variables of the filter and of
// what is asked of each.
func askIssues[N any](r *reader, more ...any) asker[N] {
	return func(ctx context.Context, size int, after *string) (github.Connection[N], []github.Fault, error) {
		var q issuesQuery[N]
		faults, err := r.query(ctx, &q, r.variables(size, after, more...))
		return q.Repository.Issues, faults, err
	}
}

// updatedSince is a filter for what was updated at or after an instant, and for
// everything for the zero instant.
func updatedSince(t time.Time) githubv4.IssueFilters {
	if t.IsZero() {
		return githubv4.IssueFilters{}
	}
	return githubv4.IssueFilters{Since: githubv4.NewDateTime(githubv4.DateTime{Time: t.UTC()})}
}
