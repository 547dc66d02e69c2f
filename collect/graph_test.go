package collect

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// asksHistory reports whether a request asks for commits one page after another.
func asksHistory(r githubtest.Request) bool {
	return r.Fields["Commit.history"] > 0 && r.Variables["from"] != nil
}

// The main line has 300 commits, three pages. The side line has 50 of its own: with
// a tag at its end, the first few come in one query and the others in one page,
// which goes on with the main line and is not followed there. With a tag at every
// fifth of them the one query is enough.
func TestASideLineIsReadAsFarAsItIsNew(t *testing.T) {
	for every, want := range map[int]int{50: 4, 5: 3} {
		h := shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: "octo/side", URL: "https://github.com/octo/side", DefaultBranch: "main", CreatedAt: day(1)}}
		h.Commits = linear(300)
		h.Refs = []shipshape.Ref{{Kind: shipshape.Branch, Name: "main", Target: numbered40(299)}}
		for i := range 50 {
			c := shipshape.Commit{OID: numbered40(1000 + i), Parents: []shipshape.OID{numbered40(999 + i)}, AuthoredAt: day(400 + i), CommittedAt: day(400 + i), Headline: "side", AuthorName: "Ann"}
			if i == 0 {
				c.Parents[0] = numbered40(250)
			}
			h.Commits = append(h.Commits, c)
			if (i+1)%every == 0 {
				h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: fmt.Sprint("v", i), Target: c.OID})
			}
		}
		server, name := served(t, h, nil)
		o := everything()
		o.ReleaseBranch = nil
		got, err := collected(t, server, name, o, 0)
		if err != nil {
			t.Fatal(err)
		}
		pages, batches := 0, 0
		for _, r := range server.Log() {
			switch {
			case asksHistory(r):
				pages++
			case r.Fields["Commit.history"] > 0:
				batches++
			}
		}
		if len(got.Commits) != 350 || pages != want || batches != 1 {
			t.Errorf("a tag every %d: %d commits in %d pages and %d batches, want 350 in %d and 1", every, len(got.Commits), pages, batches, want)
		}
	}
}

// A commit that its page could not be answered for is asked for by itself, and is
// no gap once it came.
func TestACommitLeftOutOfAPageIsAskedForByItself(t *testing.T) {
	n := 0
	server := host(t, githubtest.Options{Fault: func(_ int, r githubtest.Request) *githubtest.Response {
		if !asksHistory(r) || r.Fields["Commit.message"] == 0 {
			return nil
		}
		if n++; n >= 3 && n < 3+asked { // a page of one
			return &githubtest.Response{Status: http.StatusBadGateway, Body: []byte("<html>")}
		}
		return nil
	}}, fleet())
	got, err := collected(t, server, "octo/fleet", everything(), 1)
	if err != nil {
		t.Fatal(err)
	}
	want := fleet()
	want.Sort()
	same(t, mine(want), mine(*got))
	if len(got.Gaps) > 0 || n < 3+asked {
		t.Errorf("gaps %+v after %d pages, want none", got.Gaps, n)
	}
}

// One that never comes is a hole, and the commits below it are read all the same.
// Which of those are on a line is not known, and so not which runs are wanted.
func TestACommitThatNeverComesIsAHole(t *testing.T) {
	hole := numbered40(30)
	h := fleet()
	for i, c := range h.Commits {
		if c.OID == hole {
			h.Commits = append(h.Commits[:i], h.Commits[i+1:]...)
			break
		}
	}
	h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: "below", Target: numbered40(29)})
	server, name := served(t, h, nil)
	o := everything()
	got, err := collected(t, server, name, o, 0)
	if err != nil {
		t.Fatal(err)
	}
	h.Sort()
	if diff := cmp.Diff(h.Commits, got.Commits); diff != "" {
		t.Errorf("commits (-want +got):\n%s", diff)
	}
	r := &reader{h: got}
	if diff := cmp.Diff([]seen{{shipshape.CommitEntity, "", "", shipshape.Truncated}, {shipshape.RunEntity, "", "", shipshape.Truncated}}, r.seen()); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}

// Without the head's list nothing is known of the graph, which is worse than a hole.
func TestAGraphWithoutItsHeadIsUnknown(t *testing.T) {
	var server *githubtest.Server
	server = host(t, githubtest.Options{Fault: func(_ int, r githubtest.Request) *githubtest.Response {
		if asksHistory(r) {
			server.Edit(func(w *githubtest.World) { w.Repositories[0].Commits = nil })
		}
		return nil
	}}, fleet())
	got, err := collected(t, server, "octo/fleet", everything(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(got.Gaps, func(g shipshape.Gap) bool { return g.Covers(shipshape.CommitEntity, "") }) {
		t.Errorf("gaps %+v, want one that covers the commits", got.Gaps)
	}
}
