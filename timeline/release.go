package timeline

import (
	"time"

	"github.com/shipshape-report/shipshape"
)

// Release is a published release, or a version tag where nothing was ever
// published, with all that it brought.
type Release struct {
	Repo *Repository
	// Tag identifies the release within its repository.
	Tag        string
	Name       string
	URL        string
	Commit     shipshape.OID
	Author     shipshape.Login
	Published  time.Time
	Prerelease bool // by the flag or by the version
	// Undated is true for a lightweight tag without a release: Published is then
	// its commit's date.
	Undated     bool
	FromTag     bool // there is a tag and no release
	Description string
	Line        string // release line: "1.4", or the prefix of a numbered series
	// Previous is the release its contents are counted from; nil for the first.
	Previous *Release
	// Why is the reason for the choice of Previous, a clause.
	Why string
	// Commits are exactly those of `git rev-list previous..this`, in topological
	// order, newest first.
	Commits []shipshape.OID
	// Changes are the merged pull requests among them, by merge.
	Changes []*Change
	// CherryPicks are the commits that say they were picked from elsewhere.
	CherryPicks []CherryPick
	// Direct are the commits that came without a pull request.
	Direct []*Change
	Ledger Ledger
	// Missing is true where the tag's commit is not in the graph: nothing can be
	// said of its contents.
	Missing bool
	Facts   *shipshape.Release // nil for a tag without a release
}

// First reports whether the whole history up to it is its content.
func (r *Release) First() bool { return r.Previous == nil }

// CherryPick is a commit that was picked from another.
type CherryPick struct {
	OID    shipshape.OID
	Origin string // "#12", or a commit id
}

// Ledger accounts for every commit of a release once. It is explained when the
// parts add up to Commits.
type Ledger struct {
	Commits     int
	Listed      int // commits of the changes listed, their merge commits included
	Excluded    []Exclusion
	CherryPicks int
	Direct      int
	MergeOnly   int // merge commits that belong to no change
	Explained   int // sum of the parts
}

// Exclusion is a number of commits left out by one rule.
type Exclusion struct {
	Rule string
	N    int
}
