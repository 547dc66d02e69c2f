// Package github carries queries to GitHub's GraphQL API and brings back what
// came of them: data, faults within data, what it cost, and errors that say what
// to do.
//
// It sits below githubv4, which reports neither the type nor the path of an error
// and no header: a transport reads status, headers and `errors` itself, keeps
// partial data, waits where GitHub asks for it, and repeats what may be repeated.
// It knows nothing of what is asked; package collect does. Start reading at
// client.go.
package github
