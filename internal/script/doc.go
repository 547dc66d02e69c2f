// Package script turns a plain-text account of a repository's life into a
// history, and keeps what its author counted by hand as wants. It is for tests
// only.
//
// The package knows how a script is written and what GitHub would have said about
// it; it works out nothing. What a want means is for the package under test to
// say, so that no rule stands here a second time. docs/scripts.md describes the
// language.
//
// Start reading at [Parse].
package script
