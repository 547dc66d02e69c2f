package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// full is a schema with something of every kind to keep and to leave out.
const full = `
"""
Where queries begin.
"""
type Query {
  "A thing."
  thing(id: ID!, by: Order = {field: NAME}, kind: [Kind!]): Thing @preview(toggledBy: "x")
  other: Other
}
interface Node { id: ID! rest: String }
type Thing implements Node & Lost {
  id: ID!
  rest: String
  old: Int @deprecated(reason: "gone") @docs(name: "x")
  maker: Maker
  any: [Either!]!
}
interface Lost { x: Int }
type Other implements Node { id: ID! rest: String }
type Maker { name: String at: DateTime }
union Either = Thing | Other
enum Kind { BIG "the small one" SMALL @docs(name: "y") OLD @deprecated }
input Order { field: Field! then: Order }
enum Field { NAME }
scalar DateTime @specifiedBy(url: "https://example.org")
enum Unused { A }
`

func TestPruneKeepsWhatIsListedAndWhatThatNeeds(t *testing.T) {
	got, err := prune(full, "# remark\n\nQuery.thing\nNode.id\nThing.old\nThing.maker\nThing.any\nMaker.at\n")
	if err != nil {
		t.Fatal(err)
	}
	want := header + `scalar DateTime
union Either = Thing
enum Field {
  NAME
}
enum Kind {
  BIG
  SMALL
  OLD @deprecated
}
type Maker {
  at: DateTime
}
interface Node {
  id: ID!
}
input Order {
  field: Field!
  then: Order
}
type Query {
  thing(id: ID!, by: Order = {field:NAME}, kind: [Kind!]): Thing
}
type Thing implements Node {
  id: ID!
  old: Int @deprecated(reason: "gone")
  maker: Maker
  any: [Either!]!
}
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("schema (-want +got):\n%s", diff)
	}
}

func TestPruneNamesEveryMistake(t *testing.T) {
	_, err := prune(full, "Query.thing\nThing.nothing\nNowhere.id\nQuery.other\nThing.any\nquery")
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"Thing.nothing: the full schema has no such field", "Nowhere.id: the full schema has no such field",
		"query: the full schema has no such field", "Query.other leads to Other, of which no field is listed",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q lacks %q", err, want)
		}
	}
	if _, err := prune("type {", ""); err == nil {
		t.Error("a schema that cannot be parsed: no error")
	}
}

func TestRunReadsAndWritesFiles(t *testing.T) {
	dir := t.TempDir()
	path := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	schema, fields := path("schema.graphql", full), path("fields.txt", "Maker.name\n")
	out := filepath.Join(dir, "out.graphql")
	if err := run(schema, fields, out); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(out); err != nil || string(got) != header+"type Maker {\n  name: String\n}\n" {
		t.Errorf("wrote %q, %v", got, err)
	}
	if run(filepath.Join(dir, "none"), fields, out) == nil || run(schema, filepath.Join(dir, "none"), out) == nil {
		t.Error("a file that is not there: no error")
	}
}
