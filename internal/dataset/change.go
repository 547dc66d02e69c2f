package dataset

import (
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireChange is a line of pullRequests.jsonl.
type wireChange struct {
	Number            int               `json:"number" need:"value"`
	Title             string            `json:"title" need:"value"`
	State             string            `json:"state" need:"value"`
	CreatedAt         time.Time         `json:"createdAt" need:"value"`
	UpdatedAt         time.Time         `json:"updatedAt" need:"value"`
	Author            shipshape.Login   `json:"author" need:"key"`
	AuthorAssociation string            `json:"authorAssociation" need:"value"`
	BaseRefName       string            `json:"baseRefName" need:"value"`
	HeadRefName       string            `json:"headRefName" need:"value"`
	HeadRefOID        shipshape.OID     `json:"headRefOid"`
	URL               string            `json:"url" need:"value"`
	Body              string            `json:"body"`
	MergedAt          time.Time         `json:"mergedAt"`
	ClosedAt          time.Time         `json:"closedAt"`
	MergedBy          shipshape.Login   `json:"mergedBy"`
	ClosedBy          shipshape.Login   `json:"closedBy"` // unread: the closing event has it
	MergeCommit       shipshape.OID     `json:"mergeCommit"`
	Labels            []string          `json:"labels"`
	Milestone         int               `json:"milestone"`
	Assignees         []shipshape.Login `json:"assignees"`
	Reviews           []wireReview      `json:"reviews"`
	ReviewRequests    []string          `json:"reviewRequests"` // unread: the events say who was asked when
	Commits           []listedCommit    `json:"commits"`
	ClosesIssues      []int             `json:"closingIssuesReferences"`
	Comments          []wireComment     `json:"comments"`
	TimelineItems     []wireEvent       `json:"timelineItems"`
	Additions         int               `json:"additions"`
	Deletions         int               `json:"deletions"`
	ChangedFiles      int               `json:"changedFiles"`
	IsDraft           bool              `json:"isDraft"`
}

func (w wireChange) change() (shipshape.Change, error) {
	c := w.plain()
	if err := w.check(); err != nil {
		return c, err
	}
	var err error
	if c.Reviews, err = reviews(w.Reviews); err != nil {
		return c, err
	}
	c.Events, err = events(w.TimelineItems)
	return c, err
}

// check compares the state with the instants that must go with it.
func (w wireChange) check() error {
	switch shipshape.ChangeState(w.State) {
	case shipshape.ChangeMerged:
		if w.MergedAt.IsZero() {
			return wrong("mergedAt", "nothing", "the instant at which a pull request in state MERGED was merged")
		}
	case shipshape.ChangeClosed:
		if w.ClosedAt.IsZero() {
			return wrong("closedAt", "nothing", "the instant at which a pull request in state CLOSED was closed")
		}
	}
	return oneOf("state", w.State, "CLOSED", "MERGED", "OPEN")
}

// plain converts all but what can be wrong in itself.
func (w wireChange) plain() shipshape.Change {
	return shipshape.Change{
		Number:       w.Number,
		Title:        w.Title,
		URL:          w.URL,
		State:        shipshape.ChangeState(w.State),
		Draft:        w.IsDraft,
		Author:       w.Author,
		Association:  w.AuthorAssociation,
		CreatedAt:    w.CreatedAt,
		UpdatedAt:    w.UpdatedAt,
		ClosedAt:     w.ClosedAt,
		MergedAt:     w.MergedAt,
		MergedBy:     w.MergedBy,
		Base:         w.BaseRefName,
		Head:         w.HeadRefName,
		HeadOID:      w.head(),
		MergeCommit:  w.MergeCommit,
		Body:         w.Body,
		Labels:       w.Labels,
		Milestone:    w.Milestone,
		Assignees:    w.Assignees,
		Additions:    w.Additions,
		Deletions:    w.Deletions,
		Files:        w.ChangedFiles,
		Commits:      listed(w.Commits),
		Comments:     comments(w.Comments),
		ClosesIssues: w.ClosesIssues,
	}
}

// head is the head commit as stated, else the last commit listed.
func (w wireChange) head() shipshape.OID {
	if w.HeadRefOID == "" && len(w.Commits) > 0 {
		return w.Commits[len(w.Commits)-1].OID
	}
	return w.HeadRefOID
}
