package shipshape

import "time"

// ChangeState is the state of a pull request, in GitHub's words.
type ChangeState string

// The states of a pull request.
const (
	ChangeOpen   ChangeState = "OPEN"
	ChangeClosed ChangeState = "CLOSED"
	ChangeMerged ChangeState = "MERGED"
)

// Change is a pull request. A commit that came without one is a change too, but
// that is for package timeline to find.
type Change struct {
	Number      int         `json:"number"`
	Title       string      `json:"title"`
	URL         string      `json:"url"`
	State       ChangeState `json:"state"`
	Draft       bool        `json:"draft,omitempty"` // at the time of reading
	Author      Login       `json:"author,omitempty"`
	Association string      `json:"authorAssociation,omitempty"` // decides nothing: most maintainers read CONTRIBUTOR
	CreatedAt   time.Time   `json:"createdAt"`
	UpdatedAt   time.Time   `json:"updatedAt,omitzero"`
	ClosedAt    time.Time   `json:"closedAt,omitzero"`
	MergedAt    time.Time   `json:"mergedAt,omitzero"`
	MergedBy    Login       `json:"mergedBy,omitempty"`
	Base        string      `json:"base"` // branch it was meant for
	Head        string      `json:"head"` // branch it came from; on a fork perhaps the same name as another's
	HeadOID     OID         `json:"headOid,omitempty"`
	// MergeCommit is what GitHub recorded as the result of merging. It can be
	// the head itself, a commit of no history, or missing.
	MergeCommit OID    `json:"mergeCommit,omitempty"`
	Body        string `json:"body,omitempty"`
	// Labels are those worn at the time of reading; Events say when each was put on.
	Labels    []string `json:"labels,omitempty"`
	Milestone int      `json:"milestone,omitempty"` // number, 0 for none
	Assignees []Login  `json:"assignees,omitempty"`
	Additions int      `json:"additions,omitempty"`
	Deletions int      `json:"deletions,omitempty"`
	Files     int      `json:"files,omitempty"`
	// Commits are the pull request's own, in git's order. A [Gap] with its number
	// says where GitHub did not list them all.
	Commits  []ChangeCommit `json:"commits,omitempty"`
	Reviews  []Review       `json:"reviews,omitempty"`  // by time
	Comments []Comment      `json:"comments,omitempty"` // by time
	Events   []Event        `json:"events,omitempty"`   // by time
	// ClosesIssues are numbers of issues of the same repository.
	ClosesIssues []int `json:"closesIssues,omitempty"`
	// Threads are the discussions on lines of the code. They are read of changes
	// that were delivered only; of others nothing is known.
	Threads []Thread `json:"threads,omitempty"`
}

// Compare orders changes by number.
func (c Change) Compare(o Change) int { return c.Number - o.Number }

// ChangeCommit is a commit as a pull request lists it. After a squash it is in no
// branch's history.
type ChangeCommit struct {
	OID         OID       `json:"oid"`
	AuthoredAt  time.Time `json:"authoredAt,omitzero"`
	CommittedAt time.Time `json:"committedAt,omitzero"`
	Headline    string    `json:"headline,omitempty"`
}

// ReviewState is the state of a review, in GitHub's words.
type ReviewState string

// The states of a review that is not pending.
const (
	Approved         ReviewState = "APPROVED"
	ChangesRequested ReviewState = "CHANGES_REQUESTED"
	Commented        ReviewState = "COMMENTED"
	Dismissed        ReviewState = "DISMISSED"
)

// Review is a submitted review of a pull request.
type Review struct {
	Author      Login       `json:"author,omitempty"`
	Association string      `json:"authorAssociation,omitempty"`
	State       ReviewState `json:"state"`
	At          time.Time   `json:"at"`
	Body        string      `json:"body,omitempty"`
	Commit      OID         `json:"commit,omitempty"` // the commit reviewed
}

// Comment is a comment on a pull request or an issue.
type Comment struct {
	Author      Login     `json:"author,omitempty"`
	Association string    `json:"authorAssociation,omitempty"`
	At          time.Time `json:"at"`
	Body        string    `json:"body,omitempty"`
}

// Thread is a discussion on lines of a pull request's code. What was said is not
// kept, only that it was.
type Thread struct {
	Author   Login     `json:"author,omitempty"` // of the first comment
	At       time.Time `json:"at"`               // of the first comment
	Comments int       `json:"comments,omitempty"`
	Resolved bool      `json:"resolved,omitempty"` // at the time of reading
}

// EventKind is the name of a timeline item's type in GitHub's schema.
type EventKind string

// The timeline items that are kept.
const (
	Labeled          EventKind = "LabeledEvent"
	Unlabeled        EventKind = "UnlabeledEvent"
	Milestoned       EventKind = "MilestonedEvent"
	Demilestoned     EventKind = "DemilestonedEvent"
	Closed           EventKind = "ClosedEvent"
	Reopened         EventKind = "ReopenedEvent"
	Merged           EventKind = "MergedEvent"
	Assigned         EventKind = "AssignedEvent"
	Unassigned       EventKind = "UnassignedEvent"
	CrossReferenced  EventKind = "CrossReferencedEvent"
	Connected        EventKind = "ConnectedEvent"
	ReviewRequested  EventKind = "ReviewRequestedEvent"
	ReadyForReview   EventKind = "ReadyForReviewEvent"
	ConvertedToDraft EventKind = "ConvertToDraftEvent"
	ReviewDismissed  EventKind = "ReviewDismissedEvent"
	RenamedTitle     EventKind = "RenamedTitleEvent"
	MarkedDuplicate  EventKind = "MarkedAsDuplicateEvent"
	Enqueued         EventKind = "AddedToMergeQueueEvent"
	Dequeued         EventKind = "RemovedFromMergeQueueEvent" // merged or thrown out
	AutoMergeEnabled EventKind = "AutoMergeEnabledEvent"
)

// Event is something that happened to a pull request or an issue.
type Event struct {
	Kind  EventKind `json:"kind"`
	At    time.Time `json:"at"`
	Actor Login     `json:"actor,omitempty"`
	// Label, Milestone, Commit, Subject and Titles are set where the kind has them.
	Label     string `json:"label,omitempty"`
	Milestone string `json:"milestone,omitempty"` // title; GitHub gives no number here
	Commit    OID    `json:"commit,omitempty"`
	// Subject is who was asked or assigned, or what made the reference, as
	// "owner/name#number".
	Subject string `json:"subject,omitempty"`
	From    string `json:"from,omitempty"` // previous title
	To      string `json:"to,omitempty"`   // new title
}
