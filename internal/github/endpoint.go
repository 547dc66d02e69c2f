package github

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// DefaultEndpoint is GitHub's own GraphQL API.
const DefaultEndpoint = "https://api.github.com/graphql"

// Endpoint returns the address of the GraphQL API: the flag's, else what
// GITHUB_GRAPHQL_URL says, else the one beside the REST API that GITHUB_API_URL
// names, else [DefaultEndpoint]. The error says which of them is wrong.
func Endpoint(flag string, getenv func(string) string) (string, error) {
	if flag != "" {
		return checked(flag)
	}
	if address := getenv("GITHUB_GRAPHQL_URL"); address != "" {
		found, err := checked(address)
		return found, named("GITHUB_GRAPHQL_URL", err)
	}
	if address := getenv("GITHUB_API_URL"); address != "" {
		found, err := checked(besideREST(address))
		return found, named("GITHUB_API_URL", err)
	}
	return DefaultEndpoint, nil
}

func named(variable string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", variable, err)
}

// besideREST turns the address of the REST API into that of GraphQL, which has no
// version on Enterprise servers: https://HOST/api/v3 and https://HOST/api/graphql.
func besideREST(address string) string {
	address = strings.TrimRight(address, "/")
	if root, ok := strings.CutSuffix(address, "/api/v3"); ok {
		return root + "/api/graphql"
	}
	return address + "/graphql"
}

// restBase turns an endpoint into the address of the REST API beside it.
func restBase(endpoint string) string {
	if root, ok := strings.CutSuffix(endpoint, "/api/graphql"); ok {
		return root + "/api/v3"
	}
	return strings.TrimSuffix(endpoint, "/graphql")
}

// checked returns the address of an API in its plain form. A token is only ever
// sent over an encrypted connection, or within this machine.
func checked(address string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	// What a parse error quotes may hold a password.
	case err != nil:
		return "", errors.New("the address of the GraphQL API is not a URL")
	case u.User != nil:
		return "", errors.New("the address of the GraphQL API holds a user name: give the token in GITHUB_TOKEN instead")
	case u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http":
		return "", fmt.Errorf("the address of the GraphQL API is %q: want one such as %s", clean(address, "", maxDetail), DefaultEndpoint)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return "", fmt.Errorf("the address of the GraphQL API is %q: want https, for a token must not travel in the clear", clean(address, "", maxDetail))
	case u.RawQuery != "" || u.Fragment != "":
		return "", fmt.Errorf("the address of the GraphQL API is %q: want one without ? and #", clean(address, "", maxDetail))
	case strings.Trim(u.Path, "/") == "":
		return "", fmt.Errorf("the address of the GraphQL API is %q: want a path, as in %s or https://HOST/api/graphql", clean(address, "", maxDetail), DefaultEndpoint)
	}
	return strings.TrimRight(u.String(), "/"), nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
