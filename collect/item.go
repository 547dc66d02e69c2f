package collect

import (
	"fmt"
	"time"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
)

// issueItem is an item of an issue's timeline: one fragment for each type that is
// asked for, of which the answer fills the one that Typename names.
type issueItem struct {
	Typename        string      `graphql:"__typename"`
	Comment         commentNode `graphql:"... on IssueComment"`
	Labeled         labelling   `graphql:"... on LabeledEvent"`
	Unlabeled       labelling   `graphql:"... on UnlabeledEvent"`
	Milestoned      milestoning `graphql:"... on MilestonedEvent"`
	Demilestoned    milestoning `graphql:"... on DemilestonedEvent"`
	Closed          closing     `graphql:"... on ClosedEvent"`
	Reopened        happening   `graphql:"... on ReopenedEvent"`
	Assigned        assigning   `graphql:"... on AssignedEvent"`
	Unassigned      assigning   `graphql:"... on UnassignedEvent"`
	CrossReferenced referencing `graphql:"... on CrossReferencedEvent"`
	Connected       connecting  `graphql:"... on ConnectedEvent"`
	Renamed         renaming    `graphql:"... on RenamedTitleEvent"`
	MarkedDuplicate happening   `graphql:"... on MarkedAsDuplicateEvent"`
}

// changeItem is an item of a pull request's timeline.
type changeItem struct {
	issueItem
	Merged           merging   `graphql:"... on MergedEvent"`
	ReviewRequested  asking    `graphql:"... on ReviewRequestedEvent"`
	ReadyForReview   happening `graphql:"... on ReadyForReviewEvent"`
	ConvertedToDraft happening `graphql:"... on ConvertToDraftEvent"`
	ReviewDismissed  happening `graphql:"... on ReviewDismissedEvent"`
	Enqueued         happening `graphql:"... on AddedToMergeQueueEvent"`
	Dequeued         happening `graphql:"... on RemovedFromMergeQueueEvent"`
	AutoMergeEnabled happening `graphql:"... on AutoMergeEnabledEvent"`
}

// issueItems are the types of timeline item that an issue is asked for. Comments
// ride along, so that they need no list of their own.
var issueItems = []githubv4.IssueTimelineItemsItemType{
	githubv4.IssueTimelineItemsItemTypeIssueComment,
	githubv4.IssueTimelineItemsItemTypeLabeledEvent,
	githubv4.IssueTimelineItemsItemTypeUnlabeledEvent,
	githubv4.IssueTimelineItemsItemTypeMilestonedEvent,
	githubv4.IssueTimelineItemsItemTypeDemilestonedEvent,
	githubv4.IssueTimelineItemsItemTypeClosedEvent,
	githubv4.IssueTimelineItemsItemTypeReopenedEvent,
	githubv4.IssueTimelineItemsItemTypeAssignedEvent,
	githubv4.IssueTimelineItemsItemTypeUnassignedEvent,
	githubv4.IssueTimelineItemsItemTypeCrossReferencedEvent,
	githubv4.IssueTimelineItemsItemTypeConnectedEvent,
	githubv4.IssueTimelineItemsItemTypeRenamedTitleEvent,
	githubv4.IssueTimelineItemsItemTypeMarkedAsDuplicateEvent,
}

// changeItems are the types of timeline item that a pull request is asked for.
var changeItems = []githubv4.PullRequestTimelineItemsItemType{
	githubv4.PullRequestTimelineItemsItemTypeIssueComment,
	githubv4.PullRequestTimelineItemsItemTypeLabeledEvent,
	githubv4.PullRequestTimelineItemsItemTypeUnlabeledEvent,
	githubv4.PullRequestTimelineItemsItemTypeMilestonedEvent,
	githubv4.PullRequestTimelineItemsItemTypeDemilestonedEvent,
	githubv4.PullRequestTimelineItemsItemTypeClosedEvent,
	githubv4.PullRequestTimelineItemsItemTypeReopenedEvent,
	githubv4.PullRequestTimelineItemsItemTypeMergedEvent,
	githubv4.PullRequestTimelineItemsItemTypeAssignedEvent,
	githubv4.PullRequestTimelineItemsItemTypeUnassignedEvent,
	githubv4.PullRequestTimelineItemsItemTypeCrossReferencedEvent,
	githubv4.PullRequestTimelineItemsItemTypeConnectedEvent,
	githubv4.PullRequestTimelineItemsItemTypeReviewRequestedEvent,
	githubv4.PullRequestTimelineItemsItemTypeReadyForReviewEvent,
	githubv4.PullRequestTimelineItemsItemTypeConvertToDraftEvent,
	githubv4.PullRequestTimelineItemsItemTypeReviewDismissedEvent,
	githubv4.PullRequestTimelineItemsItemTypeAddedToMergeQueueEvent,
	githubv4.PullRequestTimelineItemsItemTypeRemovedFromMergeQueueEvent,
	githubv4.PullRequestTimelineItemsItemTypeAutoMergeEnabledEvent,
	githubv4.PullRequestTimelineItemsItemTypeRenamedTitleEvent,
	githubv4.PullRequestTimelineItemsItemTypeMarkedAsDuplicateEvent,
}

// happening is what every event has.
type happening struct {
	CreatedAt time.Time
	Actor     *actor
}

type labelling struct {
	happening
	Label struct{ Name string }
}

type milestoning struct {
	happening
	MilestoneTitle string
}

// closing names a commit where one closed the issue.
type closing struct {
	happening
	Closer struct {
		Commit commitName `graphql:"... on Commit"`
	}
}

type merging struct {
	happening
	Commit commitName
}

type commitName struct {
	OID shipshape.OID `graphql:"oid"`
}

type assigning struct {
	happening
	Assignee struct {
		Actor actor `graphql:"... on Actor"`
	}
}

type asking struct {
	happening
	RequestedReviewer struct {
		Actor actor                 `graphql:"... on Actor"`
		Team  struct{ Name string } `graphql:"... on Team"`
	}
}

// asked is the login of who was asked for a review, or the name of the team.
func (a asking) asked() string {
	if name := a.RequestedReviewer.Team.Name; name != "" {
		return name
	}
	return string(a.RequestedReviewer.Actor.login())
}

type referencing struct {
	happening
	Source reference
}

type connecting struct {
	happening
	Source, Subject reference
}

// otherEnd is the first of the references that does not lead back to self. Which
// end of a connection is source and which is subject differs with the side that it
// is seen from.
func otherEnd(self string, refs ...reference) string {
	for _, r := range refs {
		if s := r.String(); s != "" && s != self {
			return s
		}
	}
	return ""
}

type renaming struct {
	happening
	PreviousTitle, CurrentTitle string
}

// reference is an issue or a pull request that another one has to do with.
type reference struct {
	Issue       numbered `graphql:"... on Issue"`
	PullRequest numbered `graphql:"... on PullRequest"`
}

// numbered is a record as others call it.
type numbered struct {
	Number     int
	Repository struct{ NameWithOwner string }
}

// String is "owner/name#number", or "" for what the token may not see.
func (r reference) String() string {
	n := r.Issue
	if n.Number == 0 {
		n = r.PullRequest
	}
	if n.Number == 0 || n.Repository.NameWithOwner == "" {
		return ""
	}
	return fmt.Sprintf("%s#%d", n.Repository.NameWithOwner, n.Number)
}

// commentNode is a comment on a pull request or an issue.
type commentNode struct {
	Author            *actor
	AuthorAssociation string
	CreatedAt         time.Time
	Body              string
}

func (n commentNode) comment() shipshape.Comment {
	return shipshape.Comment{
		Author:      n.Author.login(),
		Association: n.AuthorAssociation,
		At:          n.CreatedAt.UTC(),
		Body:        n.Body,
	}
}
