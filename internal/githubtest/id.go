package githubtest

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// newID makes the opaque node id of a thing in a repository: its type, the
// repository's number, and what tells it from others of its type.
func newID(typ string, r *repository, key string) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s %d %s", typ, r.id, key))
}

// node finds what a node id belongs to; nil if nothing.
func (x *execution) node(id string) any {
	raw, err := base64.RawURLEncoding.DecodeString(id)
	typ, rest, ok := strings.Cut(string(raw), " ")
	number, key, inside := strings.Cut(rest, " ")
	n, failed := strconv.ParseInt(number, 10, 64)
	if err != nil || !ok || !inside || failed != nil {
		return nil
	}
	if n == 0 {
		return accountByID(x.index.world, typ, key)
	}
	r := x.index.ids[n]
	if r == nil || r.Hidden {
		return nil
	}
	r.ready()
	if find := finders[typ]; find != nil {
		return find(r, key)
	}
	if strings.HasSuffix(typ, "Event") {
		return r.happened(typ, key)
	}
	return nil
}

// finders look up the key of a node id, by type.
var finders = map[string]func(r *repository, key string) any{
	"Repository":       func(r *repository, _ string) any { return object{"Repository", r} },
	"Commit":           func(r *repository, key string) any { return r.commit(shipshape.OID(key)) },
	"Ref":              func(r *repository, key string) any { return r.ref(key) },
	"PullRequest":      func(r *repository, key string) any { return r.pullRequest(atoi(key)) },
	"Issue":            func(r *repository, key string) any { return r.issue(atoi(key)) },
	"Release":          func(r *repository, key string) any { return r.release(key) },
	"Label":            func(r *repository, key string) any { return r.label(key) },
	"Milestone":        func(r *repository, key string) any { return r.milestone(atoi(key)) },
	"Environment":      func(r *repository, key string) any { return r.environment(key) },
	"Deployment":       func(r *repository, key string) any { return r.deployment(int64(atoi(key))) },
	"DeploymentStatus": func(r *repository, key string) any { return r.status(pair(key)) },
	"CheckSuite":       func(r *repository, key string) any { return r.run("CheckSuite", int64(atoi(key))) },
	"CheckRun":         func(r *repository, key string) any { return r.run("CheckRun", int64(atoi(key))) },
	"WorkflowRun":      func(r *repository, key string) any { return r.run("WorkflowRun", int64(atoi(key))) },
	"Workflow":         func(r *repository, key string) any { return r.workflow(key) },
	"Tag":              func(r *repository, key string) any { return r.tagObject(shipshape.OID(key)) },

	"RepositoryRuleset": func(r *repository, key string) any { return r.controlKeyed("RepositoryRuleset", key) },

	"IssueComment":      func(r *repository, key string) any { return r.happened("IssueComment", key) },
	"PullRequestReview": func(r *repository, key string) any { return r.happened("PullRequestReview", key) },
}

// happened finds what happened to an issue or a pull request: an event, a comment, a
// review. The key is that of [conversation.key].
func (r *repository) happened(typ, key string) any {
	number, i := pair(key)
	var c conversation
	switch found := r.mentioned(int(number)); of := found.of.(type) {
	case pullRequest:
		c = of.conversation()
	case issue:
		c = of.conversation()
	}
	for _, t := range c.items() {
		if t.typ == typ && t.i == i {
			return t.object
		}
	}
	return nil
}

// atoi reads a number that newID wrote; anything else finds nothing.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// pair reads two numbers that newID wrote as "a/b".
func pair(s string) (int64, int) {
	a, b, _ := strings.Cut(s, "/")
	return int64(atoi(a)), atoi(b)
}

// databaseID makes the number of something whose noun has none: the repository's
// number before the thing's own.
func databaseID(r *repository, n int) int64 { return r.id*10_000_000 + int64(n) }
