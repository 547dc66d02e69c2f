package github

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// key is a private key in PEM, made once for all tests.
var key = sync.OnceValues(func() ([]byte, error) {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(k)}), nil
})

// appServer answers for an app that is installed at one place. It logs paths.
type appServer struct {
	place   string // "/orgs/octo"
	expires time.Duration
	refuse  int // a status for tokens, 0 gives them

	asked []string
}

func (s *appServer) ServeHTTP(rw http.ResponseWriter, req *http.Request) {
	s.asked = append(s.asked, req.Method+" "+req.URL.EscapedPath())
	switch {
	case !strings.HasPrefix(req.Header.Get("Authorization"), "Bearer ey"):
		http.Error(rw, `{"message":"A JSON web token could not be decoded"}`, http.StatusUnauthorized)
	case req.URL.EscapedPath() == "/api/v3"+s.place+"/installation":
		fmt.Fprint(rw, `{"id":4000000007}`)
	case req.URL.Path != "/api/v3/app/installations/4000000007/access_tokens":
		http.Error(rw, `{"message":"Not Found"}`, http.StatusNotFound)
	case s.refuse != 0:
		http.Error(rw, `{"message":"no \u001b[31mtoken"}`, s.refuse)
	default:
		rw.WriteHeader(http.StatusCreated)
		fmt.Fprintf(rw, `{"token":"ghs_%d","expires_at":%q}`, len(s.asked), time.Now().Add(s.expires).UTC().Format(time.RFC3339))
	}
}

// token returns the source of tokens for an app on this server.
func (s *appServer) token(t *testing.T, a App) func(context.Context) (string, error) {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	pem, err := key()
	if err != nil {
		t.Fatal(err)
	}
	a.ID, a.PrivateKey, a.Endpoint, a.UserAgent = 12, pem, server.URL+"/api/graphql", "shipshape/test"
	token, err := AppToken(a)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestAppTokensAreKeptUntilTheyExpire(t *testing.T) {
	for _, test := range []struct {
		expires time.Duration
		want    []string
	}{
		{time.Hour, []string{"ghs_1", "ghs_1"}},
		{30 * time.Second, []string{"ghs_1", "ghs_2"}},
	} {
		s := &appServer{expires: test.expires}
		token := s.token(t, App{Installation: 4000000007})
		var got []string
		for range 2 {
			one, err := token(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, one)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("tokens that last %v (-want +got):\n%s", test.expires, diff)
		}
	}
}

func TestAppInstallationsAreLookedUp(t *testing.T) {
	const grant = "POST /api/v3/app/installations/4000000007/access_tokens"
	for _, test := range []struct {
		place, owner, repository string
		want                     []string
	}{
		{"/repos/octo/app%2Fx", "octo", "app/x", []string{"GET /api/v3/repos/octo/app%2Fx/installation", grant}},
		{"/orgs/octo", "octo", "app", []string{"GET /api/v3/repos/octo/app/installation", "GET /api/v3/orgs/octo/installation", grant}},
		{"/users/mona", "mona", "", []string{"GET /api/v3/orgs/mona/installation", "GET /api/v3/users/mona/installation", grant}},
	} {
		s := &appServer{place: test.place, expires: time.Hour}
		token := s.token(t, App{Owner: test.owner, Repository: test.repository})
		if _, err := token(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, s.asked); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	}
}

func TestAppsWithoutAToken(t *testing.T) {
	for _, test := range []struct {
		name   string
		server appServer
		app    App
		want   error
		says   string
	}{
		{"not installed", appServer{}, App{Owner: "octo", Repository: "app"}, ErrUnauthorized, "install the app"},
		{"another installation", appServer{}, App{Installation: 5}, ErrUnauthorized, "correct the number"},
		{"another key", appServer{refuse: 401}, App{Installation: 4000000007}, ErrUnauthorized, "belong together"},
		{"suspended", appServer{refuse: 403}, App{Installation: 4000000007}, ErrForbidden, "suspended"},
		{"out of order", appServer{refuse: 500}, App{Installation: 4000000007}, ErrUnavailable, "HTTP 500): no token for the GitHub App: no [31mtoken"},
		{"redirected", appServer{refuse: 302}, App{Installation: 4000000007}, ErrUnauthorized, "HTTP 302"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := test.server.token(t, test.app)(t.Context())
			if e := wantError(t, err, test.want); !strings.Contains(e.Error(), test.says) {
				t.Errorf("error %q lacks %q", e, test.says)
			}
		})
	}
}

func TestAppsOnServersThatDoNotAnswerAreTriedAgain(t *testing.T) {
	w := newWorld()
	c := w.client(t, answering(ok(good)))
	s := &appServer{refuse: 503}
	c.o.Token = s.token(t, App{Installation: 4000000007})
	_, err := c.Query(t.Context(), &viewer{}, nil)
	wantError(t, err, ErrUnavailable)
	if len(s.asked) != 5 || len(w.sent) != 0 {
		t.Errorf("%d requests for tokens and %d queries, want 5 and 0", len(s.asked), len(w.sent))
	}
	s.refuse, s.expires = 0, time.Hour
	if _, err := c.Query(t.Context(), &viewer{}, nil); err != nil {
		t.Error(err)
	}
	if got := w.sent[0].header.Get("Authorization"); got != "bearer ghs_6" {
		t.Errorf("token = %q", got)
	}
}

func TestAppsMeetServersThatAreNotGitHub(t *testing.T) {
	pem, err := key()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, body string
		installed  int64
		want       error
	}{
		{"a page for an installation", "<html>", 0, ErrNotGraphQL},
		{"an installation without a number", `{"id":0}`, 0, ErrNotGraphQL},
		{"a page for a token", "<html>", 5, ErrUnavailable},
		{"no token in the answer", `{}`, 5, ErrUnauthorized},
	} {
		w := newWorld()
		c := w.client(t, nil)
		c.o.Token, err = AppToken(App{ID: 1, PrivateKey: pem, Owner: "o", Installation: test.installed, Endpoint: DefaultEndpoint,
			Transport: roundTrip(func(*http.Request) (*http.Response, error) { return parse(ok(test.body)) })})
		if err != nil {
			t.Fatal(err)
		}
		_, err := c.Query(t.Context(), &viewer{}, nil)
		wantError(t, err, test.want)
		if len(w.sent) > 0 {
			t.Errorf("%s: a query was sent", test.name)
		}
	}
}

func TestAppsThatCannotBe(t *testing.T) {
	pem, err := key()
	if err != nil {
		t.Fatal(err)
	}
	for says, a := range map[string]App{
		"want https":       {ID: 1, PrivateKey: pem, Owner: "o", Endpoint: "http://git.example.com/api/graphql"},
		"positive numbers": {PrivateKey: pem, Owner: "o", Endpoint: DefaultEndpoint},
		"needs the owner":  {ID: 1, PrivateKey: pem, Endpoint: DefaultEndpoint},
		"whole PEM file":   {ID: 1, PrivateKey: pem[:len(pem)/2], Owner: "o", Endpoint: DefaultEndpoint},
	} {
		if _, err := AppToken(a); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error = %v, want %q", err, says)
		}
	}
}
