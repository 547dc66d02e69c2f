package githubtest

import (
	"fmt"
	"strconv"
	"time"

	"github.com/shipshape-report/shipshape"
)

// thread is a discussion on lines of a pull request.
type thread struct {
	pullRequest
	i int
}

func (t thread) noun() shipshape.Thread { return t.Threads[t.i] }

func (p pullRequest) threads() any {
	return sliceOf(p.Threads, func(i int, _ shipshape.Thread) any { return object{"PullRequestReviewThread", thread{p, i}} })
}

// commentCount counts the comments on the pull request and on its lines.
func (p pullRequest) commentCount() int {
	n := len(p.Comments)
	for _, t := range p.Threads {
		n += t.Comments
	}
	return n
}

var threadFields = fields[thread]{
	"id": func(c call[thread]) any {
		return newID("PullRequestReviewThread", c.of.repo, c.of.conversation().key(c.of.i))
	},
	"isOutdated":  func(c call[thread]) any { return false },
	"isResolved":  func(c call[thread]) any { return c.of.noun().Resolved },
	"path":        func(c call[thread]) any { return "README.md" },
	"pullRequest": func(c call[thread]) any { return object{"PullRequest", c.of.pullRequest} },
	"repository":  func(c call[thread]) any { return object{"Repository", c.of.repo} },
	"comments":    threadComments,
}

func threadComments(c call[thread]) any {
	all := make([]remark, c.of.noun().Comments)
	for i := range all {
		all[i] = remark{c.of, i}
	}
	return sliceOf(all[min(c.args.number("skip"), len(all)):], func(_ int, r remark) any { return object{"PullRequestReviewComment", r} })
}

// remark is a comment of a thread. Of all but the first the noun knows only that
// there are any: they are served as the first.
type remark struct {
	thread
	n int
}

func (r remark) key() string { return r.conversation().key(r.i) + "/" + strconv.Itoa(r.n) }

var remarkFields = commentFields(
	func(r remark) (shipshape.Login, *repository) { return r.noun().Author, r.repo },
	func(remark) string { return "" },
	func(remark) string { return "" },
	func(r remark) time.Time { return r.noun().At },
).with(fields[remark]{
	"id":         func(c call[remark]) any { return newID("PullRequestReviewComment", c.of.repo, c.of.key()) },
	"databaseId": func(c call[remark]) any { return databaseID(c.of.repo, c.of.Number*1000+c.of.i*10+c.of.n) },
	"fullDatabaseId": func(c call[remark]) any {
		return strconv.FormatInt(databaseID(c.of.repo, c.of.Number*1000+c.of.i*10+c.of.n), 10)
	},
	"path":              func(c call[remark]) any { return "README.md" },
	"pullRequest":       func(c call[remark]) any { return object{"PullRequest", c.of.pullRequest} },
	"pullRequestReview": func(c call[remark]) any { return nil },
	"url":               func(c call[remark]) any { return fmt.Sprintf("%s#discussion_r%d", c.of.URL, c.of.i*10+c.of.n+1) },
})
