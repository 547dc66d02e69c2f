package github

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

const secret = "ghs_TopSecretOfThisTest"

// world is what a client under test lives in: a clock that only waiting moves, and
// a server.
type world struct {
	now     time.Time
	slept   []time.Duration
	notices []Notice
	sent    []request
}

// request is what the server was asked.
type request struct {
	header    http.Header
	Query     string
	Variables map[string]any
}

func newWorld() *world {
	return &world{now: time.Date(2025, 3, 4, 12, 0, 0, 0, time.UTC)}
}

// client returns one whose requests are answered by serve, which is told their
// number, counted from 0.
func (w *world) client(t *testing.T, serve func(n int, r request) (*http.Response, error)) *Client {
	t.Helper()
	c, err := New(Options{
		Endpoint:  DefaultEndpoint,
		Token:     func(context.Context) (string, error) { return secret, nil },
		UserAgent: "shipshape/test",
		MaxWait:   3 * time.Hour,
		Now:       func() time.Time { return w.now },
		Sleep: func(ctx context.Context, d time.Duration) error {
			w.slept = append(w.slept, d)
			w.now = w.now.Add(d)
			return ctx.Err()
		},
		Notice: func(n Notice) { w.notices = append(w.notices, n) },
		Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
			r := request{header: req.Header}
			if err := json.NewDecoder(req.Body).Decode(&r); err != nil {
				return nil, err
			}
			w.sent = append(w.sent, r)
			return serve(len(w.sent)-1, r)
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// answering returns a server that gives these answers one after the other, and the
// last for ever.
func answering(raw ...string) func(int, request) (*http.Response, error) {
	return func(n int, _ request) (*http.Response, error) {
		return parse(raw[min(n, len(raw)-1)])
	}
}

// parse reads an answer as it goes over the wire, with \n for line ends in its
// head.
func parse(raw string) (*http.Response, error) {
	head, body, _ := strings.Cut(raw, "\n\n")
	head = strings.ReplaceAll(head, "\n", "\r\n")
	return http.ReadResponse(bufio.NewReader(strings.NewReader(head+"\r\n\r\n"+body)), nil)
}

// ok is an answer with status 200.
func ok(body string, headers ...string) string {
	return answerWith("200 OK", "application/json; charset=utf-8", body, headers...)
}

func answerWith(status, kind, body string, headers ...string) string {
	head := fmt.Sprintf("HTTP/1.1 %s\nContent-Type: %s\nX-Github-Request-Id: AB12:34\nContent-Length: %d", status, kind, len(body))
	for _, h := range headers {
		head += "\n" + h
	}
	return head + "\n\n" + body
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// viewer is the smallest query.
type viewer struct {
	Meter
	Viewer struct{ Login string }
}

const good = `{"data":{"rateLimit":{"cost":1,"limit":1000,"remaining":990,"resetAt":"2025-03-04T12:30:00Z"},"viewer":{"login":"mona"}}}`

func TestQueryFillsTheStructAndSendsWhatGitHubWants(t *testing.T) {
	w := newWorld()
	c := w.client(t, answering(ok(good)))
	var q viewer
	faults, err := c.Query(t.Context(), &q, map[string]any{"x": String("y")})
	if err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	if q.Viewer.Login != "mona" {
		t.Errorf("login = %q, want mona", q.Viewer.Login)
	}
	r := w.sent[0]
	if want := "query($x:String!){rateLimit{cost,limit,remaining,resetAt},viewer{login}}"; r.Query != want {
		t.Errorf("query = %s, want %s", r.Query, want)
	}
	for name, want := range map[string]string{
		"Authorization": "bearer " + secret, "User-Agent": "shipshape/test",
		"Accept": "application/json", "Content-Type": "application/json",
	} {
		if got := r.header.Get(name); got != want {
			t.Errorf("header %s = %q, want %q", name, got, want)
		}
	}
	want := Spending{Requests: 1, Points: 1, Predicted: 1, Remaining: 990, Reset: time.Date(2025, 3, 4, 12, 30, 0, 0, time.UTC)}
	if got := c.Spent(); got != want {
		t.Errorf("spent = %+v, want %+v", got, want)
	}
}

func TestNewNamesEveryWrongOption(t *testing.T) {
	_, err := New(Options{Endpoint: "http://github.example/graphql", MaxWait: -1, UserAgent: "a\nb"})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"want https", "Token, Now and Sleep", "negative", "control character"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q lacks %q", err, want)
		}
	}
}

func TestTokensThatCannotBeSentAreNotSent(t *testing.T) {
	for _, token := range []string{"", "  \n", "two words", "line\nbreak", "gh\u00fc_x", "nul\x00"} {
		w := newWorld()
		c := w.client(t, answering(ok(good)))
		c.o.Token = func(context.Context) (string, error) { return token, nil }
		_, err := c.Query(t.Context(), &viewer{}, nil)
		wantError(t, err, ErrUnauthorized)
		if len(w.sent) > 0 {
			t.Errorf("token %q was sent", token)
		}
		if shown := strings.TrimSpace(token); shown != "" && strings.Contains(err.Error(), shown) {
			t.Errorf("the error shows the token: %v", err)
		}
	}
}

func TestTokenIsTrimmedAndAskedEachTime(t *testing.T) {
	w := newWorld()
	c := w.client(t, answering(answerWith("503 Service Unavailable", "text/html", "<html>"), ok(good)))
	asked := 0
	c.o.Token = func(context.Context) (string, error) {
		asked++
		return fmt.Sprintf(" token%d\n", asked), nil
	}
	if _, err := c.Query(t.Context(), &viewer{}, nil); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"bearer token1", "bearer token2"} {
		if got := w.sent[i].header.Get("Authorization"); got != want {
			t.Errorf("request %d: %q, want %q", i, got, want)
		}
	}
}

func TestTheTokenIsNeverRepeated(t *testing.T) {
	echo := "you sent " + secret
	for name, raw := range map[string]string{
		"page":      answerWith("200 OK", "text/html", strings.Repeat("\x01", 700)+echo),
		"bad":       answerWith("401 Unauthorized", "application/json", `{"message":"`+echo+`"}`),
		"forbidden": answerWith("403 Forbidden", "text/"+secret, echo, "X-Github-Sso: "+secret),
		"request":   answerWith("404 Not Found", "text/plain", "", "X-Github-Request-Id: "+secret),
		"redirect":  answerWith("302 Found", "text/plain", "", "Location: https://"+secret+".example/"),
		"rejected":  ok(`{"errors":[{"message":"` + echo + `","extensions":{"code":"undefinedField","typeName":"T","fieldName":"` + secret + `"}}]}`),
		"misfit":    ok(`{"data":{"` + secret + `":1}}`),
	} {
		w := newWorld()
		_, err := w.client(t, answering(raw)).Query(t.Context(), &viewer{}, nil)
		if err == nil || strings.Contains(strings.ToLower(fmt.Sprintf("%v %+v", err, err)), strings.ToLower(secret)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w := newWorld()
	c := w.client(t, func(int, request) (*http.Response, error) { return nil, fmt.Errorf("proxy: %s", echo) })
	if _, err := c.Query(t.Context(), &viewer{}, nil); err == nil || strings.Contains(err.Error(), secret) {
		t.Error(err)
	}
	faults, err := newWorld().client(t, answering(ok(`{"data":{"viewer":null},"errors":[{"type":"FORBIDDEN","message":"`+echo+`","path":["`+secret+`"]}]}`))).Query(t.Context(), &viewer{}, nil)
	if err != nil || strings.Contains(fmt.Sprint(faults), secret) {
		t.Error(faults, err)
	}
}

func TestCancelledQueriesReturnTheContextsError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := newWorld()
	c := w.client(t, func(int, request) (*http.Response, error) {
		cancel()
		return nil, io.ErrUnexpectedEOF
	})
	if _, err := c.Query(ctx, &viewer{}, nil); err != context.Canceled {
		t.Errorf("error = %v, want %v", err, context.Canceled)
	}
	if len(w.sent) != 1 {
		t.Errorf("%d requests, want 1", len(w.sent))
	}
}
