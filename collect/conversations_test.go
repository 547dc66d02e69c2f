package collect

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/dataset"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// serve returns a server of a history and a reader of its first repository.
func serve(t *testing.T, h *shipshape.History, o githubtest.Options) (*githubtest.Server, *reader) {
	t.Helper()
	server := host(t, o, h.Repositories...)
	server.Edit(func(w *githubtest.World) { w.Repositories[0].Teams = generatedTeams })
	return server, newReader(newClient(t, server), h.Repositories[0].Repository.Name, Options{})
}

// readConversations reads changes and issues back to an instant.
func readConversations(t *testing.T, r *reader, since time.Time) {
	t.Helper()
	if err := r.changes(t.Context(), since); err != nil {
		t.Fatal(err)
	}
	if err := r.issues(t.Context(), since); err != nil {
		t.Fatal(err)
	}
}

// Whatever is written in the records of a history comes back as it was, in pages
// of two, so that every list has a tail, and in the best pages.
func TestGeneratedConversationsComeBack(t *testing.T) {
	for seed := range int64(4) {
		h := generated(seed, 8)
		for _, most := range []int{2, 3, 0} {
			_, r := serve(t, h, githubtest.Options{})
			r.most = most
			readConversations(t, r, time.Time{})
			if diff := cmp.Diff(h.Repositories[0].Changes, r.h.Changes); diff != "" {
				t.Fatalf("seed %d, pages of %d: changes (-want +got):\n%s", seed, most, diff)
			}
			if diff := cmp.Diff(h.Repositories[0].Issues, r.h.Issues); diff != "" {
				t.Fatalf("seed %d, pages of %d: issues (-want +got):\n%s", seed, most, diff)
			}
			if len(r.h.Gaps) > 0 {
				t.Fatalf("seed %d, pages of %d: gaps %+v, want none", seed, most, r.h.Gaps)
			}
		}
	}
}

// The dataset differs from what GitHub says in four ways: who closed an issue is
// lacking from some although the timeline has it, and stays with those that were
// reopened; who is assigned stands in another order than that of assignment; an
// unknown association reads NONE; and a deleted account is called ghost, not nobody.
func TestBundledConversationsComeBack(t *testing.T) {
	h, err := dataset.Read("../testdata/datasets/secp256k1")
	if err != nil {
		t.Fatal(err)
	}
	_, r := serve(t, h, githubtest.Options{})
	readConversations(t, r, time.Time{})
	want := h.Repositories[0]
	for i, issue := range want.Issues {
		if i < len(r.h.Issues) && (issue.ClosedBy == "" || issue.State == "OPEN") {
			want.Issues[i].ClosedBy = r.h.Issues[i].ClosedBy
		}
	}
	byLogin := cmpopts.SortSlices(func(a, b shipshape.Login) bool { return a < b })
	nobody := cmp.Comparer(func(a, b shipshape.Login) bool {
		return a == b || string(a+b) == "ghost"
	})
	unknown := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Association" },
		cmp.Comparer(func(a, b string) bool { return a == b || a+b == "NONE" }))
	if diff := cmp.Diff(want.Changes, r.h.Changes, byLogin, nobody, unknown); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want.Issues, r.h.Issues, byLogin, nobody, unknown); diff != "" {
		t.Errorf("issues (-want +got):\n%s", diff)
	}
	if len(r.h.Gaps) > 0 {
		t.Errorf("gaps %+v, want none", r.h.Gaps)
	}
}

func TestOnlyWhatWasUpdatedSinceIsRead(t *testing.T) {
	h := generated(1, 12)
	all := h.Repositories[0]
	since := all.Changes[7].UpdatedAt
	_, r := serve(t, h, githubtest.Options{})
	r.most = 2
	readConversations(t, r, since)
	if diff := cmp.Diff(all.Changes[7:], r.h.Changes); diff != "" {
		t.Errorf("changes since %s (-want +got):\n%s", since, diff)
	}
	if diff := cmp.Diff(all.Issues[7:], r.h.Issues); diff != "" {
		t.Errorf("issues since %s (-want +got):\n%s", since, diff)
	}
}

func TestNothingToReadIsNoGap(t *testing.T) {
	server, r := serve(t, generated(1, 0), githubtest.Options{})
	readConversations(t, r, time.Time{})
	if len(r.h.Changes)+len(r.h.Issues)+len(r.h.Gaps) > 0 || len(server.Log()) != 2 {
		t.Errorf("%d changes, %d issues, gaps %+v in %d requests, want nothing in 2", len(r.h.Changes), len(r.h.Issues), r.h.Gaps, len(server.Log()))
	}
}

// While changes are paged, the oldest of them gets a review.
func TestAChangeReviewedWhilePagingIsReadWithItsReview(t *testing.T) {
	h := generated(2, 9)
	var server *githubtest.Server
	asked := 0
	review := shipshape.Review{Author: "ann", Association: "MEMBER", State: shipshape.Approved, At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	server, r := serve(t, h, githubtest.Options{Fault: func(int, githubtest.Request) *githubtest.Response {
		if asked++; asked == 2 {
			server.Edit(func(w *githubtest.World) {
				c := &w.Repositories[0].Changes[0]
				c.Reviews, c.UpdatedAt = append(slices.Clone(c.Reviews), review), review.At
			})
		}
		return nil
	}})
	r.most = 2
	if err := r.changes(t.Context(), time.Time{}); err != nil {
		t.Fatal(err)
	}
	if got := r.h.Changes[0].Reviews; len(r.h.Changes) != 9 || len(got) == 0 || !cmp.Equal(got[len(got)-1], review) {
		t.Errorf("%d changes, reviews of the first: %+v, want 9 changes and the late review", len(r.h.Changes), got)
	}
}

func TestAnOlderServerIsAskedForLess(t *testing.T) {
	h := generated(3, 5)
	_, r := serve(t, h, githubtest.Options{Without: []string{"Issue.issueType"}})
	r.most = 2
	readConversations(t, r, time.Time{})
	want := slices.Clone(h.Repositories[0].Issues)
	for i := range want {
		want[i].Type = ""
	}
	if diff := cmp.Diff(want, r.h.Issues); diff != "" {
		t.Errorf("issues (-want +got):\n%s", diff)
	}
	if len(r.h.Gaps) != 1 || !r.h.Gaps[0].Covers(shipshape.IssueEntity, "type") {
		t.Errorf("gaps %+v, want one that covers the types of issues", r.h.Gaps)
	}
}

// A list inside a record is refused: the record is there, and a gap covers the
// list. Its timeline holds more than events.
func TestARefusedListIsAGap(t *testing.T) {
	for _, test := range []struct {
		forbidden string
		entity    shipshape.Entity
		fields    []string
	}{
		{"PullRequest.reviews", shipshape.ChangeEntity, []string{"reviews"}},
		{"PullRequest.labels", shipshape.ChangeEntity, []string{"labels"}},
		{"PullRequest.closingIssuesReferences", shipshape.ChangeEntity, []string{"closesIssues"}},
		{"PullRequest.timelineItems", shipshape.ChangeEntity, []string{"events", "comments", "assignees"}},
		{"Issue.timelineItems", shipshape.IssueEntity, []string{"events", "comments", "assignees"}},
		{"Repository.pullRequests", shipshape.ChangeEntity, []string{""}},
		{"Repository.issues", shipshape.IssueEntity, []string{""}},
	} {
		t.Run(test.forbidden, func(t *testing.T) {
			server, r := serve(t, generated(4, 3), githubtest.Options{})
			server.Edit(func(w *githubtest.World) { w.Repositories[0].Forbidden = []string{test.forbidden} })
			readConversations(t, r, time.Time{})
			for _, field := range test.fields {
				if !slices.ContainsFunc(r.h.Gaps, func(g shipshape.Gap) bool {
					return g.Reason == shipshape.Forbidden && g.Field == field && g.Covers(test.entity, field) && strings.Contains(g.Remedy, "read")
				}) {
					t.Errorf("no gap says that %q of %s is forbidden: %+v", field, test.entity, r.h.Gaps)
				}
			}
		})
	}
}

// A pull request has more commits than GitHub lists.
func TestUnlistedCommitsAreAGapOfTheirChange(t *testing.T) {
	h := generated(5, 3)
	c := &h.Repositories[0].Changes[1]
	for len(c.Commits) < 252 {
		c.Commits = append(c.Commits, shipshape.ChangeCommit{OID: shipshape.OID(strings.Repeat("c", 40)), AuthoredAt: c.CreatedAt, CommittedAt: c.CreatedAt, Headline: "more"})
	}
	_, r := serve(t, h, githubtest.Options{})
	if err := r.changes(t.Context(), time.Time{}); err != nil {
		t.Fatal(err)
	}
	if got := len(r.h.Changes[1].Commits); got != 250 {
		t.Errorf("%d commits, want the 250 that GitHub lists", got)
	}
	if len(r.h.Gaps) != 1 || r.h.Gaps[0].ID != "3" || r.h.Gaps[0].Field != "commits" || r.h.Gaps[0].Reason != shipshape.Truncated {
		t.Errorf("gaps %+v, want one for the commits of pull request 3", r.h.Gaps)
	}
}

// The floor: 29 pull requests and 74 issues a point, and a request for each page
// and for the first one again.
func TestConversationsArePricedAtTheFloor(t *testing.T) {
	h := generated(6, 200)
	for i := range h.Repositories[0].Changes {
		c := &h.Repositories[0].Changes[i]
		c.Events, c.Comments, c.Assignees = nil, nil, nil
	}
	server, r := serve(t, h, githubtest.Options{})
	readConversations(t, r, time.Time{})
	points := 0
	for _, request := range server.Log() {
		points += request.Cost
	}
	if want := (7 + 1) + (3 + 1); points != want || len(server.Log()) != want {
		t.Errorf("%d points in %d requests, want %d", points, len(server.Log()), want)
	}
}

// One pull request is too big for GitHub even alone: it is stepped over, and a gap
// says so.
func TestAChangeTooBigForGitHubIsAGapAndNotTheEnd(t *testing.T) {
	var heavy any // cursor before it
	_, r := serve(t, generated(7, 6), githubtest.Options{Fault: func(n int, q githubtest.Request) *githubtest.Response {
		after, list := q.Variables["after"], q.Variables["labels"] != nil
		if heavy == nil && list {
			heavy = after
		}
		if list && heavy != nil && after == heavy {
			return &githubtest.Response{Status: http.StatusBadGateway, Body: []byte("<html>")}
		}
		return nil
	}})
	r.most = 2
	if err := r.changes(t.Context(), time.Time{}); err != nil {
		t.Fatal(err)
	}
	if len(r.h.Changes) != 5 {
		t.Errorf("%d changes, want all but the third of six", len(r.h.Changes))
	}
	if len(r.h.Gaps) != 1 || r.h.Gaps[0].Reason != shipshape.Truncated || !strings.Contains(r.h.Gaps[0].Why, "item 3") {
		t.Errorf("gaps %+v, want one for item 3", r.h.Gaps)
	}
}
