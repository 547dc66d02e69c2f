package collect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// need is the permission that reading an entity, or a field of it, takes.
type need struct {
	entity     shipshape.Entity
	field      string // "" for the entity and all fields without a line of their own
	permission string // as a workflow's `permissions` spells it
}

// needs lists what the permissions are called in a workflow. Fine-grained tokens
// have the same names in other spelling, see
// https://docs.github.com/en/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens
var needs = []need{
	{shipshape.RepositoryEntity, "", "contents: read"},
	{shipshape.RepositoryEntity, "labels", "issues: read"},
	{shipshape.RepositoryEntity, "environments", "actions: read"},
	{shipshape.CommitEntity, "", "contents: read"},
	{shipshape.RefEntity, "", "contents: read"},
	{shipshape.ReleaseEntity, "", "contents: read"},
	{shipshape.ChangeEntity, "", "pull-requests: read"},
	{shipshape.ChangeEntity, "closesIssues", "issues: read"},
	{shipshape.IssueEntity, "", "issues: read"},
	{shipshape.MilestoneEntity, "", "issues: read"},
	{shipshape.DeploymentEntity, "", "deployments: read"},
	{shipshape.RunEntity, "", "checks: read"},
	{shipshape.RunEntity, "reviews", "actions: read"},
	{shipshape.ControlEntity, "", "contents: read"},
	{shipshape.ControlEntity, string(shipshape.BranchProtection), "administration: read"},
	{shipshape.ControlEntity, string(shipshape.EnvironmentControl), "actions: read"},
	{shipshape.ControlEntity, "reviewers", "actions: read"},
}

// permissions returns all that reading an entity or a field takes.
func permissions(e shipshape.Entity, field string) []string {
	all := []string{permission(e, field, nil)}
	if e == shipshape.RunEntity {
		all = append(all, permission(e, field, []string{"workflowRun"}))
	}
	return all
}

// permission returns the permission that reading a field takes. The path of a
// refusal tells apart what one entity takes from two places.
func permission(e shipshape.Entity, field string, path []string) string {
	if e == shipshape.RunEntity && slices.Contains(path, "workflowRun") {
		return "actions: read"
	}
	found := "contents: read"
	for _, n := range needs {
		if n.entity == e && (n.field == "" || n.field == field) {
			found = n.permission
		}
	}
	return found
}

// remedy says how to give a permission.
func remedy(permission string) string {
	what, _, _ := strings.Cut(permission, ":")
	if what == "administration" {
		return "Use a token with read access to administration; the token of a workflow itself cannot have it."
	}
	return fmt.Sprintf("Give the workflow the permission `%s`, or the token read access to %s.",
		permission, strings.ReplaceAll(what, "-", " "))
}

// signOn says how to make a token good for an organisation with single sign-on.
func signOn(name shipshape.RepositoryName) string {
	return fmt.Sprintf("Authorise the token for single sign-on to %s, which owns %s.", name.Owner(), name)
}

// plurals are the entities in words.
var plurals = map[shipshape.Entity]string{
	shipshape.RepositoryEntity: "facts of the repository",
	shipshape.CommitEntity:     "commits",
	shipshape.RefEntity:        "branches and tags",
	shipshape.ChangeEntity:     "pull requests",
	shipshape.IssueEntity:      "issues",
	shipshape.ReleaseEntity:    "releases",
	shipshape.DeploymentEntity: "deployments",
	shipshape.RunEntity:        "workflow runs",
	shipshape.MilestoneEntity:  "milestones",
	shipshape.ControlEntity:    "settings",
}

// subject names an entity or a field of it in words.
func subject(e shipshape.Entity, field string) string {
	switch {
	case field == "":
		return plurals[e]
	case e == shipshape.RepositoryEntity:
		return field + " of the repository"
	case e == shipshape.ControlEntity:
		return fmt.Sprintf("settings of kind %q", field)
	}
	return fmt.Sprintf("%s of %s", field, plurals[e])
}

// lowerFirst makes a sentence the end of another.
func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
