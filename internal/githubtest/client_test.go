package githubtest

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"sync"
	"testing"

	"github.com/shipshape-report/shipshape"
)

// fullSchema makes the tests check their queries against GitHub's whole schema.
var fullSchema = flag.String("schema", "", "path of GitHub's full schema.graphql")

// options adds the full schema to a test's options, where it is asked for.
func options(t testing.TB, o Options) Options {
	t.Helper()
	if *fullSchema == "" || len(o.Without) > 0 || o.Schema != nil {
		return o
	}
	full, err := readFullSchema()
	if err != nil {
		t.Fatal(err)
	}
	o.Schema = full
	return o
}

// readFullSchema reads the full schema once.
var readFullSchema = sync.OnceValues(func() (*Schema, error) { return FullSchema(*fullSchema) })

// serve returns a server of a history.
func serve(t testing.TB, h *shipshape.History, o Options) *Server {
	t.Helper()
	s, err := New(h, options(t, o))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// bundled returns a server of a bundled dataset.
func bundled(t testing.TB, name string, o Options) *Server {
	t.Helper()
	s, err := Dataset("../../testdata/datasets/"+name, options(t, o))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// got is an answer, decoded.
type got struct {
	status int
	header http.Header
	Data   map[string]any
	Errors []map[string]any
}

// ask sends a query and returns what came.
func ask(t testing.TB, s *Server, query string, variables map[string]any) got {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	return post(t, s, body, "bearer secret")
}

// post sends a body with an Authorization header.
func post(t testing.TB, s *Server, body []byte, authorization string) got {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, "https://api.github.com/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", authorization)
	w, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	g := got{status: w.StatusCode, header: w.Header}
	if err := json.Unmarshal(text, &g); err != nil {
		t.Fatalf("answer %s: %v", text, err)
	}
	return g
}

// whole asks and fails the test on any error.
func whole(t testing.TB, s *Server, query string, variables map[string]any) map[string]any {
	t.Helper()
	g := ask(t, s, query, variables)
	if g.status != http.StatusOK || len(g.Errors) > 0 {
		t.Fatalf("status %d, errors %v of\n%s", g.status, g.Errors, query)
	}
	return g.Data
}

// dig follows keys and positions into an answer.
func dig(t testing.TB, v any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				t.Fatalf("no %v of %v in %v", step, path, v)
			}
			v = m[step]
		case int:
			l, ok := v.([]any)
			if !ok || step >= len(l) {
				t.Fatalf("no %v of %v in %v", step, path, v)
			}
			v = l[step]
		}
	}
	return v
}
