package report

import (
	"embed"
	"encoding/json"
	"io/fs"
	"strings"
)

//go:embed schema/*.json
var schemas embed.FS

// Schemas returns the JSON Schemas (draft 2020-12) of the data documents, named
// for them: "scorecard.json", "evidence.json", "deployments.json" and
// "releases.json". They are generated from the types of this package.
func Schemas() fs.FS {
	sub, err := fs.Sub(schemas, "schema")
	if err != nil {
		return schemas // cannot be: the name is a constant and valid
	}
	return sub
}

// dataLeaves are the data documents and their schemas.
func (b *book) dataLeaves() []leaf {
	leaves := []leaf{
		{scorecardPath, b.scorecardData},
		{"data/deployments.json", b.deploymentsData},
		{"data/releases.json", b.releasesData},
		{"data/kpis.csv", b.kpisCSV},
		{"data/deployments.csv", b.deploymentsCSV},
		{"data/releases.csv", b.releasesCSV},
	}
	for _, r := range b.score.Results {
		for i := range evidenceFiles(r) {
			leaves = append(leaves, leaf{evidencePath(r.KPI.ID, i+1), func(place) any { return b.evidenceData(r, i+1) }})
		}
	}
	for _, name := range []string{"scorecard", "evidence", "deployments", "releases"} {
		leaves = append(leaves, leaf{"data/schema/" + name + ".json", schemaData})
	}
	return leaves
}

// schemaData is the schema that a path names.
func schemaData(p place) any {
	data, err := fs.ReadFile(schemas, strings.TrimPrefix(p.path, "data/"))
	if err != nil {
		return json.RawMessage("true") // cannot be: all of them are embedded
	}
	return json.RawMessage(data)
}
