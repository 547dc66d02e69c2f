package shipshape

import (
	"strings"
	"time"
)

// RepositoryName is the full name of a repository, "owner/name".
type RepositoryName string

// Owner returns the part before the slash.
func (n RepositoryName) Owner() string { owner, _, _ := strings.Cut(string(n), "/"); return owner }

// Short returns the part after the slash.
func (n RepositoryName) Short() string { _, short, _ := strings.Cut(string(n), "/"); return short }

// Repository is what GitHub says of the repository itself.
type Repository struct {
	Name          RepositoryName `json:"name"`
	URL           string         `json:"url"`
	DefaultBranch string         `json:"defaultBranch,omitempty"` // empty for a repository without commits
	CreatedAt     time.Time      `json:"createdAt,omitzero"`
	Private       bool           `json:"private,omitempty"`
	Archived      bool           `json:"archived,omitempty"`
	// Labels are the labels that exist, whether or not anything wears them.
	Labels []Label `json:"labels,omitempty"`
	// Environments are the deployment environments that exist.
	Environments []string `json:"environments,omitempty"`
	// Codeowners is the text of the CODEOWNERS file in force, or empty.
	Codeowners string `json:"codeowners,omitempty"`
}

// Label is a label that exists in a repository.
type Label struct {
	Name        string `json:"name"`
	Color       string `json:"color,omitempty"` // six hexadecimal digits
	Description string `json:"description,omitempty"`
}

// Milestone is a milestone of a repository.
type Milestone struct {
	Number      int       `json:"number"`
	Title       string    `json:"title"`
	State       string    `json:"state"` // OPEN or CLOSED
	CreatedAt   time.Time `json:"createdAt"`
	DueOn       time.Time `json:"dueOn,omitzero"`    // zero: no due date
	ClosedAt    time.Time `json:"closedAt,omitzero"` // zero: open
	Description string    `json:"description,omitempty"`
}

// Compare orders milestones by number.
func (m Milestone) Compare(o Milestone) int { return m.Number - o.Number }

// Login is the login of a GitHub account. An app's login ends in "[bot]",
// whichever of GitHub's interfaces it was read from. It is empty where GitHub
// names nobody: a deleted account, or an author that a source does not record.
type Login string
