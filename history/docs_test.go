package history

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	example = regexp.MustCompile("(?m)^### `([^`]+)`\n\n```json\n([^`]+)```$")
	link    = regexp.MustCompile(`\]\(([^)]+)\)`)
)

func document(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "docs", "history.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The examples of the documentation are a store: it is read, fits the schemas,
// and is as Shipshape itself would write it, but for fields that it leaves out.
func TestDocumentedExamplesAreAStore(t *testing.T) {
	files, seen := map[string]string{}, map[string]bool{}
	schemas := compileSchemas(t)
	for _, match := range example.FindAllStringSubmatch(document(t), -1) {
		name, data := match[1], match[2]
		files[name] = data
		seen[schemaOf(name)] = true
		for _, record := range recordsOf(name, []byte(data)) {
			if err := schemas[schemaOf(name)].Validate(parseAny(t, record)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	for name := range schemaTypes {
		if !seen[name] {
			t.Errorf("no example of %s", name)
		}
	}
	h, err := ReadFS(asFS(files))
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range storeOf(t, h) {
		if written := string(file.Data); len(written) < len(files[name]) {
			t.Errorf("%s loses something when it is written:\n%s\n%s", name, files[name], written)
		}
	}
}

func TestDocumentationNamesEverySchema(t *testing.T) {
	text := document(t)
	for name := range schemaTypes {
		if !strings.Contains(text, "(../history/schema/"+name+".json)") {
			t.Errorf("no link to the schema of %s", name)
		}
	}
	for _, match := range link.FindAllStringSubmatch(text, -1) {
		if _, err := os.Stat(filepath.Join("..", "docs", match[1])); err != nil {
			t.Error(err)
		}
	}
}
