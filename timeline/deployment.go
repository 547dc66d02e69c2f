package timeline

import (
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// Outcome is what became of a deployment, from its status history.
type Outcome string

// The outcomes.
const (
	Succeeded Outcome = "succeeded" // its statuses held SUCCESS at some time
	Failed    Outcome = "failed"    // its last word is FAILURE or ERROR, and it never succeeded
	Pending   Outcome = "pending"   // it has not ended
	Inactive  Outcome = "inactive"  // superseded without ever having ended
)

// Kind is the kind of step a successful deployment was, against the commit that
// was active before it in the same repository and environment.
type Kind string

// The kinds of step. Only first, forward and sideways are deliveries.
const (
	First      Kind = "first"        // nothing was active before
	Forward    Kind = "forward"      // the old commit is an ancestor of the new one
	Redeploy   Kind = "redeploy"     // the same commit
	Return     Kind = "return"       // a commit already active here, not known as an ancestor of the old one
	Rollback   Kind = "rollback"     // back to an ancestor that was active here, or nothing but reverts
	OutOfOrder Kind = "out-of-order" // back to an ancestor that was never active here: two builds raced
	Sideways   Kind = "sideways"     // neither is known as an ancestor of the other
)

// Delivery reports whether the kind counts as a delivery.
func (k Kind) Delivery() bool { return k == First || k == Forward || k == Sideways }

// StepBack reports whether the kind goes back to an ancestor.
func (k Kind) StepBack() bool { return k == Rollback || k == OutOfOrder }

// Deployment is a deployment with all that it brought.
type Deployment struct {
	Repo *Repository
	// ID is GitHub's databaseId in decimal, or the tag for the sources releases
	// and tags.
	ID          string
	URL         string // a page on GitHub that shows it, or its commit
	Environment string // "" for the sources workflow, releases and tags
	// Production is true where its environment is production and the repository's
	// source is what it comes from.
	Production bool
	Source     SourceKind
	Commit     shipshape.OID
	Ref        string
	Creator    shipshape.Login
	ByMachine  bool // started by a machine
	Started    time.Time
	// Finished is the first SUCCESS, or the publication; zero if it never came.
	Finished time.Time
	// Ended is when the attempt ended: Finished, or for a failed one its last
	// FAILURE or ERROR; zero while it has not ended. INACTIVE is no end.
	Ended time.Time
	// Undated is true where Finished is the date of a commit, for want of a better
	// one (lightweight tags). Such items stay outside lead time's coverage.
	Undated bool
	// WaitedFor is the time spent in WAITING before the first SUCCESS.
	WaitedFor time.Duration
	// Timed is false where no status came before the finish and the finish is the
	// creation: such a deployment has no duration. One that never succeeded is
	// timed where it has any status.
	Timed   bool
	Outcome Outcome
	// FailedAfter is the first FAILURE or ERROR after the first SUCCESS and before
	// the next deployment of the environment; zero if there was none.
	FailedAfter time.Time
	// DuplicateOf is the earlier success of the same commit, minutes before, of
	// which this one is a repetition; nil for a deployment of its own. A duplicate
	// has no kind and brought nothing.
	DuplicateOf *Deployment
	Kind        Kind   // "" unless it succeeded and is no duplicate
	KindWhy     string // the rule that decided the kind, a clause
	// Previous is the deployment active before it in the same environment; nil for
	// the first. For the sources releases and tags it is that of the release's
	// previous.
	Previous *Deployment
	// Commits are the commits it brought: reachable from it and from no earlier
	// success in the environment, in topological order, newest first.
	Commits []shipshape.OID
	// Unreachable is true where no branch or tag leads to the deployed commit.
	Unreachable bool
	// Changes are the changes that entered the environment with it, by merge.
	Changes []*Change
	// Estate is the estate-wide event it is part of, or nil.
	Estate *EstateEvent
	// Rollout is the rollout it is part of; nil unless it is production, succeeded,
	// and is no duplicate.
	Rollout *Rollout
	// Release is the release of the same commit, or nil; of several the last
	// published by then.
	Release *Release

	failures []time.Time // FAILURE or ERROR after the first SUCCESS, by time
}

// Rollout is one commit going to one or more production environments.
type Rollout struct {
	Items    []*Deployment // by finish; never empty
	Kind     Kind          // of the first item
	Finished time.Time     // first success
	// Changes are those that this rollout delivered: no earlier production
	// deployment of the repository contained them. By merge.
	Changes []*Change
}

// First returns the item that succeeded first.
func (r *Rollout) First() *Deployment { return r.Items[0] }

// Repo returns the repository rolled out.
func (r *Rollout) Repo() *Repository { return r.Items[0].Repo }

// FirstOfRepository reports whether nothing of the repository was in production
// before. What such a rollout brought has an unknown predecessor.
func (r *Rollout) FirstOfRepository() bool { return r.Repo().Rollouts[0] == r }

// ByPeople reports whether any delivered change was made by a person. Where it is
// false, and [Rollout.MachineOnly] is too, no author is known or there is no change.
func (r *Rollout) ByPeople() bool {
	return slices.ContainsFunc(r.Changes, func(c *Change) bool { return !c.ByMachine && !c.Anonymous() })
}

// MachineOnly reports whether all delivered changes were made by machines. It is
// false for a rollout that delivered none.
func (r *Rollout) MachineOnly() bool {
	for _, c := range r.Changes {
		if !c.ByMachine {
			return false
		}
	}
	return len(r.Changes) > 0
}
