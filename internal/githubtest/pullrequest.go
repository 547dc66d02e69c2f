package githubtest

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// pullRequest is a pull request of a repository.
type pullRequest struct {
	*shipshape.Change
	repo *repository
}

// pullRequest finds a pull request by number.
func (r *repository) pullRequest(number int) any {
	i, ok := r.changes[number]
	if !ok {
		return nil
	}
	return object{"PullRequest", pullRequest{&r.Changes[i], r}}
}

// pullRequests is a list of pull requests: all, or those in among. The name stands
// for the choice.
func (r *repository) pullRequests(args arguments, name string, among []int) any {
	for _, filter := range []string{"labels", "headRefName"} {
		if args.has(filter) {
			return unserved("pull requests filtered by %s", filter)
		}
	}
	states, base := args.texts("states"), args.text("baseRefName")
	field, direction := args.order("CREATED_AT", "ASC")
	if field == "COMMENTS" {
		return unserved("pull requests ordered by comments")
	}
	key := func(i int) string {
		c := &r.Changes[i]
		if field == "UPDATED_AT" {
			return instantKey(c.UpdatedAt, numberKey(int64(c.Number)))
		}
		return instantKey(c.CreatedAt, numberKey(int64(c.Number)))
	}
	keep := func(i int) bool {
		c := &r.Changes[i]
		return (len(states) == 0 || slices.Contains(states, string(c.State))) && (base == "" || base == c.Base)
	}
	at := func(i int) any { return object{"PullRequest", pullRequest{&r.Changes[i], r}} }
	if name != "" {
		return ordered(chosen(among, keep, key), direction, key, at)
	}
	order := "pulls " + field + " " + base + " " + strings.Join(states, ",")
	return ordered(r.order(order, len(r.Changes), keep, key), direction, key, at)
}

// chosen sorts those of a few positions that are kept.
func chosen(among []int, keep func(int) bool, key func(int) string) []int {
	kept := slices.DeleteFunc(slices.Clone(among), func(i int) bool { return !keep(i) })
	slices.SortFunc(kept, func(a, b int) int { return strings.Compare(key(a), key(b)) })
	return kept
}

// association is how an author is associated with the repository; NONE where the
// noun does not say.
func association(text string) string {
	if text == "" {
		return "NONE"
	}
	return text
}

// commentFields are those of everything that somebody wrote.
func commentFields[T any](author func(T) (shipshape.Login, *repository), assoc func(T) string, body func(T) string, at func(T) time.Time) fields[T] {
	return fields[T]{
		"author":            func(c call[T]) any { login, r := author(c.of); return r.world.actor(login) },
		"authorAssociation": func(c call[T]) any { return association(assoc(c.of)) },
		"body":              func(c call[T]) any { return body(c.of) },
		"bodyText":          func(c call[T]) any { return body(c.of) },
		"createdAt":         func(c call[T]) any { return at(c.of) },
		"publishedAt":       func(c call[T]) any { return at(c.of) },
		"updatedAt":         func(c call[T]) any { return at(c.of) },
		"lastEditedAt":      func(c call[T]) any { return nil },
		"repository":        func(c call[T]) any { _, r := author(c.of); return object{"Repository", r} },
	}
}

var pullRequestFields = commentFields(
	func(p pullRequest) (shipshape.Login, *repository) { return p.Author, p.repo },
	func(p pullRequest) string { return p.Association },
	func(p pullRequest) string { return p.Body },
	func(p pullRequest) time.Time { return p.CreatedAt },
).with(fields[pullRequest]{
	"id":                  func(c call[pullRequest]) any { return newID("PullRequest", c.of.repo, strconv.Itoa(c.of.Number)) },
	"databaseId":          func(c call[pullRequest]) any { return databaseID(c.of.repo, c.of.Number) },
	"fullDatabaseId":      func(c call[pullRequest]) any { return strconv.FormatInt(databaseID(c.of.repo, c.of.Number), 10) },
	"number":              func(c call[pullRequest]) any { return c.of.Number },
	"title":               func(c call[pullRequest]) any { return c.of.Title },
	"url":                 func(c call[pullRequest]) any { return c.of.URL },
	"state":               func(c call[pullRequest]) any { return string(c.of.State) },
	"isDraft":             func(c call[pullRequest]) any { return c.of.Draft },
	"updatedAt":           func(c call[pullRequest]) any { return c.of.UpdatedAt },
	"closedAt":            func(c call[pullRequest]) any { return c.of.ClosedAt },
	"closed":              func(c call[pullRequest]) any { return c.of.State != shipshape.ChangeOpen },
	"mergedAt":            func(c call[pullRequest]) any { return c.of.MergedAt },
	"merged":              func(c call[pullRequest]) any { return c.of.State == shipshape.ChangeMerged },
	"mergedBy":            func(c call[pullRequest]) any { return c.of.repo.world.actor(c.of.MergedBy) },
	"baseRef":             func(c call[pullRequest]) any { return c.of.repo.ref("refs/heads/" + c.of.Base) },
	"baseRefName":         func(c call[pullRequest]) any { return c.of.Base },
	"headRef":             func(c call[pullRequest]) any { return c.of.repo.ref("refs/heads/" + c.of.Head) },
	"headRefName":         func(c call[pullRequest]) any { return c.of.Head },
	"headRefOid":          func(c call[pullRequest]) any { return string(c.of.HeadOID) },
	"headRepository":      func(c call[pullRequest]) any { return nil },
	"headRepositoryOwner": func(c call[pullRequest]) any { return nil },
	"mergeCommit":         func(c call[pullRequest]) any { return c.of.mergeCommit() },
	"labels":              func(c call[pullRequest]) any { return c.of.repo.labelList(c.of.Labels, c.args) },
	"milestone":           func(c call[pullRequest]) any { return c.of.repo.milestone(c.of.Milestone) },
	"assignees":           func(c call[pullRequest]) any { return c.of.repo.world.users(c.of.Assignees) },
	"additions":           func(c call[pullRequest]) any { return c.of.Additions },
	"deletions":           func(c call[pullRequest]) any { return c.of.Deletions },
	"changedFiles":        func(c call[pullRequest]) any { return c.of.Files },
	"commits":             pullRequestCommits,
	"reviews":             pullRequestReviews,
	"latestReviews":       func(c call[pullRequest]) any { return unserved("latestReviews") },
	"reviewDecision":      func(c call[pullRequest]) any { return nil },
	"reviewRequests":      func(c call[pullRequest]) any { return nil },
	"reviewThreads":       func(c call[pullRequest]) any { return c.of.threads() },
	"comments":            pullRequestComments,
	"timelineItems":       func(c call[pullRequest]) any { return timelineOf(c.of.conversation(), c.args) },
	"autoMergeRequest":    func(c call[pullRequest]) any { return nil },
	"mergeQueueEntry":     func(c call[pullRequest]) any { return nil },
	"statusCheckRollup":   func(c call[pullRequest]) any { return nil },
	"totalCommentsCount":  func(c call[pullRequest]) any { return c.of.commentCount() },

	"latestOpinionatedReviews": func(c call[pullRequest]) any { return unserved("latestOpinionatedReviews") },
	"closingIssuesReferences":  pullRequestIssues,
})

// mergeCommit is the commit that merging made, whether or not it is in a history.
func (p pullRequest) mergeCommit() any {
	i := slices.IndexFunc(p.Commits, func(c shipshape.ChangeCommit) bool { return c.OID == p.MergeCommit })
	if i >= 0 {
		return p.repo.named(p.Commits[i])
	}
	return p.repo.named(shipshape.ChangeCommit{OID: p.MergeCommit, AuthoredAt: p.MergedAt, CommittedAt: p.MergedAt})
}

// maxListed is how many commits of a pull request GitHub lists.
const maxListed = 250

func pullRequestCommits(c call[pullRequest]) any {
	listed := c.of.Commits[:min(len(c.of.Commits), maxListed)]
	l := sliceOf(listed, func(i int, _ shipshape.ChangeCommit) any {
		return object{"PullRequestCommit", pullRequestCommit{c.of, i}}
	})
	l.total = len(c.of.Commits)
	return l
}

// pullRequestCommit is a commit as a pull request lists it.
type pullRequestCommit struct {
	pullRequest
	i int
}

// commit is the commit with the times that the pull request states.
func (p pullRequestCommit) commit() any { return p.repo.named(p.Commits[p.i]) }

func (p pullRequestCommit) oid() string { return string(p.Commits[p.i].OID) }

var pullRequestCommitFields = fields[pullRequestCommit]{
	"id":          func(c call[pullRequestCommit]) any { return newID("PullRequestCommit", c.of.repo, c.of.oid()) },
	"commit":      func(c call[pullRequestCommit]) any { return c.of.commit() },
	"pullRequest": func(c call[pullRequestCommit]) any { return object{"PullRequest", c.of.pullRequest} },
	"url":         func(c call[pullRequestCommit]) any { return c.of.URL + "/commits/" + c.of.oid() },
}

func pullRequestIssues(c call[pullRequest]) any {
	if c.args.has("orderBy") || c.args.yes("userLinkedOnly") {
		return unserved("closingIssuesReferences other than all, as they stand")
	}
	var issues []any
	for _, n := range c.of.ClosesIssues {
		if found := c.of.repo.issue(n); found != nil {
			issues = append(issues, found)
		}
	}
	return sliceOf(issues, func(_ int, found any) any { return found })
}
