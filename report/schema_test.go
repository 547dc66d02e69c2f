package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "write the generated schemas")

// schemaTypes are the data documents by the names of their schemas.
var schemaTypes = map[string]any{
	"scorecard":   ScorecardData{},
	"evidence":    EvidenceData{},
	"deployments": DeploymentsData{},
	"releases":    ReleasesData{},
}

func TestSchemasAreCurrent(t *testing.T) {
	for name, document := range schemaTypes {
		want := generateSchema(t, name, document)
		file := filepath.Join("schema", name+".json")
		if *update {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is stale, run go test ./report -update (-want +got)\n%s", file, diff)
		}
	}
}

// generateSchema makes the schema of a type out of its fields and their doc
// comments. Every field is required: what is not known is null. A pointer may be
// null.
func generateSchema(t *testing.T, name string, document any) []byte {
	t.Helper()
	r := &jsonschema.Reflector{Anonymous: true, RequiredFromJSONSchemaTags: false}
	sources, err := filepath.Glob("data_*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range sources {
		if err := r.AddGoComments("github.com/shipshape-report/shipshape/report", source); err != nil {
			t.Fatal(err)
		}
	}
	s := r.Reflect(document)
	s.Title = name
	var plain bytes.Buffer
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	nullable(tree, nullableFields(reflect.TypeOf(document), map[string][]string{}))
	if err := EncodeData(&plain, tree); err != nil {
		t.Fatal(err)
	}
	return plain.Bytes()
}

// nullableFields returns the names of the fields that hold a pointer, by the name
// of their type, for a type and all it is made of.
func nullableFields(t reflect.Type, into map[string][]string) map[string][]string {
	switch t.Kind() {
	case reflect.Slice, reflect.Pointer:
		return nullableFields(t.Elem(), into)
	case reflect.Struct:
	default:
		return into
	}
	if _, seen := into[t.Name()]; seen || t == reflect.TypeFor[time.Time]() {
		return into
	}
	into[t.Name()] = nil
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Type.Kind() == reflect.Pointer {
			into[t.Name()] = append(into[t.Name()], field.Tag.Get("json"))
		}
		nullableFields(field.Type, into)
	}
	return into
}

// nullable lets the fields be null.
func nullable(tree any, fields map[string][]string) {
	definitions, _ := tree.(map[string]any)["$defs"].(map[string]any)
	for name, names := range fields {
		definition, ok := definitions[name].(map[string]any)
		if !ok {
			continue
		}
		properties := definition["properties"].(map[string]any)
		for _, field := range names {
			was := properties[field].(map[string]any)
			description, described := was["description"]
			delete(was, "description")
			is := map[string]any{"anyOf": []any{was, map[string]any{"type": "null"}}}
			if described {
				is["description"] = description
			}
			properties[field] = is
		}
	}
}

// Everything published fits its schema, and the schema takes nothing else.
func TestDataFitsItsSchema(t *testing.T) {
	compiled := compileSchemas(t)
	documents := 0
	for h, pages := range map[string]map[string]any{"all": pagesOf(t, govuk, secp256k1), "bare": collect(scorecard(bare(t)), Options{})} {
		for path, content := range pages {
			schema := compiled[schemaOf(path)]
			if schema == nil {
				continue
			}
			documents++
			if err := schema.Validate(parsed(t, content)); err != nil {
				t.Errorf("%s, %s: %v", h, path, err)
			}
		}
	}
	if documents < 2*15 {
		t.Errorf("only %d documents", documents)
	}
}

func TestSchemasRefuseWhatTheyDoNotKnow(t *testing.T) {
	compiled := compileSchemas(t)
	valid := parsed(t, (&book{score: scorecard(bundled(t, secp256k1))}).scorecardData(place{})).(map[string]any)
	if err := compiled["scorecard"].Validate(valid); err != nil {
		t.Fatal(err)
	}
	valid["more"] = "x"
	if compiled["scorecard"].Validate(valid) == nil {
		t.Error("an unknown field is taken")
	}
	delete(valid, "more")
	delete(valid, "asOf")
	if compiled["scorecard"].Validate(valid) == nil {
		t.Error("a missing field is taken")
	}
}

// schemaOf names the schema of a data document; "" for what has none.
func schemaOf(path string) string {
	switch {
	case strings.HasPrefix(path, "data/evidence/"):
		return "evidence"
	case strings.HasPrefix(path, "data/schema/") || !strings.HasSuffix(path, ".json"):
		return ""
	}
	return strings.TrimSuffix(strings.TrimPrefix(path, "data/"), ".json")
}

func compileSchemas(t *testing.T) map[string]*validator.Schema {
	t.Helper()
	compiled := map[string]*validator.Schema{}
	c := validator.NewCompiler()
	c.AssertFormat()
	for name := range schemaTypes {
		data, err := schemas.ReadFile("schema/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		v, err := validator.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(name+".json", v); err != nil {
			t.Fatal(err)
		}
		if compiled[name], err = c.Compile(name + ".json"); err != nil {
			t.Fatal(err)
		}
	}
	return compiled
}

// parsed is a document as a reader of its file has it.
func parsed(t *testing.T, document any) any {
	t.Helper()
	var b bytes.Buffer
	if err := EncodeData(&b, document); err != nil {
		t.Fatal(err)
	}
	v, err := validator.UnmarshalJSON(&b)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
