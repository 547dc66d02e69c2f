package githubtest

import (
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// fault is an entry of an answer's `errors`, in GitHub's form. A resolver that
// returns one answers null and the fault.
type fault struct {
	Type       string         `json:"type,omitempty"`
	Path       []any          `json:"path,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
	Locations  []location     `json:"locations,omitempty"`
	Message    string         `json:"message"`
}

// location is a place in the query's text, counted from 1.
type location struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// faultf returns a fault of a type; "" is none.
func faultf(kind, format string, values ...any) *fault {
	return &fault{Type: kind, Message: fmt.Sprintf(format, values...)}
}

// unserved is what a resolver answers to something that GitHub would answer and
// this package does not: loud, so that no test passes on a wrong answer.
func unserved(format string, values ...any) *fault {
	return faultf("UNSERVED_BY_GITHUBTEST", "githubtest does not serve "+format, values...)
}

// forbidden is how GitHub refuses a part to a token without the permission.
func forbidden() *fault {
	return faultf("FORBIDDEN", "Resource not accessible by integration")
}

// samlRequired is how GitHub refuses what belongs to an organisation that the
// token has not been authorised for.
func samlRequired() *fault {
	f := faultf("FORBIDDEN", "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.")
	f.Extensions = map[string]any{"saml_failure": true}
	return f
}

// at places a copy of the fault in answer and query.
func (f fault) at(path []any, pos *ast.Position) *fault {
	f.Path = slices.Clone(path)
	f.Locations = locations(pos)
	return &f
}

func locations(pos *ast.Position) []location {
	if pos == nil {
		return nil
	}
	return []location{{Line: pos.Line, Column: pos.Column}}
}
