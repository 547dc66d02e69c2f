package timeline

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// Repository returns the repository of that name, or nil.
func (t *Timeline) Repository(name shipshape.RepositoryName) *Repository {
	for _, r := range t.Repositories {
		if r.Name() == name {
			return r
		}
	}
	return nil
}

// Production returns every attempt to deploy to production, by start: those that
// failed or have not ended and repetitions included.
func (r *Repository) Production() []*Deployment {
	return slices.DeleteFunc(slices.Clone(r.Deployments), func(d *Deployment) bool { return !d.Production })
}

// Environments returns the names of the production environments that were ever
// deployed to, sorted. The sources workflow, releases and tags have one without a
// name.
func (r *Repository) Environments() []string {
	var names []string
	for _, d := range r.Production() {
		names = append(names, d.Environment)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Deliveries returns the rollouts whose kind counts as a delivery, by finish.
func (r *Repository) Deliveries() []*Rollout {
	return slices.DeleteFunc(slices.Clone(r.Rollouts), func(o *Rollout) bool { return !o.Kind.Delivery() })
}

// runsOnKeptBranches returns the runs on the default branch and on release
// branches. A run for a pull request names the branch it came from, which on a
// fork can be called like ours.
func runsOnKeptBranches(h *shipshape.RepositoryHistory) []shipshape.Run {
	return slices.DeleteFunc(slices.Clone(h.Runs), func(r shipshape.Run) bool {
		kept := r.Branch != "" && r.Branch == h.Repository.DefaultBranch || ReleaseBranch(r.Branch)
		return !kept || r.Event == "pull_request"
	})
}

// ReleaseBranch reports whether a branch is named as one that releases are made
// from: release, releases or stable, alone or before a slash or hyphen, or a
// version such as 1.4, v2 or 1.4.x.
func ReleaseBranch(name string) bool {
	first, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(name, "/", "-")), "-")
	if slices.Contains([]string{"release", "releases", "stable"}, first) {
		return true
	}
	parts := strings.Split(strings.TrimPrefix(name, "v"), ".")
	for i, p := range parts {
		wild := i > 0 && (p == "x" || p == "X")
		if p == "" || !wild && strings.Trim(p, "0123456789") != "" {
			return false
		}
	}
	return true
}
