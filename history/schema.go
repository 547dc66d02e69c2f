package history

import (
	"embed"
	"io/fs"
)

//go:embed schema/*.json
var schemas embed.FS

// Schemas returns the JSON Schemas (draft 2020-12) of the store: one for each
// kind of record, named for its files ("commits.json"), and one each for the mark
// ("history.json"), "repository.json" and "origin.json". They are generated from
// the types of package shipshape.
func Schemas() fs.FS {
	sub, err := fs.Sub(schemas, "schema")
	if err != nil {
		return schemas // cannot be: the name is a constant and valid
	}
	return sub
}
