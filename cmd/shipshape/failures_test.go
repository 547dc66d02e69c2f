package main

import (
	"context"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

const goodToken = "ghs_a-token-for-tests"

// shop is the history of testdata/sample.txtar.
func shop(t *testing.T) *shipshape.History {
	t.Helper()
	sample, err := txtar.ParseFile(filepath.Join("testdata", "sample.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	fsys, err := txtar.FS(sample)
	if err != nil {
		t.Fatal(err)
	}
	below, err := fs.Sub(fsys, "history")
	if err != nil {
		t.Fatal(err)
	}
	h, err := history.ReadFS(below)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// served is a server of the sample, and a stage that asks it.
type served struct {
	*stage
	server *githubtest.Server
	slept  time.Duration
	args   []string
}

// newServed serves the sample. Its clock stands at the end of August 2026 but for
// waiting, which takes no time.
func newServed(t *testing.T, o githubtest.Options, edit func(*githubtest.World)) *served {
	t.Helper()
	server, err := githubtest.New(shop(t), o)
	if err != nil {
		t.Fatal(err)
	}
	server.Edit(func(w *githubtest.World) {
		w.Token = goodToken
		if edit != nil {
			edit(w)
		}
	})
	w := &served{stage: newStage(t), server: server}
	w.serve(server)
	w.getenv = func(name string) string { return map[string]string{"GITHUB_TOKEN": goodToken}[name] }
	w.now = func() time.Time { return time.Date(2026, 8, 31, 6, 0, 0, 0, time.UTC).Add(w.slept) }
	w.sleep = func(ctx context.Context, d time.Duration) error { w.slept += d; return ctx.Err() }
	w.args = []string{"report", "--window", "30d", "--history", filepath.Join(w.dir, "history")}
	return w
}

// report makes a report with further flags and returns the exit code and what was
// said at the end.
func (w *served) report(t *testing.T, flags ...string) (code int, said string) {
	t.Helper()
	code = run(t.Context(), append(w.args, flags...), w.env)
	lines := strings.Split(strings.TrimSuffix(w.err.String(), "\n"), "\n")
	return code, strings.TrimPrefix(lines[len(lines)-1], "shipshape: ")
}

func (w *served) made() bool {
	_, err := os.Stat(filepath.Join(w.dir, "_site", "index.html"))
	return err == nil
}

func (w *served) kept(t *testing.T) *shipshape.History {
	t.Helper()
	h, err := history.Read(filepath.Join(w.dir, "history"))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// status answers every request in the server's place.
func status(code int, contentType, body string) func(int, githubtest.Request) *githubtest.Response {
	return func(int, githubtest.Request) *githubtest.Response {
		return &githubtest.Response{Status: code, Header: http.Header{"Content-Type": {contentType}}, Body: []byte(body)}
	}
}

// TestWhatCannotBeCollectedIsSaid holds that nothing is written where nothing could
// be read, and what the message is about.
func TestWhatCannotBeCollectedIsSaid(t *testing.T) {
	for _, test := range []struct {
		name    string
		options githubtest.Options
		edit    func(*githubtest.World)
		env     map[string]string
		flags   []string
		code    int
		says    []string
	}{
		{name: "unknown repository", flags: []string{"--repo", "acme/nothing"}, code: usage, says: []string{"acme/nothing", "spelling", "private"}},
		{name: "hidden repository", edit: func(w *githubtest.World) { w.Repositories[0].Hidden = true; w.Repositories[1].Hidden = true },
			flags: []string{"--repo", "acme/shop"}, code: usage, says: []string{"acme/shop", "give the token access"}},
		{name: "no token", env: map[string]string{"GITHUB_TOKEN": ""}, flags: []string{"--repo", "acme/shop"}, code: usage, says: []string{"no token", "GITHUB_TOKEN", "${{ github.token }}"}},
		{name: "wrong token", env: map[string]string{"GITHUB_TOKEN": "another-token"}, flags: []string{"--repo", "acme/shop"}, code: usage, says: []string{"token"}},
		{name: "token with a line break", env: map[string]string{"GITHUB_TOKEN": "one\ntwo"}, flags: []string{"--repo", "acme/shop"}, code: usage, says: []string{"token"}},
		{name: "single sign-on", edit: func(w *githubtest.World) { w.Find("acme/shop").SAML = true }, flags: []string{"--repo", "acme/shop"}, code: usage, says: []string{"single sign-on", "acme"}},
		{name: "no name", code: usage, says: []string{"--repo owner/name", "--offline"}},
		{name: "no name of a repository", flags: []string{"--repo", "shop"}, code: usage, says: []string{`"shop"`, "octocat/hello-world"}},
		{name: "hostile name", flags: []string{"--repo", "a/b\x1b[31m\n::error::x"}, code: usage, says: []string{"--repo"}},
		{name: "unknown organisation", flags: []string{"--org", "nobody"}, code: usage, says: []string{"nobody", "spelling"}},
		{name: "since within the window", flags: []string{"--repo", "acme/shop", "--since", "2026-08-20"}, code: usage, says: []string{"--since 2026-08-20", "2026-08-01"}},
		{name: "as-of in the future", flags: []string{"--repo", "acme/shop", "--as-of", "2027-01-01"}, code: usage, says: []string{"--as-of 2027-01-01", "what will happen"}},
		{name: "address without encryption", flags: []string{"--repo", "acme/shop", "--graphql-url", "http://example.org/graphql"}, code: usage, says: []string{"https"}},
		{name: "address that is none", flags: []string{"--repo", "acme/shop", "--graphql-url", "github"}, code: usage, says: []string{"GraphQL"}},
		{name: "no clone", flags: []string{"--repo", "acme/shop", "--git", "/nowhere/at/all"}, code: usage, says: []string{"--git", "/nowhere/at/all"}},
		{name: "not GitHub: a page", options: githubtest.Options{Fault: status(200, "text/html", "<html><body>Hello</body></html>")}, flags: []string{"--repo", "acme/shop"}, code: usage, says: []string{"not GitHub's GraphQL API", "--graphql-url"}},
		{name: "not GitHub: other JSON", options: githubtest.Options{Fault: status(200, "application/json", `{"hello":"world"}`)}, flags: []string{"--repo", "acme/shop"}, code: usage, says: []string{"not GitHub's GraphQL API"}},
		{name: "not GitHub: not found", options: githubtest.Options{Fault: status(404, "text/plain", "404 page not found")}, flags: []string{"--repo", "acme/shop"}, code: usage, says: []string{"not GitHub's GraphQL API", "404"}},
		{name: "server down", options: githubtest.Options{Fault: status(503, "text/html", "<html>Unicorn!</html>")}, flags: []string{"--repo", "acme/shop"}, code: other, says: []string{"does not answer"}},
		{name: "server away", options: githubtest.Options{Fault: func(int, githubtest.Request) *githubtest.Response { return &githubtest.Response{Drop: true} }}, flags: []string{"--repo", "acme/shop"}, code: other, says: []string{"does not answer"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newServed(t, test.options, test.edit)
			if test.env != nil {
				w.getenv = func(name string) string { return test.env[name] }
			}
			code, said := w.report(t, test.flags...)
			if code != test.code {
				t.Errorf("exit code %d, want %d; it said %q", code, test.code, said)
			}
			for _, words := range test.says {
				if !strings.Contains(said, words) {
					t.Errorf("said %q, want %q in it", said, words)
				}
			}
			if strings.ContainsAny(said, "\x1b\n") || strings.Contains(said, goodToken) || strings.Contains(said, "another-token") {
				t.Errorf("said %q", said)
			}
			if w.made() || strings.Contains(w.out.String(), "report is in") {
				t.Error("made a report")
			}
			if left, err := os.ReadDir(w.dir); err != nil || len(left) > 0 {
				t.Errorf("left %v, %v", left, err)
			}
		})
	}
}
