package github

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"time"
)

// exchange carries one query through all its attempts. It is the transport below
// githubv4, which sees the last answer only, without its errors: those would make
// it drop the data beside them. It even sees none, where decode has read it.
type exchange struct {
	client  *Client
	query   any // what the answer is for
	token   string
	verdict verdict
	err     error // what Query returns
}

// RoundTrip sends the query until there is an answer to decode.
func (x *exchange) RoundTrip(req *http.Request) (*http.Response, error) {
	query, err := io.ReadAll(req.Body)
	if err := errors.Join(err, req.Body.Close()); err != nil {
		return nil, err
	}
	if x.err = x.settle(req.Context(), query); x.err != nil {
		return nil, x.err
	}
	body := []byte("{}")
	if decode(x.verdict.data, x.query, x.client.names) != nil {
		body = slices.Concat([]byte(`{"data":`), x.verdict.data, []byte("}"))
	}
	return &http.Response{
		StatusCode: http.StatusOK,
		Status:     "200 OK",
		Header:     http.Header{},
		Body:       io.NopCloser(bytes.NewReader(body)),
		Request:    req,
	}, nil
}

// settle asks again for as long as the verdict allows it.
func (x *exchange) settle(ctx context.Context, query []byte) error {
	var tries [classes]int
	for {
		v, err := x.attempt(ctx, query)
		if err != nil {
			return err
		}
		x.verdict = v
		if v.answered() {
			return nil
		}
		policy := policies[v.class]
		if tries[v.class] >= policy.retries || v.class == slow && canDivide(ctx) {
			return v.err
		}
		pause := policy.pause(v, tries[v.class], x.client.o.Now())
		err = x.client.wait(ctx, policy.why, pause)
		if e, ok := errors.AsType[*QueryError](err); ok {
			e.Status, e.RequestID = v.err.Status, v.err.RequestID
		}
		if err != nil {
			return err
		}
		tries[v.class]++
	}
}

// attempt sends the query once. Its error is the context's.
func (x *exchange) attempt(ctx context.Context, query []byte) (verdict, error) {
	c := x.client
	token, wrong := c.token(ctx)
	if err := ctx.Err(); err != nil {
		return verdict{}, err
	}
	if wrong != nil {
		return verdict{err: wrong, class: classOf(wrong)}, nil
	}
	x.token = token
	c.spent.Requests++
	a := c.send(ctx, token, query)
	if err := ctx.Err(); err != nil && a.broken != nil {
		return verdict{}, err
	}
	c.observe(a.header)
	return judge(a, c.o.Endpoint, token), nil
}

// misfit is the error for an answer in the form of GraphQL whose data is not what
// was asked for.
func (x *exchange) misfit(err error) error {
	return &QueryError{
		Err:    ErrNotGraphQL,
		Status: http.StatusOK,
		Detail: "the answer does not fit the question: " + clean(err.Error(), x.token, maxDetail),
		Remedy: remedyAddress,
	}
}

type divideKey struct{}

// Dividing marks the queries of a context as such that their sender will divide
// when GitHub finds them too big.
func Dividing(ctx context.Context) context.Context { return context.WithValue(ctx, divideKey{}, true) }

func canDivide(ctx context.Context) bool { return ctx.Value(divideKey{}) != nil }

// A verdict is what an attempt came to.
type verdict struct {
	data   json.RawMessage // of an answer
	faults []Fault         // within it
	err    *QueryError     // nil with an answer
	class  class           // how the query may be repeated after err
	reset  time.Time       // when the hourly limit ends, zero where not said
	after  time.Duration   // for how long the server wants to be left alone, 0 where not said
}

func (v verdict) answered() bool { return v.err == nil && v.data != nil }

// class is how a query that failed may be repeated.
type class int

const (
	final     class = iota // not as it is
	slow                   // it took too long, or GitHub stumbled over it
	failing                // the server could not be reached, or not whole
	hourly                 // the primary limit
	secondary              // the limits on use in a short time
	classes
)

// A policy says how often a query is repeated, and after what pause.
type policy struct {
	retries int
	why     string
	pause   func(v verdict, tried int, now time.Time) time.Duration
}

// ever is for limits: how long a run waits for them is bounded by MaxWait alone.
const ever = 1 << 30

var policies = [classes]policy{
	final: {},
	// A query cut after ten seconds is charged for, and mostly cut again: one that can
	// be divided is not repeated. What cannot be divided may have met a server that
	// stumbled.
	slow: {retries: 4, why: whySlow, pause: func(v verdict, tried int, _ time.Time) time.Duration {
		return max(v.after, doubled(2*time.Second, tried))
	}},
	failing: {retries: 4, why: whyUnavailable, pause: func(v verdict, tried int, _ time.Time) time.Duration {
		return max(v.after, doubled(time.Second, tried))
	}},
	hourly: {retries: ever, why: whyHourly, pause: func(v verdict, tried int, now time.Time) time.Duration {
		if v.reset.IsZero() {
			return max(v.after, doubled(time.Minute, tried))
		}
		// The server's clock can be ahead of ours: then the limit seems over and is not.
		return max(v.reset.Add(time.Second).Sub(now), v.after, doubled(time.Second, tried))
	}},
	secondary: {retries: ever, why: whySecondary, pause: func(v verdict, tried int, _ time.Time) time.Duration {
		if v.after > 0 {
			return max(v.after, doubled(time.Second, tried))
		}
		return doubled(time.Minute, tried)
	}},
}

// doubled returns d, doubled as often as was tried before.
func doubled(d time.Duration, tried int) time.Duration { return d << min(tried, 10) }
