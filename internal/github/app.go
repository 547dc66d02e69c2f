package github

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"

	"github.com/bradleyfalzon/ghinstallation/v2"
)

// App is a GitHub App that asks in place of a person.
type App struct {
	ID         int64  // the number on the app's page
	PrivateKey []byte // as GitHub gave it: PEM
	// Installation is the number at the end of the installation's address. With 0
	// the installation for Repository, or else for Owner, is looked up.
	Installation      int64
	Owner, Repository string // "owner" and "name"; Repository may be empty

	Endpoint  string            // of the GraphQL API, as [Options.Endpoint]
	Transport http.RoundTripper // nil is [http.DefaultTransport]
	UserAgent string
}

// AppToken returns a function for [Options.Token] whose tokens are renewed before
// they expire, after an hour. The network is asked when it is called; its errors
// are [*QueryError]s.
func AppToken(a App) (func(context.Context) (string, error), error) {
	endpoint, err := checked(a.Endpoint)
	if err != nil {
		return nil, err
	}
	if a.ID <= 0 || a.Installation < 0 {
		return nil, errors.New("a GitHub App's id and installation are positive numbers")
	}
	if a.Installation == 0 && a.Owner == "" {
		return nil, errors.New("a GitHub App without an installation needs the owner it is installed for")
	}
	next := a.Transport
	if next == nil {
		next = http.DefaultTransport
	}
	signed, err := ghinstallation.NewAppsTransport(bounded{next: next, userAgent: a.UserAgent}, a.ID, a.PrivateKey)
	if err != nil {
		// What the parser says is left out: it can repeat parts of the key.
		return nil, errors.New("the GitHub App's private key cannot be read: want the whole PEM file that GitHub gave, from BEGIN to END, with its line breaks")
	}
	signed.BaseURL = restBase(endpoint)
	s := &appSource{app: a, signed: signed}
	return s.token, nil
}

// appSource is where an app's tokens come from.
type appSource struct {
	app       App
	signed    *ghinstallation.AppsTransport
	installed *ghinstallation.Transport // nil until the installation is known
}

func (s *appSource) token(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	if s.installed == nil {
		id, err := s.installation(ctx)
		if err != nil {
			return "", err
		}
		s.installed = ghinstallation.NewFromAppsTransport(s.signed, id)
	}
	token, err := s.installed.Token(ctx)
	if refused, ok := errors.AsType[*ghinstallation.HTTPError](err); ok && refused.Response != nil {
		defer refused.Response.Body.Close()
		return "", s.refused(refused.Response)
	}
	if err != nil {
		return "", unavailable(err)
	}
	return token, nil
}

// installation returns the installation's id, looked up where it was not given:
// for the repository, else for its owner, who may be an organisation or a user.
func (s *appSource) installation(ctx context.Context) (int64, error) {
	if s.app.Installation != 0 {
		return s.app.Installation, nil
	}
	owner := url.PathEscape(s.app.Owner)
	places := []string{"/orgs/" + owner, "/users/" + owner}
	if s.app.Repository != "" {
		places = append([]string{"/repos/" + owner + "/" + url.PathEscape(s.app.Repository)}, places...)
	}
	var last error
	for _, place := range places {
		id, err := s.lookUp(ctx, s.signed.BaseURL+place+"/installation")
		if err == nil || !notThere(err) {
			return id, err
		}
		last = err
	}
	return 0, last
}

// notThere reports whether a lookup ended because the app is not installed there,
// or the repository has moved.
func notThere(err error) bool {
	e, ok := errors.AsType[*QueryError](err)
	return ok && (e.Status == http.StatusNotFound || e.Status/100 == 3)
}

func (s *appSource) lookUp(ctx context.Context, address string) (int64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	res, err := s.signed.RoundTrip(req)
	if err != nil {
		return 0, unavailable(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return 0, s.refused(res)
	}
	var found struct{ ID int64 }
	if err := json.NewDecoder(res.Body).Decode(&found); err != nil || found.ID <= 0 {
		return 0, &QueryError{Err: ErrNotGraphQL, Status: res.StatusCode, Detail: "there is no installation of the app in the answer", Remedy: remedyAddress}
	}
	return found.ID, nil
}

// refused says why GitHub gives the app no token.
func (s *appSource) refused(res *http.Response) *QueryError {
	var said struct{ Message string }
	if json.NewDecoder(res.Body).Decode(&said) != nil {
		said.Message = ""
	}
	e := &QueryError{
		Err:       ErrUnavailable,
		Status:    res.StatusCode,
		RequestID: clean(res.Header.Get("X-Github-Request-Id"), "", 80),
		Detail:    "no token for the GitHub App: " + clean(cmp.Or(said.Message, "no reason given"), "", maxDetail),
		Remedy:    remedyNetwork,
	}
	switch status := res.StatusCode; {
	case status == http.StatusUnauthorized:
		e.Err, e.Remedy = ErrUnauthorized, "check that the app's id and private key belong together, and this machine's clock"
	case status == http.StatusForbidden:
		e.Err, e.Remedy = ErrForbidden, "see whether the installation is suspended"
	case status == http.StatusNotFound, status/100 == 3:
		e.Err, e.Remedy = ErrUnauthorized, "install the app for the repository's owner, or correct the number of the installation"
	}
	return e
}

func unavailable(err error) *QueryError {
	return &QueryError{Err: ErrUnavailable, Detail: "no token for the GitHub App: " + clean(err.Error(), "", maxDetail), Remedy: remedyNetwork}
}

// bounded keeps what is read small: answers about an app are a few kilobytes.
type bounded struct {
	next      http.RoundTripper
	userAgent string
}

func (b bounded) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	if b.userAgent != "" {
		req.Header.Set("User-Agent", b.userAgent)
	}
	res, err := b.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	res.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(res.Body, 1<<20), res.Body}
	return res, nil
}
