// Package shipshape holds the nouns that every other package speaks in: what
// GitHub said about a repository, as plain records.
//
// A [History] is a record and not an object graph. Entities refer to each other
// by number, tag, or object id; slices are sorted; instants are UTC; a field
// that GitHub did not state keeps its zero value, and a [Gap] says so where that
// matters. What belongs to what is worked out by package timeline, never here.
//
// The package imports the standard library only and knows neither clock nor
// files.
package shipshape
