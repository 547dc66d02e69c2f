package collect

import (
	"context"
	"fmt"
	"slices"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// Access is what a token may read of a repository.
type Access struct {
	Name     shipshape.RepositoryName // as GitHub calls it
	Role     string                   // ADMIN, MAINTAIN, WRITE, TRIAGE or READ; "" where GitHub does not say
	Private  bool
	Archived bool
	Empty    bool           // there is no commit yet
	Entities []EntityAccess // in a fixed order
}

// EntityAccess is what a token may read of one kind of record.
type EntityAccess struct {
	Entity shipshape.Entity
	Field  string // "labels" and "environments" of the repository, else ""
	// Permissions are what reading it takes, as a workflow's `permissions` spells them.
	Permissions []string
	// Count is how many there are; of commits, on the default branch. Of workflow runs it is the number of check suites
	// of the newest commit.
	Count int
	// Gap says why it cannot be read, and what to do. It is nil where it can.
	Gap *shipshape.Gap
}

// probeNode asks for the first item of each list: only then does GitHub say whether
// the token may read it.
type probeNode struct {
	NameWithOwner    shipshape.RepositoryName
	ViewerPermission string
	IsPrivate        bool
	IsArchived       bool
	IsEmpty          bool
	DefaultBranchRef *struct {
		Target *struct {
			Commit struct {
				History counted `graphql:"history(first: 1) @include(if: $history)"`
				Suites  struct {
					TotalCount int
					Nodes      []*struct{ WorkflowRun *bare }
				} `graphql:"checkSuites(first: 1) @include(if: $checkSuites)"`
			} `graphql:"... on Commit"`
		}
	}
	Refs         counted `graphql:"refs(refPrefix: \"refs/tags/\", first: 1) @include(if: $refs)"`
	Releases     counted `graphql:"releases(first: 1) @include(if: $releases)"`
	Deployments  counted `graphql:"deployments(first: 1) @include(if: $deployments)"`
	Changes      counted `graphql:"pullRequests(first: 1) @include(if: $pullRequests)"`
	Issues       counted `graphql:"issues(first: 1) @include(if: $issues)"`
	Milestones   counted `graphql:"milestones(first: 1) @include(if: $milestones)"`
	Labels       counted `graphql:"labels(first: 1) @include(if: $labels)"`
	Environments counted `graphql:"environments(first: 1) @include(if: $environments)"`
}

type counted struct {
	TotalCount int
	Nodes      []*bare
}

// probed is a list that is probed.
type probed struct {
	part
	count func(*probeNode) int
}

var probes = []probed{
	{part{historyKey, shipshape.CommitEntity, ""}, (*probeNode).history},
	{part{"refs", shipshape.RefEntity, ""}, func(n *probeNode) int { return n.Refs.TotalCount }},
	{part{"releases", shipshape.ReleaseEntity, ""}, func(n *probeNode) int { return n.Releases.TotalCount }},
	{part{"deployments", shipshape.DeploymentEntity, ""}, func(n *probeNode) int { return n.Deployments.TotalCount }},
	{part{"pullRequests", shipshape.ChangeEntity, ""}, func(n *probeNode) int { return n.Changes.TotalCount }},
	{part{"issues", shipshape.IssueEntity, ""}, func(n *probeNode) int { return n.Issues.TotalCount }},
	{part{suitesKey, shipshape.RunEntity, ""}, (*probeNode).suites},
	{part{"milestones", shipshape.MilestoneEntity, ""}, func(n *probeNode) int { return n.Milestones.TotalCount }},
	{part{"labels", shipshape.RepositoryEntity, "labels"}, func(n *probeNode) int { return n.Labels.TotalCount }},
	{part{"environments", shipshape.RepositoryEntity, "environments"}, func(n *probeNode) int { return n.Environments.TotalCount }},
}

// What is asked of the commit at the head of the default branch.
const (
	historyKey = "history"
	suitesKey  = "checkSuites"
)

func (n *probeNode) history() int {
	if !n.begun() {
		return 0
	}
	return n.DefaultBranchRef.Target.Commit.History.TotalCount
}

func (n *probeNode) suites() int {
	if !n.begun() {
		return 0
	}
	return n.DefaultBranchRef.Target.Commit.Suites.TotalCount
}

// begun reports whether the answer holds the head of the default branch.
func (n *probeNode) begun() bool {
	return n.DefaultBranchRef != nil && n.DefaultBranchRef.Target != nil
}

// Probe asks what a token may read of a repository, at one point, or a few where
// something is refused. Errors are those of [Repository].
func Probe(ctx context.Context, client *github.Client, name shipshape.RepositoryName) (Access, error) {
	r := newReader(client, name, Options{})
	wanted := map[string]bool{}
	for _, p := range probes {
		wanted[p.key] = true
	}
	gaps := map[string]*shipshape.Gap{}
	for {
		node, faults, err := r.probe(ctx, wanted)
		if err != nil {
			return Access{}, fmt.Errorf("what the token may read of %s: %w", name, err)
		}
		if again := r.unreadable(faults, wanted, gaps); !again {
			return node.access(gaps), r.noAnswer(node != nil, faults)
		}
	}
}

// probeQuery asks for the first item of each list.
type probeQuery struct {
	github.Meter
	Repository *probeNode `graphql:"repository(owner: $owner, name: $name)"`
}

func (r *reader) probe(ctx context.Context, wanted map[string]bool) (*probeNode, []github.Fault, error) {
	variables := r.named()
	for _, p := range probes {
		variables[p.key] = githubv4.Boolean(wanted[p.key])
	}
	var q probeQuery
	faults, err := r.query(ctx, &q, variables)
	return q.Repository, faults, err
}

// unreadable notes the lists that an answer refuses and takes them off what is
// wanted. It reports whether there were any: what they took with them out of the
// answer is there without them.
func (r *reader) unreadable(faults []github.Fault, wanted map[string]bool, gaps map[string]*shipshape.Gap) bool {
	found := false
	for _, f := range faults {
		for _, p := range probes {
			if wanted[p.key] && p.within(f) {
				g := r.refused(p.entity, p.field, f)
				gaps[p.key] = &g
				delete(wanted, p.key)
				found = true
			}
		}
	}
	if commits := gaps[historyKey]; commits != nil && gaps[suitesKey] == nil {
		g := r.runsLostWith(*commits)
		gaps[suitesKey] = &g
		delete(wanted, suitesKey)
	}
	return found
}

// within reports whether a fault concerns the list. What refuses the default branch, or
// what it points at, refuses its commits.
func (p probed) within(f github.Fault) bool {
	branch := len(f.Path) > 1 && len(f.Path) < 4 && f.Path[1] == "defaultBranchRef"
	return slices.Contains(f.Path, p.key) || branch && p.key == historyKey
}

// access puts together what was answered and what was refused.
func (n *probeNode) access(gaps map[string]*shipshape.Gap) Access {
	if n == nil {
		return Access{}
	}
	a := Access{
		Name:     n.NameWithOwner,
		Role:     n.ViewerPermission,
		Private:  n.IsPrivate,
		Archived: n.IsArchived,
		Empty:    n.IsEmpty,
	}
	for _, p := range probes {
		a.Entities = append(a.Entities, EntityAccess{
			Entity:      p.entity,
			Field:       p.field,
			Permissions: permissions(p.entity, p.field),
			Count:       p.count(n),
			Gap:         gaps[p.key],
		})
	}
	return a
}
