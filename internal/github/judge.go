package github

import (
	"cmp"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// What to do, by what went wrong.
const (
	remedyToken   = "check that the token is complete, not expired and not revoked"
	remedyAddress = "check the address: GitHub's own is https://api.github.com/graphql, that of an Enterprise server https://HOST/api/graphql"
	remedyNetwork = "check the network and githubstatus.com, then try again"
	remedyCert    = "check the address, or let this machine trust the server's certificate"
	remedySmaller = "ask for less at a time"
	remedySAML    = "authorise the token for the organisation's single sign-on"
	remedyIP      = "the organisation lets only listed addresses in: run from one of them"
	remedyRefused = "see what the message asks for; the token's owner or the organisation's settings stand in the way"
	remedySchema  = "the server may be older or newer than the query"
)

// judge makes sense of an answer. The token is only needed to keep it out of what
// is said.
func judge(a answer, endpoint, token string) verdict {
	if a.broken != nil {
		return judgeBroken(a, token)
	}
	r, unread := readReply(a.body)
	b := bench{answer: a, reply: r, unread: unread, endpoint: endpoint, token: token}
	v := b.judge()
	if v.err != nil {
		v.err.Status = a.status
		v.err.RequestID = clean(a.header.Get("X-Github-Request-Id"), token, 80)
		v.err.Version = clean(a.header.Get("X-Github-Enterprise-Version"), token, 40)
		v.reset, v.after = resetOf(a.header), retryAfter(a.header)
	}
	return v
}

func judgeBroken(a answer, token string) verdict {
	e := &QueryError{Err: ErrUnavailable, Status: a.status, Detail: clean(a.broken.Error(), token, maxDetail), Remedy: remedyNetwork}
	switch {
	case a.broken == errLate:
		e.Err, e.Remedy = ErrTooBig, remedySmaller
		return verdict{err: e, class: slow}
	case a.broken == errLong:
		e.Err, e.Remedy = ErrTooBig, remedySmaller
		return verdict{err: e, class: final}
	case untrusted(a.broken):
		e.Remedy = remedyCert
		return verdict{err: e, class: final}
	}
	return verdict{err: e, class: failing}
}

// A bench holds what a judge looks at.
type bench struct {
	answer
	reply
	unread   error // why there is no reply
	endpoint string
	token    string
}

func (b bench) judge() verdict {
	if class, yes := b.limited(); yes {
		return b.fails(ErrUnavailable, class, b.said(), remedyNetwork)
	}
	switch status := b.status; {
	case status == http.StatusOK:
		return b.judgeReply()
	case status == http.StatusUnauthorized:
		return b.fails(ErrUnauthorized, final, b.said(), remedyToken)
	case status == http.StatusForbidden, status == http.StatusUnavailableForLegalReasons:
		return b.refused(b.said(), b.header.Get("X-Github-Sso") != "")
	case status == http.StatusRequestEntityTooLarge:
		return b.fails(ErrTooBig, final, b.said(), remedySmaller)
	case status == http.StatusBadGateway, status == http.StatusGatewayTimeout, status == http.StatusRequestTimeout:
		return b.fails(ErrTooBig, slow, b.said(), remedySmaller)
	case status >= 500:
		return b.fails(ErrUnavailable, failing, b.said(), remedyNetwork)
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		return b.rejected()
	}
	return b.foreign()
}

// limited reports whether the answer is one of GitHub's limits, wherever it says
// so: status, header, a REST message or an entry of `errors`.
func (b bench) limited() (class, bool) {
	if !slices.Contains([]int{http.StatusOK, http.StatusForbidden, http.StatusTooManyRequests}, b.status) {
		return final, false
	}
	for _, p := range b.Errors {
		if class, yes := p.limited(); yes {
			return class, true
		}
	}
	switch {
	case saysSecondary(b.Message):
		return secondary, true
	case b.status == http.StatusOK:
		return final, false
	case b.header.Get("X-Ratelimit-Remaining") == "0", strings.Contains(b.Message, "API rate limit exceeded"):
		return hourly, true
	}
	return secondary, b.status == http.StatusTooManyRequests || b.header.Get("Retry-After") != ""
}

// judgeReply judges what came with status 200, which GitHub sends with most
// errors too.
func (b bench) judgeReply() verdict {
	switch {
	case b.unread == errCut:
		return b.fails(ErrUnavailable, failing, errCut.Error(), remedyNetwork)
	case b.unread != nil, !b.hasData() && len(b.Errors) == 0:
		return b.foreign()
	}
	for _, p := range b.Errors {
		// What data comes along is not to be trusted: lists end early in it.
		if p.tooBig() {
			return b.fails(ErrTooBig, final, p.Message, remedySmaller)
		}
		if p.stumbled() {
			return b.fails(ErrTooBig, slow, p.Message, remedySmaller)
		}
	}
	if !b.hasData() {
		return b.rejected()
	}
	return verdict{data: b.Data, faults: b.faults()}
}

// faults are the problems within data. GitHub leaves records of organisations
// with single sign-on out without a problem where only a header says so.
func (b bench) faults() []Fault {
	var all []Fault
	saml := false
	for _, p := range b.Errors {
		all = append(all, p.fault(b.token))
		saml = saml || p.Extensions.SAML
	}
	if sso := b.header.Get("X-Github-Sso"); !saml && strings.HasPrefix(sso, "partial-results") {
		all = append(all, Fault{Type: FaultForbidden, Message: clean(sso, b.token, maxMessage), SAML: true})
	}
	return all
}

// rejected judges an answer that holds problems and no data.
func (b bench) rejected() verdict {
	if b.unread != nil {
		return b.foreign()
	}
	for _, p := range b.Errors {
		if p.Type == string(FaultForbidden) {
			return b.refused(p.Message, p.Extensions.SAML)
		}
	}
	v := b.fails(ErrRejected, final, b.said(), remedySchema)
	for _, p := range b.Errors {
		if field := p.unknown(); field != "" {
			v.err.Field, v.err.Detail = clean(field, b.token, maxDetail), clean(p.Message, b.token, maxDetail)
			break
		}
	}
	return v
}

func (b bench) refused(message string, saml bool) verdict {
	remedy := remedyRefused
	switch {
	case saml:
		remedy = remedySAML
	case strings.Contains(message, "IP allow list"):
		remedy = remedyIP
	}
	v := b.fails(ErrForbidden, final, message, remedy)
	v.err.SAML = saml
	return v
}

// foreign judges an answer that GitHub's GraphQL API does not give.
func (b bench) foreign() verdict {
	v := b.fails(ErrNotGraphQL, final, "", remedyAddress)
	v.err.Detail = clean(b.endpoint, b.token, maxDetail) + " answered with " + b.what()
	return v
}

// what describes a foreign answer: its kind, and how it begins.
func (b bench) what() string {
	if to, err := url.Parse(b.header.Get("Location")); err == nil && to.String() != "" && b.status/100 == 3 {
		return "a redirect to " + clean(to.Scheme+"://"+to.Host, b.token, maxDetail)
	}
	kind, _, err := mime.ParseMediaType(clean(b.header.Get("Content-Type"), b.token, maxDetail))
	if err != nil {
		kind = "something"
	}
	if len(b.body) == 0 {
		return "nothing"
	}
	return kind + ": " + clean(string(b.body), b.token, maxDetail)
}

// said is the message of an answer, or else how it begins.
func (b bench) said() string {
	for _, p := range b.Errors {
		if p.Message != "" {
			return p.Message
		}
	}
	return cmp.Or(b.Message, b.what())
}

func (b bench) fails(err error, class class, detail, remedy string) verdict {
	return verdict{class: class, err: &QueryError{Err: err, Detail: clean(detail, b.token, maxDetail), Remedy: remedy}}
}

// maxRetryAfter keeps a header's number within what a duration can hold.
const maxRetryAfter = 24 * time.Hour

// retryAfter returns what a server asks for in seconds, 0 where it does not. The
// form with a date is not used by GitHub.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.ParseInt(strings.TrimSpace(h.Get("Retry-After")), 10, 64)
	if err != nil || seconds <= 0 {
		return 0
	}
	return time.Duration(min(seconds, int64(maxRetryAfter/time.Second))) * time.Second
}
