package collect

import (
	"errors"
	"fmt"
	"math/rand"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// nightly is a repository whose main branch has a commit for each day, and whose runs
// hang on the head of their day: the run of day 3 has the number 3.
func nightly(committed ...int) shipshape.RepositoryHistory {
	h := shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: "octo/nightly", URL: "https://github.com/octo/nightly", DefaultBranch: "main", CreatedAt: day(1)}}
	h.Commits = linear(len(committed))
	for i, d := range committed {
		h.Commits[i].CommittedAt = day(d)
	}
	h.Refs = []shipshape.Ref{{Kind: shipshape.Branch, Name: "main", Target: numbered40(len(committed) - 1)}}
	return h
}

// run adds the run of a day, on a commit.
func (s *scheduled) run(d, commit int, branch string) {
	s.Runs = append(s.Runs, shipshape.Run{ID: int64(d), Workflow: "nightly", Event: "schedule", Number: d, Branch: branch,
		Commit: numbered40(commit), CreatedAt: day(d), UpdatedAt: day(d), Status: "COMPLETED", Conclusion: "SUCCESS", StartedAt: day(d), CompletedAt: day(d)})
}

type scheduled struct{ *shipshape.RepositoryHistory }

func runIDs(h *shipshape.RepositoryHistory) []int64 {
	var ids []int64
	for _, run := range h.Runs {
		ids = append(ids, run.ID)
	}
	return ids
}

// Commits are of the days that are listed. The run of a day is at the commit that is
// the day's; runs are wanted from day 50 on.
func TestRunsOfOldCommitsAreRead(t *testing.T) {
	for name, test := range map[string]struct {
		committed []int
		runs      map[int]int // days: positions of commits
		want      []int64
	}{
		"of the head, however old": {[]int{1, 2, 3}, map[int]int{20: 1, 40: 2, 60: 2, 70: 2}, []int64{40, 60, 70}},
		"of the head when the span began": {[]int{1, 40, 45, 60}, map[int]int{41: 1, 46: 2, 55: 2, 61: 3},
			[]int64{46, 55, 61}},
		"of a commit that a rebase left an old date": {[]int{1, 40, 55, 10, 60}, map[int]int{41: 1, 56: 3, 57: 2, 61: 4}, []int64{41, 56, 57, 61}},
		"of a head with an old date on newer ones":   {[]int{1, 60, 2}, map[int]int{30: 0, 61: 1, 62: 2}, []int64{30, 61, 62}},
		"and no others": {[]int{1, 2, 60, 61}, map[int]int{10: 0, 11: 1, 60: 2, 61: 3}, []int64{11, 60, 61}},
	} {
		t.Run(name, func(t *testing.T) {
			h := nightly(test.committed...)
			for d, commit := range test.runs {
				(&scheduled{&h}).run(d, commit, "main")
			}
			server, repository := served(t, h, nil)
			o := everything()
			o.RunsSince = day(50)
			got, err := collected(t, server, repository, o, 0)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, runIDs(got)); diff != "" || len(got.Gaps) > 0 {
				t.Errorf("gaps %+v, runs (-want +got):\n%s", got.Gaps, diff)
			}
		})
	}
}

// A release branch has a head of its own, which others do not make younger.
func TestEachLineHasItsHeads(t *testing.T) {
	h := nightly(1, 2, 60, 61)
	for i, at := range []int{3, 4} {
		h.Commits = append(h.Commits, shipshape.Commit{OID: numbered40(10 + i), Parents: []shipshape.OID{numbered40(9 + i)}, AuthoredAt: day(at), CommittedAt: day(at), Headline: "fix", AuthorName: "Ann"})
	}
	h.Commits[4].Parents[0] = numbered40(0)
	h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Branch, Name: "release/1.x", Target: numbered40(11)})
	s := &scheduled{&h}
	s.run(20, 10, "release/1.x")
	s.run(70, 11, "release/1.x")
	s.run(30, 1, "main")
	s.run(10, 0, "main")
	server, repository := served(t, h, nil)
	o := everything()
	o.RunsSince = day(50)
	got, err := collected(t, server, repository, o, 0)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int64{30, 70}, runIDs(got)); diff != "" {
		t.Errorf("runs (-want +got):\n%s", diff)
	}
}

// Wherever reading ends, all runs are there from the instant on that the gap names.
func TestRunsAreWholeBackToWhereTheyWereRead(t *testing.T) {
	h := nightly(1, 5, 9, 10, 30, 31, 50)
	commit := 0
	for d := 1; d < 80; d++ {
		for commit+1 < len(h.Commits) && !h.Commits[commit+1].CommittedAt.After(day(d)) {
			commit++
		}
		(&scheduled{&h}).run(d, commit, "main")
	}
	whole, name := served(t, h, nil)
	if _, err := collected(t, whole, name, everything(), 1); err != nil {
		t.Fatal(err)
	}
	cuts := map[time.Time]bool{}
	for n := range len(whole.Log()) {
		server := host(t, githubtest.Options{Fault: func(i int, _ githubtest.Request) *githubtest.Response {
			if i < n {
				return nil
			}
			return &githubtest.Response{Status: http.StatusUnauthorized, Body: []byte(`{"message":"Bad credentials"}`)}
		}}, h)
		got, err := collected(t, server, name, everything(), 1)
		if _, cut := errors.AsType[*Incomplete](err); !cut {
			continue
		}
		i := slices.IndexFunc(got.Gaps, func(g shipshape.Gap) bool { return g.Entity == shipshape.RunEntity && g.Reason == shipshape.NotReached })
		if i < 0 || got.Gaps[i].Before.IsZero() {
			t.Fatalf("request %d refused: gaps %+v, want one for the runs before an instant", n, got.Gaps)
		}
		before := got.Gaps[i].Before
		cuts[before] = true
		for _, run := range h.Runs {
			if !run.CreatedAt.Before(before) && !slices.Contains(runIDs(got), run.ID) {
				t.Fatalf("request %d refused: run %d is lacking, although all are said to be read from %s on", n, run.ID, before)
			}
		}
	}
	if len(cuts) < len(h.Commits)-1 {
		t.Errorf("cut at %d instants, want one for each commit", len(cuts))
	}
}

// A commit was pushed no earlier than its parents, whatever the dates say, and no
// answer makes the walk go on for ever.
func TestCommitsArePushedAfterTheirParents(t *testing.T) {
	for seed := range int64(200) {
		random := rand.New(rand.NewSource(seed))
		h := nightly(slices.Repeat([]int{1}, 1+random.Intn(12))...)
		circular := seed%4 == 0
		for i := range h.Commits {
			c := &h.Commits[i]
			c.CommittedAt, c.Parents = day(1+random.Intn(40)), nil
			for range random.Intn(4) {
				if to := random.Intn(i + 1); circular || to < i {
					c.Parents = append(c.Parents, numbered40(to))
				}
			}
			if circular {
				c.Parents = append(c.Parents, numbered40(random.Intn(len(h.Commits))))
			}
		}
		r := newReader(nil, h.Repository.Name, everything())
		r.h, r.head = &h, h.Refs[0].Target
		r.o.RunsSince = day(random.Intn(50))
		l := r.newLines()
		commits := l.commits(nil)
		if !slices.ContainsFunc(commits, func(c lineCommit) bool { return c.id == r.head }) {
			t.Fatalf("seed %d: the runs of the head are not read", seed)
		}
		for id, at := range l.pushed {
			c := h.Commits[l.at[id]]
			if at.Before(c.CommittedAt) {
				t.Fatalf("seed %d: commit %s was pushed before it was made", seed, id.Short())
			}
			for _, parent := range c.Parents {
				if !circular && at.Before(l.pushed[parent]) {
					t.Fatalf("seed %d: commit %s was pushed before its parent", seed, id.Short())
				}
			}
			read := slices.ContainsFunc(commits, func(of lineCommit) bool { return of.id == id })
			if !at.Before(r.o.RunsSince) && !read {
				t.Fatalf("seed %d: the runs of %s are not read, which was pushed on %s", seed, id.Short(), at)
			}
		}
		if fmt.Sprint(commits) != fmt.Sprint(r.newLines().commits(nil)) {
			t.Fatalf("seed %d: two orders", seed)
		}
	}
}
