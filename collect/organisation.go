package collect

import (
	"context"
	"fmt"
	"strings"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// Owned are the repositories of an organisation or a user.
type Owned struct {
	// Repositories are those that have a history of their own, by name.
	Repositories []shipshape.RepositoryName
	// How many were left out because they are archived, forks or without a commit,
	// or because the token may not see them. A repository counts once.
	Archived, Forks, Empty, Withheld int
}

// ownedNode is a repository in a list of them.
type ownedNode struct {
	NameWithOwner shipshape.RepositoryName
	IsArchived    bool
	IsFork        bool
	IsEmpty       bool
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

// add keeps a repository or counts why not; nil is one that GitHub kept back.
func (o *Owned) add(n *ownedNode) {
	switch {
	case n == nil || strings.Count(string(n.NameWithOwner), "/") != 1:
		o.Withheld++
	case n.IsArchived:
		o.Archived++
	case n.IsFork:
		o.Forks++
	case n.IsEmpty:
		o.Empty++
	default:
		o.Repositories = append(o.Repositories, n.NameWithOwner)
	}
}
