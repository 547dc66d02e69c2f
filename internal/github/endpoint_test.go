package github

import (
	"strings"
	"testing"
)

func TestEndpoint(t *testing.T) {
	for _, test := range []struct {
		flag, graphql, rest string
		want                string // "" is an error
	}{
		{want: DefaultEndpoint},
		{graphql: "https://api.github.com/graphql", rest: "https://api.github.com", want: DefaultEndpoint},
		{rest: "https://api.github.com", want: DefaultEndpoint},
		{rest: "https://git.example.com/api/v3", want: "https://git.example.com/api/graphql"},
		{rest: "https://git.example.com/api/v3/", want: "https://git.example.com/api/graphql"},
		{rest: "https://api.octo.ghe.com", want: "https://api.octo.ghe.com/graphql"},
		{graphql: "https://git.example.com:8443/api/graphql", rest: "https://x", want: "https://git.example.com:8443/api/graphql"},
		{graphql: "https://api.example.com/api/graphql", want: "https://api.example.com/api/graphql"},
		{flag: " https://git.example.com/api/graphql/\n", graphql: "nonsense", want: "https://git.example.com/api/graphql"},
		{flag: "http://localhost:8080/graphql", want: "http://localhost:8080/graphql"},
		{flag: "http://127.1.2.3/graphql", want: "http://127.1.2.3/graphql"},
		{flag: "http://[::1]:80/graphql", want: "http://[::1]:80/graphql"},
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
