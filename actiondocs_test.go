package shipshape_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape/internal/actions"
)

var update = flag.Bool("update", false, "write the tables of docs/action.md and the example of README.md")

// between replaces what stands between two comments of a page.
func between(t *testing.T, page, name, content string) string {
	t.Helper()
	before, rest, begins := strings.Cut(page, "<!-- "+name+" -->\n")
	_, after, ends := strings.Cut(rest, "<!-- end of "+name+" -->")
	if !begins || !ends {
		t.Fatalf("no place for %s", name)
	}
	return before + "<!-- " + name + " -->\n" + content + "<!-- end of " + name + " -->" + after
}

// isCurrent compares a page with what it should be, or writes it.
func isCurrent(t *testing.T, name, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, fileText(t, name)); diff != "" {
		t.Errorf("%s is not current: go test . -run Docs -update (-want +got):\n%s", name, diff)
	}
}

func TestDocsOfTheActionAreCurrent(t *testing.T) {
	var in, out strings.Builder
	in.WriteString("| input | default | meaning |\n|---|---|---|\n")
	for _, p := range actions.Inputs {
		value := ""
		if p.Default != "" {
			value = "`" + p.Default + "`"
		}
		fmt.Fprintf(&in, "| `%s` | %s | %s |\n", p.Name, value, p.Doc)
	}
	out.WriteString("| output | meaning |\n|---|---|\n")
	for _, o := range actions.Outputs {
		fmt.Fprintf(&out, "| `%s` | %s |\n", o.Name, o.Doc)
	}
	page := between(t, fileText(t, "docs/action.md"), "inputs", in.String())
	isCurrent(t, "docs/action.md", between(t, page, "outputs", out.String()))
}

// README shows the workflow that is linted, and names every input.
func TestDocsShowTheExample(t *testing.T) {
	readme := fileText(t, "README.md")
	isCurrent(t, "README.md", between(t, readme, "examples/pages.yml", "```yaml\n"+fileText(t, "examples/pages.yml")+"```\n"))
	for _, p := range actions.Inputs {
		if !strings.Contains(readme, "`"+p.Name+"`") {
			t.Errorf("README.md does not name the input %s", p.Name)
		}
	}
}

// docs/action.md states the permissions that the example grants.
func TestDocsStateThePermissions(t *testing.T) {
	page := fileText(t, "docs/action.md")
	for _, right := range strings.Split(granted[ours], ", ") {
		if scope := strings.TrimSuffix(right, ": read"); !strings.Contains(page, "| `"+scope+"` |") {
			t.Errorf("docs/action.md does not say what %s is for", scope)
		}
	}
}
