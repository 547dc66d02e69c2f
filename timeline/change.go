package timeline

import (
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// Class is the ITIL class of a change.
type Class string

// The classes of change.
const (
	Emergency Class = "emergency"
	Standard  Class = "standard"
	Normal    Class = "normal"
)

// Change is a merged pull request, or a commit on a delivered line that belongs
// to none (a direct change). Squash, merge and rebase of the same pull request
// are the same one change.
type Change struct {
	Repo   *Repository
	Number int           // of the pull request; 0 for a direct change
	Commit shipshape.OID // result of the merge as found in the graph, else the head; the commit of a direct change
	Head   shipshape.OID // final head of the pull request; "" for a direct change
	Title  string
	URL    string
	Author shipshape.Login
	// ByMachine is true for a change made by a bot or another machine account.
	ByMachine bool
	Merged    time.Time // for a direct change its commit time
	// Opened is zero for a direct change, and where the source does not record it.
	Opened time.Time
	// Ready is the last ready-for-review before the merge, else Opened; zero where
	// neither is known.
	Ready time.Time
	// FirstAuthored is the earliest authored date of its own commits; zero where
	// none is known.
	FirstAuthored time.Time
	// FirstReview is the first review, of any verdict, or approval word by another
	// person before the merge; zero if there was none.
	FirstReview time.Time
	// LastApproval is the last approval, by verdict or word, by another person
	// before the merge; zero if there was none.
	LastApproval time.Time
	// Approvers are the people behind approvals before the merge, sorted.
	Approvers []shipshape.Login
	Class     Class
	ClassRule string   // the rule that decided the class, a clause
	Labels    []string // worn at AsOf, sorted
	Additions int
	Deletions int
	// SizeKnown is false where the source does not state lines.
	SizeKnown bool
	// Commits are its own commits: of a squashed or rebased pull request those of
	// the pull request, not the result.
	Commits []OwnCommit
	// InGraph is false where neither its merge commit nor its head is in the
	// repository's graph: what contains it cannot be known.
	InGraph bool
	// Reverts are the changes that this one takes back; RevertedBy those that take
	// it back, by merge. A revert of a revert re-applies: chains are resolved by
	// Effective.
	Reverts    []*Change
	RevertedBy []*Change
	// CherryPickOf names the origin of a cherry-pick, "#12" or a short commit id;
	// "" for any other change.
	CherryPickOf string
	// Deployments are the production deployments it entered an environment with,
	// one per environment, by finish.
	Deployments []*Deployment
	// Rollout is the rollout that delivered it first; nil while undelivered.
	Rollout *Rollout
	// Release is the first release that contains it, by publication; nil while
	// unreleased.
	Release *Release
	// Facts is the pull request as collected; nil for a direct change.
	Facts *shipshape.Change

	takesBack bool // it reverts something that is no revert itself
}

// OwnCommit is a commit that a change consists of.
type OwnCommit struct {
	OID        shipshape.OID
	AuthoredAt time.Time
	Merge      bool
}

// Direct reports whether the change came without a pull request. Those that are
// cherry-picks have CherryPickOf.
func (c *Change) Direct() bool { return c.Number == 0 }

// Reviewed reports whether a person other than its author approved it before the
// merge, by verdict or by word.
func (c *Change) Reviewed() bool { return !c.LastApproval.IsZero() }

// Anonymous reports whether nobody is known to have made the change, neither a
// person nor a machine.
func (c *Change) Anonymous() bool { return c.Author == "" && !c.ByMachine }

// Size returns lines added plus lines deleted.
func (c *Change) Size() int { return c.Additions + c.Deletions }

// Effective reports whether the change is in force at the end of its chain of
// reverts: false if what takes it back is itself in force.
func (c *Change) Effective() bool { return c.effective(map[*Change]bool{}) }

// effective remembers what it found: reverts may name many changes each, so that
// one is reached in many ways.
func (c *Change) effective(found map[*Change]bool) bool {
	if len(c.RevertedBy) == 0 {
		return true
	}
	answer, ok := found[c]
	if !ok {
		answer = !slices.ContainsFunc(c.RevertedBy, func(r *Change) bool { return r.effective(found) })
		found[c] = answer
	}
	return answer
}
