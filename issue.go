package shipshape

import "time"

// Issue is an issue.
type Issue struct {
	Number      int       `json:"number"`
	Title       string    `json:"title"`
	URL         string    `json:"url"`
	State       string    `json:"state"`                 // OPEN or CLOSED
	StateReason string    `json:"stateReason,omitempty"` // COMPLETED, NOT_PLANNED, DUPLICATE, REOPENED
	Type        string    `json:"type,omitempty"`        // name of the issue type
	Author      Login     `json:"author,omitempty"`
	Association string    `json:"authorAssociation,omitempty"`
	CreatedAt   time.Time `json:"createdAt"`
	UpdatedAt   time.Time `json:"updatedAt,omitzero"`
	ClosedAt    time.Time `json:"closedAt,omitzero"`
	ClosedBy    Login     `json:"closedBy,omitempty"`
	Body        string    `json:"body,omitempty"`
	// Labels are those worn at the time of reading; Events say when each was put on.
	Labels    []string  `json:"labels,omitempty"`
	Milestone int       `json:"milestone,omitempty"` // number, 0 for none
	Assignees []Login   `json:"assignees,omitempty"`
	Comments  []Comment `json:"comments,omitempty"` // by time
	Events    []Event   `json:"events,omitempty"`   // by time
	// Parent is the issue that this one is a part of, as "owner/name#number".
	Parent string `json:"parent,omitempty"`
	// SubIssues are its own parts, and BlockedBy the issues that have to be done
	// before it, as "owner/name#number", in GitHub's order.
	SubIssues []string `json:"subIssues,omitempty"`
	BlockedBy []string `json:"blockedBy,omitempty"`
}

// Compare orders issues by number.
func (i Issue) Compare(o Issue) int { return i.Number - o.Number }
