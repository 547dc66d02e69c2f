package github

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// The ways in which a query can fail as a whole.
var (
	// ErrUnauthorized says that the token is missing, wrong, expired or revoked.
	ErrUnauthorized = errors.New("GitHub does not accept the token")
	// ErrForbidden says that the token is known but may not ask this at all: single
	// sign-on, a list of allowed addresses, a suspended account. A part of an answer
	// that a token may not see is a [Fault] instead.
	ErrForbidden = errors.New("GitHub refuses the request")
	// ErrTooBig says that GitHub could not answer a query of this size; a smaller
	// page may work. A query that only took too long, and that cannot be divided, has
	// been retried as it was; any other has not.
	ErrTooBig = errors.New("the query was too big for GitHub")
	// ErrMaxWait says that the limit on waiting was reached.
	ErrMaxWait = errors.New("the limit on waiting was reached")
	// ErrUnavailable says that the server could not be reached or did not answer
	// after all retries.
	ErrUnavailable = errors.New("the server does not answer")
	// ErrNotGraphQL says that whatever answered is not GitHub's GraphQL API.
	ErrNotGraphQL = errors.New("the server is not GitHub's GraphQL API")
	// ErrRejected says that the server refuses the query itself: its schema does
	// not know a field, or it is malformed.
	ErrRejected = errors.New("the server refuses the query")
	// ErrNoProgress says that a list goes on without end: its pages stay where they
	// are.
	ErrNoProgress = errors.New("the list does not move on")
)

// A QueryError is a query that failed as a whole. Its text is one line that says
// what to do, and never holds the token.
type QueryError struct {
	Err       error  // one of the errors above
	Status    int    // of the last answer, 0 where there was none
	RequestID string // by which GitHub's support finds the request
	// Detail is what was wrong, on one line of at most 500 characters. It can hold
	// text from the server: hostile, but without control characters.
	Detail string
	Remedy string // what to do, a phrase without text from elsewhere
	// Field is what the server's schema does not know, with [ErrRejected]:
	// "Issue.issueType", "timelineItems(itemTypes:)" for an argument of a field, or
	// the name of a type: letters, digits and these marks only. It is empty where
	// the server does not say.
	Field string
	// Version is that of a GitHub Enterprise Server, "" elsewhere.
	Version string
	// RetryAt is when a limit ends, with [ErrMaxWait].
	RetryAt time.Time
	SAML    bool // the organisation wants the token authorised for single sign-on
}

func (e *QueryError) Error() string {
	var b strings.Builder
	b.WriteString(e.Err.Error())
	var where []string
	if e.Status != 0 {
		where = append(where, fmt.Sprintf("HTTP %d", e.Status))
	}
	if e.Version != "" {
		where = append(where, "GitHub Enterprise Server "+e.Version)
	}
	if e.RequestID != "" {
		where = append(where, "request "+e.RequestID)
	}
	if len(where) > 0 {
		fmt.Fprintf(&b, " (%s)", strings.Join(where, ", "))
	}
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	if e.Remedy != "" {
		b.WriteString("; " + e.Remedy)
	}
	return b.String()
}

func (e *QueryError) Unwrap() error { return e.Err }

// FaultType is the type of an entry of `errors`, in GitHub's words.
type FaultType string

// The types that can come with data.
const (
	FaultForbidden FaultType = "FORBIDDEN"
	FaultNotFound  FaultType = "NOT_FOUND"
	// FaultTooBig marks an item of a [Batch] that could not be answered even alone.
	FaultTooBig FaultType = "RESOURCE_LIMITS_EXCEEDED"
)

// Fault is something within an answer that GitHub refused or failed to give.
type Fault struct {
	Type    FaultType // "" where GitHub states none
	Message string    // hostile: it can repeat names from the repository
	// Path leads to what is missing: keys of the answer, aliases included, and
	// positions in lists as decimal numbers. It is empty where GitHub states none.
	Path []string
	// SAML is set where the organisation wants the token to be authorised for
	// single sign-on.
	SAML bool
}
