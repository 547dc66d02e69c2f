package shipshape

import (
	"slices"
	"strings"
	"time"
)

// HistoryVersion is the version of the record's form. A reader refuses a newer
// one.
const HistoryVersion = 1

// History is everything known of one or more repositories.
type History struct {
	// Repositories is sorted by name.
	Repositories []RepositoryHistory
}

// RepositoryHistory is everything known of one repository. Each slice is sorted
// as its element's Compare method orders it.
type RepositoryHistory struct {
	Repository  Repository
	Origin      Origin
	Commits     []Commit
	Refs        []Ref
	Changes     []Change
	Issues      []Issue
	Releases    []Release
	Deployments []Deployment
	Runs        []Run
	Milestones  []Milestone
	Controls    []Control
	Gaps        []Gap
}

// Origin says where a repository's history was read, and up to when.
type Origin struct {
	// Until is the instant up to which the source was read. What happened later
	// is unknown, so no report may be told from a later instant without saying so.
	Until time.Time `json:"until"`
	// Since is the instant from which entities were collected; the zero time
	// means from the beginning. The commit graph is never cut by it.
	Since time.Time `json:"since,omitzero"`
	// Source names what was read, in words: "GitHub GraphQL API", or the public
	// mirror that a bundled history comes from.
	Source string `json:"source"`
	// URL leads to the source.
	URL string `json:"url,omitempty"`
	// License is the licence of the project the facts are about.
	License string `json:"license,omitempty"`
	// Notes are sentences a reader of the report must know to trust it: what was
	// derived, and how.
	Notes []string `json:"notes,omitempty"`
}

// Sort brings every slice into its order. Two histories with the same facts are
// equal after it.
func (h *History) Sort() {
	slices.SortFunc(h.Repositories, func(a, b RepositoryHistory) int {
		return strings.Compare(string(a.Repository.Name), string(b.Repository.Name))
	})
	for i := range h.Repositories {
		h.Repositories[i].Sort()
	}
}

// Sort brings every slice into its order.
func (r *RepositoryHistory) Sort() {
	slices.SortFunc(r.Commits, Commit.Compare)
	slices.SortFunc(r.Refs, Ref.Compare)
	slices.SortFunc(r.Changes, Change.Compare)
	slices.SortFunc(r.Issues, Issue.Compare)
	slices.SortFunc(r.Releases, Release.Compare)
	slices.SortFunc(r.Deployments, Deployment.Compare)
	slices.SortFunc(r.Runs, Run.Compare)
	slices.SortFunc(r.Milestones, Milestone.Compare)
	slices.SortFunc(r.Controls, Control.Compare)
	slices.SortFunc(r.Gaps, Gap.Compare)
}
