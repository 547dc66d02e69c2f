package timeline

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
)

// noon is minute 0 of every history that a test of this package writes by hand.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// minute returns the instant so many minutes after noon.
func minute(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }

// commitsOf reads a graph written as "A B<A C<A D<B,C". Each commit is a minute
// younger than the one before it, the first a day before noon.
func commitsOf(spec string) []shipshape.Commit {
	var commits []shipshape.Commit
	for i, word := range strings.Fields(spec) {
		name, parents, _ := strings.Cut(word, "<")
		c := shipshape.Commit{OID: shipshape.OID(name), Headline: "commit " + name}
		for p := range strings.SplitSeq(parents, ",") {
			if p != "" {
				c.Parents = append(c.Parents, shipshape.OID(p))
			}
		}
		c.AuthoredAt = minute(i - 24*60)
		c.CommittedAt = c.AuthoredAt
		commits = append(commits, c)
	}
	return commits
}

// historyOf returns acme/shop with the graph and a branch main at its last commit.
func historyOf(graph string) *shipshape.RepositoryHistory {
	commits := commitsOf(graph)
	return &shipshape.RepositoryHistory{
		Repository: shipshape.Repository{Name: "acme/shop", URL: "https://github.com/acme/shop", DefaultBranch: "main"},
		Commits:    commits,
		Refs:       []shipshape.Ref{{Kind: shipshape.Branch, Name: "main", Target: commits[len(commits)-1].OID}},
	}
}

// deploy adds a success: requested a minute before it.
func deploy(h *shipshape.RepositoryHistory, environment, commit string, finish int) {
	h.Deployments = append(h.Deployments, shipshape.Deployment{
		ID: int64(5_000_000_000 + len(h.Deployments)), Environment: environment, Commit: shipshape.OID(commit),
		CreatedAt: minute(finish - 1), UpdatedAt: minute(finish + 7), State: "INACTIVE",
		Statuses: []shipshape.DeploymentStatus{{State: shipshape.DeploymentSuccess, At: minute(finish)}},
	})
}

// deployAll adds successes written as "eu A 0, us A 1": environment, commit, minute
// of finish. The environments get the prefix "production-".
func deployAll(h *shipshape.RepositoryHistory, spec string) {
	for item := range strings.SplitSeq(spec, ",") {
		var environment, commit string
		var finish int
		fmt.Sscan(item, &environment, &commit, &finish)
		deploy(h, "production-"+environment, commit, finish)
	}
}

// pull adds a merged pull request whose merge commit is the commit given.
func pull(h *shipshape.RepositoryHistory, number int, commit string) *shipshape.Change {
	c := shipshape.Change{
		Number: number, Title: fmt.Sprint("change ", number), State: shipshape.ChangeMerged, Author: "ann",
		CreatedAt: minute(-24 * 60), MergeCommit: shipshape.OID(commit), MergedAt: minute(-24 * 60),
	}
	for _, known := range h.Commits {
		if known.OID == c.MergeCommit {
			c.CreatedAt, c.MergedAt = known.CommittedAt, known.CommittedAt
		}
	}
	h.Changes = append(h.Changes, c)
	return &h.Changes[len(h.Changes)-1]
}

// build builds the repositories with the defaults, as of a month after noon.
func build(t *testing.T, repositories ...*shipshape.RepositoryHistory) *Timeline {
	t.Helper()
	h := &shipshape.History{}
	for _, r := range repositories {
		h.Repositories = append(h.Repositories, *r)
	}
	return Build(h, Defaults(noon.AddDate(0, 1, 0)))
}

// kinds words deployments as "A first, B forward", repetitions as "B repeat".
func kinds(ds []*Deployment) string {
	return words(ds, func(d *Deployment) string {
		if d.DuplicateOf != nil {
			return string(d.Commit) + " repeat"
		}
		return string(d.Commit) + " " + cmp.Or(string(d.Kind), "none")
	})
}

// rollouts words rollouts as "A forward 2", with the number of items.
func rollouts(rs []*Rollout) string {
	return words(rs, func(r *Rollout) string {
		return fmt.Sprint(r.First().Commit, " ", r.Kind, " ", len(r.Items))
	})
}

// changes words changes as "#1 #2 C", direct ones by their commit.
func changes(cs []*Change) string {
	var out []string
	for _, c := range cs {
		if c.Direct() {
			out = append(out, string(c.Commit))
		} else {
			out = append(out, fmt.Sprint("#", c.Number))
		}
	}
	return strings.Join(out, " ")
}

func words[T any](items []T, word func(T) string) string {
	var out []string
	for _, item := range items {
		out = append(out, word(item))
	}
	return strings.Join(out, ", ")
}
