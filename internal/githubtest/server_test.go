package githubtest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// send posts a query through a transport and reads the answer.
func send(t *testing.T, ctx context.Context, transport http.RoundTripper, url string) (int, string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(`{"query": "{viewer {login}}"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "bearer x")
	w, err := transport.RoundTrip(r)
	if err != nil {
		return 0, "", err
	}
	defer w.Body.Close()
	text, err := io.ReadAll(w.Body)
	return w.StatusCode, string(text), err
}

// The answers of faults, over the transport without sockets and over a real
// connection.
func TestFaults(t *testing.T) {
	html := &Response{Status: http.StatusBadGateway, Header: http.Header{"Retry-After": {"7"}}, Body: []byte("<html>")}
	faults := []*Response{html, nil, {Drop: true}, {Body: []byte(`{"data"`), Truncate: true}, {Body: []byte("{}")}}
	s := serve(t, small(), Options{Fault: func(n int, r Request) *Response { return faults[n%len(faults)] }})
	socket := httptest.NewServer(s)
	defer socket.Close()
	for name, way := range map[string]struct {
		transport http.RoundTripper
		url       string
	}{
		"in process": {s.Transport(), "https://api.github.com/graphql"},
		"by socket":  {socket.Client().Transport, socket.URL + "/graphql"},
	} {
		for n, want := range []struct {
			status int
			text   string
			fails  bool
		}{{502, "<html>", false}, {200, `{"data":{"viewer":{"login":"octocat"}}}`, false}, {0, "", true}, {200, `{"data"`, true}, {200, "{}", false}} {
			status, text, err := send(t, t.Context(), way.transport, way.url)
			if status != want.status || text != want.text || (err != nil) != want.fails {
				t.Errorf("%s, request %d: %d %q %v, want %+v", name, n, status, text, err, want)
			}
		}
	}
}

func TestHangingAnswerEndsWithTheClientsPatience(t *testing.T) {
	s := serve(t, small(), Options{Fault: func(int, Request) *Response { return &Response{Hang: true} }})
	ctx, cancel := context.WithCancel(t.Context())
	cancelled := make(chan error)
	go func() {
		_, _, err := send(t, ctx, s.Transport(), "https://api.github.com/graphql")
		cancelled <- err
	}()
	cancel()
	if err := <-cancelled; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

// A fault may change the world before the server answers.
func TestEditWithinARequest(t *testing.T) {
	var s *Server
	s = serve(t, small(), Options{Fault: func(n int, _ Request) *Response {
		s.Edit(func(w *World) { w.Repositories[0].Issues[0].Title += "!" })
		return nil
	}})
	for _, want := range []string{"Broken!", "Broken!!"} {
		if got := dig(t, of(t, s, `issue(number: 3) {title}`), "issue", "title"); got != want {
			t.Errorf("title %v, want %v", got, want)
		}
	}
}

func TestEditsLeaveTheHistoryAlone(t *testing.T) {
	h := small()
	s := serve(t, h, Options{})
	s.Edit(func(w *World) {
		r := w.Find("o/r")
		r.Changes[0].Title, r.Issues[0].Title, r.Commits[0].Headline = "x", "x", "x"
		r.Releases[0].Name, r.Deployments[0].Task, r.Runs[0].Workflow, r.Milestones[0].Title = "x", "x", "x", "x"
		r.Refs[0].Name = "x"
		r.RepositoryHistory.Repository.Labels[0].Name, r.RepositoryHistory.Repository.Environments[0] = "x", "x"
	})
	if diff := cmp.Diff(small(), h); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}

func TestManyClientsAtOnce(t *testing.T) {
	s := serve(t, long(30), Options{})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 5 {
				status, _, err := send(t, t.Context(), s.Transport(), "https://api.github.com/graphql")
				if status != http.StatusOK || err != nil {
					t.Errorf("status %d, error %v", status, err)
				}
				s.Edit(func(w *World) { w.Repositories[0].Changes[3].Title = "edited" })
			}
		})
	}
	group.Wait()
	if got := len(s.Log()); got != 40 {
		t.Errorf("%d requests logged, want 40", got)
	}
}

func TestRepositoriesOfAnOwner(t *testing.T) {
	h := &shipshape.History{Repositories: []shipshape.RepositoryHistory{
		{Repository: shipshape.Repository{Name: "o/b", CreatedAt: day(1)}},
		{Repository: shipshape.Repository{Name: "o/A", CreatedAt: day(2), Archived: true}},
		{Repository: shipshape.Repository{Name: "o/c", CreatedAt: day(3), Private: true}},
		{Repository: shipshape.Repository{Name: "other/d", CreatedAt: day(4)}},
	}}
	s := serve(t, h, Options{})
	s.Edit(func(w *World) { w.Find("o/b").Fork = true })
	for _, test := range []struct {
		args string
		want []any
	}{
		{"", []any{"A", "b", "c"}},
		{", isArchived: false", []any{"b", "c"}},
		{", isFork: true", []any{"b"}},
		{", privacy: PRIVATE", []any{"c"}},
		{", orderBy: {field: CREATED_AT, direction: DESC}", []any{"c", "A", "b"}},
	} {
		d := whole(t, s, `{organization(login: "O") {repositories(first: 9`+test.args+`) {nodes {name}}}}`, nil)
		var got []any
		for _, n := range dig(t, d, "organization", "repositories", "nodes").([]any) {
			got = append(got, dig(t, n, "name"))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("repositories%s (-want +got):\n%s", test.args, diff)
		}
	}
	g := ask(t, s, `{nobody: repositoryOwner(login: "x") {login} viewer {__typename login} organization(login: "x") {login}}`, nil)
	want := map[string]any{"nobody": nil, "viewer": map[string]any{"__typename": "User", "login": "octocat"}, "organization": nil}
	if diff := cmp.Diff(want, g.Data); diff != "" || len(g.Errors) != 1 || g.Errors[0]["type"] != "NOT_FOUND" {
		t.Errorf("errors %v, data (-want +got):\n%s", g.Errors, diff)
	}
}
