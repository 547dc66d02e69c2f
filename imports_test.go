package shipshape_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/shipshape-report/shipshape"

// room is what a package may know of the others, docs/design.md in a table.
type room struct {
	ours []string // rooms it may import; everyone may import the root
	libs []string // modules from elsewhere, by prefix
}

// rooms lists every package. A package that is not here fails the test: where it
// belongs is a decision, not an accident.
var rooms = map[string]room{
	".":                              {},
	"history":                        {libs: []string{"github.com/klauspost/compress", "github.com/go-json-experiment/json", "github.com/gofrs/flock", "golang.org/x/sync"}},
	"collect":                        {ours: []string{"internal/github", "internal/git"}, libs: []string{"github.com/shurcooL/githubv4", "github.com/gobwas/glob"}},
	"timeline":                       {libs: []string{"github.com/Masterminds/semver/v3", "github.com/gobwas/glob"}},
	"kpi":                            {ours: []string{"timeline"}, libs: []string{"gonum.org/v1/gonum"}},
	"report":                         {ours: []string{"timeline", "kpi"}},
	"templates":                      {},
	"site":                           {ours: []string{"report", "templates", "internal/markup", "internal/figure"}},
	"publish":                        {libs: []string{"github.com/gofrs/flock"}},
	"testdata":                       {},
	"internal/markup":                {libs: []string{"github.com/yuin/goldmark", "golang.org/x/text"}},
	"internal/figure":                {},
	"internal/dataset":               {},
	"internal/github":                {libs: []string{"github.com/shurcooL/githubv4", "github.com/shurcooL/graphql", "github.com/go-json-experiment/json", "github.com/bradleyfalzon/ghinstallation/v2"}},
	"internal/git":                   {},
	"internal/githubtest":            {ours: []string{"internal/dataset"}, libs: []string{"github.com/vektah/gqlparser/v2"}},
	"internal/githubtest/cmd/prune":  {libs: []string{"github.com/vektah/gqlparser/v2"}},
	"internal/actions":               {libs: []string{"github.com/sethvargo/go-githubactions"}},
	"internal/dataset/cmd/trim":      {ours: []string{"internal/dataset"}},
	"internal/dataset/cmd/demostore": {ours: []string{"internal/dataset", "history"}},
	"internal/script":                {},
	"internal/recompute":             {},
	"cmd/shipshape": {
		ours: []string{
			"history", "collect", "timeline", "kpi", "report", "site", "publish", "testdata",
			"internal/markup", "internal/github", "internal/git", "internal/actions",
		},
		libs: []string{"github.com/spf13/cobra", "github.com/schollz/progressbar/v3"},
	},
}

// TestRoomsImportOnlyTheirNeighbours reads the imports of every file, tests apart:
// a test may reach further to compare two rooms.
func TestRoomsImportOnlyTheirNeighbours(t *testing.T) {
	for file, f := range sources(t, parser.ImportsOnly) {
		dir := path.Dir(file)
		r, known := rooms[dir]
		if !known {
			t.Errorf("%s: package %s is in no room: add it to the table and to docs/design.md", file, dir)
			continue
		}
		for _, spec := range f.Imports {
			target := strings.Trim(spec.Path.Value, `"`)
			if why := refused(r, target); why != "" {
				t.Errorf("%s imports %s: %s", file, target, why)
			}
		}
	}
}

// refused says why a room may not import target, or "".
func refused(r room, target string) string {
	switch rest, ours := strings.CutPrefix(target, module); {
	case ours && rest == "":
		return ""
	case ours && !slices.Contains(r.ours, rest[1:]):
		return "not one of its neighbours"
	case ours, !strings.Contains(strings.Split(target, "/")[0], "."):
		return ""
	}
	for _, lib := range r.libs {
		if target == lib || strings.HasPrefix(target, lib+"/") {
			return ""
		}
	}
	return "a module that this room has no business with"
}

// forbidden are the doors to the world outside: below cmd nobody goes through
// them, callers pass in what is needed.
var forbidden = map[string][]string{
	"time": {"Now", "Since", "Until", "Sleep", "Tick", "NewTicker", "NewTimer", "AfterFunc"},
	"os":   {"Getenv", "LookupEnv", "Environ", "Stdout", "Stderr", "Stdin", "Exit", "Args", "Getwd"},
	"fmt":  {"Print", "Printf", "Println"},
}

func TestOnlyCommandsKnowClockEnvironmentAndOutput(t *testing.T) {
	for file, f := range sources(t, parser.SkipObjectResolution) {
		if f.Name.Name == "main" {
			continue
		}
		names := localNames(f)
		for _, banned := range []string{"math/rand", "math/rand/v2", "crypto/rand"} {
			if slices.Contains(names["path:"+banned], banned) {
				t.Errorf("%s imports %s: randomness is passed in", file, banned)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && len(names[x.Name]) == 1 && slices.Contains(forbidden[names[x.Name][0]], sel.Sel.Name) {
				t.Errorf("%s uses %s.%s: pass it in from cmd", file, x.Name, sel.Sel.Name)
			}
			return true
		})
	}
}

// localNames maps the names by which a file knows its imports to their paths.
func localNames(f *ast.File) map[string][]string {
	names := map[string][]string{}
	for _, spec := range f.Imports {
		target := strings.Trim(spec.Path.Value, `"`)
		name := path.Base(target)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = []string{target}
		names["path:"+target] = []string{target}
	}
	return names
}

// sources parses every Go file of the module that is not a test, walking the tree
// itself, so that no cache can answer for it.
func sources(t *testing.T, mode parser.Mode) map[string]*ast.File {
	t.Helper()
	files := map[string]*ast.File{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_")) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, mode)
		files[filepath.ToSlash(name)] = f
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 10 {
		t.Fatalf("found %d files: not the whole tree", len(files))
	}
	return files
}
