package collect

import (
	"context"
	"slices"

	"github.com/shipshape-report/shipshape"
)

// fromClone takes in what the clone has of the graph, at no cost. A clone has all
// ancestors of what it has.
func (g *graph) fromClone(ctx context.Context, roots []shipshape.OID) error {
	found, err := g.r.o.Clone.Commits(ctx, roots)
	if err != nil {
		return err
	}
	logins, err := g.r.accounts(ctx, found.Commits, found.Emails)
	if err != nil {
		return err
	}
	for _, c := range found.Commits {
		if login := logins[whose(c, found.Emails)]; login != "" {
			c.Author = login
		}
		g.commits[c.OID], g.closed[c.OID] = c, true
	}
	return nil
}

// authorNode is the account that GitHub knows the address of a commit's author of.
type authorNode struct {
	Commit struct {
		Author struct{ User *user }
	} `graphql:"... on Commit"`
}

// authorsAtOnce is how many commits one query asks the authors of.
const authorsAtOnce = 100

// accounts asks GitHub once for each author that the commits of a clone have, by
// the newest commit of theirs: git knows addresses, not accounts, and the account
// that a no-reply address shows may have another login by now.
func (r *reader) accounts(ctx context.Context, commits []shipshape.Commit, emails map[shipshape.OID]string) (map[string]shipshape.Login, error) {
	var authors []string
	var ids []shipshape.OID
	asked := map[string]bool{"": true}
	for _, c := range slices.Backward(commits) {
		if author := whose(c, emails); !asked[author] {
			asked[author] = true
			authors, ids = append(authors, author), append(ids, c.OID)
		}
	}
	answers, err := objects[authorNode](ctx, r, shipshape.CommitEntity, "author", authorsAtOnce, ids, nil)
	if err != nil {
		return nil, err
	}
	logins := map[string]shipshape.Login{}
	for i, answer := range answers {
		if answer != nil {
			logins[authors[i]] = answer.Commit.Author.User.login()
		}
	}
	return logins, nil
}

// whose tells the authors of a clone's commits apart: by address, or by the login
// that it shows. It is empty for a commit without either.
func whose(c shipshape.Commit, emails map[shipshape.OID]string) string {
	if c.Author != "" {
		return "login " + string(c.Author)
	}
	if email := emails[c.OID]; email != "" {
		return "address " + email
	}
	return ""
}
