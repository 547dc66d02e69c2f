package dataset

import (
	"encoding/json"
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireIssue is a line of issues.jsonl.
type wireIssue struct {
	Number            int               `json:"number" need:"value"`
	Title             string            `json:"title" need:"value"`
	State             string            `json:"state" need:"value"`
	StateReason       string            `json:"stateReason" need:"key"`
	CreatedAt         time.Time         `json:"createdAt" need:"value"`
	UpdatedAt         time.Time         `json:"updatedAt" need:"value"`
	Author            shipshape.Login   `json:"author" need:"key"`
	AuthorAssociation string            `json:"authorAssociation" need:"value"`
	URL               string            `json:"url" need:"value"`
	Body              string            `json:"body"`
	ClosedAt          time.Time         `json:"closedAt"`
	ClosedBy          shipshape.Login   `json:"closedBy"`
	Labels            []string          `json:"labels"`
	Milestone         int               `json:"milestone"`
	Assignees         []shipshape.Login `json:"assignees"`
	Comments          []wireComment     `json:"comments"`
	TimelineItems     []wireEvent       `json:"timelineItems"`
	IssueType         string            `json:"issueType"`
	Reactions         json.RawMessage   `json:"reactions"` // unread
}

func (w wireIssue) issue() (shipshape.Issue, error) {
	i := shipshape.Issue{
		Number:      w.Number,
		Title:       w.Title,
		URL:         w.URL,
		State:       w.State,
		StateReason: w.StateReason,
		Type:        w.IssueType,
		Author:      w.Author,
		Association: w.AuthorAssociation,
		CreatedAt:   w.CreatedAt,
		UpdatedAt:   w.UpdatedAt,
		ClosedAt:    w.ClosedAt,
		ClosedBy:    w.ClosedBy,
		Body:        w.Body,
		Labels:      w.Labels,
		Milestone:   w.Milestone,
		Assignees:   w.Assignees,
		Comments:    comments(w.Comments),
	}
	if err := oneOf("state", w.State, "CLOSED", "OPEN"); err != nil {
		return i, err
	}
	if w.State == "CLOSED" && w.ClosedAt.IsZero() {
		return i, wrong("closedAt", "nothing", "the instant at which an issue in state CLOSED was closed")
	}
	var err error
	i.Events, err = events(w.TimelineItems)
	return i, err
}
