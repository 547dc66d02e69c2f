package collect

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

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
