package collect

import (
	"bytes"
	"context"
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
