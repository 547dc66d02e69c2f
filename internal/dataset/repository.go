package dataset

import (
	"encoding/json"
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireRepository is repository.json.
type wireRepository struct {
	Owner         string          `json:"owner" need:"value"`
	Name          string          `json:"name" need:"value"`
	DefaultBranch string          `json:"defaultBranchRef" need:"key"`
	CreatedAt     time.Time       `json:"createdAt" need:"key"`
	IsPrivate     bool            `json:"isPrivate" need:"value"`
	IsArchived    bool            `json:"isArchived"`
	URL           string          `json:"url" need:"value"`
	Codeowners    string          `json:"codeowners"`
	Languages     json.RawMessage `json:"languages"` // unread
}

func (w wireRepository) repository() (shipshape.Repository, error) {
	return shipshape.Repository{
		Name:          shipshape.RepositoryName(w.Owner + "/" + w.Name),
		URL:           w.URL,
		DefaultBranch: w.DefaultBranch,
		CreatedAt:     w.CreatedAt,
		Private:       w.IsPrivate,
		Archived:      w.IsArchived,
		Codeowners:    w.Codeowners,
	}, nil
}

// wireLabel is a line of labels.jsonl.
type wireLabel struct {
	Name        string `json:"name" need:"value"`
	Color       string `json:"color" need:"value"`
	Description string `json:"description"`
}

func (w wireLabel) label() (shipshape.Label, error) {
	return shipshape.Label{Name: w.Name, Color: w.Color, Description: w.Description}, nil
}
