// Package githubtest is GitHub's GraphQL endpoint in process, for tests: it turns a
// history into an HTTP handler that answers queries about it as GitHub would.
//
// Every query and every variable is checked against GitHub's schema. Lists have real
// cursors and page limits; errors, permissions, prices and limits have GitHub's
// shape. Answers are worked out from the nouns by a small executor: no query is
// recognised by its text, and no code is shared with package collect, so that what
// both agree on is not one mistake made twice. Start reading at server.go, then
// execute.go; each kind of record has a table of its fields in a file of its own.
//
// Where a noun lacks what GitHub's schema demands, the answer says so in one way: an
// instant is year 1, an object id is all zeros, an association is NONE, an account is
// the user ghost, and a reference whose other end is unknown leads to itself.
package githubtest

//go:generate sh -c "go run ./cmd/prune -schema \"$GITHUB_SCHEMA\" -fields schema/fields.txt -out schema/github.graphql"
