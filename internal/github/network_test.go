package github

import (
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// over makes a client's requests go to a real server. Waits stay pretended.
func over(t *testing.T, w *world, server *httptest.Server) *Client {
	t.Helper()
	t.Cleanup(server.Close)
	c := w.client(t, nil)
	c.o.Endpoint, c.o.Transport = server.URL+"/graphql", server.Client().Transport
	return c
}

func TestConnectionsThatBreakAreTriedAgain(t *testing.T) {
	for name, serve := range map[string]http.HandlerFunc{
		"reset": func(rw http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(rw).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			if err := conn.(*net.TCPConn).SetLinger(0); err != nil {
				t.Error(err)
			}
			conn.Close()
		},
		"truncated": func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Length", "1000")
			rw.Write([]byte(good))
		},
	} {
		t.Run(name, func(t *testing.T) {
			n := 0
			server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
				if n++; n < 3 {
					serve(rw, req)
					return
				}
				rw.Write([]byte(good))
			}))
			c := over(t, newWorld(), server)
			var q viewer
			if _, err := c.Query(t.Context(), &q, nil); err != nil || q.Viewer.Login != "mona" {
				t.Fatalf("query = %+v, %v", q, err)
			}
			if got := c.Spent().Requests; got != 3 {
				t.Errorf("%d requests, want 3", got)
			}
		})
	}
}

func TestServersThatAreNotThereAreUnavailable(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	c := over(t, newWorld(), server)
	server.Close()
	_, err := c.Query(t.Context(), &viewer{}, nil)
	if e := wantError(t, err, ErrUnavailable); !strings.Contains(e.Detail, "refused") {
		t.Errorf("detail = %q", e.Detail)
	}
	if got := c.Spent().Requests; got != 5 {
		t.Errorf("%d requests, want 5", got)
	}
}

func TestUntrustedCertificatesAreTriedOnce(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	c := over(t, newWorld(), server)
	c.o.Transport = &http.Transport{}
	_, err := c.Query(t.Context(), &viewer{}, nil)
	if e := wantError(t, err, ErrUnavailable); e.Remedy != remedyCert {
		t.Errorf("error = %v", e)
	}
	if got := c.Spent().Requests; got != 1 {
		t.Errorf("%d requests, want 1", got)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the redirect was followed")
	}))
	defer elsewhere.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		c := over(t, newWorld(), httptest.NewServer(http.RedirectHandler(elsewhere.URL, status)))
		_, err := c.Query(t.Context(), &viewer{}, nil)
		wantError(t, err, ErrNotGraphQL)
	}
}

func TestAnswersWithoutEndAreNotRead(t *testing.T) {
	if _, err := readAtMost(strings.NewReader("123456"), 5); err != errLong {
		t.Errorf("error = %v, want errLong", err)
	}
	if body, err := readAtMost(strings.NewReader("12345"), 5); err != nil || len(body) != 5 {
		t.Errorf("%q, %v", body, err)
	}
	v := judge(answer{status: 200, broken: errLong}, DefaultEndpoint, secret)
	wantError(t, v.err, ErrTooBig)
	if v.class != final {
		t.Error("an endless answer is asked for again")
	}
}
