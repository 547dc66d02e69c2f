package collect

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// Wanted is asked for twice: without changes, and with them. What is delivered may
// ask for older changes, never for fewer.
func TestWantedIsAskedForTwiceAndReachesBack(t *testing.T) {
	h := generated(1, 8).Repositories[0]
	updated := map[int]time.Time{}
	for _, c := range h.Changes {
		updated[c.Number] = c.UpdatedAt
	}
	middle := h.Changes[len(h.Changes)/2].UpdatedAt
	for name, test := range map[string]struct{ since, wanted, from time.Time }{
		"no more is wanted": {middle, time.Time{}, middle},
		"later is wanted":   {middle, middle.Add(time.Hour), middle},
		"older is wanted":   {middle, h.Changes[1].UpdatedAt, h.Changes[1].UpdatedAt},
		"everything":        {time.Time{}, middle, time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			server, repository := served(t, h, nil)
			var changes []int
			o := everything()
			o.Since = test.since
			o.Wanted = func(h *shipshape.RepositoryHistory) Wanted {
				changes = append(changes, len(h.Changes))
				return Wanted{Since: test.wanted}
			}
			got, err := collected(t, server, repository, o, 0)
			if err != nil {
				t.Fatal(err)
			}
			var want, read []int
			for _, c := range h.Changes {
				if !updated[c.Number].Before(test.from) {
					want = append(want, c.Number)
				}
			}
			for _, c := range got.Changes {
				read = append(read, c.Number)
			}
			if diff := cmp.Diff(want, read); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]int{0, len(want)}, changes); diff != "" {
				t.Errorf("changes known when asked (-want +got):\n%s", diff)
			}
			if !got.Origin.Since.Equal(test.since) {
				t.Errorf("the history is said to begin at %v, want %v", got.Origin.Since, test.since)
			}
		})
	}
}

func TestOnlyWantedCommitsHaveSizes(t *testing.T) {
	h := fleet()
	for i := range h.Commits {
		h.Commits[i].Additions, h.Commits[i].Deletions, h.Commits[i].Files = i+1, i+2, i+3
	}
	server, name := served(t, h, nil)
	o := everything()
	o.Wanted = func(*shipshape.RepositoryHistory) Wanted {
		return Wanted{Commits: []shipshape.OID{numbered40(7), numbered40(8), numbered40(555), "nonsense"}}
	}
	for _, size := range []int{0, 1} {
		got, err := collected(t, server, name, o, size)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range got.Commits {
			want := [3]int{}
			if c.OID == numbered40(7) || c.OID == numbered40(8) {
				want = [3]int{i + 1, i + 2, i + 3}
			}
			if sizes := [3]int{c.Additions, c.Deletions, c.Files}; sizes != want {
				t.Errorf("commit %s: sizes %v, want %v", c.OID, sizes, want)
			}
		}
		if got.Commits[7].Author != "renovate[bot]" {
			t.Errorf("author %q, want the app", got.Commits[7].Author)
		}
	}
}

// The commits are of days 1 to 40, three runs each up to day 10. Runs of the side
// line and of other branches are there too.
func TestRunsAreThoseOfLinesSinceAndOfHeads(t *testing.T) {
	const main, side, other = "main", "release/1.x", "topic"
	h := fleet()
	h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Branch, Name: other, Target: numbered40(39)})
	h.Runs = nil
	for i, run := range []struct {
		commit int
		branch string
	}{{5, main}, {25, main}, {25, other}, {900, side}, {6, main}, {6, other}, {901, other}, {6, ""}} {
		h.Runs = append(h.Runs, shipshape.Run{ID: int64(i + 1), Workflow: "w", Event: "push", Number: i, Branch: run.branch,
			Commit: numbered40(run.commit), CreatedAt: day(70 + i), UpdatedAt: day(70 + i), Status: "QUEUED"})
	}
	for name, test := range map[string]struct {
		since time.Time
		heads []shipshape.OID
		want  []int64
	}{
		"all":                {time.Time{}, nil, []int64{1, 2, 4, 5}},
		"since day 20":       {day(20), nil, []int64{2, 4}},
		"and a head":         {day(20), []shipshape.OID{numbered40(6)}, []int64{2, 4, 5, 6, 8}},
		"and a head outside": {day(100), []shipshape.OID{numbered40(901), "x"}, []int64{4, 7}},
	} {
		for _, size := range []int{0, 1, 2} {
			server, repository := served(t, h, nil)
			o := everything()
			o.RunsSince = test.since
			o.ReleaseBranch = func(name string) bool { return strings.HasPrefix(name, "release/") }
			o.Wanted = func(*shipshape.RepositoryHistory) Wanted { return Wanted{Heads: test.heads} }
			got, err := collected(t, server, repository, o, size)
			if err != nil {
				t.Fatal(err)
			}
			var ids []int64
			for _, run := range got.Runs {
				ids = append(ids, run.ID)
			}
			if diff := cmp.Diff(test.want, ids); diff != "" {
				t.Errorf("%s, pages of %d (-want +got):\n%s", name, size, diff)
			}
		}
	}
}

// Deployments are of days 20 to 30, in turn to three environments, all successful.
func TestDeploymentsAreReadSinceAndBackToTheirPredecessors(t *testing.T) {
	server, name := served(t, fleet(), nil)
	for since, want := range map[int]int{31: 2, 30: 3, 28: 5, 20: 11, 1: 11} {
		o := everything()
		o.Since = day(since)
		o.Production = func(environment string) bool { return strings.Contains(strings.ToLower(environment), "production") }
		got, err := collected(t, server, name, o, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Deployments) != want {
			t.Errorf("since day %d: %d deployments, want %d", since, len(got.Deployments), want)
		}
	}
}

// Reading stops on the page that holds the last predecessor.
func TestOldDeploymentsAreNotPaidFor(t *testing.T) {
	h := fleet()
	for i := range 1000 {
		d := h.Deployments[i%3]
		d.ID, d.CreatedAt = int64(i+1), day(-i)
		h.Deployments = append(h.Deployments, d)
	}
	pages := func(since time.Time) int {
		server, name := served(t, h, nil)
		o := everything()
		o.Since = since
		if _, err := collected(t, server, name, o, 0); err != nil {
			t.Fatal(err)
		}
		return countRequests(server, "Repository.deployments")
	}
	if recent, all := pages(day(25)), pages(time.Time{}); recent != 1 || all != 11 {
		t.Errorf("%d pages of recent deployments and %d of all, want 1 and 11", recent, all)
	}
}

// countRequests counts the requests that ask for a field, "Repository.deployments".
func countRequests(server *githubtest.Server, list string) int {
	n := 0
	for _, r := range server.Log() {
		if r.Fields[list] > 0 {
			n++
		}
	}
	return n
}
