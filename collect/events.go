package collect

import (
	"slices"

	"github.com/shipshape-report/shipshape"
)

// event returns what the item tells of self, which is called "owner/name#number".
// The kind is empty for a type that was not asked for.
func (n *issueItem) event(self string) shipshape.Event {
	var h happening
	var e shipshape.Event
	switch kind := shipshape.EventKind(n.Typename); kind {
	case shipshape.Labeled:
		h, e.Kind, e.Label = n.Labeled.happening, kind, n.Labeled.Label.Name
	case shipshape.Unlabeled:
		h, e.Kind, e.Label = n.Unlabeled.happening, kind, n.Unlabeled.Label.Name
	case shipshape.Milestoned:
		h, e.Kind, e.Milestone = n.Milestoned.happening, kind, n.Milestoned.MilestoneTitle
	case shipshape.Demilestoned:
		h, e.Kind, e.Milestone = n.Demilestoned.happening, kind, n.Demilestoned.MilestoneTitle
	case shipshape.Closed:
		h, e.Kind, e.Commit = n.Closed.happening, kind, n.Closed.Closer.Commit.OID
	case shipshape.Reopened:
		h, e.Kind = n.Reopened, kind
	case shipshape.Assigned:
		h, e.Kind, e.Subject = n.Assigned.happening, kind, string(n.Assigned.Assignee.Actor.login())
	case shipshape.Unassigned:
		h, e.Kind, e.Subject = n.Unassigned.happening, kind, string(n.Unassigned.Assignee.Actor.login())
	case shipshape.CrossReferenced:
		h, e.Kind, e.Subject = n.CrossReferenced.happening, kind, otherEnd(self, n.CrossReferenced.Source)
	case shipshape.Connected:
		h, e.Kind, e.Subject = n.Connected.happening, kind, otherEnd(self, n.Connected.Source, n.Connected.Subject)
	case shipshape.RenamedTitle:
		h, e.Kind, e.From, e.To = n.Renamed.happening, kind, n.Renamed.PreviousTitle, n.Renamed.CurrentTitle
	case shipshape.MarkedDuplicate:
		h, e.Kind = n.MarkedDuplicate, kind
	}
	return h.told(e)
}

// event returns what the item tells of the pull request self.
func (n *changeItem) event(self string) shipshape.Event {
	var h happening
	e := shipshape.Event{Kind: shipshape.EventKind(n.Typename)}
	switch e.Kind {
	case shipshape.Merged:
		h, e.Commit = n.Merged.happening, n.Merged.Commit.OID
	case shipshape.ReviewRequested:
		h, e.Subject = n.ReviewRequested.happening, n.ReviewRequested.asked()
	case shipshape.ReadyForReview:
		h = n.ReadyForReview
	case shipshape.ConvertedToDraft:
		h = n.ConvertedToDraft
	case shipshape.ReviewDismissed:
		h = n.ReviewDismissed
	case shipshape.Enqueued:
		h = n.Enqueued
	case shipshape.Dequeued:
		h = n.Dequeued
	case shipshape.AutoMergeEnabled:
		h = n.AutoMergeEnabled
	default:
		return n.issueItem.event(self)
	}
	return h.told(e)
}

// told adds to an event when it happened, and by whom.
func (h happening) told(e shipshape.Event) shipshape.Event {
	e.At, e.Actor = h.CreatedAt.UTC(), h.Actor.login()
	return e
}

// told is a timeline, taken apart.
type told struct {
	events   []shipshape.Event
	comments []shipshape.Comment
}

// item is a timeline item of either sort.
type item interface {
	event(self string) shipshape.Event
	said() (shipshape.Comment, bool)
}

func (n *issueItem) said() (shipshape.Comment, bool) {
	return n.Comment.comment(), n.Typename == "IssueComment"
}

// tell takes the timeline of self apart. GitHub lists it by time; what comes out
// is by time even if it did not, those of one instant as they stood.
func tell[N any, I interface {
	*N
	item
}](items []*N, self string) told {
	var t told
	for _, n := range items {
		if n == nil {
			continue
		}
		if c, ok := I(n).said(); ok {
			t.comments = append(t.comments, c)
		} else if e := I(n).event(self); e.Kind != "" {
			t.events = append(t.events, e)
		}
	}
	slices.SortStableFunc(t.events, func(a, b shipshape.Event) int { return a.At.Compare(b.At) })
	slices.SortStableFunc(t.comments, func(a, b shipshape.Comment) int { return a.At.Compare(b.At) })
	return t
}

// assignees folds the assignments of a timeline into who is assigned at its end,
// in the order of assignment. The list itself would be one more connection of
// every item, which the price of a page does not bear. An account that was deleted
// since is left out.
func (t told) assignees() []shipshape.Login {
	var now []shipshape.Login
	for _, e := range t.events {
		who := shipshape.Login(e.Subject)
		switch {
		case who == "":
		case e.Kind == shipshape.Assigned && !slices.Contains(now, who):
			now = append(now, who)
		case e.Kind == shipshape.Unassigned:
			now = slices.DeleteFunc(now, func(l shipshape.Login) bool { return l == who })
		}
	}
	if len(now) == 0 {
		return nil
	}
	return now
}

// closer is who closed it last, "" if nobody did or the account is gone.
func (t told) closer() shipshape.Login {
	for _, e := range slices.Backward(t.events) {
		if e.Kind == shipshape.Closed {
			return e.Actor
		}
	}
	return ""
}
