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

// issueWith is an issue with what a server may know of it beside: why it was closed and
// its type (K), its parts (P) and what blocks it (B). They are fragments, so that each
// can be left out.
type issueWith[K, P, B any] struct {
	issueNode
	Kind     K `graphql:"... on Issue"`
	Parts    P `graphql:"... on Issue"`
	Blockers B `graphql:"... on Issue"`
}

// typedKind is that of a server that knows issue types, see
// https://docs.github.com/en/graphql/reference/objects#issuetype
type typedKind struct {
	StateReason string `graphql:"stateReason(enableDuplicate: true)"`
	IssueType   *struct{ Name string }
}

// untypedKind is that of a server that knows duplicates, but no types.
type untypedKind struct {
	StateReason string `graphql:"stateReason(enableDuplicate: true)"`
}

// plainKind is that of a server that knows neither.
type plainKind struct{ StateReason string }

// parts are what is known without a list of what an issue is a part of, and of its own
// parts.
type parts struct {
	Parent           *numbered
	SubIssuesSummary struct{ Total int }
}

// blockers is what is known without a list of what blocks an issue.
type blockers struct {
	IssueDependenciesSummary struct{ TotalBlockedBy int }
}

// nothing stands for what a server does not know; a fragment may not be empty.
type nothing struct {
	Name string `graphql:"__typename"`
}

// The questions that each of them answers.
type (
	// kinded is why the issue is closed, and the name of its type.
	kinded interface{ kind() (reason, typ string) }
	// divided is what the issue is a part of, and how many parts it has.
	divided interface {
		divided(self string) (parent string, parts int)
	}
	// blocked is how many issues block it.
	blocked interface{ blocked() int }
	// anyIssue is an issue of a server of any age.
	anyIssue interface {
		kinded
		divided
		blocked
		node() *issueNode
	}
)

func (n *issueNode) node() *issueNode        { return n }
func (k plainKind) kind() (string, string)   { return k.StateReason, "" }
func (k untypedKind) kind() (string, string) { return k.StateReason, "" }

func (k typedKind) kind() (string, string) {
	if k.IssueType == nil {
		return k.StateReason, ""
	}
	return k.StateReason, k.IssueType.Name
}

func (p parts) divided(self string) (string, int) {
	if p.Parent == nil {
		return "", p.SubIssuesSummary.Total
	}
	return otherEnd(self, reference{Issue: *p.Parent}), p.SubIssuesSummary.Total
}

func (b blockers) blocked() int              { return b.IssueDependenciesSummary.TotalBlockedBy }
func (nothing) divided(string) (string, int) { return "", 0 }
func (nothing) blocked() int                 { return 0 }

func (n *issueWith[K, P, B]) kind() (string, string) { return any(n.Kind).(kinded).kind() }
func (n *issueWith[K, P, B]) divided(self string) (string, int) {
	return any(n.Parts).(divided).divided(self)
}
func (n *issueWith[K, P, B]) blocked() int { return any(n.Blockers).(blocked).blocked() }

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
	self := calledIn(repository, n.Number)
	parent, _ := of.divided(self)
	timeline := tell(n.Items.Nodes, self)
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
		Parent:      parent,
	}
	if n.State == issueClosed {
		i.ClosedBy = timeline.closer()
	}
	return i
}

// issueClosed is the state of an issue that is not open.
const issueClosed = "CLOSED"
