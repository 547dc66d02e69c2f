package githubtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// pagesOf reads a connection of the repository o/r page by page. What stands for the
// nodes' selection; the arguments begin with a page size.
func pagesOf(t *testing.T, s *Server, field, args, nodes string) []any {
	t.Helper()
	query := `query($after: String) {repository(owner: "o", name: "r") {list: ` + field +
		`(after: $after, ` + args + `) {totalCount pageInfo {hasNextPage endCursor} nodes {` + nodes + `}}}}`
	var all []any
	var after any
	for range 1000 {
		list := dig(t, whole(t, s, query, map[string]any{"after": after}), "repository", "list")
		all = append(all, dig(t, list, "nodes").([]any)...)
		if dig(t, list, "pageInfo", "hasNextPage") == false {
			return all
		}
		after = dig(t, list, "pageInfo", "endCursor")
	}
	t.Fatalf("%s has no end", field)
	return nil
}

func TestPagesOfAnySizeMakeTheSameList(t *testing.T) {
	s := serve(t, long(23), Options{})
	for _, list := range []struct{ field, args string }{
		{"pullRequests", ""},
		{"pullRequests", "orderBy: {field: UPDATED_AT, direction: DESC}"},
		{"pullRequests", "states: [MERGED], orderBy: {field: CREATED_AT, direction: DESC}"},
	} {
		want := pagesOf(t, s, list.field, "first: 100 "+list.args, "number")
		if len(want) != 23 {
			t.Fatalf("%v: %d items, want 23", list, len(want))
		}
		for _, size := range []int{1, 2, 7, 23} {
			got := pagesOf(t, s, list.field, fmt.Sprintf("first: %d ", size)+list.args, "number")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%v by %d (-want +got):\n%s", list, size, diff)
			}
		}
	}
}

func TestPagesFromTheEnd(t *testing.T) {
	s := serve(t, long(5), Options{})
	query := `query($before: String) {repository(owner: "o", name: "r") {pullRequests(last: 2, before: $before) {
		pageInfo {hasPreviousPage hasNextPage startCursor} edges {cursor node {number}}}}}`
	list := dig(t, whole(t, s, query, nil), "repository", "pullRequests")
	for i, want := range []float64{4, 5} {
		if got := dig(t, list, "edges", i, "node", "number"); got != want {
			t.Errorf("edge %d is number %v, want %v", i, got, want)
		}
	}
	if dig(t, list, "edges", 0, "cursor") != dig(t, list, "pageInfo", "startCursor") {
		t.Error("the first edge's cursor is not the start cursor")
	}
	list = dig(t, whole(t, s, query, map[string]any{"before": dig(t, list, "pageInfo", "startCursor")}), "repository", "pullRequests")
	if got := dig(t, list, "edges", 1, "node", "number"); got != float64(3) || dig(t, list, "pageInfo", "hasPreviousPage") != true {
		t.Errorf("page before: ends with %v, %v", got, dig(t, list, "pageInfo"))
	}
}

// A pull request that is touched between two pages goes to the front. The cursor
// stays where it was: nothing is skipped, nothing is seen twice but what moved.
func TestCursorStaysWhenTheListShifts(t *testing.T) {
	s := serve(t, long(6), Options{})
	query := `query($after: String) {repository(owner: "o", name: "r") {pullRequests(first: 2, after: $after,
		orderBy: {field: UPDATED_AT, direction: DESC}) {pageInfo {endCursor} nodes {number}}}}`
	var seen []any
	var after any
	for page := range 3 {
		list := dig(t, whole(t, s, query, map[string]any{"after": after}), "repository", "pullRequests")
		for _, n := range dig(t, list, "nodes").([]any) {
			seen = append(seen, dig(t, n, "number"))
		}
		after = dig(t, list, "pageInfo", "endCursor")
		if page == 0 {
			s.Edit(func(w *World) { w.Repositories[0].Changes[1].UpdatedAt = day(20) }) // number 2
		}
	}
	if diff := cmp.Diff([]any{6., 5., 4., 3., 1.}, seen); diff != "" {
		t.Errorf("numbers seen (-want +got):\n%s", diff)
	}
}

func TestPageLimits(t *testing.T) {
	s := serve(t, small(), Options{})
	for _, test := range []struct{ list, kind, message string }{
		{"issues {nodes {number}}", "MISSING_PAGINATION_BOUNDARIES", "You must provide a `first` or `last` value to properly paginate the `issues` connection."},
		{"issues {edges {node {number}}}", "MISSING_PAGINATION_BOUNDARIES", "You must provide a `first` or `last` value to properly paginate the `issues` connection."},
		{"issues(first: 101) {nodes {number}}", "EXCESSIVE_PAGINATION", "Requesting 101 records on the `issues` connection exceeds the `first` limit of 100 records."},
		{"issues(last: 500) {totalCount}", "EXCESSIVE_PAGINATION", "Requesting 500 records on the `issues` connection exceeds the `last` limit of 100 records."},
		{"issues(first: 1, last: 1) {nodes {number}}", "INVALID_PAGINATION_BOUNDARIES", "Passing both `first` and `last` to paginate the `issues` connection is not supported."},
		{"issues(first: -1) {nodes {number}}", "INVALID_PAGINATION_BOUNDARIES", "`first` on the `issues` connection cannot be less than zero."},
		{`issues(first: 1, after: "nonsense") {nodes {number}}`, "INVALID_CURSOR_ARGUMENTS", "`nonsense` does not appear to be a valid cursor."},
	} {
		g := ask(t, s, `{repository(owner: "o", name: "r") {`+test.list+`}}`, nil)
		want := []map[string]any{{
			"type": test.kind, "message": test.message, "path": []any{"repository", "issues"},
			"locations": []any{map[string]any{"line": 1., "column": 37.}},
		}}
		if diff := cmp.Diff(want, g.Errors); diff != "" || g.status != 200 || g.Data["repository"] != nil {
			t.Errorf("%s: status %d, data %v, errors (-want +got):\n%s", test.list, g.status, g.Data, diff)
		}
	}
	d := whole(t, s, `{repository(owner: "o", name: "r") {issues {totalCount} labels(first: 0) {totalCount nodes {name}}}}`, nil)
	if got := dig(t, d, "repository", "issues", "totalCount"); got != float64(1) {
		t.Errorf("issues counted without a page size: %v, want 1", got)
	}
}

// A refused list that may be null leaves the rest of the answer.
func TestNullStopsAtTheNearestFieldThatAllowsIt(t *testing.T) {
	s := serve(t, small(), Options{})
	g := ask(t, s, `{repository(owner: "o", name: "r") {name labels(first: 101) {nodes {name}}}}`, nil)
	want := map[string]any{"repository": map[string]any{"name": "r", "labels": nil}}
	if diff := cmp.Diff(want, g.Data); diff != "" || len(g.Errors) != 1 {
		t.Errorf("errors %v, data (-want +got):\n%s", g.Errors, diff)
	}
}

func TestPullRequestListsAtMost250Commits(t *testing.T) {
	h := small()
	change := &h.Repositories[0].Changes[0]
	for i := range 300 {
		change.Commits = append(change.Commits, shipshape.ChangeCommit{OID: oid(1000 + i), CommittedAt: day(2)})
	}
	s := serve(t, h, Options{})
	query := `query($after: String) {repository(owner: "o", name: "r") {pullRequest(number: 1) {
		commits(first: 100, after: $after) {totalCount pageInfo {hasNextPage endCursor} nodes {commit {oid}}}}}}`
	var after any
	listed := 0
	for range 3 {
		list := dig(t, whole(t, s, query, map[string]any{"after": after}), "repository", "pullRequest", "commits")
		listed += len(dig(t, list, "nodes").([]any))
		after = dig(t, list, "pageInfo", "endCursor")
		if got := dig(t, list, "totalCount"); got != float64(301) {
			t.Errorf("totalCount %v, want 301", got)
		}
		if more := dig(t, list, "pageInfo", "hasNextPage"); more != (listed < 250) {
			t.Errorf("hasNextPage %v after %d commits", more, listed)
		}
	}
	if listed != 250 {
		t.Errorf("%d commits listed, want 250", listed)
	}
}

func TestListsAreFilteredAndOrdered(t *testing.T) {
	s := serve(t, small(), Options{})
	for _, test := range []struct {
		field, args, nodes string
		want               string
	}{
		{"pullRequests", "first: 9, states: [OPEN]", "number", "2"},
		{"pullRequests", "first: 9, orderBy: {field: UPDATED_AT, direction: DESC}", "number", "1 2"},
		{"issues", `first: 9, filterBy: {since: "2026-01-06T00:00:00Z"}`, "number", ""},
		{"issues", `first: 9, filterBy: {since: "2026-01-05T00:00:00Z"}, states: [CLOSED]`, "number", "3"},
		{"deployments", `first: 9, environments: ["staging area"]`, "databaseId", "3.881429896e+09"},
		{"deployments", "first: 9, orderBy: {field: CREATED_AT, direction: DESC}", "databaseId", "3.881429896e+09 3.881429895e+09"},
		{"refs", `first: 9, refPrefix: "refs/heads/"`, "name", "main release/1"},
		{"refs", `first: 9, refPrefix: "refs/tags/", orderBy: {field: TAG_COMMIT_DATE, direction: DESC}`, "name", "v1 light/⛵"},
		{"labels", "first: 9", "name", "bug Feature"},
		{"labels", "first: 9, orderBy: {field: NAME, direction: DESC}", "name", "Feature bug"},
		{"releases", "first: 9", "tagName", "v1"},
		{"milestones", "first: 9, states: [CLOSED]", "number", ""},
		{"environments", "first: 9", "name", "production staging area"},
		{"environments", `first: 9, names: ["production"]`, "name", "production"},
	} {
		var got []string
		for _, node := range pagesOf(t, s, test.field, test.args, test.nodes) {
			got = append(got, fmt.Sprint(dig(t, node, test.nodes)))
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s(%s): %q, want %q", test.field, test.args, strings.Join(got, " "), test.want)
		}
	}
}

func TestTimelineIsByTimeAndByType(t *testing.T) {
	s := serve(t, small(), Options{})
	query := `query($types: [PullRequestTimelineItemsItemType!], $since: DateTime) {repository(owner: "o", name: "r") {pullRequest(number: 1) {
		timelineItems(first: 100, itemTypes: $types, since: $since) {totalCount nodes {__typename ... on IssueComment {body author {login}}}}}}}`
	for _, test := range []struct {
		variables map[string]any
		want      []string
	}{
		{nil, []string{"PullRequestCommit", "LabeledEvent", "PullRequestReview", "IssueComment", "MergedEvent", "IssueComment"}},
		{map[string]any{"types": []string{"ISSUE_COMMENT", "LABELED_EVENT"}}, []string{"LabeledEvent", "IssueComment", "IssueComment"}},
		{map[string]any{"types": "MERGED_EVENT"}, []string{"MergedEvent"}},
		{map[string]any{"since": "2026-01-04T00:00:00Z"}, []string{"MergedEvent", "IssueComment"}},
	} {
		list := dig(t, whole(t, s, query, test.variables), "repository", "pullRequest", "timelineItems")
		var got []string
		for _, node := range dig(t, list, "nodes").([]any) {
			got = append(got, dig(t, node, "__typename").(string))
		}
		if !slices.Equal(got, test.want) || dig(t, list, "totalCount") != float64(len(test.want)) {
			t.Errorf("%v: %v of %v, want %v", test.variables, got, dig(t, list, "totalCount"), test.want)
		}
	}
}
