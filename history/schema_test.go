package history

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/shipshape-report/shipshape"
)

var update = flag.Bool("update", false, "write the generated schemas")

// schemaTypes says what a line, or the whole, of each kind of file is.
var schemaTypes = map[string]any{
	"history":     mark{},
	"repository":  shipshape.Repository{},
	"origin":      shipshape.Origin{},
	"commits":     shipshape.Commit{},
	"refs":        shipshape.Ref{},
	"changes":     shipshape.Change{},
	"issues":      shipshape.Issue{},
	"releases":    shipshape.Release{},
	"deployments": shipshape.Deployment{},
	"runs":        shipshape.Run{},
	"milestones":  shipshape.Milestone{},
	"controls":    shipshape.Control{},
	"gaps":        shipshape.Gap{},
}

// required is what check.go asks for. TestSchemaAsksForWhatTheReaderAsksFor
// holds the two together.
var required = map[string][]string{
	"mark":             {"format", "version"},
	"Repository":       {"name"},
	"Label":            {"name"},
	"Origin":           {"until", "source"},
	"Commit":           {"oid", "committedAt"},
	"Ref":              {"kind", "name", "target"},
	"Change":           {"number", "state", "createdAt"},
	"ChangeCommit":     {"oid"},
	"Review":           {"state", "at"},
	"Comment":          {"at"},
	"Event":            {"kind", "at"},
	"Issue":            {"number", "state", "createdAt"},
	"Release":          {"tag", "createdAt"},
	"Asset":            {"name"},
	"Deployment":       {"id", "createdAt"},
	"DeploymentStatus": {"state", "at"},
	"Run":              {"id", "createdAt"},
	"DeploymentReview": {"state"},
	"Thread":           {"at"},
	"Milestone":        {"number", "createdAt"},
	"Control":          {"kind"},
	"Gap":              {"entity", "reason", "why"},
}

func TestSchemasAreCurrent(t *testing.T) {
	for _, name := range sortedKeys(schemaTypes) {
		want := generateSchema(t, name, schemaTypes[name])
		file := filepath.Join("schema", name+".json")
		if *update {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Errorf("%v; run go generate", err)
			continue
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is stale, run go generate (-want +got)\n%s", file, diff)
		}
	}
	files, err := filepath.Glob(filepath.Join("schema", "*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(schemaTypes) {
		t.Errorf("schema holds %d files, want the %d of the kinds: %q", len(files), len(schemaTypes), files)
	}
}

func TestEveryKindHasASchema(t *testing.T) {
	for _, k := range kinds {
		if _, err := fs.Stat(Schemas(), string(k.entity())+".json"); err != nil {
			t.Error(err)
		}
	}
}

func TestEveryLineOfAStoreFitsItsSchema(t *testing.T) {
	files := storeOf(t, rich())
	schemas := compileSchemas(t)
	lines := 0
	for _, name := range sortedKeys(files) {
		for _, record := range recordsOf(name, files[name].Data) {
			lines++
			if err := schemas[schemaOf(name)].Validate(parseAny(t, record)); err != nil {
				t.Errorf("%s: %v\n%s", name, err, record)
			}
		}
	}
	if lines < 20 {
		t.Errorf("only %d records were looked at", lines)
	}
}

// Every property of a record that has them all is left out in turn, at every
// depth: reader and schema must agree whether the rest can be used.
func TestSchemaAsksForWhatTheReaderAsksFor(t *testing.T) {
	schemas := compileSchemas(t)
	for _, name := range sortedKeys(schemaTypes) {
		full := parseAny(t, fullRecord(t, schemaTypes[name])).(map[string]any)
		paths := propertiesOf(full)
		if len(paths) < 2 {
			t.Errorf("%s: %d properties", name, len(paths))
		}
		for _, path := range append(paths, "") {
			record := parseAny(t, fullRecord(t, schemaTypes[name])).(map[string]any)
			without(record, path)
			data, err := json.Marshal(record)
			if err != nil {
				t.Fatal(err)
			}
			readErr, schemaErr := readRecord(name, data), schemas[name].Validate(record)
			if (readErr == nil) != (schemaErr == nil) {
				t.Errorf("%s without %q: reader says %v, schema says %v", name, path, readErr, schemaErr)
			}
			if path == "" && readErr != nil {
				t.Errorf("%s: full record: %v", name, readErr)
			}
		}
		record := parseAny(t, fullRecord(t, schemaTypes[name])).(map[string]any)
		record["nobodyKnows"] = 1.0
		if schemas[name].Validate(record) == nil {
			t.Errorf("%s: schema takes an unknown field", name)
		}
	}
}

// generateSchema makes the schema of a type out of its fields, their doc comments
// and what check.go asks for.
func generateSchema(t *testing.T, name string, v any) []byte {
	t.Helper()
	r := &jsonschema.Reflector{Anonymous: true, ExpandedStruct: true}
	for _, pattern := range []string{"../*.go", "*.go"} {
		sources, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, source := range sources {
			if strings.HasSuffix(source, "_test.go") {
				continue
			}
			if err := r.AddGoComments("github.com/shipshape-report/shipshape/history", source); err != nil {
				t.Fatal(err)
			}
		}
	}
	s := r.Reflect(v)
	s.Title = name
	demand(s, reflect.TypeOf(v).Name())
	for definition, sub := range s.Definitions {
		demand(sub, definition)
	}
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var plain bytes.Buffer
	enc := json.NewEncoder(&plain)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(json.RawMessage(data)); err != nil {
		t.Fatal(err)
	}
	return plain.Bytes()
}

// demand asks for what the reader asks for, and for nothing else.
func demand(s *jsonschema.Schema, typeName string) {
	s.Required = required[typeName]
	one := uint64(1)
	for p := s.Properties.Oldest(); p != nil; p = p.Next() {
		if !slices.Contains(s.Required, p.Key) {
			continue
		}
		p.Value.Enum = words(typeName, p.Key)
		switch {
		case p.Value.Type == "integer":
			p.Value.Minimum = "1"
		case p.Value.Format == "" && p.Value.Enum == nil:
			p.Value.MinLength = &one
		}
	}
}

// words are those of ours that a field may hold.
func words(typeName, key string) []any {
	switch typeName + "." + key {
	case "Ref.kind":
		return anySlice(refKinds)
	case "Control.kind":
		return anySlice(controlKinds)
	case "Gap.entity":
		return anySlice(gapEntities)
	case "Gap.reason":
		return anySlice(gapReasons)
	case "mark.format":
		return []any{format}
	}
	return nil
}

func anySlice[T any](in []T) []any {
	out := make([]any, len(in))
	for i, v := range in {
		out[i] = v
	}
	return out
}

func compileSchemas(t *testing.T) map[string]*validator.Schema {
	t.Helper()
	c := validator.NewCompiler()
	c.AssertFormat()
	out := map[string]*validator.Schema{}
	for name := range schemaTypes {
		data, err := fs.ReadFile(Schemas(), name+".json")
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(name+".json", parseAny(t, data)); err != nil {
			t.Fatal(err)
		}
		if out[name], err = c.Compile(name + ".json"); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func parseAny(t *testing.T, data []byte) any {
	t.Helper()
	v, err := validator.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	return v
}

// schemaOf names the schema of a file of the store.
func schemaOf(name string) string {
	at, err := locate(name)
	if err == nil && at.kind != nil {
		return string(at.kind.entity())
	}
	return strings.TrimSuffix(filepath.Base(name), ".json")
}

// recordsOf cuts a file into what a schema is for.
func recordsOf(name string, data []byte) [][]byte {
	if !strings.HasSuffix(name, extension) {
		return [][]byte{data}
	}
	return bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
}

// readRecord reads one record as the file of its kind would be read.
func readRecord(name string, data []byte) error {
	switch name {
	case "history":
		return checkMark(data)
	case "repository":
		_, err := decodeRepository("x/y", data)
		return err
	case "origin":
		_, err := decodeOrigin(data)
		return err
	}
	for _, k := range kinds {
		if string(k.entity()) == name {
			month := ""
			if k.monthly() {
				month = "2026-08"
			}
			_, err := k.decode(location{month: month}, append(data, '\n'))
			return err
		}
	}
	return nil
}
