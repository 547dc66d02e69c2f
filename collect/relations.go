package collect

import (
	"context"
	"slices"
	"strconv"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// partsNode is an issue with the beginning of the list of its parts.
type partsNode struct {
	Issue struct {
		ID   string
		List github.Connection[numbered] `graphql:"subIssues(first: $related)"`
	} `graphql:"... on Issue"`
}

// blockersNode is an issue with the beginning of the list of what blocks it.
type blockersNode struct {
	Issue struct {
		ID   string
		List github.Connection[numbered] `graphql:"blockedBy(first: $related)"`
	} `graphql:"... on Issue"`
}

// An issue is one unit, so that a hundred cost a point.
const (
	relatedAtFirst = 50
	relatedAtOnce  = 100
)

// relations reads the parts of issues, and what blocks them. An issue says for nothing
// how many there are, so that only those are asked that have any.
func (r *reader) relations(ctx context.Context) error {
	var whole, blocked []int // positions
	for i, issue := range r.h.Issues {
		if r.related[issue.Number].parts > 0 {
			whole = append(whole, i)
		}
		if r.related[issue.Number].blockers > 0 {
			blocked = append(blocked, i)
		}
	}
	err := relatives[partsNode](ctx, r, whole, "subIssues",
		func(n *partsNode) (string, *github.Connection[numbered]) { return n.Issue.ID, &n.Issue.List },
		func(i int, names []string) { r.h.Issues[i].SubIssues = names })
	if err != nil {
		return err
	}
	return relatives[blockersNode](ctx, r, blocked, "blockedBy",
		func(n *blockersNode) (string, *github.Connection[numbered]) { return n.Issue.ID, &n.Issue.List },
		func(i int, names []string) { r.h.Issues[i].BlockedBy = names })
}

// relatives reads a list of issues that some issues have.
func relatives[T any](ctx context.Context, r *reader, issues []int, field string, pick func(*T) (node string, list *github.Connection[numbered]), keep func(i int, names []string)) error {
	items := make([]map[string]any, len(issues))
	for i, at := range issues {
		items[i] = map[string]any{"id": githubv4.ID(r.related[r.h.Issues[at].Number].node)}
	}
	answers, err := batch(ctx, r, shipshape.IssueEntity, field, github.Batch[T]{
		Field: "node(id: $id)", Items: items, Size: r.size(relatedAtOnce),
		Shared: map[string]any{"related": r.first(relatedAtFirst)},
	})
	if err != nil {
		return err
	}
	var cut []*tail
	for i, answer := range answers {
		if answer != nil {
			node, list := pick(answer)
			of := record{shipshape.IssueEntity, strconv.Itoa(r.h.Issues[issues[i]].Number), "Issue", node}
			cut = append(cut, rest(of, nested{field: field, list: field}, list)...)
		}
	}
	if err := r.tails(ctx, cut); err != nil {
		return err
	}
	for i, answer := range answers {
		if answer != nil {
			_, list := pick(answer)
			keep(issues[i], called(list.Nodes))
		}
	}
	return nil
}

// called are issues as others call them. Those that the token may not see are left out.
func called(nodes []*numbered) []string {
	var names []string
	for _, n := range nodes {
		if n == nil {
			continue
		}
		if name := (reference{Issue: *n}).String(); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// relation is what is known of an issue's relations when it is read.
type relation struct {
	node            string // node id
	parts, blockers int
}
