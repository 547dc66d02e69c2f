package githubtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// random is a history of n commits with merges and with dates that lie, of which the
// last is the head of main.
func random(seed uint64, n int) *shipshape.History {
	rng := rand.New(rand.NewPCG(seed, 0))
	r := shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: "o/r", URL: "https://github.com/o/r", DefaultBranch: "main", CreatedAt: day(1)}}
	for i := range n {
		at := day(1).Add(time.Duration(i/2+rng.IntN(6)) * time.Hour)
		c := shipshape.Commit{OID: oid(rng.IntN(1<<20)<<12 + i), AuthoredAt: at, CommittedAt: at, Headline: "commit"}
		for range min(i, 1+rng.IntN(3)) {
			if p := r.Commits[max(0, i-1-rng.IntN(5))].OID; !slices.Contains(c.Parents, p) {
				c.Parents = append(c.Parents, p)
			}
		}
		r.Commits = append(r.Commits, c)
	}
	r.Refs = []shipshape.Ref{{Kind: shipshape.Branch, Name: "main", Target: r.Commits[n-1].OID}}
	r.Sort()
	return &shipshape.History{Repositories: []shipshape.RepositoryHistory{r}}
}

// naive lists the ancestors of a commit as `git log` does, by searching the commits
// that wait for the youngest each time.
func naive(r shipshape.RepositoryHistory, head shipshape.OID) []any {
	commits := map[shipshape.OID]shipshape.Commit{}
	for _, c := range r.Commits {
		commits[c.OID] = c
	}
	var listed []any
	seen := map[shipshape.OID]bool{head: true}
	for waiting := []shipshape.Commit{commits[head]}; len(waiting) > 0; {
		next := 0
		for i, c := range waiting {
			if c.CommittedAt.After(waiting[next].CommittedAt) {
				next = i
			}
		}
		c := waiting[next]
		waiting = slices.Delete(waiting, next, next+1)
		listed = append(listed, string(c.OID))
		for _, p := range c.Parents {
			if !seen[p] {
				seen[p] = true
				waiting = append(waiting, commits[p])
			}
		}
	}
	return listed
}

// historyOf reads the history of main page by page.
func historyOf(t *testing.T, s *Server, args string) (oids []any, total any) {
	t.Helper()
	query := `query($after: String) {repository(owner: "o", name: "r") {defaultBranchRef {target {... on Commit {
		history(after: $after, ` + args + `) {totalCount pageInfo {hasNextPage endCursor} nodes {oid}}}}}}}`
	var after any
	for {
		list := dig(t, whole(t, s, query, map[string]any{"after": after}), "repository", "defaultBranchRef", "target", "history")
		for _, n := range dig(t, list, "nodes").([]any) {
			oids = append(oids, dig(t, n, "oid"))
		}
		if dig(t, list, "pageInfo", "hasNextPage") == false {
			return oids, dig(t, list, "totalCount")
		}
		after = dig(t, list, "pageInfo", "endCursor")
	}
}

func TestHistoryIsInTheOrderOfGitLog(t *testing.T) {
	for seed := range uint64(20) {
		h := random(seed, 40)
		r := h.Repositories[0]
		s := serve(t, h, Options{})
		want := naive(r, r.Refs[0].Target)
		for _, size := range []int{3, 100} {
			got, total := historyOf(t, s, fmt.Sprintf("first: %d", size))
			if diff := cmp.Diff(want, got); diff != "" || total != float64(len(want)) {
				t.Fatalf("seed %d by %d: total %v, history (-want +got):\n%s", seed, size, total, diff)
			}
		}
	}
}

func TestHistoryBetweenInstants(t *testing.T) {
	h := random(1, 40)
	r := h.Repositories[0]
	since, until := day(1).Add(5*time.Hour), day(1).Add(12*time.Hour)
	var want []any
	for _, id := range naive(r, r.Refs[0].Target) {
		i := slices.IndexFunc(r.Commits, func(c shipshape.Commit) bool { return string(c.OID) == id })
		if at := r.Commits[i].CommittedAt; !at.Before(since) && !at.After(until) {
			want = append(want, id)
		}
	}
	got, total := historyOf(t, serve(t, h, Options{}), fmt.Sprintf(`first: 4, since: %q, until: %q`, since.Format(time.RFC3339), until.Format(time.RFC3339)))
	if diff := cmp.Diff(want, got); diff != "" || total != float64(len(want)) || len(want) == 0 {
		t.Errorf("total %v, history (-want +got):\n%s", total, diff)
	}
}

// GitHub lists a commit's history even where no page size is given.
func TestHistoryNeedsNoPageSize(t *testing.T) {
	d := whole(t, serve(t, small(), Options{}), `{repository(owner: "o", name: "r") {object(expression: "main") {... on Commit {history {nodes {oid}}}}}}`, nil)
	if got := len(dig(t, d, "repository", "object", "history", "nodes").([]any)); got != 4 {
		t.Errorf("%d commits, want 4", got)
	}
}

func TestComparison(t *testing.T) {
	s := serve(t, small(), Options{})
	for _, test := range []struct {
		base, head, status string
		ahead, behind      float64
	}{
		{"refs/heads/release/1", "main", "AHEAD", 2, 0},
		{"refs/heads/main", "release/1", "BEHIND", 0, 2},
		{"refs/heads/main", "main", "IDENTICAL", 0, 0},
		{"refs/heads/release/1", string(oid(3)), "DIVERGED", 1, 1},
	} {
		d := whole(t, s, `query($base: String!, $head: String!) {repository(owner: "o", name: "r") {ref(qualifiedName: $base) {compare(headRef: $head) {aheadBy behindBy status}}}}`,
			map[string]any{"base": test.base, "head": test.head})
		want := map[string]any{"aheadBy": test.ahead, "behindBy": test.behind, "status": test.status}
		if diff := cmp.Diff(want, dig(t, d, "repository", "ref", "compare")); diff != "" {
			t.Errorf("%s...%s (-want +got):\n%s", test.base, test.head, diff)
		}
	}
}
