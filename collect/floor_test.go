package collect

import (
	"fmt"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// busy is a crowd whose pull requests, issues and deployments have what real ones
// have, and as many releases and deployments as are asked for.
func busy(n, delivered int) shipshape.RepositoryHistory {
	h := crowd(n)
	h.Refs, h.Releases, h.Deployments = h.Refs[:1+delivered], h.Releases[:delivered], h.Deployments[:delivered]
	h.Milestones = h.Milestones[:min(20, n)]
	h.Repository.Labels = []shipshape.Label{{Name: "bug"}, {Name: "feature"}}
	for i := range h.Changes {
		c, issue := &h.Changes[i], &h.Issues[i]
		c.Labels, c.ClosesIssues = []string{"feature"}, []int{issue.Number}
		c.Reviews = []shipshape.Review{{Author: "lisa", State: shipshape.Approved, At: c.CreatedAt, Commit: c.HeadOID}}
		c.Comments = []shipshape.Comment{{Author: "lisa", At: c.CreatedAt, Body: "Thank you."}}
		for s := range 4 {
			c.Commits = append(c.Commits, shipshape.ChangeCommit{OID: numbered40(9*i + s), AuthoredAt: c.CreatedAt, CommittedAt: c.CreatedAt, Headline: "Work"})
		}
		labelled := shipshape.Event{Kind: "LabeledEvent", At: c.CreatedAt, Actor: "mona", Label: "feature"}
		c.Events = []shipshape.Event{labelled, {Kind: "MergedEvent", At: c.MergedAt, Actor: "mona", Commit: c.MergeCommit}}
		issue.Labels, issue.Events = []string{"feature"}, []shipshape.Event{labelled}
		issue.Comments = c.Comments
	}
	for i := range h.Deployments {
		d := &h.Deployments[i]
		d.Statuses = []shipshape.DeploymentStatus{{State: shipshape.DeploymentInProgress, At: d.CreatedAt}, {State: shipshape.DeploymentSuccess, At: d.CreatedAt.Add(time.Minute)}}
	}
	return h
}

// spent are the points of what a server was asked so far, none of which may cost more
// than one.
func spent(t *testing.T, server *githubtest.Server) int {
	t.Helper()
	points := 0
	for _, r := range server.Log() {
		points += r.Cost
		if r.Cost != 1 {
			t.Errorf("a query of %d points: %.300s", r.Cost, r.Query)
		}
	}
	return points
}

// TestFloorOfEachKind reads one kind of record. Floor is the fewest points there can
// be: records times what one of their pages costs. What is allowed beyond it is for
// the page that ends a list, and for the beginning of a list by time that is read
// again.
func TestFloorOfEachKind(t *testing.T) {
	served := busy(1000, 1000)
	for _, test := range []struct {
		name string
		read func(*reader) error
		got  func(*shipshape.RepositoryHistory) int
		most int
	}{
		{"pull requests with labels, reviews, commits, linked issues and timeline", // 35 · 1.10
			func(r *reader) error { return r.changes(t.Context(), time.Time{}) },
			func(h *shipshape.RepositoryHistory) int { return len(h.Changes) }, 38},
		{"issues with labels and timeline",
			func(r *reader) error { return r.issues(t.Context(), time.Time{}) },
			func(h *shipshape.RepositoryHistory) int { return len(h.Issues) }, 15},
		{"deployments with statuses",
			func(r *reader) error { return r.deployments(t.Context()) },
			func(h *shipshape.RepositoryHistory) int { return len(h.Deployments) }, 11},
		{"releases with assets",
			func(r *reader) error { return r.releases(t.Context()) },
			func(h *shipshape.RepositoryHistory) int { return len(h.Releases) }, 11},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := host(t, githubtest.Options{Budget: -1}, served)
			r := newReader(newClient(t, server), "acme/crowd", everything())
			if err := test.read(r); err != nil || test.got(r.h) != 1000 {
				t.Fatalf("%d records, %v", test.got(r.h), err)
			}
			points := spent(t, server)
			t.Logf("%d points for 1,000, %d requests", points, len(server.Log()))
			if points > test.most {
				t.Errorf("%d points for 1,000, want at most %d", points, test.most)
			}
		})
	}
}

func TestFloorOfCommits(t *testing.T) {
	const n = 10_000
	server := host(t, githubtest.Options{Budget: -1}, busy(n, 0))
	r := newReader(newClient(t, server), "acme/crowd", everything())
	if err := r.facts(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := r.graph(t.Context()); err != nil || len(r.h.Commits) != n {
		t.Fatalf("%d commits, %v", len(r.h.Commits), err)
	}
	if points := spent(t, server); points > 105 {
		t.Errorf("%d points for %d commits with parents, want at most 105", points, n)
	}
}

// TestFloorOfAFirstRun reads all of a repository with 10,000 pull requests, issues and
// commits and 1,000 deployments and releases. The floor is 345 + 136 + 100 + 10 + 10
// points. What its tags cost, and the workflow runs of what was deployed, is within
// the tenth that is allowed beyond it. Every cost is as predicted.
func TestFloorOfAFirstRun(t *testing.T) {
	n := 10_000
	if testing.Short() { // under the race detector
		n = 2_000
	}
	delivered := n / 10
	pages := func(n, size int) int { return (n + size - 1) / size }
	floor := pages(n, changePage) + pages(n, issuePage) + pages(n, 100) + 2*pages(delivered, 100)
	if !testing.Short() && floor != 601 {
		t.Fatalf("the floor is %d", floor)
	}
	server := host(t, githubtest.Options{Budget: 100_000}, busy(n, delivered))
	o := everything()
	o.RunsSince = now
	o.Wanted = func(h *shipshape.RepositoryHistory) Wanted {
		var heads []shipshape.OID
		for _, d := range h.Deployments {
			heads = append(heads, d.Commit)
		}
		return Wanted{Heads: heads}
	}
	client := newClient(t, server)
	h, err := Repository(t.Context(), client, "acme/crowd", o)
	if err != nil {
		t.Fatal(err)
	}
	got := []int{len(h.Changes), len(h.Issues), len(h.Commits), len(h.Deployments), len(h.Releases), len(h.Gaps)}
	if want := []int{n, n, n, delivered, delivered, 0}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("pull requests, issues, commits, deployments, releases and gaps: %v, want %v", got, want)
	}
	points := spent(t, server)
	t.Logf("%d points, %d requests", points, len(server.Log()))
	if most := floor * 110 / 100; points > most {
		t.Errorf("%d points, want at most %d", points, most)
	}
	if s := client.Spent(); s.Mispriced != 0 || s.Predicted != s.Points || s.Points != points {
		t.Errorf("spent %+v; the server counted %d", s, points)
	}
}
