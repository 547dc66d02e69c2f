package githubtest

import (
	"slices"

	"github.com/shipshape-report/shipshape"
)

// World is what a server knows. A test changes it with [Server.Edit].
type World struct {
	// Token is the one that is accepted; "" accepts any.
	Token string
	// Viewer is the login whose token it is.
	Viewer shipshape.Login
	// Kinds names the type of accounts that are neither users nor, by their login
	// ending in [bot], bots: Organization, Mannequin, EnterpriseUserAccount. The
	// owner of a repository is an organisation unless it says "User".
	Kinds map[shipshape.Login]string
	// Repositories are those of the server, found by name.
	Repositories []*Repository
}

// Permission is what a token may do in a repository.
type Permission string

// The permissions that make a difference here. The empty one is Read.
const (
	Read  Permission = "READ"
	Write Permission = "WRITE" // sees drafts of releases
	Admin Permission = "ADMIN" // sees branch protection too
)

// Repository is a repository: its history, and what nouns do not say. Nested slices
// of the history are shared with the history the server was made from: replace them,
// do not change their elements.
type Repository struct {
	shipshape.RepositoryHistory
	Permission  Permission
	FormerNames []shipshape.RepositoryName // names it is found under too
	Hidden      bool                       // not found, as a private one is without access
	SAML        bool                       // protected by single sign-on
	Fork        bool
	Topics      []string
	// Forbidden lists what the token may not read: "Repository.deployments" refuses a
	// field, "Deployment" each node of a type.
	Forbidden []string
	// Emails are addresses of commit authors, where they are not the no-reply address
	// of the author's login.
	Emails map[shipshape.OID]string
	// Files are texts at the head of the default branch by path, beside CODEOWNERS.
	Files map[string]string
	// NestedTags says how many tag objects an annotated tag goes through, 1 unless
	// stated.
	NestedTags map[string]int
	// TreeTags are tags that lead to no commit.
	TreeTags []string
	// Teams are requested reviewers that are teams, not users.
	Teams []string

	id int64 // stays when the repository is renamed
}

// newWorld copies a history's entities, so that editing leaves the caller's alone.
func newWorld(h *shipshape.History) *World {
	w := &World{Viewer: "octocat"}
	for _, r := range h.Repositories {
		r.Repository.Labels = slices.Clone(r.Repository.Labels)
		r.Repository.Environments = slices.Clone(r.Repository.Environments)
		r.Commits = slices.Clone(r.Commits)
		r.Refs = slices.Clone(r.Refs)
		r.Changes = slices.Clone(r.Changes)
		r.Issues = slices.Clone(r.Issues)
		r.Releases = slices.Clone(r.Releases)
		r.Deployments = slices.Clone(r.Deployments)
		r.Runs = slices.Clone(r.Runs)
		r.Milestones = slices.Clone(r.Milestones)
		r.Controls = slices.Clone(r.Controls)
		w.Repositories = append(w.Repositories, &Repository{RepositoryHistory: r})
	}
	return w
}

// Find returns a repository by its present name, or nil.
func (w *World) Find(name shipshape.RepositoryName) *Repository {
	for _, r := range w.Repositories {
		if r.Repository.Name == name {
			return r
		}
	}
	return nil
}

// writes reports whether the token may see what only collaborators see.
func (r *Repository) writes() bool { return r.Permission == Write || r.Permission == Admin }

// permission returns the permission, Read unless stated.
func (r *Repository) permission() string {
	if r.Permission == "" {
		return string(Read)
	}
	return string(r.Permission)
}
