package githubtest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// of asks for something in the repository o/r.
func of(t *testing.T, s *Server, selection string) any {
	t.Helper()
	return dig(t, whole(t, s, `{repository(owner: "o", name: "r") {`+selection+`}}`, nil), "repository")
}

func TestRecordsInGitHubsForm(t *testing.T) {
	s := serve(t, small(), Options{})
	for _, test := range []struct {
		name, selection string
		want            any
	}{
		{"a bot has its login without [bot]", `pullRequest(number: 1) {author {__typename login} mergedBy {__typename login}}`,
			map[string]any{"author": map[string]any{"__typename": "Bot", "login": "bump"}, "mergedBy": map[string]any{"__typename": "User", "login": "ann"}}},
		{"a deleted account is null", `pullRequest(number: 2) {author {login}}`, map[string]any{"author": nil}},
		{"what nobody made is the ghost's, where somebody must be named", `deployments(last: 1) {nodes {creator {login}}}`,
			map[string]any{"nodes": []any{map[string]any{"creator": map[string]any{"login": "ghost"}}}}},
		{"a deployment's number is longer than 32 bits", `deployments(first: 1) {nodes {databaseId state ref {name} payload}}`,
			map[string]any{"nodes": []any{map[string]any{"databaseId": 3881429895., "state": "INACTIVE", "ref": map[string]any{"name": "v1"}, "payload": `{"a":1}`}}}},
		{"a deployed commit that is nowhere", `deployments(last: 1) {nodes {commitOid commit {oid}}}`,
			map[string]any{"nodes": []any{map[string]any{"commitOid": string(oid(9)), "commit": nil}}}},
		{"statuses, the newest first", `deployments(first: 1) {nodes {latestStatus {state} statuses(first: 2) {totalCount nodes {state createdAt}}}}`,
			map[string]any{"nodes": []any{map[string]any{"latestStatus": map[string]any{"state": "INACTIVE"}, "statuses": map[string]any{"totalCount": 3., "nodes": []any{
				map[string]any{"state": "INACTIVE", "createdAt": "2026-01-08T00:00:00Z"}, map[string]any{"state": "SUCCESS", "createdAt": "2026-01-07T00:00:00Z"}}}}}}},
		{"an annotated tag", `ref(qualifiedName: "refs/tags/v1") {name prefix target {__typename ... on Tag {message tagger {name date} target {__typename oid}}}}`,
			map[string]any{"name": "v1", "prefix": "refs/tags/", "target": map[string]any{"__typename": "Tag", "message": "v1",
				"tagger": map[string]any{"name": "Ann", "date": "2026-01-05T00:00:00Z"}, "target": map[string]any{"__typename": "Commit", "oid": string(oid(4))}}}},
		{"a lightweight tag", `ref(qualifiedName: "refs/tags/light/⛵") {target {__typename oid}}`, map[string]any{"target": map[string]any{"__typename": "Commit", "oid": string(oid(2))}}},
		{"a commit of a bot", `object(expression: "release/1") {... on Commit {message messageHeadline messageBody author {name email user {login}} parents(first: 3) {nodes {oid}}}}`,
			map[string]any{"message": "two\n\nmore", "messageHeadline": "two", "messageBody": "more",
				"author":  map[string]any{"name": nil, "email": "49699333+bump[bot]@users.noreply.github.com", "user": nil},
				"parents": map[string]any{"nodes": []any{map[string]any{"oid": string(oid(1))}}}}},
		{"a commit of a user", `object(oid: "0000000000000000000000000000000000000001") {... on Commit {author {name email user {login}}}}`,
			map[string]any{"author": map[string]any{"name": "Ann", "email": "ann@users.noreply.github.com", "user": map[string]any{"login": "ann"}}}},
		{"a commit of somebody", `object(oid: "0000000000000000000000000000000000000003") {... on Commit {author {email user {login}} associatedPullRequests(first: 1) {totalCount}}}`,
			map[string]any{"author": map[string]any{"email": "someone.zoeb@example.org", "user": nil}, "associatedPullRequests": map[string]any{"totalCount": 0.}}},
		{"the pull request of a commit", `object(expression: "main") {... on Commit {associatedPullRequests(first: 1) {nodes {number}} checkSuites(first: 1) {nodes {status conclusion branch {name} workflowRun {databaseId event runNumber workflow {name}} checkRuns(first: 1) {nodes {startedAt completedAt}}}}}}`,
			map[string]any{"associatedPullRequests": map[string]any{"nodes": []any{map[string]any{"number": 1.}}}, "checkSuites": map[string]any{"nodes": []any{map[string]any{
				"status": "COMPLETED", "conclusion": "SUCCESS", "branch": map[string]any{"name": "main"},
				"workflowRun": map[string]any{"databaseId": 2559400712., "event": "push", "runNumber": 12., "workflow": map[string]any{"name": "CI"}},
				"checkRuns":   map[string]any{"nodes": []any{map[string]any{"startedAt": "2026-01-04T00:00:00Z", "completedAt": "2026-01-05T00:00:00Z"}}}}}}}},
		{"a commit that nothing knows", `object(oid: "0000000000000000000000000000000000000009") {oid}`, nil},
		{"code owners", `object(expression: "HEAD:.github/CODEOWNERS") {... on Blob {text}}`, map[string]any{"text": "* @o/all\n"}},
		{"no code owners elsewhere", `object(expression: "HEAD:CODEOWNERS") {... on Blob {text}}`, nil},
		{"a head that is not known", `pullRequest(number: 2) {headRefOid mergeCommit {oid} milestone {number}}`,
			map[string]any{"headRefOid": "0000000000000000000000000000000000000000", "mergeCommit": nil, "milestone": nil}},
		{"what a pull request closes, and what closes an issue", `pullRequest(number: 1) {closingIssuesReferences(first: 2) {nodes {number closedByPullRequestsReferences(first: 2) {nodes {number}}}}}`,
			map[string]any{"closingIssuesReferences": map[string]any{"nodes": []any{map[string]any{"number": 3., "closedByPullRequestsReferences": map[string]any{"nodes": []any{map[string]any{"number": 1.}}}}}}}},
		{"an issue", `issue(number: 3) {stateReason all: stateReason(enableDuplicate: true) issueType {name} authorAssociation}`,
			map[string]any{"stateReason": "NOT_PLANNED", "all": "DUPLICATE", "issueType": map[string]any{"name": "Bug"}, "authorAssociation": "NONE"}},
		{"references", `issue(number: 3) {timelineItems(first: 3) {nodes {... on CrossReferencedEvent {willCloseTarget source {... on PullRequest {number}}} ... on ConnectedEvent {s: source {... on Issue {number}} subject {... on Issue {number}}} ... on ClosedEvent {actor {login} stateReason}}}}`,
			map[string]any{"timelineItems": map[string]any{"nodes": []any{
				map[string]any{"willCloseTarget": true, "source": map[string]any{"number": 1.}},
				map[string]any{"s": map[string]any{"number": 3.}, "subject": map[string]any{"number": 3.}},
				map[string]any{"actor": map[string]any{"login": "ann"}, "stateReason": "DUPLICATE"}}}}},
		{"an asset of more than 32 bits", `release(tagName: "v1") {isLatest author {login} tagCommit {oid} releaseAssets(first: 1) {nodes {name size downloadCount}}}`,
			map[string]any{"isLatest": true, "author": map[string]any{"login": "ann"}, "tagCommit": map[string]any{"oid": string(oid(4))},
				"releaseAssets": map[string]any{"nodes": []any{map[string]any{"name": "a.tgz", "size": 5e9, "downloadCount": 3.}}}}},
		{"an environment", `environment(name: "production") {name latestCompletedDeployment {databaseId}}`,
			map[string]any{"name": "production", "latestCompletedDeployment": map[string]any{"databaseId": 3881429895.}}},
	} {
		alias := "x: " + test.selection
		if diff := cmp.Diff(test.want, dig(t, of(t, s, alias), "x")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestStatusesFromTheOldestOn(t *testing.T) {
	s := serve(t, small(), Options{OldestFirst: true})
	got := dig(t, of(t, s, `deployments(first: 1) {nodes {statuses(first: 1) {nodes {state}}}}`), "deployments", "nodes", 0, "statuses", "nodes", 0, "state")
	if got != "QUEUED" {
		t.Errorf("first status %v, want QUEUED", got)
	}
}

func TestEmptyRepository(t *testing.T) {
	h := &shipshape.History{Repositories: []shipshape.RepositoryHistory{{Repository: shipshape.Repository{Name: "o/r", CreatedAt: day(1)}}}}
	got := of(t, serve(t, h, Options{}), `isEmpty defaultBranchRef {name} pushedAt object(expression: "HEAD") {oid} pullRequests(first: 9) {totalCount nodes {number} pageInfo {hasNextPage endCursor}}`)
	want := map[string]any{"isEmpty": true, "defaultBranchRef": nil, "pushedAt": nil, "object": nil, "pullRequests": map[string]any{
		"totalCount": 0., "nodes": []any{}, "pageInfo": map[string]any{"hasNextPage": false, "endCursor": nil},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("repository (-want +got):\n%s", diff)
	}
}

func TestTagsOfTagsAndOfTrees(t *testing.T) {
	s := serve(t, small(), Options{})
	s.Edit(func(w *World) {
		w.Repositories[0].NestedTags = map[string]int{"v1": 2}
		w.Repositories[0].TreeTags = []string{"a-tree"}
	})
	got := of(t, s, `refs(refPrefix: "refs/tags/", first: 9) {nodes {name target {__typename ... on Tag {target {__typename ... on Tag {target {__typename}}}}}}}`)
	kind := func(name string, inner map[string]any) map[string]any {
		of := map[string]any{"__typename": name}
		if inner != nil {
			of["target"] = inner
		}
		return of
	}
	want := map[string]any{"refs": map[string]any{"nodes": []any{
		map[string]any{"name": "a-tree", "target": kind("Tree", nil)},
		map[string]any{"name": "light/⛵", "target": kind("Commit", nil)},
		map[string]any{"name": "v1", "target": kind("Tag", kind("Tag", kind("Commit", nil)))},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
}

func TestTeamsAreAskedForReviews(t *testing.T) {
	h := small()
	h.Repositories[0].Changes[1].Events = []shipshape.Event{
		{Kind: shipshape.ReviewRequested, At: day(3), Subject: "The Core"}, {Kind: shipshape.ReviewRequested, At: day(3), Subject: "ann"},
	}
	s := serve(t, h, Options{})
	s.Edit(func(w *World) { w.Repositories[0].Teams = []string{"The Core"} })
	got := of(t, s, `pullRequest(number: 2) {timelineItems(first: 2) {nodes {... on ReviewRequestedEvent {requestedReviewer {__typename ... on Team {name combinedSlug} ... on User {login}}}}}}`)
	want := map[string]any{"pullRequest": map[string]any{"timelineItems": map[string]any{"nodes": []any{
		map[string]any{"requestedReviewer": map[string]any{"__typename": "Team", "name": "The Core", "combinedSlug": "o/the-core"}},
		map[string]any{"requestedReviewer": map[string]any{"__typename": "User", "login": "ann"}},
	}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reviewers (-want +got):\n%s", diff)
	}
}

// Every node that a query meets is found again by its id.
func TestNodesAreFoundByTheirIds(t *testing.T) {
	s := serve(t, small(), Options{})
	r := of(t, s, `id ref(qualifiedName: "refs/heads/main") {id target {id}} pullRequest(number: 1) {id author {id: login ... on Bot {node: id}}} issue(number: 3) {id}
		talk: pullRequest(number: 1) {timelineItems(first: 9, itemTypes: [ISSUE_COMMENT, PULL_REQUEST_REVIEW, MERGED_EVENT]) {nodes {... on Node {id}}}}
		tag: ref(qualifiedName: "refs/tags/v1") {target {id}} release(tagName: "v1") {id} label(name: "bug") {id} milestone(number: 7) {id} environment(name: "production") {id}
		deployments(first: 1) {nodes {id statuses(first: 1) {nodes {id}}}}
		object(expression: "main") {... on Commit {checkSuites(first: 1) {nodes {id workflowRun {id workflow {id}} checkRuns(first: 1) {nodes {id}}}}}}`)
	for _, test := range []struct {
		typ  string
		path []any
	}{
		{"Repository", []any{"id"}}, {"Ref", []any{"ref", "id"}}, {"Commit", []any{"ref", "target", "id"}},
		{"PullRequest", []any{"pullRequest", "id"}}, {"Bot", []any{"pullRequest", "author", "node"}}, {"Issue", []any{"issue", "id"}},
		{"Release", []any{"release", "id"}}, {"Label", []any{"label", "id"}}, {"Milestone", []any{"milestone", "id"}},
		{"Environment", []any{"environment", "id"}}, {"Deployment", []any{"deployments", "nodes", 0, "id"}},
		{"PullRequestReview", []any{"talk", "timelineItems", "nodes", 0, "id"}}, {"IssueComment", []any{"talk", "timelineItems", "nodes", 1, "id"}},
		{"MergedEvent", []any{"talk", "timelineItems", "nodes", 2, "id"}}, {"Tag", []any{"tag", "target", "id"}},
		{"DeploymentStatus", []any{"deployments", "nodes", 0, "statuses", "nodes", 0, "id"}},
		{"CheckSuite", []any{"object", "checkSuites", "nodes", 0, "id"}},
		{"WorkflowRun", []any{"object", "checkSuites", "nodes", 0, "workflowRun", "id"}},
		{"Workflow", []any{"object", "checkSuites", "nodes", 0, "workflowRun", "workflow", "id"}},
		{"CheckRun", []any{"object", "checkSuites", "nodes", 0, "checkRuns", "nodes", 0, "id"}},
	} {
		id := dig(t, r, test.path...)
		d := whole(t, s, `query($id: ID!, $ids: [ID!]!) {node(id: $id) {__typename id} nodes(ids: $ids) {id}}`, map[string]any{"id": id, "ids": []any{id}})
		want := map[string]any{"node": map[string]any{"__typename": test.typ, "id": id}, "nodes": []any{map[string]any{"id": id}}}
		if diff := cmp.Diff(want, d); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.typ, diff)
		}
	}
	g := ask(t, s, `{nodes(ids: ["nonsense"]) {id}}`, nil)
	if len(g.Errors) != 1 || g.Errors[0]["type"] != "NOT_FOUND" || !cmp.Equal(g.Data["nodes"], any([]any{nil})) {
		t.Errorf("unknown id: data %v, errors %v", g.Data, g.Errors)
	}
}

func TestTheSchemaTellsAboutItself(t *testing.T) {
	s := serve(t, small(), Options{Without: []string{"Issue.issueType"}})
	for name, want := range map[string]bool{"title": true, "issueType": false} {
		d := whole(t, s, `{__type(name: "Issue") {kind fields(includeDeprecated: true) {name type {kind name ofType {name}}}}}`, nil)
		found := false
		for _, f := range dig(t, d, "__type", "fields").([]any) {
			found = found || dig(t, f, "name") == name
		}
		if found != want {
			t.Errorf("Issue.%s told: %v, want %v", name, found, want)
		}
	}
	if d := whole(t, s, `{__type(name: "Nothing") {name} __schema {queryType {name} types {name} directives {name locations}}}`, nil); dig(t, d, "__type") != nil {
		t.Errorf("unknown type: %v", d)
	}
}

// GitHub's headline of a message ends in an ellipsis where the first line is long, and
// the body goes on from there. The message itself is whole.
func TestLongHeadlinesAreCut(t *testing.T) {
	line := strings.Repeat("é", 72)
	for _, test := range []struct{ headline, body, shown, rest string }{
		{line, "more", line, "more"},
		{line + "x", "", strings.Repeat("é", 69) + "…", "…éééx"},
		{line + "x", "more", strings.Repeat("é", 69) + "…", "…éééx\n\nmore"},
	} {
		h := small()
		h.Repositories[0].Commits[3].Headline, h.Repositories[0].Commits[3].Body = test.headline, test.body
		got := dig(t, of(t, serve(t, h, Options{}), `object(expression: "HEAD") {... on Commit {message messageHeadline messageBody}}`), "object")
		message := strings.TrimSuffix(test.headline+"\n\n"+test.body, "\n\n")
		want := map[string]any{"message": message, "messageHeadline": test.shown, "messageBody": test.rest}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.headline, diff)
		}
	}
}

// What GitHub would answer and this package cannot is an error, not a wrong answer.
func TestWhatIsNotServedIsSaid(t *testing.T) {
	s := serve(t, small(), Options{})
	for _, selection := range []string{
		`pullRequests(first: 1, labels: ["bug"]) {totalCount}`, `issues(first: 1, filterBy: {createdBy: "ann"}) {totalCount}`,
		`issues(first: 1, orderBy: {field: COMMENTS, direction: ASC}) {totalCount}`, `refs(refPrefix: "refs/tags/", query: "v") {totalCount}`,
		`object(expression: "HEAD") {... on Commit {history(path: "x") {totalCount}}}`, `pullRequest(number: 1) {latestReviews(first: 1) {totalCount}}`,
		`labels(query: "b") {totalCount}`, `milestones(query: "b") {totalCount}`,
	} {
		g := ask(t, s, `{repository(owner: "o", name: "r") {`+selection+`}}`, nil)
		if len(g.Errors) != 1 || g.Errors[0]["type"] != "UNSERVED_BY_GITHUBTEST" {
			t.Errorf("%s: data %v, errors %v", selection, g.Data, g.Errors)
		}
	}
}

func TestEnterpriseServerStatesItsVersion(t *testing.T) {
	for _, version := range []string{"", "3.9.1"} {
		g := ask(t, serve(t, small(), Options{Enterprise: version}), `{viewer {login}}`, nil)
		if got := g.header.Get("X-Github-Enterprise-Version"); got != version {
			t.Errorf("header %q, want %q", got, version)
		}
	}
}
