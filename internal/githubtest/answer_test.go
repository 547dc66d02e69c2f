package githubtest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMistakesInAQueryAreNamedAsGitHubDoes(t *testing.T) {
	s := serve(t, small(), Options{})
	place := func(line, column float64) []any { return []any{map[string]any{"line": line, "column": column}} }
	for _, test := range []struct {
		query string
		want  map[string]any
	}{
		{`query {repository(owner: "o", name: "r") {issue(number: 3) {tilte}}}`, map[string]any{
			"message":    "Field 'tilte' doesn't exist on type 'Issue'",
			"path":       []any{"query", "repository", "issue", "tilte"},
			"extensions": map[string]any{"code": "undefinedField", "typeName": "Issue", "fieldName": "tilte"},
			"locations":  place(1, 61),
		}},
		{`query Q {repository(owner: "o", name: "r") {list: issues(frist: 3) {totalCount}}}`, map[string]any{
			"message":    "Field 'issues' doesn't accept argument 'frist'",
			"path":       []any{"query Q", "repository", "list", "frist"},
			"extensions": map[string]any{"code": "argumentNotAccepted", "name": "issues", "typeName": "Field", "argumentName": "frist"},
			"locations":  place(1, 45),
		}},
		{`{repository(owner: "o") {name}}`, map[string]any{
			"message":    "Field 'repository' is missing required arguments: name",
			"path":       []any{"query", "repository"},
			"extensions": map[string]any{"code": "missingRequiredArguments", "className": "Field", "name": "repository", "arguments": "name"},
			"locations":  place(1, 2),
		}},
		{"{repository(owner: \"o\", name: \"r\") {...f}}\nfragment f on Repository {pullRequests(first: 1) {nodes {... on PullRequest {nope}}}}", map[string]any{
			"message":    "Field 'nope' doesn't exist on type 'PullRequest'",
			"path":       []any{"fragment f", "pullRequests", "nodes", "... on PullRequest", "nope"},
			"extensions": map[string]any{"code": "undefinedField", "typeName": "PullRequest", "fieldName": "nope"},
			"locations":  place(2, 78),
		}},
	} {
		g := ask(t, s, test.query, nil)
		if diff := cmp.Diff([]map[string]any{test.want}, g.Errors); diff != "" || g.status != 200 || g.Data != nil {
			t.Errorf("%s: status %d, data %v, errors (-want +got):\n%s", test.query, g.status, g.Data, diff)
		}
	}
}

func TestInvalidQueriesAndVariablesAreRefused(t *testing.T) {
	s := serve(t, small(), Options{})
	for _, test := range []struct {
		query, message string
		variables      map[string]any
	}{
		{`{repository(owner: "o"`, "Expected Name, found <EOF>", nil},
		{`query($n: Int!) {repository(owner: "o", name: "r") {issue(number: $n) {title}}}`, "Variable $n of type Int! was provided invalid value", nil},
		{`query($n: Int!) {repository(owner: "o", name: "r") {issue(number: $n) {title}}}`, "Variable $n of type Int! was provided invalid value", map[string]any{"n": "three"}},
		{`query($n: Int!) {repository(owner: "o", name: "r") {issue(number: $n) {title}}}`, "Variable $n of type Int! was provided invalid value", map[string]any{"n": 1.5}},
		{`query($s: [IssueState!]) {repository(owner: "o", name: "r") {issues(states: $s) {totalCount}}}`, "Variable $s of type [IssueState!] was provided invalid value", map[string]any{"s": []string{"OPENED"}}},
		{`query($n: String!) {repository(owner: "o", name: "r") {issue(number: $n) {title}}}`, `Variable "$n" of type "String!" used in position expecting type "Int!".`, map[string]any{"n": "3"}},
		{`query($n: Int) {viewer {login}}`, `Variable "$n" is never used.`, nil},
		{`{viewer}`, "", nil},
		{`{viewer {login {x}}}`, "", nil},
		{`{repository(owner: "o", name: "r") {issues(orderBy: {field: SIZE, direction: ASC}) {totalCount}}}`, "", nil},
		{`mutation {viewer {login}}`, "", nil},
		{`query A {viewer {login}} query B {viewer {login}}`, "An operation name is required", nil},
	} {
		g := ask(t, s, test.query, test.variables)
		if g.status != 200 || len(g.Errors) == 0 || g.Data != nil {
			t.Errorf("%s: status %d, data %v, errors %v", test.query, g.status, g.Data, g.Errors)
			continue
		}
		if got := g.Errors[0]["message"].(string); !strings.Contains(got, test.message) {
			t.Errorf("%s: %q, want %q", test.query, got, test.message)
		}
	}
}

// GitHub takes fields of one name and different types where they cannot meet.
func TestSameNamesInFragmentsOnDifferentTypes(t *testing.T) {
	d := whole(t, serve(t, small(), Options{}), `{repository(owner: "o", name: "r") {issue(number: 3) {timelineItems(first: 9) {nodes {
		... on CrossReferencedEvent {source {... on PullRequest {state} ... on Issue {state}}}
		... on ClosedEvent {source: stateReason}}}}}}`, nil)
	nodes := dig(t, d, "repository", "issue", "timelineItems", "nodes")
	if dig(t, nodes, 0, "source", "state") != "MERGED" || dig(t, nodes, 2, "source") != "DUPLICATE" {
		t.Errorf("nodes %v", nodes)
	}
}

func TestTokens(t *testing.T) {
	s := serve(t, small(), Options{})
	body := []byte(`{"query": "{viewer {login}}"}`)
	for _, test := range []struct {
		token, authorization string
		status               int
	}{
		{"", "", 401}, {"", "bearer any", 200}, {"", "token any", 200}, {"right", "bearer wrong", 401}, {"right", "Bearer right", 200}, {"", "basic any", 401},
	} {
		s.Edit(func(w *World) { w.Token = test.token })
		if g := post(t, s, body, test.authorization); g.status != test.status {
			t.Errorf("token %q with %q: status %d, want %d", test.token, test.authorization, g.status, test.status)
		}
	}
}

func TestNotAQuery(t *testing.T) {
	s := serve(t, small(), Options{})
	if g := post(t, s, []byte("{"), "bearer x"); g.status != http.StatusBadRequest {
		t.Errorf("broken JSON: status %d, want 400", g.status)
	}
	r, err := http.NewRequest(http.MethodGet, "https://api.github.com/", nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Transport().RoundTrip(r)
	if err != nil || w.StatusCode != http.StatusNotFound {
		t.Errorf("another address: %v, %v, want status 404", w, err)
	}
}

func TestRepositoriesThatAreNotThere(t *testing.T) {
	s := serve(t, small(), Options{})
	notFound := func(name string) []map[string]any {
		return []map[string]any{{
			"type": "NOT_FOUND", "path": []any{"repository"}, "locations": []any{map[string]any{"line": 1., "column": 36.}},
			"message": fmt.Sprintf("Could not resolve to a Repository with the name '%s'.", name),
		}}
	}
	query := `query($o: String!, $n: String!) {  repository(owner: $o, name: $n) {nameWithOwner}}`
	g := ask(t, s, query, map[string]any{"o": "o", "n": "x"})
	if diff := cmp.Diff(notFound("o/x"), g.Errors); diff != "" || g.Data["repository"] != nil {
		t.Errorf("unknown: data %v, errors (-want +got):\n%s", g.Data, diff)
	}
	s.Edit(func(w *World) {
		w.Repositories[0].FormerNames = append(w.Repositories[0].FormerNames, "old/name")
		w.Repositories[0].RepositoryHistory.Repository.Name = "new/name"
	})
	for _, old := range []map[string]any{{"o": "old", "n": "name"}, {"o": "NEW", "n": "Name"}} {
		if got := dig(t, whole(t, s, query, old), "repository", "nameWithOwner"); got != "new/name" {
			t.Errorf("%v answers %v, want new/name", old, got)
		}
	}
	s.Edit(func(w *World) { w.Repositories[0].Hidden = true })
	g = ask(t, s, query, map[string]any{"o": "new", "n": "name"})
	if diff := cmp.Diff(notFound("new/name"), g.Errors); diff != "" {
		t.Errorf("hidden: errors (-want +got):\n%s", diff)
	}
}

func TestForbiddenParts(t *testing.T) {
	for _, test := range []struct {
		forbidden, selection string
		path                 []any
		want                 any
	}{
		{"Repository.labels", `labels(first: 1) {totalCount}`, []any{"repository", "labels"}, map[string]any{"name": "r", "labels": nil}},
		{"Repository.deployments", `deployments(first: 1) {totalCount}`, []any{"repository", "deployments"}, nil},
		{"Deployment.statuses", `deployments(first: 1) {nodes {task statuses(first: 1) {totalCount}}}`, []any{"repository", "deployments", "nodes", 0., "statuses"},
			map[string]any{"name": "r", "deployments": map[string]any{"nodes": []any{map[string]any{"task": nil, "statuses": nil}}}}},
		{"Release", `releases(first: 1) {nodes {tagName}}`, []any{"repository", "releases", "nodes", 0.},
			map[string]any{"name": "r", "releases": map[string]any{"nodes": []any{nil}}}},
	} {
		s := serve(t, small(), Options{})
		s.Edit(func(w *World) { w.Repositories[0].Forbidden = []string{test.forbidden} })
		g := ask(t, s, `{repository(owner: "o", name: "r") {name `+test.selection+`}}`, nil)
		if diff := cmp.Diff(test.want, g.Data["repository"]); diff != "" {
			t.Errorf("%s: data (-want +got):\n%s", test.forbidden, diff)
		}
		if len(g.Errors) != 1 || g.Errors[0]["type"] != "FORBIDDEN" || g.Errors[0]["message"] != "Resource not accessible by integration" || !cmp.Equal(g.Errors[0]["path"], any(test.path)) {
			t.Errorf("%s: errors %v, want FORBIDDEN at %v", test.forbidden, g.Errors, test.path)
		}
	}
}

func TestSingleSignOn(t *testing.T) {
	s := serve(t, small(), Options{})
	s.Edit(func(w *World) {
		other := *w.Repositories[0]
		other.RepositoryHistory.Repository.Name, other.id = "o/s", 0
		w.Repositories[0].SAML = true
		w.Repositories = append(w.Repositories, &other)
	})
	g := ask(t, s, `{repositoryOwner(login: "o") {repositories(first: 9) {totalCount nodes {name}}} repository(owner: "o", name: "r") {name}}`, nil)
	want := map[string]any{"repository": nil, "repositoryOwner": map[string]any{"repositories": map[string]any{
		"totalCount": 2., "nodes": []any{nil, map[string]any{"name": "s"}},
	}}}
	if diff := cmp.Diff(want, g.Data); diff != "" {
		t.Errorf("data (-want +got):\n%s", diff)
	}
	if len(g.Errors) != 2 || g.Errors[0]["type"] != "FORBIDDEN" || dig(t, g.Errors[0], "extensions", "saml_failure") != true {
		t.Errorf("errors %v, want two with saml_failure", g.Errors)
	}
	if got := g.header.Get("X-Github-Sso"); !strings.HasPrefix(got, "required; url=https://github.com/orgs/o/sso") {
		t.Errorf("x-github-sso %q", got)
	}
}

func TestDraftsAreSeenWithWriteAccessOnly(t *testing.T) {
	s := serve(t, small(), Options{})
	query := `{repository(owner: "o", name: "r") {viewerPermission release(tagName: "v2") {isDraft publishedAt} releases(first: 9) {totalCount}}}`
	for _, test := range []struct {
		permission Permission
		count      float64
		draft      any
	}{
		{"", 1, nil}, {Read, 1, nil},
		{Write, 2, map[string]any{"isDraft": true, "publishedAt": nil}}, {Admin, 2, map[string]any{"isDraft": true, "publishedAt": nil}},
	} {
		s.Edit(func(w *World) { w.Repositories[0].Permission = test.permission })
		r := dig(t, whole(t, s, query, nil), "repository")
		if dig(t, r, "releases", "totalCount") != test.count || !cmp.Equal(dig(t, r, "release"), test.draft) {
			t.Errorf("%q: %v", test.permission, r)
		}
	}
}
