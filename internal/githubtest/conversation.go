package githubtest

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/shipshape-report/shipshape"
)

// conversation is what happened to an issue or a pull request.
type conversation struct {
	repo    *repository
	number  int
	url     string
	itself  object // the issue or pull request
	reason  string // why it was closed last
	events  []shipshape.Event
	replies []shipshape.Comment
	pull    *pullRequest // nil for an issue
}

func (p pullRequest) conversation() conversation {
	return conversation{
		repo: p.repo, number: p.Number, url: p.URL, itself: object{"PullRequest", p},
		events: p.Events, replies: p.Comments, pull: &p,
	}
}

func (i issue) conversation() conversation {
	return conversation{
		repo: i.repo, number: i.Number, url: i.URL, itself: object{"Issue", i},
		reason: i.StateReason, events: i.Events, replies: i.Comments,
	}
}

// key tells the items of a conversation from those of others.
func (c conversation) key(i int) string { return strconv.Itoa(c.number) + "/" + strconv.Itoa(i) }

// reply is a comment.
type reply struct {
	conversation
	i int
}

func (r reply) comment() shipshape.Comment { return r.replies[r.i] }

var issueCommentFields = commentFields(
	func(r reply) (shipshape.Login, *repository) { return r.comment().Author, r.repo },
	func(r reply) string { return r.comment().Association },
	func(r reply) string { return r.comment().Body },
	func(r reply) time.Time { return r.comment().At },
).with(fields[reply]{
	"id":             func(c call[reply]) any { return newID("IssueComment", c.of.repo, c.of.key(c.of.i)) },
	"databaseId":     func(c call[reply]) any { return databaseID(c.of.repo, c.of.number*100+c.of.i) },
	"fullDatabaseId": func(c call[reply]) any { return strconv.FormatInt(databaseID(c.of.repo, c.of.number*100+c.of.i), 10) },
	"url":            func(c call[reply]) any { return fmt.Sprintf("%s#issuecomment-%d", c.of.url, c.of.i+1) },
	"issue":          func(c call[reply]) any { return c.of.issueOf() },
	"pullRequest":    func(c call[reply]) any { return c.of.pullOf() },
})

// issueOf is the issue that a comment stands on. To GitHub a pull request has one
// too; it is not served.
func (c conversation) issueOf() any {
	if c.pull != nil {
		return unserved("the issue of a pull request's comment")
	}
	return c.itself
}

func (c conversation) pullOf() any {
	if c.pull == nil {
		return nil
	}
	return c.itself
}

func pullRequestComments(c call[pullRequest]) any { return c.of.conversation().comments(c.args) }

func issueComments(c call[issue]) any { return c.of.conversation().comments(c.args) }

func (c conversation) comments(args arguments) any {
	if args.has("orderBy") {
		return unserved("comments ordered otherwise than by creation")
	}
	return sliceOf(c.replies, func(i int, _ shipshape.Comment) any { return object{"IssueComment", reply{c, i}} })
}

// review is a review of a pull request.
type review struct {
	pullRequest
	i int
}

func (r review) noun() shipshape.Review { return r.Reviews[r.i] }

var reviewFields = commentFields(
	func(r review) (shipshape.Login, *repository) { return r.noun().Author, r.repo },
	func(r review) string { return r.noun().Association },
	func(r review) string { return r.noun().Body },
	func(r review) time.Time { return r.noun().At },
).with(fields[review]{
	"id": func(c call[review]) any {
		return newID("PullRequestReview", c.of.repo, c.of.conversation().key(c.of.i))
	},
	"databaseId":     func(c call[review]) any { return databaseID(c.of.repo, c.of.Number*100+c.of.i) },
	"fullDatabaseId": func(c call[review]) any { return strconv.FormatInt(databaseID(c.of.repo, c.of.Number*100+c.of.i), 10) },
	"state":          func(c call[review]) any { return string(c.of.noun().State) },
	"submittedAt":    func(c call[review]) any { return c.of.noun().At },
	"commit":         func(c call[review]) any { return c.of.repo.named(shipshape.ChangeCommit{OID: c.of.noun().Commit}) },
	"comments":       func(c call[review]) any { return none() },
	"pullRequest":    func(c call[review]) any { return object{"PullRequest", c.of.pullRequest} },
	"url":            func(c call[review]) any { return fmt.Sprintf("%s#pullrequestreview-%d", c.of.URL, c.of.i+1) },
})

func pullRequestReviews(c call[pullRequest]) any {
	states, author := c.args.texts("states"), c.args.text("author")
	var kept []int
	for i, r := range c.of.Reviews {
		if (len(states) == 0 || slices.Contains(states, string(r.State))) && (author == "" || author == string(r.Author)) {
			kept = append(kept, i)
		}
	}
	return sliceOf(kept, func(_, i int) any { return object{"PullRequestReview", review{c.of, i}} })
}
