package dataset

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireEvent is an item of a timeline; which keys it has depends on its type.
type wireEvent struct {
	Typename          string          `json:"__typename" need:"value"`
	CreatedAt         time.Time       `json:"createdAt" need:"value"`
	Actor             shipshape.Login `json:"actor"`
	Label             wireNamed       `json:"label"`
	MilestoneTitle    string          `json:"milestoneTitle"`
	Commit            shipshape.OID   `json:"commit"`
	Assignee          string          `json:"assignee"`
	RequestedReviewer string          `json:"requestedReviewer"`
	Source            wireReference   `json:"source"`
	PreviousTitle     string          `json:"previousTitle"`
	CurrentTitle      string          `json:"currentTitle"`
	StateReason       string          `json:"stateReason"` // unread: the issue has it
}

type wireNamed struct {
	Name string `json:"name" need:"value"`
}

// wireReference is what a cross-reference comes from.
type wireReference struct {
	Typename   string `json:"__typename"`
	Number     int    `json:"number" need:"value"`
	Repository string `json:"repository"` // "owner/name"; without it the number may be anybody's
}

func (w wireEvent) event() shipshape.Event {
	return shipshape.Event{
		Kind:      shipshape.EventKind(w.Typename),
		At:        w.CreatedAt,
		Actor:     w.Actor,
		Label:     w.Label.Name,
		Milestone: w.MilestoneTitle,
		Commit:    w.Commit,
		Subject:   w.subject(),
		From:      w.PreviousTitle,
		To:        w.CurrentTitle,
	}
}

// subject is who was asked or assigned, or what the reference comes from.
func (w wireEvent) subject() string {
	switch {
	case w.Source.Repository != "":
		return fmt.Sprintf("%s#%d", w.Source.Repository, w.Source.Number)
	case w.Assignee != "":
		return w.Assignee
	}
	return w.RequestedReviewer
}

// events converts the timeline items that a history keeps and brings them into
// the order of time; those of one instant stay as they stand.
func events(wires []wireEvent) ([]shipshape.Event, error) {
	var list []shipshape.Event
	for i, w := range wires {
		switch {
		case slices.Contains(keptItems, shipshape.EventKind(w.Typename)):
			list = append(list, w.event())
		case !slices.Contains(droppedItems, w.Typename):
			place := fmt.Sprintf("timelineItems[%d].__typename", i)
			return nil, wrong(place, strconv.Quote(w.Typename), "a type of timeline item in GitHub's schema")
		}
	}
	slices.SortStableFunc(list, func(a, b shipshape.Event) int { return a.At.Compare(b.At) })
	return list, nil
}

// keptItems are the types of timeline item that become events.
var keptItems = []shipshape.EventKind{
	shipshape.Enqueued, shipshape.Assigned, shipshape.AutoMergeEnabled, shipshape.Closed,
	shipshape.Connected, shipshape.ConvertedToDraft, shipshape.CrossReferenced, shipshape.Demilestoned, shipshape.Labeled, shipshape.MarkedDuplicate,
	shipshape.Merged, shipshape.Milestoned, shipshape.ReadyForReview, shipshape.Dequeued, shipshape.RenamedTitle,
	shipshape.Reopened, shipshape.ReviewDismissed, shipshape.ReviewRequested, shipshape.Unassigned,
	shipshape.Unlabeled,
}

// droppedItems are the types of timeline item that no measure needs, or that
// come by another way: reviews and comments have lists of their own.
var droppedItems = []string{
	"AddedToProjectEvent", "AddedToProjectV2Event", "AutoMergeDisabledEvent",
	"AutoRebaseEnabledEvent", "AutoSquashEnabledEvent",
	"AutomaticBaseChangeFailedEvent", "AutomaticBaseChangeSucceededEvent", "BaseRefChangedEvent",
	"BaseRefDeletedEvent", "BaseRefForcePushedEvent", "BlockedByAddedEvent", "BlockedByRemovedEvent",
	"BlockingAddedEvent", "BlockingRemovedEvent", "CommentDeletedEvent", "ConvertedFromDraftEvent",
	"ConvertedNoteToIssueEvent", "ConvertedToDiscussionEvent", "DeployedEvent",
	"DeploymentEnvironmentChangedEvent", "DisconnectedEvent", "HeadRefDeletedEvent",
	"HeadRefForcePushedEvent", "HeadRefRestoredEvent", "IssueComment", "IssueTypeAddedEvent",
	"IssueTypeChangedEvent", "IssueTypeRemovedEvent", "LockedEvent", "MentionedEvent",
	"MovedColumnsInProjectEvent", "ParentIssueAddedEvent", "ParentIssueRemovedEvent", "PinnedEvent",
	"ProjectV2ItemStatusChangedEvent", "PullRequestCommit", "PullRequestCommitCommentThread",
	"PullRequestReview", "PullRequestReviewThread", "PullRequestRevisionMarker", "ReferencedEvent",
	"RemovedFromProjectEvent", "RemovedFromProjectV2Event",
	"ReviewRequestRemovedEvent", "SubIssueAddedEvent", "SubIssueRemovedEvent", "SubscribedEvent",
	"TransferredEvent", "UnlockedEvent", "UnmarkedAsDuplicateEvent", "UnpinnedEvent",
	"UnsubscribedEvent", "UserBlockedEvent",
}
