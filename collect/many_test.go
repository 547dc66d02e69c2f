package collect

import (
	"fmt"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// TestHundredThousandOfEverything reads a repository that is as large as they come:
// nothing is lost, nothing is read twice, and a page never costs more than a point.
func TestHundredThousandOfEverything(t *testing.T) {
	n := 100_000
	if testing.Short() { // under the race detector
		n = 2_000
	}
	server := host(t, githubtest.Options{Budget: -1}, crowd(n))
	o := everything()
	o.RunsSince = now // a commit's check suites are a list of its own
	h, err := collected(t, server, "acme/crowd", o, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := []int{len(h.Commits), len(h.Refs), len(h.Changes), len(h.Issues), len(h.Releases), len(h.Deployments), len(h.Milestones), len(h.Gaps)}
	want := []int{n, n + 1, n, n, n, n, n, 0}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("commits, refs, changes, issues, releases, deployments, milestones and gaps: %v, want %v", got, want)
	}
	points := 0
	for _, r := range server.Log() {
		points += r.Cost
		if r.Cost > 1 {
			t.Errorf("a query of %d points: %.300s", r.Cost, r.Query)
		}
	}
	// 1,000 pages each of commits, tags, releases, deployments and milestones, pull
	// requests at 29 a page and issues at 74; a few more begin and end the lists.
	if most := 5*n/100 + n/29 + n/74 + 30; points > most {
		t.Errorf("%d points, want at most %d", points, most)
	}
}

// crowd is a repository with n records of every kind.
func crowd(n int) shipshape.RepositoryHistory {
	const url = "https://github.com/acme/crowd"
	begun := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
	oid := func(i int) shipshape.OID { return shipshape.OID(fmt.Sprintf("%040x", i+1)) }
	r := shipshape.RepositoryHistory{
		Repository: shipshape.Repository{Name: "acme/crowd", URL: url, DefaultBranch: "main", CreatedAt: begun},
		Refs:       []shipshape.Ref{{Kind: shipshape.Branch, Name: "main", Target: oid(n - 1)}},
	}
	for i := range n {
		at, tag, number := begun.Add(time.Duration(i)*time.Hour), fmt.Sprintf("v%d", i), 2*i+1
		commit := shipshape.Commit{OID: oid(i), AuthoredAt: at, CommittedAt: at, Headline: "Commit", Author: "mona", AuthorName: "Mona"}
		if i > 0 {
			commit.Parents = []shipshape.OID{oid(i - 1)}
		}
		r.Commits = append(r.Commits, commit)
		r.Refs = append(r.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: tag, Target: oid(i)})
		r.Releases = append(r.Releases, shipshape.Release{Tag: tag, URL: url + "/releases/tag/" + tag, Commit: oid(i), CreatedAt: at, PublishedAt: at})
		r.Deployments = append(r.Deployments, shipshape.Deployment{ID: 1<<33 + int64(i), Environment: "production", Commit: oid(i), CreatedAt: at, UpdatedAt: at,
			Statuses: []shipshape.DeploymentStatus{{State: shipshape.DeploymentSuccess, At: at}}})
		r.Changes = append(r.Changes, shipshape.Change{Number: number, Title: "Change", URL: fmt.Sprintf("%s/pull/%d", url, number), State: shipshape.ChangeMerged,
			Author: "mona", Association: "MEMBER", CreatedAt: at, UpdatedAt: at, ClosedAt: at, MergedAt: at, Base: "main", Head: "work", HeadOID: oid(i), MergeCommit: oid(i)})
		r.Issues = append(r.Issues, shipshape.Issue{Number: number + 1, Title: "Issue", URL: fmt.Sprintf("%s/issues/%d", url, number+1), State: "OPEN",
			Author: "mona", Association: "MEMBER", CreatedAt: at, UpdatedAt: at})
		r.Milestones = append(r.Milestones, shipshape.Milestone{Number: i + 1, Title: "Milestone", State: "OPEN", CreatedAt: at})
	}
	return r
}
