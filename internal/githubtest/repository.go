package githubtest

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

var repositoryFields = fields[*repository]{
	"id":                  func(c call[*repository]) any { return newID("Repository", c.of, "") },
	"databaseId":          func(c call[*repository]) any { return c.of.id },
	"name":                func(c call[*repository]) any { return c.of.name().Short() },
	"nameWithOwner":       func(c call[*repository]) any { return string(c.of.name()) },
	"owner":               func(c call[*repository]) any { return c.of.world.owner(shipshape.Login(c.of.name().Owner())) },
	"url":                 func(c call[*repository]) any { return c.of.noun().URL },
	"isPrivate":           func(c call[*repository]) any { return c.of.noun().Private },
	"isArchived":          func(c call[*repository]) any { return c.of.noun().Archived },
	"isEmpty":             func(c call[*repository]) any { return len(c.of.Commits) == 0 },
	"isFork":              func(c call[*repository]) any { return c.of.Fork },
	"isDisabled":          func(c call[*repository]) any { return false },
	"isLocked":            func(c call[*repository]) any { return false },
	"isInOrganization":    func(c call[*repository]) any { return c.of.ownedByOrganization() },
	"visibility":          func(c call[*repository]) any { return c.of.visibility() },
	"createdAt":           func(c call[*repository]) any { return c.of.noun().CreatedAt },
	"updatedAt":           func(c call[*repository]) any { return c.of.noun().CreatedAt },
	"pushedAt":            func(c call[*repository]) any { return c.of.pushed() },
	"archivedAt":          func(c call[*repository]) any { return nil },
	"defaultBranchRef":    func(c call[*repository]) any { return c.of.defaultBranch() },
	"viewerPermission":    func(c call[*repository]) any { return c.of.permission() },
	"viewerCanAdminister": func(c call[*repository]) any { return c.of.Permission == Admin },

	"refs":   repositoryRefs,
	"ref":    func(c call[*repository]) any { return c.of.ref(c.args.text("qualifiedName")) },
	"object": repositoryObject,

	"labels":       repositoryLabels,
	"label":        func(c call[*repository]) any { return c.of.knownLabel(c.args.text("name")) },
	"milestones":   repositoryMilestones,
	"milestone":    func(c call[*repository]) any { return c.of.milestone(c.args.number("number")) },
	"environments": repositoryEnvironments,
	"environment":  func(c call[*repository]) any { return c.of.environment(c.args.text("name")) },
	"pullRequests": func(c call[*repository]) any { return c.of.pullRequests(c.args, "", nil) },
	"pullRequest":  func(c call[*repository]) any { return c.of.numbered("PullRequest", c.args.number("number")) },
	"issues":       repositoryIssues,
	"issue":        func(c call[*repository]) any { return c.of.numbered("Issue", c.args.number("number")) },
	"issueOrPullRequest": func(c call[*repository]) any {
		return c.of.numbered("issue or pull request", c.args.number("number"))
	},
	"releases":      repositoryReleases,
	"release":       func(c call[*repository]) any { return c.of.release(c.args.text("tagName")) },
	"latestRelease": func(c call[*repository]) any { return c.of.latestRelease() },
	"deployments":   func(c call[*repository]) any { return c.of.deploymentList(c.args, "", nil) },

	"branchProtectionRules": protectionRules,
	"rulesets":              rulesets,
	"ruleset":               ruleset,
	"codeowners":            func(c call[*repository]) any { return nil },
	"mergeQueue":            mergeQueue,
	"vulnerabilityAlerts":   func(c call[*repository]) any { return nil },
	"repositoryTopics":      repositoryTopics,

	"hasVulnerabilityAlertsEnabled": func(c call[*repository]) any { return is(c.of.security().VulnerabilityAlerts) },
	"isSecurityPolicyEnabled":       func(c call[*repository]) any { return c.of.policy() },
	"hasIssuesEnabled":              func(c call[*repository]) any { return true },
	"mergeCommitAllowed":            func(c call[*repository]) any { return true },
	"squashMergeAllowed":            func(c call[*repository]) any { return true },
	"rebaseMergeAllowed":            func(c call[*repository]) any { return true },
	"autoMergeAllowed":              func(c call[*repository]) any { return false },
	"deleteBranchOnMerge":           func(c call[*repository]) any { return false },
	"allowUpdateBranch":             func(c call[*repository]) any { return false },
	"webCommitSignoffRequired":      func(c call[*repository]) any { return false },
}

// noun is what the history says of the repository itself.
func (r *repository) noun() *shipshape.Repository { return &r.Repository.Repository }

func (r *repository) ownedByOrganization() bool {
	return r.world.owner(shipshape.Login(r.name().Owner())).typ == "Organization"
}

func (r *repository) visibility() string {
	if r.noun().Private {
		return "PRIVATE"
	}
	return "PUBLIC"
}

// pushed is when the youngest commit was made.
func (r *repository) pushed() any {
	if len(r.Commits) == 0 {
		return nil
	}
	youngest := slices.MaxFunc(r.Commits, shipshape.Commit.Compare)
	return youngest.CommittedAt
}

// numbered finds an issue or a pull request, which share their numbers.
func (r *repository) numbered(kind string, n int) any {
	if found := r.pullRequest(n); found != nil && kind != "Issue" {
		return found
	}
	if found := r.issue(n); found != nil && kind != "PullRequest" {
		return found
	}
	article := "a "
	if strings.EqualFold(kind[:1], "i") {
		article = "an "
	}
	return faultf("NOT_FOUND", "Could not resolve to %s%s with the number of %d.", article, kind, n)
}

func repositoryTopics(c call[*repository]) any {
	return sliceOf(c.of.Topics, func(_ int, name string) any { return object{"RepositoryTopic", topic{name, c.of}} })
}

// topic is a word that a repository is found by.
type topic struct {
	name string
	repo *repository
}

var repositoryTopicFields = fields[topic]{
	"id":    func(c call[topic]) any { return newID("RepositoryTopic", c.of.repo, c.of.name) },
	"topic": func(c call[topic]) any { return object{"Topic", c.of} },
	"url":   func(c call[topic]) any { return "https://github.com/topics/" + c.of.name },
}

var topicFields = fields[topic]{
	"id":   func(c call[topic]) any { return newID("Topic", c.of.repo, c.of.name) },
	"name": func(c call[topic]) any { return c.of.name },
}
