package dataset

import (
	"encoding/json"
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireCommit is a line of commits.jsonl.
type wireCommit struct {
	OID             shipshape.OID   `json:"oid" need:"value"`
	Parents         []shipshape.OID `json:"parents" need:"value"`
	AuthoredDate    time.Time       `json:"authoredDate" need:"value"`
	CommittedDate   time.Time       `json:"committedDate" need:"value"`
	MessageHeadline string          `json:"messageHeadline" need:"value"`
	MessageBody     string          `json:"messageBody"`
	Author          wireGitActor    `json:"author"`
	Committer       wireGitActor    `json:"committer"` // unread
	Additions       int             `json:"additions"`
	Deletions       int             `json:"deletions"`
	ChangedFiles    int             `json:"changedFilesIfAvailable"`
	CheckSuites     json.RawMessage `json:"checkSuites"` // unread: runs come from workflowRuns.jsonl
}

// wireGitActor is who git names as author or committer.
type wireGitActor struct {
	Name  string          `json:"name"`
	Email string          `json:"email"` // unread
	User  shipshape.Login `json:"user"`
}

func (w wireCommit) commit() (shipshape.Commit, error) {
	return shipshape.Commit{
		OID:         w.OID,
		Parents:     w.Parents,
		AuthoredAt:  w.AuthoredDate,
		CommittedAt: w.CommittedDate,
		Headline:    w.MessageHeadline,
		Body:        w.MessageBody,
		Author:      w.Author.User,
		AuthorName:  w.Author.Name,
		Additions:   w.Additions,
		Deletions:   w.Deletions,
		Files:       w.ChangedFiles,
	}, nil
}
