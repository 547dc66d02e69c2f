package collect

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// Without the right to read contents nothing of git is known: that is said once of
// each kind of record, and of no other.
func TestRefusedContentsAreSaidOnceAndAsAWhole(t *testing.T) {
	const commits, refs, runs = shipshape.CommitEntity, shipshape.RefEntity, shipshape.RunEntity
	forbidden := func(e shipshape.Entity, field string) seen { return seen{e, field, "", shipshape.Forbidden} }
	partly := func(e shipshape.Entity) seen { return seen{e, "", "", shipshape.Truncated} }
	branch := forbidden(shipshape.RepositoryEntity, "defaultBranch")
	codeowners := forbidden(shipshape.RepositoryEntity, "codeowners")
	for _, test := range []struct {
		refused []string
		want    []seen
	}{
		{[]string{"Repository.defaultBranchRef"}, []seen{forbidden(commits, ""), branch, forbidden(runs, "")}},
		{[]string{"Ref.target"}, []seen{forbidden(commits, ""), forbidden(refs, ""), forbidden(runs, "")}},
		{[]string{"Commit.history"}, []seen{forbidden(commits, ""), forbidden(runs, "")}},
		{[]string{"Repository.object"}, []seen{forbidden(commits, ""), codeowners, forbidden(runs, "")}},
		{[]string{"Repository.refs"}, []seen{partly(commits), forbidden(refs, ""), partly(runs)}},
		{[]string{"Repository.defaultBranchRef", "Repository.refs", "Repository.object", "Commit.history", "Ref.target"},
			[]seen{forbidden(commits, ""), forbidden(refs, ""), codeowners, branch, forbidden(runs, "")}},
	} {
		for _, size := range []int{0, 1} {
			server, name := served(t, fleet(), func(r *githubtest.Repository) { r.Forbidden = test.refused })
			got, err := collected(t, server, name, everything(), size)
			if err != nil {
				t.Fatal(err)
			}
			r := &reader{h: got}
			if diff := cmp.Diff(test.want, r.seen()); diff != "" {
				t.Errorf("without %v, pages of %d: gaps (-want +got):\n%s", test.refused, size, diff)
			}
			for _, g := range got.Gaps {
				if !strings.Contains(g.Remedy, "contents: read") {
					t.Errorf("without %v: gap %+v does not name the permission", test.refused, g)
				}
			}
			if len(got.Milestones) != 9 || len(got.Repository.Labels) != 3 || len(got.Releases) != 7 {
				t.Errorf("without %v: %d milestones, %d labels, %d releases, want all", test.refused, len(got.Milestones), len(got.Repository.Labels), len(got.Releases))
			}
		}
	}
}

// One object that is refused is itself lacking, not its kind.
func TestOneRefusedObjectIsNotAll(t *testing.T) {
	ids := []shipshape.OID{numbered40(1), numbered40(2)}
	refusal := func(i string) github.Fault {
		return github.Fault{Type: github.FaultForbidden, Path: []string{i}}
	}
	for _, test := range []struct {
		ids    []shipshape.OID
		faults []github.Fault
		want   []seen
	}{
		{ids, []github.Fault{refusal("0"), refusal("1")}, []seen{{shipshape.RunEntity, "", "", shipshape.Forbidden}}},
		{ids, []github.Fault{refusal("1"), refusal("1")}, []seen{{shipshape.RunEntity, "", string(ids[1]), shipshape.Truncated}}},
		{ids[:1], []github.Fault{refusal("0")}, []seen{{shipshape.RunEntity, "", string(ids[0]), shipshape.Truncated}}},
	} {
		r := newReader(nil, "o/r", Options{})
		r.objectFaults(shipshape.RunEntity, "", test.ids, test.faults)
		if diff := cmp.Diff(test.want, r.seen()); diff != "" {
			t.Errorf("%v of %d (-want +got):\n%s", test.faults, len(test.ids), diff)
		}
	}
}

// Where commits are not known for another reason, nothing is known of runs either.
func TestRunsWithoutCommitsAreAGap(t *testing.T) {
	server := host(t, githubtest.Options{Fault: func(_ int, r githubtest.Request) *githubtest.Response {
		if asksHistory(r) {
			return &githubtest.Response{Body: []byte(`{"data":{"repository":{"object":null}}}`)}
		}
		return nil
	}}, fleet())
	got, err := collected(t, server, "octo/fleet", everything(), 0)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(got.Gaps, func(g shipshape.Gap) bool { return g.Entity == shipshape.RunEntity })
	if i < 0 || got.Gaps[i].Reason != shipshape.NotReached || !got.Gaps[i].Before.Equal(now) {
		t.Errorf("gaps %+v, want one that says that no run was read", got.Gaps)
	}
}

// A gateway that is down answers 502 to everything, the smallest query too. Whenever
// that begins, the run ends as incomplete, or a gap says before when nothing is known.
func TestAnOutageIsNotTakenForTooMuch(t *testing.T) {
	whole, name := served(t, fleet(), nil)
	if _, err := collected(t, whole, name, everything(), 0); err != nil {
		t.Fatal(err)
	}
	ended := 0
	for n := 1; n < len(whole.Log()); n++ {
		server := host(t, githubtest.Options{Fault: func(i int, _ githubtest.Request) *githubtest.Response {
			if i < n {
				return nil
			}
			return &githubtest.Response{Status: http.StatusBadGateway, Body: []byte("<html>")}
		}}, fleet())
		got, err := collected(t, server, name, everything(), 0)
		if _, cut := errors.AsType[*Incomplete](err); cut && errors.Is(err, github.ErrUnavailable) {
			ended++
		} else if err != nil || !slices.ContainsFunc(got.Gaps, func(g shipshape.Gap) bool { return g.Entity == shipshape.RunEntity }) {
			t.Errorf("down from request %d on: error %v, gaps %+v, want an outage, or a gap for the runs alone", n, err, got.Gaps)
		}
		for _, g := range got.Gaps {
			if g.Reason == shipshape.NotReached && g.Before.IsZero() {
				t.Errorf("down from request %d on: gap %+v does not say before when", n, g)
			}
		}
	}
	if ended < 5 {
		t.Errorf("%d runs ended, want one for each list", ended)
	}
}

// A list that ends where it cannot be read on says before when nothing of it is known.
func TestAListCutShortSaysBeforeWhen(t *testing.T) {
	for name, test := range map[string]struct {
		big  int
		at   func(*number) time.Time
		want time.Time
	}{
		"nothing was read":      {1, func(n *number) time.Time { return day(90 - n.n) }, now},
		"ordered by time":       {4, func(n *number) time.Time { return day(90 - n.n) }, day(87)},
		"ordered by anything":   {4, nil, now},
		"nothing, and no order": {1, nil, now},
	} {
		r := newReader(nil, "o/r", Options{Until: now})
		l := listing{n: 6, big: map[int]bool{test.big: true}}
		err := readAll(t.Context(), r, list[number]{
			entity: shipshape.ReleaseEntity, size: 4, at: test.at,
			ask:  ask(l, func(i int) *number { return &number{i} }, l.big),
			take: func(*number) (bool, error) { return true, nil },
		})
		if err != nil || len(r.h.Gaps) != 1 || !r.h.Gaps[0].Before.Equal(test.want) {
			t.Errorf("%s: error %v, gaps %+v, want one before %s", name, err, r.h.Gaps, test.want)
		}
	}
}

// A null item whose fault says single sign-on is lacking for want of that.
func TestWithheldItemsNameSingleSignOn(t *testing.T) {
	for saml, want := range map[bool]string{true: "Authorise the token for single sign-on to o, which owns o/r.",
		false: "The token may lack access to them: give the workflow the permission `issues: read`, or the token read access to issues."} {
		r := newReader(nil, "o/r", Options{})
		err := readAll(t.Context(), r, list[number]{
			entity: shipshape.IssueEntity, size: 4,
			ask: func(context.Context, int, *string) (github.Connection[number], []github.Fault, error) {
				return github.Connection[number]{TotalCount: 2, Nodes: []*number{nil, {1}}},
					[]github.Fault{{Type: github.FaultForbidden, Path: []string{"repository", "issues", "nodes", "0"}, SAML: saml}}, nil
			},
			take: func(*number) (bool, error) { return true, nil },
		})
		if err != nil || len(r.h.Gaps) != 1 || r.h.Gaps[0].Remedy != want {
			t.Errorf("single sign-on %v: error %v, gaps %+v, want the remedy %q", saml, err, r.h.Gaps, want)
		}
	}
}

// Refusing a list that GitHub's schema promises takes its records out of the answer.
// They are asked for without it, and nothing else is lost.
func TestARefusedListDoesNotTakeItsRecordsAlong(t *testing.T) {
	for refused, without := range map[string]func(*shipshape.RepositoryHistory){
		"PullRequest.commits": func(h *shipshape.RepositoryHistory) {
			for i := range h.Changes {
				h.Changes[i].Commits = nil
			}
		},
		"PullRequest.closingIssuesReferences": func(h *shipshape.RepositoryHistory) {
			for i := range h.Changes {
				h.Changes[i].ClosesIssues = nil
			}
		},
		"PullRequest.timelineItems": func(h *shipshape.RepositoryHistory) {
			for i := range h.Changes {
				h.Changes[i].Events, h.Changes[i].Comments, h.Changes[i].Assignees = nil, nil, nil
			}
		},
		"Issue.timelineItems": func(h *shipshape.RepositoryHistory) {
			for i := range h.Issues {
				h.Issues[i].Events, h.Issues[i].Comments, h.Issues[i].Assignees, h.Issues[i].ClosedBy = nil, nil, nil, ""
			}
		},
	} {
		t.Run(refused, func(t *testing.T) {
			for _, most := range []int{0, 2} {
				h := generated(4, 5)
				server, r := serve(t, h, githubtest.Options{})
				server.Edit(func(w *githubtest.World) { w.Repositories[0].Forbidden = []string{refused} })
				r.most = most
				readConversations(t, r, time.Time{})
				want := h.Repositories[0]
				without(&want)
				if diff := cmp.Diff(want.Changes, r.h.Changes); diff != "" {
					t.Errorf("pages of %d: changes (-want +got):\n%s", most, diff)
				}
				if diff := cmp.Diff(want.Issues, r.h.Issues); diff != "" {
					t.Errorf("pages of %d: issues (-want +got):\n%s", most, diff)
				}
				for _, g := range r.h.Gaps {
					if g.Reason != shipshape.Forbidden || g.Field == "" || g.ID != "" {
						t.Errorf("pages of %d: gap %+v, want only that the list is forbidden", most, g)
					}
				}
			}
		})
	}
}

// Where the list is refused in one record only, the others keep theirs.
func TestAListRefusedInOneRecordIsKeptInOthers(t *testing.T) {
	r := newReader(nil, "o/r", Options{})
	lists := optionalLists{shipshape.ChangeEntity, map[string]string{"commits": "withCommits"}}
	asked := 0
	c, _, err := sparing(r, lists, func() asker[changeNode] {
		asked++
		whole := !r.shut[lists.key("commits")]
		return func(context.Context, int, *string) (github.Connection[changeNode], []github.Fault, error) {
			if !whole {
				return github.Connection[changeNode]{Nodes: []*changeNode{{Number: 1}, {Number: 2}}}, nil, nil
			}
			return github.Connection[changeNode]{Nodes: []*changeNode{{Number: 1, Title: "whole"}, nil}},
				[]github.Fault{{Type: github.FaultForbidden, Path: []string{"repository", "pullRequests", "nodes", "1", "commits"}}}, nil
		}
	})(t.Context(), 2, nil)
	if err != nil || asked != 2 || len(c.Nodes) != 2 || c.Nodes[0].Title != "whole" || c.Nodes[1].Number != 2 {
		t.Errorf("error %v, asked %d times, nodes %+v, want the whole first and the second", err, asked, c.Nodes)
	}
	if r.shut[lists.key("commits")] || !r.covered(shipshape.ChangeEntity, "commits") {
		t.Errorf("shut %v, gaps %+v, want the list asked for again, and a gap", r.shut, r.h.Gaps)
	}
}

// altered is a server's transport whose answers a test changes.
func altered(server *githubtest.Server, change func(data map[string]any)) roundTrip {
	return func(q *http.Request) (*http.Response, error) {
		a, err := server.Transport().RoundTrip(q)
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(a.Body)
		if err != nil {
			return nil, err
		}
		var answer map[string]any
		if json.Unmarshal(body, &answer) == nil {
			if data, ok := answer["data"].(map[string]any); ok {
				change(data)
				body, _ = json.Marshal(answer)
			}
		}
		a.Body, a.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		return a, nil
	}
}

// within follows keys into an answer, nil where there is nothing.
func within(v any, keys ...string) any {
	for _, key := range keys {
		m, _ := v.(map[string]any)
		v = m[key]
	}
	return v
}

// GitHub gives a linked issue as null, without a word, where the token may not see its
// repository.
func TestNullsInNestedListsAreCounted(t *testing.T) {
	h := generated(1, 6)
	for i := range h.Repositories[0].Changes {
		h.Repositories[0].Changes[i].ClosesIssues = []int{2, 4, 6}
	}
	server, _ := serve(t, h, githubtest.Options{})
	client := through(t, altered(server, func(data map[string]any) {
		changes, _ := within(data, "repository", "pullRequests", "nodes").([]any)
		for _, c := range changes {
			if number, _ := within(c, "number").(float64); number > 3 {
				continue
			}
			linked, _ := within(c, "closingIssuesReferences", "nodes").([]any)
			for i := range linked {
				linked[i] = nil
			}
		}
	}))
	for most, withheld := range map[int]string{0: "6 of", 2: "4 of"} { // in a page of two, a third comes by itself
		r := newReader(client, "octo/ship", Options{Until: now})
		r.most = most
		got, err := r.repository(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(got.Gaps, func(g shipshape.Gap) bool { return g.Field == "closesIssues" })
		if i < 0 || len(got.Changes) != 6 {
			t.Fatalf("pages of %d: %d changes, gaps %+v, want 6 and one for the linked issues", most, len(got.Changes), got.Gaps)
		}
		if g := got.Gaps[i]; g.Reason != shipshape.Truncated || g.ID != "" || !strings.Contains(g.Why, withheld) || !strings.Contains(g.Why, "in 2 ") {
			t.Errorf("pages of %d: gap %+v, want %s them, in 2", most, g, withheld)
		}
	}
}

// A server says what it does not know of issues, newest first.
func TestAServerThatKnowsNoDuplicatesSaysSo(t *testing.T) {
	h := generated(3, 5)
	server, _ := serve(t, h, githubtest.Options{})
	client := through(t, roundTrip(func(q *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(q.Body)
		if err != nil {
			return nil, err
		}
		if bytes.Contains(body, []byte("enableDuplicate")) {
			return saying(q, []byte(`{"errors":[{"message":"Field 'stateReason' doesn't accept argument 'enableDuplicate'","extensions":{"code":"argumentNotAccepted","name":"stateReason","typeName":"Field","argumentName":"enableDuplicate"}}]}`)), nil
		}
		q.Body = io.NopCloser(bytes.NewReader(body))
		return server.Transport().RoundTrip(q)
	}))
	r := newReader(client, "octo/ship", Options{Until: now})
	if err := r.issues(t.Context(), time.Time{}); err != nil {
		t.Fatal(err)
	}
	want := []seen{{shipshape.IssueEntity, "type", "", shipshape.Unsupported}, {shipshape.IssueEntity, "stateReason", "", shipshape.Unsupported}}
	if diff := cmp.Diff(want, r.seen()); diff != "" || len(r.h.Issues) != 5 {
		t.Errorf("%d issues, gaps (-want +got):\n%s", len(r.h.Issues), diff)
	}
}

// A server that does not know something else of issues gives none, and no reason of
// its own is made up.
func TestAServerThatLacksMoreOfIssuesGivesNone(t *testing.T) {
	h := generated(3, 5)
	server := host(t, githubtest.Options{Without: []string{"Issue.milestone"}}, h.Repositories...)
	got, err := collected(t, server, "octo/ship", everything(), 0)
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{h: got}
	if diff := cmp.Diff([]seen{{shipshape.IssueEntity, "", "", shipshape.Unsupported}}, r.seen()); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}
