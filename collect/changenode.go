package collect

import (
	"slices"
	"strconv"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// changeNode is a pull request. It has five lists and no more: with five, 29 pull
// requests are the most that cost one point, and each further list would make all
// of them dearer. That is why comments ride in the timeline, and assignees are
// folded out of it.
type changeNode struct {
	ID                string
	Number            int
	Title             string
	URL               string
	State             shipshape.ChangeState
	IsDraft           bool
	Author            *actor
	AuthorAssociation string
	CreatedAt         time.Time
	UpdatedAt         time.Time
	ClosedAt          time.Time
	MergedAt          time.Time
	MergedBy          *actor
	BaseRefName       string
	HeadRefName       string
	HeadRefOid        shipshape.OID
	MergeCommit       *commitName
	Body              string
	Additions         int
	Deletions         int
	ChangedFiles      int
	// TotalCommentsCount counts the comments on lines too, which the timeline does not
	// hold.
	TotalCommentsCount int
	Milestone          *milestoneNumber
	Labels             github.Connection[labelName]    `graphql:"labels(first: $labels)"`
	Reviews            github.Connection[reviewNode]   `graphql:"reviews(first: $reviews)"`
	Commits            github.Connection[listedCommit] `graphql:"commits(first: $commits) @include(if: $withCommits)"`
	Closes             github.Connection[numbered]     `graphql:"closingIssuesReferences(first: $closes) @include(if: $withCloses)"`
	Items              github.Connection[changeItem]   `graphql:"timelineItems(first: $items, itemTypes: $changeItems) @include(if: $withItems)"`
}

type milestoneNumber struct{ Number int }

// number is 0 for no milestone.
func (m *milestoneNumber) number() int {
	if m == nil {
		return 0
	}
	return m.Number
}

type labelName struct{ Name string }

// tails are the rests of the lists that are longer than a page.
func (n *changeNode) tails() []*tail {
	of := record{entity: shipshape.ChangeEntity, id: strconv.Itoa(n.Number), typ: "PullRequest", node: n.ID}
	return slices.Concat(
		rest(of, nested{field: "labels", list: "labels"}, &n.Labels),
		rest(of, nested{field: "reviews", list: "reviews"}, &n.Reviews),
		rest(of, nested{field: "commits", list: "commits"}, &n.Commits),
		rest(of, nested{field: "closesIssues", list: "closingIssuesReferences"}, &n.Closes),
		rest(of, changeTimeline, &n.Items),
	)
}

// changeTimeline is the list that both events and comments come from.
var changeTimeline = nested{
	field: "events",
	also:  []string{"comments", "assignees"},
	list:  "timelineItems",
	more:  ", itemTypes: $changeItems",
	with:  map[string]any{"changeItems": changeItems},
}

// change converts a pull request of a repository, its lists read to their ends.
func (n *changeNode) change(repository shipshape.RepositoryName) shipshape.Change {
	timeline := tell(n.Items.Nodes, calledIn(repository, n.Number))
	c := shipshape.Change{
		Number:       n.Number,
		Title:        n.Title,
		URL:          n.URL,
		State:        n.State,
		Draft:        n.IsDraft,
		Author:       n.Author.login(),
		Association:  n.AuthorAssociation,
		CreatedAt:    n.CreatedAt.UTC(),
		UpdatedAt:    n.UpdatedAt.UTC(),
		ClosedAt:     n.ClosedAt.UTC(),
		MergedAt:     n.MergedAt.UTC(),
		MergedBy:     n.MergedBy.login(),
		Base:         n.BaseRefName,
		Head:         n.HeadRefName,
		HeadOID:      n.HeadRefOid,
		Body:         n.Body,
		Labels:       labels(n.Labels.Nodes),
		Milestone:    n.Milestone.number(),
		Assignees:    timeline.assignees(),
		Additions:    n.Additions,
		Deletions:    n.Deletions,
		Files:        n.ChangedFiles,
		Commits:      listedCommits(n.Commits.Nodes),
		Reviews:      reviews(n.Reviews.Nodes),
		Comments:     timeline.comments,
		Events:       timeline.events,
		ClosesIssues: closedIssues(n.Closes.Nodes, repository),
	}
	if n.MergeCommit != nil {
		c.MergeCommit = n.MergeCommit.OID
	}
	return c
}
