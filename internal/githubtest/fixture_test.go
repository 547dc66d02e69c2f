package githubtest

import (
	"fmt"
	"time"

	"github.com/shipshape-report/shipshape"
)

// day is midnight of a day of January 2026.
func day(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }

// oid makes the object id of a number.
func oid(n int) shipshape.OID { return shipshape.OID(fmt.Sprintf("%040x", n)) }

// small is a history with one record or two of each kind: commit 1 is the root, 2 and
// 3 are its children, 4 merges them.
func small() *shipshape.History {
	return &shipshape.History{Repositories: []shipshape.RepositoryHistory{{
		Repository: shipshape.Repository{
			Name: "o/r", URL: "https://github.com/o/r", DefaultBranch: "main", CreatedAt: day(1),
			Labels:       []shipshape.Label{{Name: "bug", Color: "ff0000"}, {Name: "Feature", Color: "00ff00"}},
			Environments: []string{"production", "staging area"}, Codeowners: "* @o/all\n",
		},
		Commits: []shipshape.Commit{
			{OID: oid(1), CommittedAt: day(1), AuthoredAt: day(1), Headline: "one", Author: "ann", AuthorName: "Ann"},
			{OID: oid(2), Parents: []shipshape.OID{oid(1)}, CommittedAt: day(2), AuthoredAt: day(2), Headline: "two", Body: "more", Author: "bump[bot]"},
			{OID: oid(3), Parents: []shipshape.OID{oid(1)}, CommittedAt: day(3), AuthoredAt: day(3), Headline: "three", AuthorName: "Zoë"},
			{OID: oid(4), Parents: []shipshape.OID{oid(2), oid(3)}, CommittedAt: day(4), AuthoredAt: day(4), Headline: "four"},
		},
		Refs: []shipshape.Ref{
			{Kind: shipshape.Branch, Name: "main", Target: oid(4)},
			{Kind: shipshape.Branch, Name: "release/1", Target: oid(2)},
			{Kind: shipshape.Tag, Name: "v1", Target: oid(4), TaggedAt: day(5), Tagger: "Ann", Message: "v1"},
			{Kind: shipshape.Tag, Name: "light/⛵", Target: oid(2)},
		},
		Changes: []shipshape.Change{{
			Number: 1, Title: "Add two", URL: "https://github.com/o/r/pull/1", State: shipshape.ChangeMerged,
			Author: "bump[bot]", CreatedAt: day(2), UpdatedAt: day(6), ClosedAt: day(4), MergedAt: day(4), MergedBy: "ann",
			Base: "main", Head: "two", HeadOID: oid(2), MergeCommit: oid(4), Labels: []string{"Feature", "bug"}, Milestone: 7,
			Commits:      []shipshape.ChangeCommit{{OID: oid(2), AuthoredAt: day(2), CommittedAt: day(2), Headline: "two"}},
			Reviews:      []shipshape.Review{{Author: "ann", State: shipshape.Approved, At: day(3), Commit: oid(2)}},
			Comments:     []shipshape.Comment{{Author: "zoe", At: day(3), Body: "ACK"}, {At: day(5), Body: "by nobody"}},
			Events:       []shipshape.Event{{Kind: shipshape.Labeled, At: day(2), Actor: "ann", Label: "bug"}, {Kind: shipshape.Merged, At: day(4), Actor: "ann", Commit: oid(4)}},
			ClosesIssues: []int{3},
		}, {
			Number: 2, Title: "Open", URL: "https://github.com/o/r/pull/2", State: shipshape.ChangeOpen, CreatedAt: day(3), UpdatedAt: day(3),
			Base: "main", Head: "x",
		}},
		Issues: []shipshape.Issue{{
			Number: 3, Title: "Broken", URL: "https://github.com/o/r/issues/3", State: "CLOSED", StateReason: "DUPLICATE", Type: "Bug",
			Author: "zoe", CreatedAt: day(1), UpdatedAt: day(5), ClosedAt: day(5),
			Events: []shipshape.Event{
				{Kind: shipshape.CrossReferenced, At: day(2), Subject: "o/r#1"},
				{Kind: shipshape.Connected, At: day(2)},
				{Kind: shipshape.Closed, At: day(5), Actor: "ann"},
			},
		}},
		Releases: []shipshape.Release{
			{Tag: "v1", Name: "One", URL: "https://github.com/o/r/releases/tag/v1", Commit: oid(4), Author: "ann", CreatedAt: day(5), PublishedAt: day(6), Assets: []shipshape.Asset{{Name: "a.tgz", Size: 5_000_000_000, Downloads: 3}}},
			{Tag: "v2", URL: "https://github.com/o/r/releases/tag/v2", CreatedAt: day(7), Draft: true},
		},
		Deployments: []shipshape.Deployment{
			{ID: 3_881_429_895, Environment: "production", Commit: oid(4), Ref: "v1", Creator: "ann", CreatedAt: day(6), UpdatedAt: day(8), State: "INACTIVE", Payload: `{"a":1}`,
				Statuses: []shipshape.DeploymentStatus{{State: shipshape.DeploymentQueued, At: day(6)}, {State: shipshape.DeploymentSuccess, At: day(7)}, {State: shipshape.DeploymentInactive, At: day(8)}}},
			{ID: 3_881_429_896, Environment: "staging area", Commit: oid(9), CreatedAt: day(7), UpdatedAt: day(7)},
		},
		Runs:       []shipshape.Run{{ID: 2_559_400_712, Workflow: "CI", Event: "push", Branch: "main", Commit: oid(4), Number: 12, CreatedAt: day(4), Status: "COMPLETED", Conclusion: "SUCCESS", StartedAt: day(4), CompletedAt: day(5)}},
		Milestones: []shipshape.Milestone{{Number: 7, Title: "1.0", State: "OPEN", CreatedAt: day(1)}},
	}}}
}

// long is a history of n pull requests, of which the i-th was updated on minute i of
// its own.
func long(n int) *shipshape.History {
	r := shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: "o/r", URL: "https://github.com/o/r", DefaultBranch: "main", CreatedAt: day(1)}}
	for i := range n {
		at := day(1).Add(time.Duration(i) * time.Minute)
		c := shipshape.Commit{OID: oid(i + 1), AuthoredAt: at, CommittedAt: at, Headline: "commit"}
		if i > 0 {
			c.Parents = []shipshape.OID{oid(i)}
		}
		r.Commits = append(r.Commits, c)
		r.Changes = append(r.Changes, shipshape.Change{
			Number: i + 1, State: shipshape.ChangeMerged, CreatedAt: at, UpdatedAt: at, MergedAt: at, Base: "main", Head: "x",
			HeadOID: c.OID, MergeCommit: c.OID,
		})
	}
	r.Refs = []shipshape.Ref{{Kind: shipshape.Branch, Name: "main", Target: oid(n)}}
	return &shipshape.History{Repositories: []shipshape.RepositoryHistory{r}}
}
