package collect

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// roundTrip is a transport made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// through returns a client whose answers come from a transport.
func through(t testing.TB, transport http.RoundTripper) *github.Client {
	t.Helper()
	client, err := github.New(github.Options{
		Endpoint:  github.DefaultEndpoint,
		Token:     func(context.Context) (string, error) { return "token", nil },
		Transport: transport,
		Now:       func() time.Time { return now },
		Sleep:     func(context.Context, time.Duration) error { return nil },
		MaxWait:   time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// recording is a server's transport that keeps what the server says.
func recording(server *githubtest.Server, said *[][]byte) roundTrip {
	return func(q *http.Request) (*http.Response, error) {
		a, err := server.Transport().RoundTrip(q)
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(a.Body)
		*said = append(*said, body)
		a.Body = io.NopCloser(bytes.NewReader(body))
		return a, err
	}
}

// saying is an answer with a body.
func saying(q *http.Request, body []byte) *http.Response {
	return &http.Response{
		StatusCode: http.StatusOK,
		Header:     http.Header{"Content-Type": {"application/json"}},
		Body:       io.NopCloser(bytes.NewReader(body)),
		Request:    q,
	}
}

// answers are what a server says while conversations are read.
func answers(t testing.TB, size int) [][]byte {
	t.Helper()
	server, err := githubtest.New(generated(1, 1), githubtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var said [][]byte
	r := newReader(through(t, recording(server, &said)), "octo/ship", Options{})
	r.most = size
	if err := errors.Join(r.changes(t.Context(), time.Time{}), r.issues(t.Context(), time.Time{})); err != nil {
		t.Fatal(err)
	}
	return said
}

// A server that says anything, and the same to every question, is neither a panic
// nor a loop: there is a history, or an error.
func FuzzConversationsOfAHostileServer(f *testing.F) {
	for _, body := range append(answers(f, 0), answers(f, 2)[:6]...) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		asked := 0
		r := newReader(through(t, roundTrip(func(q *http.Request) (*http.Response, error) {
			if asked++; asked > 500 {
				t.Fatal("asked 500 times and does not stop")
			}
			return saying(q, body), nil
		})), "octo/ship", Options{})
		err := errors.Join(r.changes(t.Context(), time.Time{}), r.issues(t.Context(), time.Time{}))
		if err == nil && len(r.h.Gaps) == 0 && !bytes.Contains(body, []byte("[")) {
			t.Errorf("no lists in %q, and neither an error nor a gap", body)
		}
		if !slices.IsSortedFunc(r.h.Changes, shipshape.Change.Compare) || !slices.IsSortedFunc(r.h.Issues, shipshape.Issue.Compare) {
			t.Error("records are not in order")
		}
	})
}
