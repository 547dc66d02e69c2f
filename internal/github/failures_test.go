package github

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// wantError checks that a query failed in the expected way, with one readable line.
func wantError(t *testing.T, err, want error) *QueryError {
	t.Helper()
	e, ok := errors.AsType[*QueryError](err)
	if !ok || !errors.Is(err, want) {
		t.Fatalf("error = %v, want a QueryError of %q", err, want)
	}
	if line := e.Error(); strings.ContainsFunc(line, unicode.IsControl) || len(line) > 1500 {
		t.Errorf("the error is not one line: %q", line)
	}
	return e
}

// TestFailures goes through everything that GitHub, and what stands before it, is
// known to answer. Each server answers the same for ever.
func TestFailures(t *testing.T) {
	const html = "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>nginx</body></html>"
	sso := "X-Github-Sso: required; url=https://github.com/orgs/octo/sso?authorization_request=A"
	for _, test := range []struct {
		name     string
		raw      string
		want     error
		requests int
		waited   time.Duration
		says     string // in the error
	}{
		{"bad token", answerWith("401 Unauthorized", "application/json", `{"message":"Bad credentials","documentation_url":"https://docs.github.com"}`),
			ErrUnauthorized, 1, 0, "HTTP 401, request AB12:34): Bad credentials; check that the token"},
		{"401 with nothing", answerWith("401 Unauthorized", "text/plain", ""), ErrUnauthorized, 1, 0, "nothing"},
		{"not found", answerWith("404 Not Found", "application/json", `{"message":"Not Found"}`),
			ErrNotGraphQL, 1, 0, `https://api.github.com/graphql answered with application/json: {"message":"Not Found"}`},
		{"a web page", answerWith("200 OK", "text/html", html), ErrNotGraphQL, 1, 0, "text/html: <html> <head><title>502"},
		{"other JSON", ok(`{"hello":"world"}`), ErrNotGraphQL, 1, 0, "hello"},
		{"a JSON list", ok(`[{"data":{}}]`), ErrNotGraphQL, 1, 0, "data"},
		{"two documents", ok(good + good), ErrNotGraphQL, 1, 0, "application/json"},
		{"errors that are none", ok(`{"data":{},"errors":"no"}`), ErrNotGraphQL, 1, 0, "application/json"},
		{"data that is no object", ok(`{"data":7}`), ErrNotGraphQL, 1, 0, "does not fit"},
		{"data of another type", ok(`{"data":{"viewer":{"login":[1]}}}`), ErrNotGraphQL, 1, 0, "does not fit"},
		{"data nobody asked for", ok(`{"data":{"other":1}}`), ErrNotGraphQL, 1, 0, "does not fit"},
		{"a redirect", answerWith("301 Moved Permanently", "text/html", "", "Location: https://evil.example/x?y=z"),
			ErrNotGraphQL, 1, 0, "a redirect to https://evil.example; check the address"},
		{"teapot", answerWith("418 I'm a teapot", "text/plain", "short and stout"), ErrNotGraphQL, 1, 0, "short and stout"},
		{"forbidden", answerWith("403 Forbidden", "application/json", `{"message":"Resource not accessible by integration"}`),
			ErrForbidden, 1, 0, "Resource not accessible by integration"},
		{"single sign-on", answerWith("403 Forbidden", "application/json", `{"message":"Resource protected by organization SAML enforcement."}`, sso),
			ErrForbidden, 1, 0, "single sign-on"},
		{"IP allow list", answerWith("403 Forbidden", "application/json", "{\"message\":\"Although you appear to have the correct authorization credentials, the `octo` organization has an IP allow list enabled\"}"),
			ErrForbidden, 1, 0, "run from one of them"},
		{"forbidden without data", ok(`{"data":null,"errors":[{"type":"FORBIDDEN","message":"no","extensions":{"saml_failure":true}}]}`),
			ErrForbidden, 1, 0, "single sign-on"},
		{"bad gateway", answerWith("502 Bad Gateway", "text/html", html), ErrTooBig, 5, 30 * time.Second, "502"},
		{"bad gateway in JSON", answerWith("502 Bad Gateway", "application/json", `{"data":null,"errors":[{"message":"Something went wrong while executing your query."}]}`),
			ErrTooBig, 5, 30 * time.Second, "Something went wrong"},
		{"gateway timeout", answerWith("504 Gateway Timeout", "application/json", `{"message":"We couldn't respond to your request in time."}`),
			ErrTooBig, 5, 30 * time.Second, "in time"},
		{"went wrong", ok(`{"data":null,"errors":[{"message":"Something went wrong while executing your query. Please include AB:CD"}]}`),
			ErrTooBig, 5, 30 * time.Second, "include AB:CD"},
		{"went wrong with data", ok(`{"data":{"viewer":{"login":"mona"}},"errors":[{"message":"Something went wrong while executing your query on 2025"}]}`),
			ErrTooBig, 5, 30 * time.Second, "went wrong"},
		{"unavailable", answerWith("503 Service Unavailable", "text/html", html), ErrUnavailable, 5, 15 * time.Second, "HTTP 503"},
		{"unavailable in JSON", answerWith("503 Service Unavailable", "application/json", `{"message":"No server is currently available"}`, "Retry-After: 20"),
			ErrUnavailable, 5, 80 * time.Second, "No server is currently available"},
		{"server error", answerWith("500 Internal Server Error", "application/json", `{"message":"oops"}`), ErrUnavailable, 5, 15 * time.Second, "oops"},
		{"resource limits with data", ok(`{"data":{"viewer":{"login":"mona"}},"errors":[{"type":"RESOURCE_LIMITS_EXCEEDED","message":"Resource limits for this query exceeded.","path":["viewer"]}]}`),
			ErrTooBig, 1, 0, "Resource limits"},
		{"node limit", ok(`{"errors":[{"type":"MAX_NODE_LIMIT_EXCEEDED","message":"This query requests up to 1,000,000 possible nodes"}]}`),
			ErrTooBig, 1, 0, "1,000,000"},
		{"too large", answerWith("413 Payload Too Large", "text/html", html), ErrTooBig, 1, 0, "413"},
		{"cut inside", ok(`{"data":{"viewer":{"lo`), ErrUnavailable, 5, 15 * time.Second, "ends too early"},
		{"empty", ok(""), ErrUnavailable, 5, 15 * time.Second, "ends too early"},
		{"cut by the connection", "HTTP/1.1 200 OK\nContent-Length: 500\n\n" + good, ErrUnavailable, 5, 15 * time.Second, "unexpected EOF"},
		{"unknown field", ok(`{"errors":[{"path":["query","repository","issues","nodes","issueType"],"extensions":{"code":"undefinedField","typeName":"Issue","fieldName":"issueType"},"message":"Field 'issueType' doesn't exist on type 'Issue'"}]}`),
			ErrRejected, 1, 0, "Field 'issueType' doesn't exist on type 'Issue'"},
		{"malformed", ok(`{"errors":[{"message":"Parse error on \"}\" (RCURLY) at [1, 5]","locations":[{"line":1,"column":5}]}]}`),
			ErrRejected, 1, 0, "Parse error"},
		{"bad request", answerWith("400 Bad Request", "application/json", `{"message":"Problems parsing JSON"}`), ErrRejected, 1, 0, "Problems parsing JSON"},
		{"bad request from elsewhere", answerWith("400 Bad Request", "text/html", html), ErrNotGraphQL, 1, 0, "text/html"},
		{"old server", answerWith("200 OK", "application/json", `{"errors":[{"message":"No such type MergeQueue, so it can't be a fragment condition"}]}`, "X-Github-Enterprise-Version: 3.9.1"),
			ErrRejected, 1, 0, "GitHub Enterprise Server 3.9.1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			c := w.client(t, answering(test.raw))
			faults, err := c.Query(t.Context(), &viewer{}, nil)
			e := wantError(t, err, test.want)
			if !strings.Contains(e.Error(), test.says) {
				t.Errorf("error %q lacks %q", e, test.says)
			}
			if faults != nil {
				t.Errorf("faults beside an error: %v", faults)
			}
			var waited time.Duration
			for _, d := range w.slept {
				waited += d
			}
			if got := c.Spent().Requests; got != test.requests || waited != test.waited {
				t.Errorf("%d requests and %v of waiting, want %d and %v", got, waited, test.requests, test.waited)
			}
			if len(w.notices) != len(w.slept) {
				t.Errorf("%d notices for %d waits", len(w.notices), len(w.slept))
			}
		})
	}
}

func TestRejectedQueriesNameTheField(t *testing.T) {
	for _, test := range []struct{ problem, want string }{
		{`{"message":"m","extensions":{"code":"undefinedField","typeName":"Issue","fieldName":"issueType"}}`, "Issue.issueType"},
		{`{"message":"Field 'issueType' doesn't exist on type 'Issue'"}`, "Issue.issueType"},
		{`{"message":"Field 'issues' doesn't accept argument 'skip'","extensions":{"code":"argumentNotAccepted","name":"issues","typeName":"Field","argumentName":"skip"}}`, "issues(skip:)"},
		{`{"message":"Field 'issues' doesn't accept argument 'skip'","extensions":null}`, "issues(skip:)"},
		{`{"message":"Argument 'itemTypes' on Field 'timelineItems' has an invalid value ([X]). Expected type '[T!]'.","extensions":{"code":"argumentLiteralsIncompatible","typeName":"Field","argumentName":"itemTypes"}}`, "timelineItems(itemTypes:)"},
		{`{"message":"No such type MergeQueue, so it can't be a fragment condition","extensions":{"code":"undefinedType","typeName":"MergeQueue"}}`, "MergeQueue"},
		{`{"message":"Variable $x is used but not declared","extensions":[1]}`, ""},
		{`{"message":"m","extensions":{"code":5,"typeName":["Issue"]}}`, ""},
		{`{"message":"m","extensions":{"code":"undefinedField","typeName":"Issue","fieldName":"<b>x</b>"}}`, ""},
	} {
		_, err := newWorld().client(t, answering(ok(`{"errors":[{"message":"first"},`+test.problem+`]}`))).Query(t.Context(), &viewer{}, nil)
		if e := wantError(t, err, ErrRejected); e.Field != test.want {
			t.Errorf("%s: field %q, want %q", test.problem, e.Field, test.want)
		}
	}
}

func TestFaultsComeWithData(t *testing.T) {
	type query struct {
		Meter
		Repository *struct {
			Name        string
			Deployments *Connection[struct{ State string }] `graphql:"deployments(first: 2)"`
		} `graphql:"repository(owner: \"o\", name: \"r\")"`
	}
	for _, test := range []struct {
		name, raw string
		want      []Fault
	}{
		{"no repository", ok(`{"data":{"repository":null},"errors":[{"type":"NOT_FOUND","path":["repository"],"locations":[{"line":1,"column":2}],"message":"Could not resolve to a Repository with the name 'secondary rate limit/abuse detection'."}]}`),
			[]Fault{{Type: FaultNotFound, Path: []string{"repository"}, Message: "Could not resolve to a Repository with the name 'secondary rate limit/abuse detection'."}}},
		{"a permission", ok(`{"data":{"repository":{"name":"r","deployments":null}},"errors":[{"type":"FORBIDDEN","path":["repository","deployments"],"extensions":{"saml_failure":false},"message":"Resource not accessible by integration"}]}`),
			[]Fault{{Type: FaultForbidden, Path: []string{"repository", "deployments"}, Message: "Resource not accessible by integration"}}},
		{"a record behind single sign-on", ok(`{"data":{"repository":{"name":"r","deployments":{"totalCount":2,"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[null,{"state":"ACTIVE"}]}}},"errors":[{"type":"FORBIDDEN","path":["repository","deployments","nodes",0],"extensions":{"saml_failure":true},"message":"Resource protected by organization SAML enforcement."}]}`, "X-Github-Sso: partial-results; organizations=1"),
			[]Fault{{Type: FaultForbidden, Path: []string{"repository", "deployments", "nodes", "0"}, SAML: true, Message: "Resource protected by organization SAML enforcement."}}},
		{"left out in silence", ok(`{"data":{"repository":{"name":"r"}}}`, "X-Github-Sso: partial-results; organizations=1,2"),
			[]Fault{{Type: FaultForbidden, SAML: true, Message: "partial-results; organizations=1,2"}}},
		{"neither type nor path", ok(`{"data":{"repository":{"name":"r"}},"errors":[{"message":"odd\u0007\u202e"},{"type":null,"path":null,"message":"odder"}]}`),
			[]Fault{{Message: "odd"}, {Message: "odder"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var q query
			faults, err := newWorld().client(t, answering(test.raw)).Query(t.Context(), &q, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, faults); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if whole := test.name != "no repository"; whole != (q.Repository != nil) {
				t.Errorf("repository = %v", q.Repository)
			}
		})
	}
}

// A query that can be asked in smaller parts is never sent again as it was when it
// was too big; one that cannot is given time.
func TestWhatCanBeDividedIsNotRepeated(t *testing.T) {
	for _, test := range []struct {
		divided  bool
		requests int
	}{{true, 1}, {false, 5}} {
		w := newWorld()
		c := w.client(t, answering(answerWith("502 Bad Gateway", "text/html", "<html>")))
		ctx := t.Context()
		if test.divided {
			ctx = Dividing(ctx)
		}
		_, err := c.Query(ctx, &viewer{}, nil)
		wantError(t, err, ErrTooBig)
		if got := c.Spent().Requests; got != test.requests {
			t.Errorf("divided %v: %d requests, want %d", test.divided, got, test.requests)
		}
	}
}
