package collect

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// tailsIn counts the tails that a request asks for, 0 if it asks for something else.
func tailsIn(r githubtest.Request) int {
	n := 0
	for name := range r.Variables {
		if strings.HasPrefix(name, "id") {
			n++
		}
	}
	return n
}

// A server that answers no more than so many items of tails at once is asked for
// less until it can.
func TestTailsTooBigTogetherAreReadOneByOne(t *testing.T) {
	h := generated(1, 4)
	for _, limit := range []int{40, 7, 1} {
		refused := map[string]int{}
		server, r := serve(t, h, githubtest.Options{Fault: func(_ int, q githubtest.Request) *githubtest.Response {
			if size, _ := strconv.Atoi(fmt.Sprint(q.Variables["size"])); tailsIn(q)*size > limit {
				refused[fmt.Sprint(q.Variables)]++
				return &githubtest.Response{Status: http.StatusBadGateway, Body: []byte("<html>")}
			}
			return nil
		}})
		r.most = 5
		readConversations(t, r, time.Time{})
		if diff := cmp.Diff(h.Repositories[0].Changes, r.h.Changes); diff != "" || len(r.h.Gaps) > 0 {
			t.Errorf("at most %d items: gaps %+v, changes (-want +got):\n%s", limit, r.h.Gaps, diff)
		}
		if len(refused) == 0 && limit < 25 {
			t.Errorf("at most %d items: nothing was refused in %d requests", limit, len(server.Log()))
		}
		for query, n := range refused {
			if n > 2 {
				t.Errorf("at most %d items: refused %d times as it was: %s", limit, n, query)
			}
		}
	}
}

// oneLong is a history of one pull request with one list of three.
func oneLong() *shipshape.History {
	h := generated(1, 1)
	c := &h.Repositories[0].Changes[0]
	c.Labels, c.Commits, c.Events, c.Comments, c.Assignees, c.ClosesIssues, c.Reviews = nil, nil, nil, nil, nil, nil, nil
	for i := range 3 {
		c.Reviews = append(c.Reviews, shipshape.Review{Author: "ann", Association: "NONE", State: shipshape.Approved, At: second(i)})
	}
	return h
}

// What cannot be read of a tail is a gap that names the record and the list; the
// record keeps what was read.
func TestATailThatCannotBeReadIsAGapOfItsRecord(t *testing.T) {
	for _, test := range []struct {
		name   string
		edit   func(*githubtest.Repository)
		answer *githubtest.Response
		reason shipshape.GapReason
	}{
		{name: "forbidden", edit: func(r *githubtest.Repository) { r.Forbidden = []string{"PullRequest.reviews"} }, reason: shipshape.Forbidden},
		{name: "gone", edit: func(r *githubtest.Repository) { r.Changes = nil }, reason: shipshape.Truncated},
		{name: "shorter by now", edit: func(r *githubtest.Repository) { r.Changes[0].Reviews = nil }, reason: shipshape.Truncated},
		{name: "too big", answer: &githubtest.Response{Status: http.StatusGatewayTimeout, Body: []byte("<html>")}, reason: shipshape.Truncated},
	} {
		t.Run(test.name, func(t *testing.T) {
			var server *githubtest.Server
			server, r := serve(t, oneLong(), githubtest.Options{Fault: func(_ int, q githubtest.Request) *githubtest.Response {
				if tailsIn(q) > 0 && test.edit != nil {
					server.Edit(func(w *githubtest.World) { test.edit(w.Repositories[0]) })
				}
				if tailsIn(q) > 0 {
					return test.answer
				}
				return nil
			}})
			r.most = 2
			if err := r.changes(t.Context(), time.Time{}); err != nil {
				t.Fatal(err)
			}
			if len(r.h.Changes) != 1 || len(r.h.Changes[0].Reviews) != 2 {
				t.Fatalf("changes %+v, want the one with its first two reviews", r.h.Changes)
			}
			if len(r.h.Gaps) != 1 || r.h.Gaps[0].ID != "1" || r.h.Gaps[0].Field != "reviews" || r.h.Gaps[0].Reason != test.reason {
				t.Errorf("gaps %+v, want one, %s, for the reviews of pull request 1", r.h.Gaps, test.reason)
			}
		})
	}
}

// A list that says it goes on but not where would be read from its beginning again.
func TestATailWithoutACursorIsNotAskedFor(t *testing.T) {
	server, r := serve(t, oneLong(), githubtest.Options{})
	c := github.Connection[reviewNode]{Nodes: []*reviewNode{{}}}
	c.PageInfo.HasNextPage = true
	of := record{shipshape.ChangeEntity, "1", "PullRequest", "x"}
	if err := r.tails(t.Context(), rest(of, nested{field: "reviews", list: "reviews"}, &c)); err != nil || len(server.Log()) > 0 || len(r.h.Gaps) != 1 {
		t.Errorf("error %v, %d requests, gaps %+v, want one gap and no request", err, len(server.Log()), r.h.Gaps)
	}
}

// What was read before the token was revoked is kept, and nothing that is cut.
func TestRecordsWithUnreadTailsAreNotKept(t *testing.T) {
	h := generated(2, 5)
	whole := map[int]shipshape.Change{}
	for _, c := range h.Repositories[0].Changes {
		whole[c.Number] = c
	}
	server, r := serve(t, h, githubtest.Options{})
	r.most = 2
	readConversations(t, r, time.Time{})
	for last := 1; last < len(server.Log()); last += 2 {
		_, r := serve(t, h, githubtest.Options{Fault: func(n int, _ githubtest.Request) *githubtest.Response {
			if n < last {
				return nil
			}
			return &githubtest.Response{Status: http.StatusUnauthorized}
		}})
		r.most = 2
		err := r.changes(t.Context(), time.Time{})
		if err == nil && len(r.h.Changes) < 5 {
			t.Fatalf("revoked at request %d: %d changes and no error", last, len(r.h.Changes))
		}
		for _, c := range r.h.Changes {
			if diff := cmp.Diff(whole[c.Number], c); diff != "" {
				t.Fatalf("revoked at request %d: change %d (-want +got):\n%s", last, c.Number, diff)
			}
		}
		if oldest, ok := r.oldest[shipshape.ChangeEntity]; ok && err != nil {
			for _, c := range slices.Collect(maps.Values(whole)) {
				read := slices.ContainsFunc(r.h.Changes, func(o shipshape.Change) bool { return o.Number == c.Number })
				if c.UpdatedAt.After(oldest) && !read {
					t.Fatalf("revoked at request %d: change %d is lacking, although all are said to be read after %s", last, c.Number, oldest)
				}
			}
		}
	}
}

// No list is not an empty list.
func TestAListThatWasLeftOutIsMissed(t *testing.T) {
	_, r := serve(t, oneLong(), githubtest.Options{})
	of := record{shipshape.ChangeEntity, "1", "PullRequest", "x"}
	none, empty := github.Connection[reviewNode]{}, github.Connection[labelName]{Nodes: []*labelName{}}
	lists := slices.Concat(rest(of, nested{field: "reviews", list: "reviews"}, &none), rest(of, nested{field: "labels", list: "labels"}, &empty))
	if err := r.tails(t.Context(), lists); err != nil || len(r.h.Gaps) != 1 || r.h.Gaps[0].ID != "1" || r.h.Gaps[0].Field != "reviews" {
		t.Errorf("error %v, gaps %+v, want one for the reviews of pull request 1", err, r.h.Gaps)
	}
}
