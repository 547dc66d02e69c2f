package collect

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// Listed is a repository as the list of an account shows it.
type Listed struct {
	Name   shipshape.RepositoryName
	Topics []string // in GitHub's order
	// Archived, Fork and Empty (without a commit) are what it is.
	Archived, Fork, Empty bool
}

// Owned are the repositories of an organisation or a user, by name.
type Owned struct {
	Repositories []Listed
	// Withheld is how many the account has that the token may not see.
	Withheld int
}

// ownedNode is a repository in a list of them. GitHub allows 20 topics.
type ownedNode struct {
	NameWithOwner shipshape.RepositoryName
	IsArchived    bool
	IsFork        bool
	IsEmpty       bool
	Topics        github.Connection[topicNode] `graphql:"repositoryTopics(first: 20)"`
}

type topicNode struct {
	Topic struct{ Name string }
}

// ownedPage is the best page of repositories.
const ownedPage = 100

// Organisation lists the repositories that an organisation or a user owns, as far
// as the token may see them. The error is [ErrNoOwner] where there is no such
// account.
func Organisation(ctx context.Context, client *github.Client, login string) (Owned, error) {
	return owned(ctx, client, login, ownedPage)
}

func owned(ctx context.Context, client *github.Client, login string, size int) (Owned, error) {
	var found Owned
	pages := github.Pages[ownedNode]{Size: size, Ask: askOwned(client, login)}
	for page, err := range pages.All(ctx) {
		if err != nil {
			return Owned{}, fmt.Errorf("repositories of %q: %w", login, err)
		}
		for _, n := range page.Nodes {
			found.add(n)
		}
	}
	return found, nil
}

// ownedQuery asks for a page of the repositories of an account.
type ownedQuery struct {
	github.Meter
	RepositoryOwner *struct {
		Repositories github.Connection[ownedNode] `graphql:"repositories(first: $size, after: $after, ownerAffiliations: OWNER, orderBy: {field: NAME, direction: ASC})"`
	} `graphql:"repositoryOwner(login: $login)"`
}

func askOwned(client *github.Client, login string) asker[ownedNode] {
	return func(ctx context.Context, size int, after *string) (github.Connection[ownedNode], []github.Fault, error) {
		var q ownedQuery
		faults, err := client.Query(ctx, &q, map[string]any{
			"login": githubv4.String(login),
			"size":  githubv4.Int(size),
			"after": (*githubv4.String)(after),
		})
		switch {
		case err != nil:
			return github.Connection[ownedNode]{}, faults, err
		case q.RepositoryOwner == nil:
			return github.Connection[ownedNode]{}, faults, hidden(faults)
		}
		return q.RepositoryOwner.Repositories, faults, nil
	}
}

// hidden says why GitHub answers nothing of an account.
func hidden(faults []github.Fault) error {
	for _, f := range faults {
		if f.SAML {
			return fmt.Errorf("%w: authorise the token for single sign-on to the organisation", github.ErrForbidden)
		}
		if f.Type == github.FaultForbidden {
			return fmt.Errorf("%w: give the token access to the organisation", github.ErrForbidden)
		}
	}
	return ErrNoOwner
}

// add keeps a repository; nil is one that GitHub kept back.
func (o *Owned) add(n *ownedNode) {
	if n == nil || strings.Count(string(n.NameWithOwner), "/") != 1 {
		o.Withheld++
		return
	}
	o.Repositories = append(o.Repositories, Listed{
		Name: n.NameWithOwner, Topics: n.topics(), Archived: n.IsArchived, Fork: n.IsFork, Empty: n.IsEmpty,
	})
}

func (n *ownedNode) topics() []string {
	var names []string
	for _, t := range n.Topics.Nodes {
		if t != nil {
			names = append(names, t.Topic.Name)
		}
	}
	return names
}

// compareNames orders names of repositories as GitHub tells them apart.
func compareNames(a, b shipshape.RepositoryName) int {
	return cmp.Or(
		strings.Compare(strings.ToLower(string(a)), strings.ToLower(string(b))),
		strings.Compare(string(a), string(b)),
	)
}
