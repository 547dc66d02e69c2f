package githubtest

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// issue is an issue of a repository.
type issue struct {
	*shipshape.Issue
	repo *repository
}

// issue finds an issue by number.
func (r *repository) issue(number int) any {
	i, ok := r.issues[number]
	if !ok {
		return nil
	}
	return object{"Issue", issue{&r.Issues[i], r}}
}

// repositoryIssues lists issues, those that changed since an instant if it is asked
// for.
func repositoryIssues(c call[*repository]) any {
	r, filter := c.of, c.args.object("filterBy")
	if c.args.has("labels") {
		return unserved("issues filtered by labels")
	}
	for name := range filter {
		if filter.has(name) && name != "since" && name != "states" && name != "viewerSubscribed" {
			return unserved("issues filtered by %s", name)
		}
	}
	since, wrong := filter.instant("since")
	if wrong != nil {
		return wrong
	}
	states := append(c.args.texts("states"), filter.texts("states")...)
	field, direction := c.args.order("CREATED_AT", "ASC")
	if field == "COMMENTS" {
		return unserved("issues ordered by comments")
	}
	key := func(i int) string {
		n := &r.Issues[i]
		return instantKey(map[string]time.Time{"CREATED_AT": n.CreatedAt, "UPDATED_AT": n.UpdatedAt}[field], numberKey(int64(n.Number)))
	}
	keep := func(i int) bool {
		n := &r.Issues[i]
		return !n.UpdatedAt.Before(since) && (len(states) == 0 || slices.Contains(states, n.State))
	}
	order := "issues " + field + " " + strings.Join(states, ",") + " " + since.String()
	return ordered(r.order(order, len(r.Issues), keep, key), direction, key, func(i int) any { return object{"Issue", issue{&r.Issues[i], r}} })
}

var issueFields = commentFields(
	func(i issue) (shipshape.Login, *repository) { return i.Author, i.repo },
	func(i issue) string { return i.Association },
	func(i issue) string { return i.Body },
	func(i issue) time.Time { return i.CreatedAt },
).with(fields[issue]{
	"id":             func(c call[issue]) any { return newID("Issue", c.of.repo, strconv.Itoa(c.of.Number)) },
	"databaseId":     func(c call[issue]) any { return databaseID(c.of.repo, c.of.Number) },
	"fullDatabaseId": func(c call[issue]) any { return strconv.FormatInt(databaseID(c.of.repo, c.of.Number), 10) },
	"number":         func(c call[issue]) any { return c.of.Number },
	"title":          func(c call[issue]) any { return c.of.Title },
	"url":            func(c call[issue]) any { return c.of.URL },
	"state":          func(c call[issue]) any { return c.of.State },
	"stateReason":    func(c call[issue]) any { return c.of.reason(c.args) },
	"updatedAt":      func(c call[issue]) any { return c.of.UpdatedAt },
	"closedAt":       func(c call[issue]) any { return c.of.ClosedAt },
	"closed":         func(c call[issue]) any { return c.of.State == "CLOSED" },
	"labels":         func(c call[issue]) any { return c.of.repo.labelList(c.of.Labels, c.args) },
	"milestone":      func(c call[issue]) any { return c.of.repo.milestone(c.of.Milestone) },
	"assignees":      func(c call[issue]) any { return c.of.repo.world.users(c.of.Assignees) },
	"comments":       issueComments,
	"timelineItems":  func(c call[issue]) any { return timelineOf(c.of.conversation(), c.args) },
	"parent":         func(c call[issue]) any { return c.parent(c.of.Parent) },
	"subIssues":      func(c call[issue]) any { return c.issuesNamed(c.of.SubIssues) },
	"blockedBy":      func(c call[issue]) any { return c.issuesNamed(c.of.BlockedBy) },
	"blocking":       func(c call[issue]) any { return none() },
	"issueType":      func(c call[issue]) any { return c.of.issueType() },

	"subIssuesSummary":               func(c call[issue]) any { return object{"SubIssuesSummary", c.of} },
	"issueDependenciesSummary":       func(c call[issue]) any { return object{"IssueDependenciesSummary", c.of} },
	"closedByPullRequestsReferences": issueClosers,
})

// reason is why the issue is as it is. Clients that do not ask for duplicates see
// them as not planned.
func (i issue) reason(args arguments) string {
	if i.StateReason == "DUPLICATE" && !args.yes("enableDuplicate") {
		return "NOT_PLANNED"
	}
	return i.StateReason
}

// issueClosers lists the pull requests that close the issue, the unmerged closed ones
// only if asked for.
func issueClosers(c call[issue]) any {
	r := c.of.repo
	if c.args.yes("userLinkedOnly") || c.args.yes("orderByState") {
		return unserved("closedByPullRequestsReferences other than all, as they stand")
	}
	var found []int
	for _, i := range r.closers[c.of.Number] {
		if r.Changes[i].State != shipshape.ChangeClosed || c.args.yes("includeClosedPrs") {
			found = append(found, i)
		}
	}
	return sliceOf(found, func(_, i int) any { return object{"PullRequest", pullRequest{&r.Changes[i], r}} })
}

func (i issue) issueType() any {
	if i.Type == "" {
		return nil
	}
	return object{"IssueType", i}
}

var issueTypeFields = fields[issue]{
	"id":          func(c call[issue]) any { return newID("IssueType", c.of.repo, c.of.Type) },
	"name":        func(c call[issue]) any { return c.of.Type },
	"description": func(c call[issue]) any { return nil },
	"isEnabled":   func(c call[issue]) any { return true },
}

// named finds the issue that is called "owner/name#number". One that nobody knows is an
// issue of which only its name is known.
func (x *execution) named(reference string, w *World) any {
	name, text, _ := strings.Cut(reference, "#")
	r := x.index.names[strings.ToLower(name)]
	if r == nil {
		r = elsewhere(shipshape.RepositoryName(name), w)
	}
	if found := r.ready().issue(atoi(text)); found != nil {
		return found
	}
	return object{"Issue", issue{&shipshape.Issue{Number: atoi(text), URL: r.noun().URL + "/issues/" + text, State: "OPEN"}, r}}
}

func (c call[T]) parent(reference string) any {
	if reference == "" {
		return nil
	}
	return c.named(reference, c.index.world)
}

func (c call[T]) issuesNamed(references []string) any {
	return sliceOf(references, func(_ int, reference string) any { return c.named(reference, c.index.world) })
}

// What blocks others, and how far the parts are done, has no noun.
var subIssuesSummaryFields = fields[issue]{
	"completed":        func(c call[issue]) any { return 0 },
	"percentCompleted": func(c call[issue]) any { return 0 },
	"total":            func(c call[issue]) any { return len(c.of.SubIssues) },
}

var dependenciesSummaryFields = fields[issue]{
	"blockedBy":      func(c call[issue]) any { return len(c.of.BlockedBy) },
	"blocking":       func(c call[issue]) any { return 0 },
	"totalBlockedBy": func(c call[issue]) any { return len(c.of.BlockedBy) },
	"totalBlocking":  func(c call[issue]) any { return 0 },
}
