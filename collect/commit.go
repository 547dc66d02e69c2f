package collect

import (
	"context"
	"time"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/git"
	"github.com/shipshape-report/shipshape/internal/github"
)

// commitNode is a commit of the graph. Its size is not asked for: GitHub works it
// out from the contents, which makes a page of a hundred too slow.
type commitNode struct {
	ID            string
	OID           shipshape.OID `graphql:"oid"`
	Message       string
	AuthoredDate  time.Time
	CommittedDate time.Time
	Author        gitActor
	Parents       github.Connection[commitName] `graphql:"parents(first: $parents)"`
}

// gitActor is who git names as an author.
type gitActor struct {
	Name  string
	Email string
	User  *user
}

// login is the account that GitHub knows the address of, or the one that a no-reply
// address shows: GitHub names no app here. The address itself is not kept.
func (a gitActor) login() shipshape.Login {
	if login := a.User.login(); login != "" {
		return login
	}
	return git.NoreplyLogin(a.Email)
}

func (n *commitNode) commit() shipshape.Commit {
	c := shipshape.Commit{
		OID:         n.OID,
		AuthoredAt:  n.AuthoredDate.UTC(),
		CommittedAt: n.CommittedDate.UTC(),
		Author:      n.Author.login(),
		AuthorName:  n.Author.Name,
	}
	c.Headline, c.Body = git.Message(n.Message)
	for _, p := range n.Parents.Nodes {
		if p != nil {
			c.Parents = append(c.Parents, p.OID)
		}
	}
	return c
}

// parentsAtFirst is how many parents of a commit its page brings. Only an octopus
// merge has more than two.
const parentsAtFirst = 10

// parents returns the rest of a commit's parents.
func (n *commitNode) parents() []*tail {
	of := record{shipshape.CommitEntity, string(n.OID), "Commit", n.ID}
	return rest(of, nested{field: "parents", list: "parents"}, &n.Parents)
}

// ancestorsQuery asks for a page of the commits that can be reached from one.
type ancestorsQuery[N any] struct {
	github.Meter
	Repository struct {
		Object struct {
			Commit struct {
				History github.Connection[N] `graphql:"history(first: $size, after: $after)"`
			} `graphql:"... on Commit"`
		} `graphql:"object(oid: $from)"`
	} `graphql:"repository(owner: $owner, name: $name)"`
}

// askAncestors asks for the commits that can be reached from one, itself first. The
// list stays as it is while it is read, which a branch's would not.
func askAncestors[N any](r *reader, from shipshape.OID, more ...any) asker[N] {
	more = append(more, "from", githubv4.GitObjectID(from))
	return func(ctx context.Context, size int, after *string) (github.Connection[N], []github.Fault, error) {
		var q ancestorsQuery[N]
		faults, err := r.query(ctx, &q, r.variables(size, after, more...))
		return q.Repository.Object.Commit.History, faults, err
	}
}
