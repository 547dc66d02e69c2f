package collect

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
	"testing"
	"testing/synctest"
	"time"

	"github.com/shipshape-report/shipshape/internal/github"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// app is a server that gives an app's installation tokens which last an hour, and
// lets nobody read without one that is valid. Its clock is that of package time.
type app struct {
	server  *githubtest.Server
	granted []time.Time // when each token was given
	used    map[string]int
	late    int // requests with a token that was no longer valid
}

func (a *app) RoundTrip(req *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(req.URL.Path, "/access_tokens") {
		return a.read(req)
	}
	a.granted = append(a.granted, time.Now())
	w := httptest.NewRecorder()
	w.WriteHeader(http.StatusCreated)
	fmt.Fprintf(w, `{"token":"ghs_%d","expires_at":%q}`, len(a.granted), time.Now().Add(time.Hour).UTC().Format(time.RFC3339))
	return w.Result(), nil
}

func (a *app) read(req *http.Request) (*http.Response, error) {
	var n int
	token := strings.TrimPrefix(req.Header.Get("Authorization"), "bearer ")
	if _, err := fmt.Sscanf(token, "ghs_%d", &n); err != nil || n < 1 || n > len(a.granted) || time.Since(a.granted[n-1]) >= time.Hour {
		a.late++
		w := httptest.NewRecorder()
		http.Error(w, `{"message":"Bad credentials"}`, http.StatusUnauthorized)
		return w.Result(), nil
	}
	a.used[token]++
	return a.server.Transport().RoundTrip(req)
}

// privateKey is an app's, in PEM.
func privateKey(t *testing.T) []byte {
	t.Helper()
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(k)})
}

// TestAnAppsTokenIsRenewedInMidRun collects for hours of the clock, while a token
// lasts one: none is used a minute too long, and what is read is what is there.
func TestAnAppsTokenIsRenewedInMidRun(t *testing.T) {
	want := fleet()
	server, name := served(t, want, nil)
	pem := privateKey(t)
	synctest.Test(t, func(t *testing.T) {
		a := &app{server: server, used: map[string]int{}}
		token, err := github.AppToken(github.App{ID: 12, PrivateKey: pem, Installation: 7, Transport: a, Endpoint: github.DefaultEndpoint})
		if err != nil {
			t.Fatal(err)
		}
		client, err := github.New(github.Options{
			Endpoint: github.DefaultEndpoint, Transport: a, MaxWait: time.Hour,
			Token: func(ctx context.Context) (string, error) {
				time.Sleep(7 * time.Minute) // since the request before
				return token(ctx)
			},
			Now: time.Now, Sleep: func(context.Context, time.Duration) error { return nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		r := newReader(client, name, everything())
		r.most = 5
		got, err := r.repository(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want.Sort()
		same(t, mine(want), mine(*got))
		hours := int(time.Since(a.granted[0]).Hours())
		if hours < 4 || len(a.granted) < hours || len(a.granted) > hours+2 || len(a.used) != len(a.granted) || a.late != 0 {
			t.Errorf("%d tokens in %d hours, %d of them used, %d requests too late", len(a.granted), hours, len(a.used), a.late)
		}
	})
}
