// Package collect reads the history of a repository from GitHub's GraphQL API. It
// has a file for each kind of record: the query, its nodes, and one method that
// turns a node into a noun.
//
// It decides nothing about what the records mean, and never gives a zero for what
// it could not read: that becomes a [shipshape.Gap] that names what is lacking and
// what to do. A list is read to its end, or a gap says where it was cut. Start
// reading at repository.go.
package collect
