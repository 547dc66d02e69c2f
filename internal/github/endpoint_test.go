package github

import (
	"strings"
	"testing"
)

func TestEndpoint(t *testing.T) {
	for _, test := range []struct {
		flag, graphql, rest string
		want, web           string // want "" is an error
	}{
		{want: DefaultEndpoint, web: "https://github.com"},
		{graphql: "https://api.github.com/graphql", rest: "https://api.github.com", want: DefaultEndpoint, web: "https://github.com"},
		{rest: "https://api.github.com", want: DefaultEndpoint, web: "https://github.com"},
		{rest: "https://git.example.com/api/v3", want: "https://git.example.com/api/graphql", web: "https://git.example.com"},
		{rest: "https://git.example.com/api/v3/", want: "https://git.example.com/api/graphql", web: "https://git.example.com"},
		{rest: "https://api.octo.ghe.com", want: "https://api.octo.ghe.com/graphql", web: "https://octo.ghe.com"},
		{graphql: "https://git.example.com:8443/api/graphql", rest: "https://x", want: "https://git.example.com:8443/api/graphql", web: "https://git.example.com:8443"},
		{graphql: "https://api.example.com/api/graphql", want: "https://api.example.com/api/graphql", web: "https://api.example.com"},
		{flag: " https://git.example.com/api/graphql/\n", graphql: "nonsense", want: "https://git.example.com/api/graphql", web: "https://git.example.com"},
		{flag: "http://localhost:8080/graphql", want: "http://localhost:8080/graphql", web: "http://localhost:8080"},
		{flag: "http://127.1.2.3/graphql", want: "http://127.1.2.3/graphql", web: "http://127.1.2.3"},
		{flag: "http://[::1]:80/graphql", want: "http://[::1]:80/graphql", web: "http://[::1]:80"},
		{flag: "http://git.example.com/api/graphql"},
		{flag: "http://localhost.example.com/graphql"},
		{flag: "http://127.0.0.1.example.com/graphql"},
		{flag: "ftp://git.example.com/graphql"},
		{flag: "git.example.com/api/graphql"},
		{flag: "https:///graphql"},
		{flag: "https://:443/graphql"},
		{flag: "https://git.example.com"},
		{flag: "https://git.example.com/graphql?token=x"},
		{flag: "https://git.example.com/graphql#x"},
		{flag: "https://mona:hunter2@git.example.com/graphql"},
		{flag: "https://mona:hunter2@git.example.com:port/graphql"},
		{graphql: "http://git.example.com/graphql"},
		{rest: "%zz"},
	} {
		env := map[string]string{"GITHUB_GRAPHQL_URL": test.graphql, "GITHUB_API_URL": test.rest}
		got, err := Endpoint(test.flag, func(name string) string { return env[name] })
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%+v: %q, %v", test, got, err)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the error shows a password: %v", err)
		}
		if err != nil && test.flag == "" && !strings.Contains(err.Error(), "GITHUB_") {
			t.Errorf("the error does not say where the address is from: %v", err)
		}
		if test.want != "" && WebURL(got) != test.web {
			t.Errorf("WebURL(%q) = %q, want %q", got, WebURL(got), test.web)
		}
	}
	if got := WebURL("%zz"); got != "" {
		t.Errorf("WebURL of nonsense = %q", got)
	}
}

func TestTheRESTAPIIsBesideTheGraphQLOne(t *testing.T) {
	for endpoint, want := range map[string]string{
		DefaultEndpoint:                       "https://api.github.com",
		"https://git.example.com/api/graphql": "https://git.example.com/api/v3",
		"https://api.octo.ghe.com/graphql":    "https://api.octo.ghe.com",
	} {
		if got := restBase(endpoint); got != want {
			t.Errorf("restBase(%q) = %q, want %q", endpoint, got, want)
		}
		if back := besideREST(want); back != endpoint {
			t.Errorf("besideREST(%q) = %q, want %q", want, back, endpoint)
		}
	}
}
