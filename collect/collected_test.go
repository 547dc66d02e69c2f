package collect

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/dataset"
	"github.com/shipshape-report/shipshape/internal/github"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// now is when tests collect.
var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// newClient asks a server in process. Whatever a test asks for has to cost what the
// program predicts.
func newClient(t testing.TB, server *githubtest.Server) *github.Client {
	t.Helper()
	client, err := github.New(github.Options{
		Endpoint:  github.DefaultEndpoint,
		Token:     func(context.Context) (string, error) { return "token", nil },
		Transport: server.Transport(),
		Now:       func() time.Time { return now },
		Sleep:     func(context.Context, time.Duration) error { return nil },
		MaxWait:   time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if s := client.Spent(); s.Mispriced > 0 {
			t.Errorf("%d answers cost other than predicted: %+v", s.Mispriced, s)
		}
	})
	return client
}

// fullSchema makes the tests check every query against all of GitHub's schema.
var fullSchema = flag.String("schema", "", "path of GitHub's full schema.graphql")

// host is a server of some repositories.
func host(t *testing.T, o githubtest.Options, repositories ...shipshape.RepositoryHistory) *githubtest.Server {
	t.Helper()
	if *fullSchema != "" && len(o.Without) == 0 {
		schema, err := githubtest.FullSchema(*fullSchema)
		if err != nil {
			t.Fatal(err)
		}
		o.Schema = schema
	}
	h := &shipshape.History{Repositories: repositories}
	h.Sort()
	server, err := githubtest.New(h, o)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// served is a server with one repository, and its name.
func served(t *testing.T, h shipshape.RepositoryHistory, edit func(*githubtest.Repository)) (*githubtest.Server, shipshape.RepositoryName) {
	t.Helper()
	server := host(t, githubtest.Options{}, h)
	if edit != nil {
		server.Edit(func(w *githubtest.World) { edit(w.Repositories[0]) })
	}
	return server, h.Repository.Name
}

// everything reads all that there is, with runs of all commits.
func everything() Options {
	return Options{
		Until:         now,
		Production:    func(string) bool { return true },
		ReleaseBranch: func(string) bool { return true },
	}
}

// collected reads a repository with pages of at most size items, 0 for the usual.
func collected(t *testing.T, server *githubtest.Server, name shipshape.RepositoryName, o Options, size int) (*shipshape.RepositoryHistory, error) {
	t.Helper()
	r := newReader(newClient(t, server), name, o)
	r.most = size
	return r.repository(t.Context())
}

// mine leaves of a history what this half of the package reads, and of commits what
// is read of those that nobody wants the size of.
func mine(h shipshape.RepositoryHistory) shipshape.RepositoryHistory {
	h.Changes, h.Issues, h.Controls, h.Gaps, h.Origin = nil, nil, nil, nil, shipshape.Origin{}
	h.Commits = slices.Clone(h.Commits)
	for i := range h.Commits {
		h.Commits[i].Additions, h.Commits[i].Deletions, h.Commits[i].Files = 0, 0, 0
	}
	return h
}

func same(t *testing.T, want, got shipshape.RepositoryHistory) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("history (-want +got):\n%.6000s", diff)
	}
}

// What is served is what is read: the dataset's own reader, which shares no code
// with this package, says what that is.
func TestBundledHistoriesAreReadAsTheyAre(t *testing.T) {
	for _, folder := range []string{"govuk", "secp256k1"} {
		h, err := dataset.Read("../testdata/datasets/" + folder)
		if err != nil {
			t.Fatal(err)
		}
		server := host(t, githubtest.Options{}, h.Repositories...)
		for _, want := range h.Repositories {
			t.Run(want.Repository.Name.Short(), func(t *testing.T) {
				got, err := collected(t, server, want.Repository.Name, everything(), 0)
				if err != nil {
					t.Fatal(err)
				}
				same(t, mine(want), mine(*got))
				if len(got.Gaps) > 0 {
					t.Errorf("gaps %v, want none", got.Gaps)
				}
			})
		}
	}
}

// fleet is a history with something odd in every kind of record that this half of
// the package reads.
func fleet() shipshape.RepositoryHistory {
	const big = 3_881_429_895
	h := shipshape.RepositoryHistory{Repository: shipshape.Repository{
		Name: "octo/fleet", URL: "https://github.com/octo/fleet", DefaultBranch: "main", CreatedAt: day(1),
		Private:      true,
		Codeowners:   "* @octo/crew\n",
		Environments: []string{"Production EU (blue)", "production", "staging ⛵"},
		Labels: []shipshape.Label{
			{Name: "a/b: c", Color: "ff0000", Description: "<b>bold</b>"},
			{Name: "bug", Color: "00ff00"},
			{Name: "zz ⚡", Color: "0000ff"},
		},
	}}
	for i := range 9 {
		h.Milestones = append(h.Milestones, shipshape.Milestone{Number: i + 1, Title: fmt.Sprintf("v%d", i), State: "OPEN", CreatedAt: day(i + 1), DueOn: day(100 + i)})
	}
	h.Commits = linear(40)
	h.Commits[7].Author, h.Commits[8].Author = "renovate[bot]", "ann"
	h.Commits[9].Headline, h.Commits[9].Body = "fix: <script>", "first\n\n  indented\nlast"
	side := shipshape.Commit{OID: numbered40(900), Parents: []shipshape.OID{numbered40(3)}, AuthoredAt: day(60), CommittedAt: day(60), Headline: "side", AuthorName: "Ann"}
	orphan := shipshape.Commit{OID: numbered40(901), AuthoredAt: day(61), CommittedAt: day(61), Headline: "orphan", AuthorName: "Ann"}
	octopus := shipshape.Commit{OID: numbered40(902), AuthoredAt: day(62), CommittedAt: day(62), Headline: "octopus", AuthorName: "Ann"}
	for i := range 13 {
		octopus.Parents = append(octopus.Parents, numbered40(20+i))
	}
	h.Commits = append(h.Commits, side, orphan, octopus)
	h.Refs = []shipshape.Ref{
		{Kind: shipshape.Branch, Name: "main", Target: numbered40(39)},
		{Kind: shipshape.Branch, Name: "release/1.x", Target: side.OID},
		{Kind: shipshape.Tag, Name: "v1.0.0", Target: numbered40(10), TaggedAt: day(11), Tagger: "Ann", Message: "v1.0.0\n\nnotes"},
		{Kind: shipshape.Tag, Name: "api/v2:🚢", Target: octopus.OID},
		{Kind: shipshape.Tag, Name: "tag\u0001control", Target: numbered40(12)},
		{Kind: shipshape.Tag, Name: "nested", Target: numbered40(13), TaggedAt: day(14), Tagger: "Ann", Message: "outer"},
	}
	for i := range 7 {
		release := shipshape.Release{Tag: fmt.Sprintf("r%d", i), URL: fmt.Sprintf("https://github.com/octo/fleet/releases/tag/r%d", i), Commit: numbered40(i), CreatedAt: day(i + 1), PublishedAt: day(i + 2), Author: "ann", Prerelease: i == 3}
		for a := range i {
			release.Assets = append(release.Assets, shipshape.Asset{Name: fmt.Sprintf("file %d", a), Size: big, Downloads: a})
		}
		h.Releases = append(h.Releases, release)
	}
	h.Releases[4].Author, h.Releases[5].Commit = "", ""
	for i := range 11 {
		d := shipshape.Deployment{ID: big + int64(i), Environment: h.Repository.Environments[i%3], Commit: numbered40(i), Ref: "main", Task: "deploy",
			Description: "<i>", Payload: `{"n":1}`, Creator: "github-actions[bot]", CreatedAt: day(20 + i), UpdatedAt: day(21 + i), State: "INACTIVE"}
		for s, state := range []shipshape.DeploymentState{shipshape.DeploymentQueued, shipshape.DeploymentInProgress, shipshape.DeploymentSuccess, shipshape.DeploymentInactive} {
			d.Statuses = append(d.Statuses, shipshape.DeploymentStatus{State: state, At: day(20 + i).Add(time.Duration(s/2) * time.Second), Creator: "ann", Environment: "https://e.example", Log: "https://l.example"})
		}
		h.Deployments = append(h.Deployments, d)
	}
	h.Deployments[3].Commit = orphan.OID
	for i := range 30 {
		h.Runs = append(h.Runs, shipshape.Run{ID: big + 100 + int64(i), Workflow: "build & test", Event: "push", Branch: "main", Commit: numbered40(i / 3), Number: i + 1,
			URL: fmt.Sprintf("https://github.com/octo/fleet/actions/runs/%d", i), CreatedAt: day(i + 1), UpdatedAt: day(i + 2), Status: "COMPLETED", Conclusion: "SUCCESS", StartedAt: day(i + 1), CompletedAt: day(i + 2)})
	}
	return h
}

// numbered40 is an object id made of a number.
func numbered40(n int) shipshape.OID { return shipshape.OID(fmt.Sprintf("%040x", n)) }

// linear is a history of n commits, one on top of the other.
func linear(n int) []shipshape.Commit {
	var commits []shipshape.Commit
	for i := range n {
		c := shipshape.Commit{OID: numbered40(i), AuthoredAt: day(i + 1), CommittedAt: day(i + 1), Headline: fmt.Sprintf("commit %d", i), AuthorName: "Ann"}
		if i > 0 {
			c.Parents = []shipshape.OID{numbered40(i - 1)}
		}
		commits = append(commits, c)
	}
	return commits
}

func TestEveryListIsReadToItsEndInSmallPages(t *testing.T) {
	want := fleet()
	server, name := served(t, want, func(r *githubtest.Repository) {
		r.NestedTags = map[string]int{"nested": 5}
		r.TreeTags = []string{"of-a-tree"}
	})
	want.Sort()
	for _, size := range []int{0, 1, 2, 3, 7} {
		got, err := collected(t, server, name, everything(), size)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(fmt.Sprint("pages of ", size), func(t *testing.T) {
			same(t, mine(want), mine(*got))
			if len(got.Gaps) > 0 {
				t.Errorf("gaps %v, want none", got.Gaps)
			}
		})
	}
}
