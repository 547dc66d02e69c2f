package github

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"time"
	"unicode"

	"github.com/shurcooL/githubv4"
)

// Options say how to reach an endpoint. Endpoint, Token, Now and Sleep must be
// set.
type Options struct {
	// Endpoint is the address of the GraphQL API, such as [DefaultEndpoint].
	Endpoint string
	// Token returns the token to send with the next request. It is asked each
	// time, so that a token that expires can be renewed in mid-run.
	Token func(context.Context) (string, error)
	// Transport carries requests; nil is [http.DefaultTransport].
	Transport http.RoundTripper
	// UserAgent names the program to GitHub.
	UserAgent string
	// Now is the clock that waits are told by.
	Now func() time.Time
	// Sleep waits, or returns the context's error.
	Sleep func(context.Context, time.Duration) error
	// MaxWait bounds what one run may wait for limits and retries, all waits taken
	// together. When it is reached, queries fail with [ErrMaxWait]. Zero allows no
	// wait at all, not even before a retry.
	MaxWait time.Duration
	// Notice is told of waits and retries, before they begin; nil tells nobody.
	Notice func(Notice)
}

// Notice says that the client is about to wait, and why.
type Notice struct {
	Why  string        // a phrase without text from elsewhere: "GitHub's hourly limit is spent"
	Wait time.Duration // how long
}

// Client asks one GraphQL endpoint, one query at a time. It is safe for use by
// one goroutine.
type Client struct {
	o Options
	budget
	names *interner
}

// New returns a client. The error says which options are wrong.
func New(o Options) (*Client, error) {
	endpoint, wrong := checked(o.Endpoint)
	mistakes := []error{wrong}
	if o.Token == nil || o.Now == nil || o.Sleep == nil {
		mistakes = append(mistakes, errors.New("options of the GitHub client: Token, Now and Sleep must be set"))
	}
	if o.MaxWait < 0 {
		mistakes = append(mistakes, errors.New("the limit on waiting is negative"))
	}
	if strings.ContainsFunc(o.UserAgent, unicode.IsControl) {
		mistakes = append(mistakes, errors.New("the name of the program holds a control character"))
	}
	if err := errors.Join(mistakes...); err != nil {
		return nil, err
	}
	o.Endpoint = endpoint
	if o.Transport == nil {
		o.Transport = http.DefaultTransport
	}
	return &Client{o: o, names: newInterner(), budget: budget{
		spent: Spending{Remaining: -1},
		costs: map[reflect.Type]int{},
	}}, nil
}

// Query fills q, a pointer to a struct in the manner of githubv4 that embeds
// [Meter] at its top level, and returns what GitHub refused to answer within it.
// Faults come with data: where one occurred, q holds a zero value or a nil
// pointer. Waits and retries have happened when Query returns; its error is a
// [*QueryError] that wraps one of the errors of this package, or the context's
// error. After an error q is not to be used.
func (c *Client) Query(ctx context.Context, q any, variables map[string]any) ([]Fault, error) {
	kind, predicted := reflect.TypeOf(q), predict(q, variables)
	if until, lacking := c.lacks(kind, predicted, c.o.Now()); lacking {
		if err := c.wait(ctx, whyHourly, until.Add(time.Second).Sub(c.o.Now())); err != nil {
			return nil, err
		}
		c.spent.Remaining = -1
	}
	x := &exchange{client: c, query: q}
	err := githubv4.NewEnterpriseClient(c.o.Endpoint, &http.Client{Transport: x}).Query(ctx, q, variables)
	switch {
	case x.err != nil:
		return nil, x.err
	case err != nil && x.verdict.answered():
		return nil, x.misfit(err)
	case err != nil:
		return nil, &QueryError{Err: ErrRejected, Detail: clean(err.Error(), "", maxDetail)}
	}
	c.charge(q, predicted)
	return x.verdict.faults, nil
}

// predict is what a query should cost, 0 for one that says no size: it then counts
// as mispriced, and is answered all the same.
func predict(q any, variables map[string]any) int {
	units, _, err := Units(q, variables)
	if err != nil {
		return 0
	}
	return Points(units)
}

// Spent returns what the client has spent so far.
func (c *Client) Spent() Spending { return c.spent }
