package collect

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// issuePage is the best page of issues: two lists each make 1+2·74 = 149 units, the
// most that round to one point.
const issuePage = 74

// issues reads the issues that were updated at or after since, all of them for the
// zero instant. An older server is asked for less, and gaps say so. After an error the
// history holds those that were read.
func (r *reader) issues(ctx context.Context, since time.Time) error {
	var s schema
	for {
		err := r.issuesBy(ctx, s, since)
		if !errors.Is(err, github.ErrRejected) {
			r.unsupportedOfIssues(s.gaps())
			return err
		}
		if !s.drop(err) {
			return err
		}
	}
}

// schema says what a server does not know of issues.
type schema struct {
	kind      int // 1: no types, 2: no duplicates either
	unparted  bool
	unblocked bool
}

// drop leaves out what a server says that it does not know, or what is newest where it
// does not say. It reports whether there was something left to leave out.
func (s *schema) drop(err error) bool {
	lacks := ""
	if e, ok := errors.AsType[*github.QueryError](err); ok {
		lacks = e.Field
	}
	switch {
	case !s.unparted && (strings.Contains(lacks, "subIssues") || strings.Contains(lacks, "SubIssues") || lacks == "Issue.parent"):
		s.unparted = true
	case s.kind == 0 && (lacks == "Issue.issueType" || lacks == "IssueType"):
		s.kind = 1
	case s.kind < 2 && strings.HasPrefix(lacks, "stateReason"):
		s.kind = 2
	case !s.unblocked:
		s.unblocked = true
	case s.kind < 2:
		s.kind++
	case !s.unparted:
		s.unparted = true
	default:
		return false
	}
	return true
}

// gaps say what was left out.
func (s *schema) gaps() []shipshape.Gap {
	const newer = "Use a newer version of GitHub Enterprise Server."
	var all []shipshape.Gap
	if s.kind > 0 {
		all = append(all, shipshape.Gap{Field: "type", Why: "This server does not know types of issues.",
			Remedy: "Use labels for types, or a newer version of GitHub Enterprise Server."})
	}
	if s.kind > 1 {
		all = append(all, shipshape.Gap{Field: "stateReason", Remedy: newer,
			Why: "This server does not tell issues that were closed as duplicates from others."})
	}
	if s.unparted {
		for _, field := range []string{"parent", "subIssues"} {
			all = append(all, shipshape.Gap{Field: field, Why: "This server does not know parts of issues.", Remedy: newer})
		}
	}
	if s.unblocked {
		all = append(all, shipshape.Gap{Field: "blockedBy", Why: "This server does not know what blocks an issue.", Remedy: newer})
	}
	return all
}

// issuesBy reads the issues of a server.
func (r *reader) issuesBy(ctx context.Context, s schema, since time.Time) error {
	switch s.kind {
	case 0:
		return issuesOfKind[typedKind](ctx, r, s, since)
	case 1:
		return issuesOfKind[untypedKind](ctx, r, s, since)
	default:
		return issuesOfKind[plainKind](ctx, r, s, since)
	}
}

func issuesOfKind[K any](ctx context.Context, r *reader, s schema, since time.Time) error {
	switch {
	case s.unparted && s.unblocked:
		return readIssues[issueWith[K, nothing, nothing]](ctx, r, since)
	case s.unparted:
		return readIssues[issueWith[K, nothing, blockers]](ctx, r, since)
	case s.unblocked:
		return readIssues[issueWith[K, parts, nothing]](ctx, r, since)
	default:
		return readIssues[issueWith[K, parts, blockers]](ctx, r, since)
	}
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
		keep: func(n *N) {
			of := I(n)
			_, parts := of.divided("")
			read[of.node().Number] = issue(of, r.name)
			r.related[of.node().Number] = relation{of.node().ID, parts, of.blocked()}
		},
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
		if err == nil {
			err = unsummed(faults)
		}
		return q.Repository.Issues, faults, err
	}
}

// unsummed returns an error if a server has no answer for a summary that its schema
// promises of every issue: that takes the issue itself out of the answer, so it must
// not be asked for.
func unsummed(faults []github.Fault) error {
	for _, f := range faults {
		within := insideItem(f.Path)
		if len(within) > 0 && (within[0] == "subIssuesSummary" || within[0] == "issueDependenciesSummary") {
			return &github.QueryError{Err: github.ErrRejected, Field: "Issue." + within[0], Detail: "it gives no answer"}
		}
	}
	return nil
}

// updatedSince is a filter for what was updated at or after an instant, and for
// everything for the zero instant.
func updatedSince(t time.Time) githubv4.IssueFilters {
	if t.IsZero() {
		return githubv4.IssueFilters{}
	}
	return githubv4.IssueFilters{Since: githubv4.NewDateTime(githubv4.DateTime{Time: t.UTC()})}
}
