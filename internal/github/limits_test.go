package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// resetAt is the header of a limit that ends so long after the world begins.
func resetAt(d time.Duration) string {
	return fmt.Sprintf("X-Ratelimit-Reset: %d", newWorld().now.Add(d).Unix())
}

// TestLimitsAreWaitedFor has a server that refuses a few times and then answers.
func TestLimitsAreWaitedFor(t *testing.T) {
	const spent = "X-Ratelimit-Remaining: 0"
	limited := `{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded for user ID 1."}]}`
	pushed := `{"message":"You have exceeded a secondary rate limit. Please wait a few minutes."}`
	for _, test := range []struct {
		name  string
		raw   []string
		why   string
		slept []time.Duration
	}{
		{"RATE_LIMITED", []string{ok(limited, spent, resetAt(10*time.Minute))}, whyHourly, []time.Duration{601 * time.Second}},
		{"RATE_LIMIT", []string{ok(`{"errors":[{"type":"RATE_LIMIT","code":"x","extensions":{"code":"graphql_rate_limit"},"message":"API rate limit already exceeded"}]}`, spent, resetAt(time.Minute))}, whyHourly, []time.Duration{61 * time.Second}},
		{"a code alone", []string{ok(`{"data":{"viewer":null},"errors":[{"extensions":{"code":"graphql_rate_limit"},"message":"m"}]}`, resetAt(time.Minute))}, whyHourly, []time.Duration{61 * time.Second}},
		{"without a reset", []string{ok(limited), ok(limited)}, whyHourly, []time.Duration{time.Minute, 2 * time.Minute}},
		{"a reset that is over", []string{ok(limited, resetAt(-time.Hour)), ok(limited, resetAt(-time.Hour))}, whyHourly, []time.Duration{time.Second, 2 * time.Second}},
		{"403", []string{answerWith("403 Forbidden", "application/json", `{"message":"API rate limit exceeded for installation"}`, spent, resetAt(time.Minute))}, whyHourly, []time.Duration{61 * time.Second}},
		{"429", []string{answerWith("429 Too Many Requests", "application/json", `{"message":"m"}`, spent, resetAt(time.Minute))}, whyHourly, []time.Duration{61 * time.Second}},
		{"secondary 403", []string{answerWith("403 Forbidden", "application/json", pushed, "Retry-After: 90", spent)}, whySecondary, []time.Duration{90 * time.Second}},
		{"secondary 403 without a time", []string{answerWith("403 Forbidden", "application/json", pushed), answerWith("403 Forbidden", "application/json", pushed)}, whySecondary, []time.Duration{time.Minute, 2 * time.Minute}},
		{"secondary 429", []string{answerWith("429 Too Many Requests", "text/html", "<html>")}, whySecondary, []time.Duration{time.Minute}},
		{"secondary 200", []string{ok(pushed, "Retry-After: 5")}, whySecondary, []time.Duration{5 * time.Second}},
		{"secondary 200 in errors", []string{ok(`{"data":null,"errors":[{"type":"RATE_LIMITED","message":"You have exceeded a secondary rate limit"}]}`)}, whySecondary, []time.Duration{time.Minute}},
		{"abuse", []string{answerWith("403 Forbidden", "application/json", `{"message":"You have triggered an abuse detection mechanism."}`)}, whySecondary, []time.Duration{time.Minute}},
		{"odd times", []string{answerWith("403 Forbidden", "application/json", pushed, "Retry-After: -3", "X-Ratelimit-Reset: 99999999999999999999")}, whySecondary, []time.Duration{time.Minute}},
		{"one bad gateway", []string{answerWith("502 Bad Gateway", "text/html", "<html>")}, whySlow, []time.Duration{2 * time.Second}},
		{"unreachable twice", []string{answerWith("503 X", "text/html", "<html>"), ok("")}, whyUnavailable, []time.Duration{time.Second, 2 * time.Second}},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			c := w.client(t, answering(append(test.raw, ok(good))...))
			var q viewer
			if _, err := c.Query(t.Context(), &q, nil); err != nil || q.Viewer.Login != "mona" {
				t.Fatalf("query = %+v, %v", q, err)
			}
			if diff := cmp.Diff(test.slept, w.slept); diff != "" {
				t.Errorf("waits (-want +got):\n%s", diff)
			}
			for _, n := range w.notices {
				if n.Why != test.why {
					t.Errorf("notice %q, want %q", n.Why, test.why)
				}
			}
			if got := c.Spent(); got.Requests != len(test.raw)+1 || got.Points != 1 {
				t.Errorf("spent = %+v", got)
			}
		})
	}
}

func TestWaitsAreBoundedInSum(t *testing.T) {
	w := newWorld()
	pushed := answerWith("403 Forbidden", "application/json", `{"message":"secondary rate limit"}`, "Retry-After: 100")
	c := w.client(t, answering(pushed))
	c.o.MaxWait = 250 * time.Second
	_, err := c.Query(t.Context(), &viewer{}, nil)
	e := wantError(t, err, ErrMaxWait)
	if want := newWorld().now.Add(300 * time.Second); !e.RetryAt.Equal(want) {
		t.Errorf("retry at %v, want %v", e.RetryAt, want)
	}
	if diff := cmp.Diff([]time.Duration{100 * time.Second, 100 * time.Second}, w.slept); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
	for _, want := range []string{"HTTP 403, request AB12:34", "slow down", "1m40s", "50s", "2025-03-04 12:05:00 UTC"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q lacks %q", err, want)
		}
	}
	_, err = c.Query(t.Context(), &viewer{}, nil)
	wantError(t, err, ErrMaxWait)
}

func TestNoWaitAtAllWhereNoneIsAllowed(t *testing.T) {
	w := newWorld()
	c := w.client(t, answering(answerWith("502 Bad Gateway", "text/html", "<html>"), ok(good)))
	c.o.MaxWait = 0
	_, err := c.Query(t.Context(), &viewer{}, nil)
	wantError(t, err, ErrMaxWait)
	if len(w.sent) != 1 || len(w.slept) != 0 {
		t.Errorf("%d requests, %d waits", len(w.sent), len(w.slept))
	}
}

func TestPointsThatAreSpentAreNotAskedFor(t *testing.T) {
	meter := func(cost, remaining int) string {
		return ok(fmt.Sprintf(`{"data":{"rateLimit":{"cost":%d,"limit":1000,"remaining":%d,"resetAt":"2025-03-04T12:30:00Z"},"viewer":{"login":"mona"}}}`, cost, remaining))
	}
	w := newWorld()
	c := w.client(t, answering(meter(5, 9), meter(5, 4), meter(5, 995)))
	for range 3 {
		if _, err := c.Query(t.Context(), &viewer{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]time.Duration{30*time.Minute + time.Second}, w.slept); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Notice{{Why: whyHourly, Wait: 30*time.Minute + time.Second}}, w.notices); diff != "" {
		t.Errorf("notices (-want +got):\n%s", diff)
	}
	if got := c.Spent(); got.Points != 15 || got.Requests != 3 || got.Remaining != 995 {
		t.Errorf("spent = %+v", got)
	}
}

func TestHeadersTellTheBudgetWhereTheAnswerDoesNot(t *testing.T) {
	without := `{"data":{"rateLimit":null,"viewer":{"login":"mona"}}}`
	for _, test := range []struct {
		name    string
		headers []string
		want    Spending
	}{
		{"none", nil, Spending{Requests: 1, Remaining: -1}},
		{"given", []string{"X-Ratelimit-Remaining: 7", resetAt(time.Minute)}, Spending{Requests: 1, Remaining: 7, Reset: newWorld().now.Add(time.Minute)}},
		{"of another API", []string{"X-Ratelimit-Resource: core", "X-Ratelimit-Remaining: 0", resetAt(time.Minute)}, Spending{Requests: 1, Remaining: -1}},
		{"nonsense", []string{"X-Ratelimit-Remaining: -4", "X-Ratelimit-Reset: soon"}, Spending{Requests: 1, Remaining: -1}},
	} {
		c := newWorld().client(t, answering(ok(without, test.headers...)))
		if _, err := c.Query(t.Context(), &viewer{}, nil); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, c.Spent()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestTimesBeyondAllMeasureAreNotWaitedFor has a server whose hour never ends: the
// wait must not turn round into one below zero.
func TestTimesBeyondAllMeasureAreNotWaitedFor(t *testing.T) {
	const spent = `{"data":{"rateLimit":{"cost":9000000000000000000,"limit":1,"remaining":0,"resetAt":"9999-12-31T23:59:59Z"},"viewer":{"login":"mona"}}}`
	w := newWorld()
	c := w.client(t, answering(ok(spent)))
	if _, err := c.Query(t.Context(), &viewer{}, nil); err != nil {
		t.Fatal(err)
	}
	_, err := c.Query(t.Context(), &viewer{}, nil)
	wantError(t, err, ErrMaxWait)
	c = w.client(t, answering(ok(`{"errors":[{"type":"RATE_LIMITED"}]}`, "X-Ratelimit-Reset: 253402300799", "Retry-After: 9999999999")))
	_, err = c.Query(t.Context(), &viewer{}, nil)
	wantError(t, err, ErrMaxWait)
	if len(w.slept) > 0 {
		t.Errorf("waits = %v", w.slept)
	}
}

// TestAddressesThatNobodyListensAtAreNoSignOfSize has a connection that never
// comes about, which looks like a query that takes too long.
func TestAddressesThatNobodyListensAtAreNoSignOfSize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newWorld().client(t, nil)
		c.o.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
			httptrace.ContextClientTrace(req.Context()).GetConn("api.github.com:443")
			<-req.Context().Done()
			return nil, req.Context().Err()
		})
		_, err := c.Query(t.Context(), &viewer{}, nil)
		wantError(t, err, ErrUnavailable)
		if got := c.Spent().Requests; got != 5 {
			t.Errorf("%d requests, want 5", got)
		}
	})
}

// TestHangingServers runs in a bubble whose clock jumps, so that 30 seconds take
// no time.
func TestHangingServers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		c := w.client(t, func(int, request) (*http.Response, error) { return nil, nil })
		c.o.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		})
		_, err := c.Query(t.Context(), &viewer{}, nil)
		if e := wantError(t, err, ErrTooBig); !strings.Contains(e.Detail, "30 seconds") {
			t.Errorf("detail = %q", e.Detail)
		}
		if got := c.Spent().Requests; got != 5 {
			t.Errorf("%d requests, want 5", got)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if _, err := c.Query(ctx, &viewer{}, nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error = %v, want the caller's deadline", err)
		}
	})
}
