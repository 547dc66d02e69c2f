package githubtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
)

// changesQuery is what a collector asks of pull requests, 29 a page at one point.
const changesQuery = `query($owner: String!, $name: String!, $after: String) {rateLimit {cost remaining}
	repository(owner: $owner, name: $name) {pullRequests(first: 29, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}) {
		totalCount pageInfo {hasNextPage endCursor} nodes {number title url state isDraft author {__typename login}
		authorAssociation createdAt updatedAt closedAt mergedAt mergedBy {__typename login} baseRefName headRefName
		headRefOid mergeCommit {oid} body additions deletions changedFiles milestone {number}
		labels(first: 20) {totalCount pageInfo {hasNextPage endCursor} nodes {name}}
		reviews(first: 30) {totalCount pageInfo {hasNextPage endCursor} nodes {state submittedAt author {__typename login} body commit {oid}}}
		commits(first: 50) {totalCount pageInfo {hasNextPage endCursor} nodes {commit {oid authoredDate committedDate messageHeadline}}}
		closingIssuesReferences(first: 10) {totalCount pageInfo {hasNextPage endCursor} nodes {number}}
		timelineItems(first: 60, itemTypes: [LABELED_EVENT, CLOSED_EVENT, MERGED_EVENT, ISSUE_COMMENT]) {totalCount
			pageInfo {hasNextPage endCursor} nodes {__typename ... on LabeledEvent {createdAt label {name}}
			... on ClosedEvent {createdAt actor {login}} ... on MergedEvent {createdAt commit {oid}} ... on IssueComment {createdAt body}}}}}}}`

// readAll pages through a query's list without decoding more than it must, and
// returns how many requests that took.
func readAll(t testing.TB, s *Server, query, owner, name string, list ...string) int {
	variables := map[string]any{"owner": owner, "name": name}
	for n := 1; ; n++ {
		body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
		if err != nil {
			t.Fatal(err)
		}
		r, err := http.NewRequest(http.MethodPost, "https://api.github.com/graphql", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "bearer x")
		w, err := s.Transport().RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(w.Body)
		if err != nil || bytes.Contains(text, []byte(`"errors"`)) {
			t.Fatalf("%v: %.500s", err, text)
		}
		next, more := endCursor(t, text, list)
		if !more {
			return n
		}
		variables["after"] = next
	}
}

// endCursor finds where a page of a list ends.
func endCursor(t testing.TB, text []byte, list []string) (string, bool) {
	raw := json.RawMessage(text)
	for _, step := range append([]string{"data"}, list...) {
		var m map[string]json.RawMessage
		if err := json.Unmarshal(raw, &m); err != nil {
			t.Fatal(err)
		}
		raw = m[step]
	}
	var page struct {
		PageInfo struct {
			HasNextPage bool
			EndCursor   string
		}
	}
	if err := json.Unmarshal(raw, &page); err != nil {
		t.Fatal(err)
	}
	return page.PageInfo.EndCursor, page.PageInfo.HasNextPage
}

func BenchmarkPullRequestsOfSecp256k1(b *testing.B) {
	s := bundled(b, "secp256k1", Options{Budget: -1})
	for b.Loop() {
		readAll(b, s, changesQuery, "bitcoin-core", "secp256k1", "repository", "pullRequests")
	}
}

func Benchmark100000PullRequests(b *testing.B) {
	s := serve(b, long(100_000), Options{Budget: -1})
	for b.Loop() {
		readAll(b, s, changesQuery, "o", "r", "repository", "pullRequests")
	}
}

func Benchmark100000Commits(b *testing.B) {
	s := serve(b, long(100_000), Options{Budget: -1})
	for b.Loop() {
		readAll(b, s, `query($owner: String!, $name: String!, $after: String) {repository(owner: $owner, name: $name) {defaultBranchRef {target {... on Commit {
			history(first: 100, after: $after) {pageInfo {hasNextPage endCursor} nodes {oid message authoredDate committedDate author {name email user {login}} parents(first: 10) {totalCount nodes {oid}}}}}}}}}`,
			"o", "r", "repository", "defaultBranchRef", "target", "history")
	}
}
