// Package dataset reads a history written in the field names of GitHub's
// GraphQL schema, as docs/dataset.md describes it, and turns it into the nouns of
// package shipshape.
//
// It is a second reading of GitHub's records, independent of package collect:
// what both read must agree. It guesses nothing. A key it does not know, a key
// that is missing, and a value of the wrong form are each an [Error] that names
// file, line and field. Start reading at [ReadFS].
//
// The package also holds the rule by which a dataset is reduced to its facts
// before it is bundled: [FactLine] and [Trim].
package dataset
