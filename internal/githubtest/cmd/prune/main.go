// Command prune cuts GitHub's published GraphQL schema down to the fields that
// Shipshape's queries may ask for, without descriptions.
//
//	go run ./internal/githubtest/cmd/prune -schema schema.graphql -fields fields.txt -out github.graphql
//
// internal/githubtest/schema/README.md says where the full schema comes from.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	schema := flag.String("schema", "", "the full schema, schema.graphql of the npm package @octokit/graphql-schema")
	fields := flag.String("fields", "fields.txt", "what to keep, a line Type.field each")
	out := flag.String("out", "github.graphql", "the file to write")
	flag.Parse()
	if err := run(*schema, *fields, *out); err != nil {
		fmt.Fprintln(os.Stderr, "prune:", err)
		os.Exit(1)
	}
}

// run reads the two files and writes the third.
func run(schema, fields, out string) error {
	full, err := os.ReadFile(schema)
	if err != nil {
		return fmt.Errorf("full schema: %w", err)
	}
	list, err := os.ReadFile(fields)
	if err != nil {
		return fmt.Errorf("list of fields: %w", err)
	}
	text, err := prune(string(full), string(list))
	if err != nil {
		return err
	}
	return os.WriteFile(out, []byte(text), 0o644)
}
