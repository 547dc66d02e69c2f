package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/shipshape-report/shipshape/internal/actions"
	"github.com/shipshape-report/shipshape/internal/github"
)

// The environment that a run authenticates with. A GitHub App comes before a
// token, for a workflow has a token in any case.
const (
	appID           = "SHIPSHAPE_APP_ID"
	appKey          = "SHIPSHAPE_APP_PRIVATE_KEY" // PEM
	appInstallation = "SHIPSHAPE_APP_INSTALLATION_ID"
)

// tokenNames are tried in order: the input of the action is what its user chose.
var tokenNames = []string{actions.Variable(actions.TokenInput), "GITHUB_TOKEN", "GH_TOKEN"}

// token returns where requests get their token from. owner is whose installation
// of an app is used where none is named, and repository where to look first.
func (e env) token(endpoint, owner, repository string) (func(context.Context) (string, error), error) {
	if e.getenv(appID) != "" {
		return e.appToken(endpoint, owner, repository)
	}
	for _, name := range tokenNames {
		if token := strings.TrimSpace(e.getenv(name)); token != "" {
			return func(context.Context) (string, error) { return token, nil }, nil
		}
	}
	return nil, misuse(errors.New("there is no token"),
		"set GITHUB_TOKEN: in a workflow to ${{ github.token }}, elsewhere to a token that may read the repository, such as that of `gh auth token`")
}

func (e env) appToken(endpoint, owner, repository string) (func(context.Context) (string, error), error) {
	id, err := strconv.ParseInt(e.getenv(appID), 10, 64)
	if err != nil {
		return nil, misuse(fmt.Errorf("%s is not a number", appID), "give the id that the app's settings show")
	}
	installation := int64(0)
	if text := e.getenv(appInstallation); text != "" {
		if installation, err = strconv.ParseInt(text, 10, 64); err != nil {
			return nil, misuse(fmt.Errorf("%s is not a number", appInstallation), "leave it out, or give the number in the address of the installation's settings")
		}
	}
	token, err := github.AppToken(github.App{
		ID: id, PrivateKey: []byte(e.getenv(appKey)), Installation: installation, Owner: owner,
		Repository: repository, Endpoint: endpoint, Transport: e.transport, UserAgent: e.agent(),
	})
	if err != nil {
		return nil, misuse(err, "")
	}
	return token, nil
}
