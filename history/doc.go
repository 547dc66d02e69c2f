// Package history keeps a [shipshape.History] as files and reads it back: the
// store of record, a folder of JSON Lines that a person can grep and diff, and
// the same folder as one compressed archive.
//
// It refuses what it cannot trust (damage, truncation, a newer version, a folder
// that is something else) with a [FileError] that names file and line, and it
// never repairs or leaves out a record silently. It decides nothing about what
// the records mean.
//
// docs/history.md documents the store for people who bring data from elsewhere.
// Start reading at layout.go (where things lie) and kind.go (what is kept).
package history

//go:generate go test -run ^TestSchemasAreCurrent$ -update .
