package githubtest

import (
	"fmt"
	"testing"
	"time"
)

// priceOf asks a query and returns what `rateLimit` says it cost.
func priceOf(t *testing.T, s *Server, selection string, variables string) (cost, nodes float64) {
	t.Helper()
	d := whole(t, s, "query"+variables+" {rateLimit {cost nodeCount} "+selection+"}", nil)
	return dig(t, d, "rateLimit", "cost").(float64), dig(t, d, "rateLimit", "nodeCount").(float64)
}

// The first is the example of GitHub's documentation: 1 fetch of repositories, 100 of
// issues, 5,000 of labels are 5,101, or 51 points.
func TestPriceIsTheDocumentedOne(t *testing.T) {
	s := serve(t, small(), Options{})
	const five = `labels(first: 10) {totalCount nodes {name}} reviews(first: 10) {nodes {state}} closingIssuesReferences(first: 5) {nodes {number}}
		commits(first: 1) {totalCount nodes {commit {oid}}} timelineItems(first: 10) {nodes {__typename}}`
	pulls := func(size int, nested string) string {
		return fmt.Sprintf(`repository(owner: "o", name: "r") {pullRequests(first: %d) {nodes {number %s}}}`, size, nested)
	}
	for _, test := range []struct {
		name, selection string
		cost, nodes     float64
	}{
		{"the documentation's example", `viewer {repositories(first: 100) {edges {node {issues(first: 50) {edges {node {labels(first: 60) {nodes {name}}}}}}}}}`, 51, 100 + 5000 + 300000},
		{"a list", pulls(100, ""), 1, 100},
		{"one nested list", pulls(100, "labels(first: 10) {nodes {name}}"), 1, 1100},
		{"29 with five lists: 146 fetches", pulls(29, five), 1, 29 + 29*36},
		{"30 with five lists: 151 fetches", pulls(30, five), 2, 30 + 30*36},
		{"50 with five lists: 251 fetches", pulls(50, five), 3, 50 + 50*36},
		{"counts only", `repository(owner: "o", name: "r") {issues {totalCount} pullRequests {totalCount}}`, 1, 0},
		{"nothing of a list", `viewer {login}`, 1, 0},
	} {
		cost, nodes := priceOf(t, s, test.selection, "")
		if cost != test.cost || nodes != test.nodes {
			t.Errorf("%s: %v points for %v nodes, want %v for %v", test.name, cost, nodes, test.cost, test.nodes)
		}
	}
}

func TestFragmentsAndSkippedFieldsArePriced(t *testing.T) {
	s := serve(t, small(), Options{})
	d := whole(t, s, `query($yes: Boolean!) {rateLimit {nodeCount} repository(owner: "o", name: "r") {...many @include(if: $yes) issues(first: 7) @skip(if: $yes) {nodes {number}}}}
		fragment many on Repository {pullRequests(first: 9) {nodes {number}}}`, map[string]any{"yes": true})
	if got := dig(t, d, "rateLimit", "nodeCount"); got != float64(9) {
		t.Errorf("%v nodes, want 9: those of the fragment, not those skipped", got)
	}
}

func TestIdsArePricedOneByOne(t *testing.T) {
	s := serve(t, small(), Options{})
	id := dig(t, whole(t, s, `{repository(owner: "o", name: "r") {pullRequest(number: 1) {id}}}`, nil), "repository", "pullRequest", "id")
	ids := make([]any, 60)
	for i := range ids {
		ids[i] = id
	}
	const query = `query($ids: [ID!]!) {rateLimit {cost} nodes(ids: $ids) {... on PullRequest {labels(first: 5) {nodes {name}} reviews(first: 5) {nodes {state}} commits(first: 5) {nodes {id}}}}}`
	d := whole(t, s, query, map[string]any{"ids": ids})
	if got := dig(t, d, "rateLimit", "cost"); got != float64(2) {
		t.Errorf("%v points for 180 fetches, want 2", got)
	}
	g := ask(t, s, query, map[string]any{"ids": append(ids, ids...)})
	if len(g.Errors) != 1 {
		t.Errorf("120 ids: errors %v, want one", g.Errors)
	}
}

func TestTooManyNodesAreRefused(t *testing.T) {
	s := serve(t, small(), Options{})
	for _, test := range []struct{ query, message string }{
		{`{repository(owner: "o", name: "r") {pullRequests(first: 100) {nodes {commits(first: 100) {nodes {commit {authors(first: 100) {nodes {name}}}}}}}}}`,
			"By the time this query traverses to the authors connection, it is requesting up to 1,000,000 possible nodes which exceeds the maximum limit of 500,000."},
		{`{repository(owner: "o", name: "r") {a: pullRequests(first: 100) {nodes {commits(first: 50) {nodes {commit {parents(first: 60) {nodes {oid}}}}}}}
			b: pullRequests(first: 100) {nodes {commits(first: 50) {nodes {commit {parents(first: 60) {nodes {oid}}}}}}}}}`,
			"This query requests up to 610,200 possible nodes which exceeds the maximum limit of 500,000."},
	} {
		g := ask(t, s, test.query, nil)
		if len(g.Errors) != 1 || g.Errors[0]["type"] != "MAX_NODE_LIMIT_EXCEEDED" || g.Errors[0]["message"] != test.message || g.Data != nil {
			t.Errorf("data %v, errors %v, want %q", g.Data, g.Errors, test.message)
		}
	}
}

func TestTheHourlyBudgetEndsAndComesBack(t *testing.T) {
	now := day(1)
	s := serve(t, small(), Options{Budget: 2, Now: func() time.Time { return now }})
	const query = `{rateLimit {limit remaining used resetAt} viewer {login}}`
	for _, left := range []float64{1, 0} {
		d := whole(t, s, query, nil)
		if got := dig(t, d, "rateLimit", "remaining"); got != left {
			t.Errorf("%v points left, want %v", got, left)
		}
	}
	g := ask(t, s, query, nil)
	if g.status != 200 || len(g.Errors) != 1 || g.Errors[0]["type"] != "RATE_LIMITED" || g.Data != nil {
		t.Errorf("spent: status %d, data %v, errors %v", g.status, g.Data, g.Errors)
	}
	if got, want := g.header.Get("X-Ratelimit-Reset"), fmt.Sprint(now.Add(time.Hour).Unix()); got != want || g.header.Get("X-Ratelimit-Remaining") != "0" {
		t.Errorf("x-ratelimit-reset %s, want %s; remaining %s", got, want, g.header.Get("X-Ratelimit-Remaining"))
	}
	now = now.Add(time.Hour)
	if got := dig(t, whole(t, s, query, nil), "rateLimit", "used"); got != float64(1) {
		t.Errorf("%v points used in the next hour, want 1", got)
	}
}

func TestServerWithoutLimit(t *testing.T) {
	s := serve(t, small(), Options{Budget: -1})
	g := ask(t, s, `{rateLimit {cost} viewer {login}}`, nil)
	if g.Data["rateLimit"] != nil || g.header.Get("X-Ratelimit-Limit") != "" {
		t.Errorf("rateLimit %v, header %q, want neither", g.Data["rateLimit"], g.header.Get("X-Ratelimit-Limit"))
	}
}

func TestLogTellsWhatWasAskedAndWhatItCost(t *testing.T) {
	s := serve(t, small(), Options{})
	whole(t, s, `query Find($n: Int!) {repository(owner: "o", name: "r") {issue(number: $n) {labels(first: 5) {nodes {name}}}} me: viewer {login}}`, map[string]any{"n": 3})
	log := s.Log()
	if len(log) != 1 {
		t.Fatalf("%d requests, want 1", len(log))
	}
	r := log[0]
	if r.Operation != "Find" || r.Cost != 1 || r.Nodes != 5 || fmt.Sprint(r.Roots) != "[repository me]" || fmt.Sprint(r.Variables["n"]) != "3" || r.Token != "secret" {
		t.Errorf("logged %+v", r)
	}
}
