package site

import (
	"go/ast"
	"go/parser"
	"go/token"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jba/templatecheck"

	"github.com/shipshape-report/shipshape/report"
	"github.com/shipshape-report/shipshape/templates"
)

// parsed is a renderer with its templates.
func parsed(tb testing.TB) *renderer {
	tb.Helper()
	r, err := newRenderer()
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// Templates only name fields that the page structs have.
func TestTemplatesFitTheirPages(t *testing.T) {
	r := parsed(t)
	for name, page := range kinds {
		if err := templatecheck.CheckHTML(r.html[name].Lookup("base"), page); err != nil {
			t.Errorf("%s.html: %v", name, err)
		}
		if markdown := r.markdown.Lookup(name + ".md"); markdown != nil {
			if err := templatecheck.CheckText(markdown, page); err != nil {
				t.Errorf("%s.md: %v", name, err)
			}
		}
	}
}

// The check above sees a wrong name, also in a part that several pages share.
func TestCheckingTemplatesSeesAWrongField(t *testing.T) {
	for _, wrong := range []string{`{{define "main"}}{{.Headlines}}{{end}}`, `{{define "tile"}}{{.Valu}}{{end}}`} {
		page := template.Must(template.Must(parsed(t).html["overview"].Clone()).Parse(wrong))
		if err := templatecheck.CheckHTML(page.Lookup("base"), kinds["overview"]); err == nil {
			t.Errorf("no error from %s", wrong)
		}
	}
}

// pageStructs are the names of the structs of package report that embed Frame.
func pageStructs(t *testing.T) []string {
	t.Helper()
	var names []string
	file, err := parser.ParseFile(token.NewFileSet(), "../report/pages.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if s, ok := spec.Type.(*ast.StructType); ok && slices.ContainsFunc(s.Fields.List, embedsFrame) {
			names = append(names, spec.Name.Name)
		}
		return false
	})
	slices.Sort(names)
	return names
}

func embedsFrame(f *ast.Field) bool {
	name, ok := f.Type.(*ast.Ident)
	return ok && len(f.Names) == 0 && name.Name == "Frame"
}

func TestEveryPageStructHasATemplate(t *testing.T) {
	var got []string
	for name, page := range kinds {
		got = append(got, reflect.TypeOf(page).Elem().Name())
		if htmlPage(page) != name {
			t.Errorf("%T is written by %q, want %q", page, htmlPage(page), name)
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(pageStructs(t), got); diff != "" {
		t.Errorf("page structs (-package report +here):\n%s", diff)
	}
}

// A page struct may use the name of a field of Frame for something else; only
// Description is, and the frame's own is what search engines get.
func TestFrameSpeaksForItself(t *testing.T) {
	shadowed := map[string]bool{}
	for name, kind := range kinds {
		page := reflect.TypeOf(kind).Elem()
		for _, f := range reflect.VisibleFields(page) {
			if len(f.Index) == 1 && fieldOf[report.Frame](f.Name) {
				shadowed[f.Name] = true
			}
		}
		filled, _ := filledPage(kind, "words", false)
		want := reflect.ValueOf(filled).Elem().FieldByName("Frame").FieldByName("Description").String()
		source := string(written(t, parsed(t), "index.html", filled))
		if !strings.Contains(source, `<meta name="description" content="`+want+`">`) {
			t.Errorf("%s does not describe itself by %q", name, want)
		}
	}
	if diff := cmp.Diff(map[string]bool{"Description": true}, shadowed); diff != "" {
		t.Errorf("fields that hide one of Frame (-want +got):\n%s", diff)
	}
}

func fieldOf[T any](name string) bool {
	_, found := reflect.TypeFor[T]().FieldByName(name)
	return found
}

func TestEveryTemplateIsUsed(t *testing.T) {
	pages := slices.Collect(maps.Keys(kinds))
	for name, source := range sources(t) {
		stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
		if !slices.Contains(pages, stem) && stem != "base" && stem != "parts" {
			t.Errorf("%s belongs to no page", name)
		}
		for _, m := range regexp.MustCompile(`\{\{-? ?define "([^"]+)"`).FindAllStringSubmatch(source, -1) {
			if m[1] != "base" && !called(t, path.Dir(name), m[1]) {
				t.Errorf("%s defines %q, which nothing calls", name, m[1])
			}
		}
	}
}

// sources are the texts of all templates, by path.
func sources(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, folder := range []fs.FS{templates.HTML, templates.Markdown} {
		err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(folder, name)
			all[name] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// called reports whether any template of a folder calls another by its name.
func called(t *testing.T, folder, name string) bool {
	t.Helper()
	for file, source := range sources(t) {
		if path.Dir(file) == folder && strings.Contains(source, `template "`+name+`"`) {
			return true
		}
	}
	return false
}

// Every function of the templates is called by one of them.
func TestEveryTemplateFunctionIsUsed(t *testing.T) {
	var all strings.Builder
	for _, source := range sources(t) {
		all.WriteString(source)
	}
	functions := append(slices.Collect(maps.Keys(parsed(t).htmlFuncs())), slices.Collect(maps.Keys(markdownFuncs()))...)
	for _, name := range functions {
		if !regexp.MustCompile(`\{\{[^}]*\b` + name + `\b`).MatchString(all.String()) {
			t.Errorf("no template calls %s", name)
		}
	}
}
