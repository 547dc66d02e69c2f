package collect

import (
	"slices"
	"strconv"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// issueNode is an issue as every server knows it. Its comments and assignees come
// out of its timeline, so that it has two lists, of which 74 issues cost a point.
type issueNode struct {
	ID                string
	Number            int
	Title             string
	URL               string
	State             string
	Author            *actor
	AuthorAssociation string
	CreatedAt         time.Time
	UpdatedAt         time.Time
	ClosedAt          time.Time
	Body              string
	Milestone         *milestoneNumber
	Labels            github.Connection[labelName] `graphql:"labels(first: $labels)"`
	Items             github.Connection[issueItem] `graphql:"timelineItems(first: $items, itemTypes: $issueItems) @include(if: $withItems)"`
}

// typedIssue is an issue of a server that knows issue types, see
// https://docs.github.com/en/graphql/reference/objects#issuetype
type typedIssue struct {
	issueNode
	StateReason string `graphql:"stateReason(enableDuplicate: true)"`
	IssueType   *struct{ Name string }
}

// untypedIssue is an issue of a server that knows duplicates, but no types.
type untypedIssue struct {
	issueNode
	StateReason string `graphql:"stateReason(enableDuplicate: true)"`
}

// plainIssue is an issue of a server that knows neither.
type plainIssue struct {
	issueNode
	StateReason string
}

// anyIssue is an issue of a server of any age.
type anyIssue interface {
	node() *issueNode
	// kind is why the issue is closed, and the name of its type.
	kind() (reason, typ string)
}

func (n *issueNode) node() *issueNode          { return n }
func (n *plainIssue) kind() (string, string)   { return n.StateReason, "" }
func (n *untypedIssue) kind() (string, string) { return n.StateReason, "" }

func (n *typedIssue) kind() (string, string) {
	if n.IssueType == nil {
		return n.StateReason, ""
	}
	return n.StateReason, n.IssueType.Name
}

// issueTimeline is the list that both events and comments come from.
var issueTimeline = nested{
	field: "events",
	also:  []string{"comments", "assignees"},
	list:  "timelineItems",
	more:  ", itemTypes: $issueItems",
	with:  map[string]any{"issueItems": issueItems},
}

// tails are the rests of the lists that are longer than a page.
func (n *issueNode) tails() []*tail {
	of := record{entity: shipshape.IssueEntity, id: strconv.Itoa(n.Number), typ: "Issue", node: n.ID}
	return slices.Concat(
		rest(of, nested{field: "labels", list: "labels"}, &n.Labels),
		rest(of, issueTimeline, &n.Items),
	)
}

// issue converts an issue of a repository, its lists read to their ends.
func issue(of anyIssue, repository shipshape.RepositoryName) shipshape.Issue {
	n := of.node()
	reason, kind := of.kind()
	timeline := tell(n.Items.Nodes, calledIn(repository, n.Number))
	i := shipshape.Issue{
		Number:      n.Number,
		Title:       n.Title,
		URL:         n.URL,
		State:       n.State,
		StateReason: reason,
		Type:        kind,
		Author:      n.Author.login(),
		Association: n.AuthorAssociation,
		CreatedAt:   n.CreatedAt.UTC(),
		UpdatedAt:   n.UpdatedAt.UTC(),
		ClosedAt:    n.ClosedAt.UTC(),
		Body:        n.Body,
		Labels:      labels(n.Labels.Nodes),
		Milestone:   n.Milestone.number(),
		Assignees:   timeline.assignees(),
		Comments:    timeline.comments,
		Events:      timeline.events,
	}
	if n.State == issueClosed {
		i.ClosedBy = timeline.closer()
	}
	return i
}

// issueClosed is the state of an issue that is not open.
const issueClosed = "CLOSED"
