package github

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// attemptTimeout bounds one request with its answer. GitHub itself gives up
	// after ten seconds.
	attemptTimeout = 30 * time.Second
	// maxAnswer is how much of an answer is read. The largest page that GitHub gives
	// is below ten megabytes.
	maxAnswer = 64 << 20
)

// An answer is what one request brought, before anybody has made sense of it.
type answer struct {
	status int
	header http.Header
	body   []byte
	// broken is why there is no whole answer, nil if there is.
	broken error
}

// What can be wrong with an answer that is not whole.
var (
	errLate = errors.New("no answer within 30 seconds")
	errLong = errors.New("the answer is longer than 64 MiB")
)

// send makes one request. It follows no redirect: a token goes to the address it
// was given for, and nowhere else.
func (c *Client) send(ctx context.Context, token string, query []byte) answer {
	ctx, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	var dialing atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { dialing.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { dialing.Store(false) },
	})
	a := c.roundTrip(ctx, token, query)
	// An address that nobody listens at is no sign of a query that takes too long.
	if a.broken != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) && !dialing.Load() {
		a.broken = errLate
	}
	return a
}

func (c *Client) roundTrip(ctx context.Context, token string, query []byte) answer {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.o.Endpoint, bytes.NewReader(query))
	if err != nil {
		return answer{broken: err}
	}
	req.Header.Set("Authorization", "bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	if c.o.UserAgent != "" {
		req.Header.Set("User-Agent", c.o.UserAgent)
	}
	res, err := c.o.Transport.RoundTrip(req)
	if err != nil {
		return answer{broken: err}
	}
	defer res.Body.Close()
	body, err := readAtMost(res.Body, maxAnswer)
	return answer{status: res.StatusCode, header: res.Header, body: body, broken: err}
}

// readAtMost reads all there is, or returns errLong.
func readAtMost(r io.Reader, most int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(body)) > most:
		return nil, errLong
	}
	return body, nil
}

// token asks for the token and makes sure that it can be sent.
func (c *Client) token(ctx context.Context) (string, *QueryError) {
	token, err := c.o.Token(ctx)
	if known, ok := errors.AsType[*QueryError](err); ok {
		return "", known
	}
	token = strings.TrimSpace(token)
	switch {
	case err != nil:
		return "", &QueryError{Err: ErrUnauthorized, Detail: "no token could be had: " + clean(err.Error(), token, maxDetail)}
	case token == "":
		return "", &QueryError{Err: ErrUnauthorized, Detail: "there is none", Remedy: "GitHub's GraphQL API wants a token even for public repositories: set GITHUB_TOKEN"}
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", &QueryError{Err: ErrUnauthorized, Detail: "it holds a character that no token has", Remedy: "check how it was copied: one line, no quotes, no blanks"}
	}
	return token, nil
}

// classOf says how an attempt may be repeated that failed before it was sent: a
// token that is renewed comes over the network too.
func classOf(err *QueryError) class {
	if errors.Is(err, ErrUnavailable) {
		return failing
	}
	return final
}

// untrusted reports whether a connection failed over a certificate. It will again.
func untrusted(err error) bool {
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	_, otherName := errors.AsType[x509.HostnameError](err)
	_, invalid := errors.AsType[x509.CertificateInvalidError](err)
	return unknown || otherName || invalid
}
