// Package timeline turns a history into a timeline: what belongs to what.
//
// All linking lives here, once: which deployments are production, what each
// deployment and release brought, what kind of step it was, which change reverts
// which, who reviewed, which class and team a change belongs to. Every rule
// stands in one place and is worked out once, in one pass over the commit graph.
// Membership comes from the graph; dates, version numbers and GitHub's own
// association indexes never decide it.
//
// The package measures nothing and words nothing for readers. It knows no clock:
// what happened after [Options].AsOf does not exist for it.
//
// Start reading at [Build].
package timeline

import (
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// Timeline is what belongs to what in every repository of a history.
type Timeline struct {
	// AsOf is the instant everything is told from.
	AsOf time.Time
	// Repositories is sorted by name.
	Repositories []*Repository
	// Estate holds the steps back that hit several repositories at once, by time.
	Estate []*EstateEvent
}

// Repository is one repository's part of a timeline.
type Repository struct {
	Facts  shipshape.Repository
	Origin shipshape.Origin
	// Gaps are the history's and those that linking found, such as a deployed
	// commit that no branch or tag leads to.
	Gaps []shipshape.Gap
	// Source is what counts as a production deployment here, and why.
	Source Source
	// Team is the team that owns the repository; a repository nobody claimed is
	// its own team.
	Team string
	// Deployments holds every deployment up to AsOf, production or not, by start.
	// For the sources releases and tags it also holds one per release or tag.
	Deployments []*Deployment
	// Rollouts holds the production deployments that succeeded, the same commit to
	// several production environments as one, by finish.
	Rollouts []*Rollout
	// Releases holds the published releases, or the version tags where nothing was
	// ever published, by publication.
	Releases []*Release
	// Changes holds merged pull requests and direct changes, by merge, then number.
	Changes []*Change
	// ReviewRecorded is false where no pull request ever had a review or an
	// approval word: reviewing is then not recorded, which is not the same as
	// absent.
	ReviewRecorded bool
	// Runs are the workflow runs up to AsOf on the default branch and release
	// branches.
	Runs []shipshape.Run

	startCap time.Duration // how long before its merge a change may have started

	graph *graph
	tip   int32 // of the default branch; none where it is not known
	// owner is the change a commit belongs to, by commit id; nil for none.
	owner []*Change
	// accounts is how the ledger counts a commit, by commit id.
	accounts []account
	// anchors are the commits that put a pull request into what contains them;
	// anchored are the pull requests by the id of such a commit.
	anchors  map[*Change]anchors
	anchored [][]*Change
	// broughtBy is the merge that a commit was merged with where nothing speaks for
	// its being the result of one itself, by commit id; none for any other.
	broughtBy []int32
}

// Name returns the repository's full name.
func (r *Repository) Name() shipshape.RepositoryName { return r.Facts.Name }

// Unknown reports whether a gap leaves the field unknown in every record of the
// entity, and returns that gap. Field "" asks for the entity as a whole.
func (r *Repository) Unknown(e shipshape.Entity, field string) (shipshape.Gap, bool) {
	for _, g := range r.Gaps {
		if g.Covers(e, field) {
			return g, true
		}
	}
	return shipshape.Gap{}, false
}

// lacks reports whether a gap names this one record as lacking the field.
func (r *Repository) lacks(e shipshape.Entity, field, id string) bool {
	return slices.ContainsFunc(r.Gaps, func(g shipshape.Gap) bool {
		return g.Entity == e && g.ID == id && (g.Field == field || g.Field == "")
	})
}

// SourceKind is what a repository's production deployments are taken from.
type SourceKind string

// The deployment sources, in the order in which they are tried.
const (
	SourceDeployments SourceKind = "deployments" // GitHub deployments to production environments
	SourceWorkflow    SourceKind = "workflow"    // runs of a named workflow; never chosen unasked
	SourceReleases    SourceKind = "releases"    // published releases
	SourceTags        SourceKind = "tags"        // version tags
	SourceNone        SourceKind = "none"        // nothing that counts as a deployment
)

// Source is the deployment source of a repository.
type Source struct {
	Kind SourceKind
	// Items is how many distinct production deployments of any outcome the source
	// holds over all stored history.
	Items int
	// Why is the reason for the choice, a sentence without a full stop.
	Why string
}

// EstateEvent is a step back that hit several repositories within minutes: one
// event, though each repository keeps its own row.
type EstateEvent struct {
	At    time.Time // finish of the first item
	Items []*Deployment
}
