package site

import (
	"bytes"
	"errors"
	"iter"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape/report"
	"github.com/shipshape-report/shipshape/templates"
)

// kept is a sink that keeps copies of files, in the order in which they came.
type kept []file

func (k *kept) Write(path string, data []byte) error {
	*k = append(*k, file{path, bytes.Clone(data)})
	return nil
}

func (k kept) paths() []string {
	var paths []string
	for _, f := range k {
		paths = append(paths, f.path)
	}
	return paths
}

// everyPage is a page of each kind, in order, and one of each data document.
func everyPage(words string) []report.Page {
	var pages []report.Page
	for name, kind := range kinds {
		content, _ := filledPage(kind, words, false)
		pages = append(pages, report.Page{Path: name + "/index.html", Content: content})
		if slices.Contains([]string{"overview", "releases", "release"}, name) {
			pages = append(pages, report.Page{Path: name + "/index.md", Content: content})
		}
	}
	pages = append(pages,
		report.Page{Path: "data/a.csv", Content: &report.CSV{Head: []string{"a", "b"}, Rows: [][]string{{words, "1"}}}},
		report.Page{Path: "data/a.json", Content: map[string]string{"a": words}})
	slices.SortFunc(pages, func(a, b report.Page) int { return strings.Compare(a.Path, b.Path) })
	return pages
}

func TestFilesAscendWithAssetsBetweenPages(t *testing.T) {
	var got kept
	if err := Render(slices.Values(everyPage("words")), &got); err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(got.paths()) {
		t.Errorf("not in order: %q", got.paths())
	}
	want := []string{
		".nojekyll", "about/index.html", "assets/icon.*.svg", "assets/style.*.css", "data/a.csv", "data/a.json", "deployments/index.html",
		"kpi/index.html", "kpis/index.html", "notfound/index.html", "overview/index.html", "overview/index.md", "release/index.html",
		"release/index.md", "releases/index.html", "releases/index.md", "robots.txt", "whyempty/index.html",
	}
	if diff := cmp.Diff(want, masked(got.paths())); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

var digestInName = regexp.MustCompile(`\.[0-9a-f]{10}\.`)

// masked replaces the digests in names.
func masked(paths []string) []string {
	var all []string
	for _, p := range paths {
		all = append(all, digestInName.ReplaceAllString(p, ".*."))
	}
	return all
}

func TestSiteWithoutPagesHasItsAssets(t *testing.T) {
	var got kept
	if err := Render(slices.Values([]report.Page{}), &got); err != nil {
		t.Fatal(err)
	}
	if want := []string{".nojekyll", "assets/icon.*.svg", "assets/style.*.css", "robots.txt"}; !cmp.Equal(want, masked(got.paths())) {
		t.Errorf("%q, want %q", got.paths(), want)
	}
}

func TestAssetsAreNamedByTheirContent(t *testing.T) {
	var got kept
	if err := Render(slices.Values([]report.Page{}), &got); err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, f := range got {
		if strings.HasPrefix(f.path, "assets/") {
			named++
			if !strings.Contains(f.path, "."+digest(f.data)+".") {
				t.Errorf("%s does not name its content, %s", f.path, digest(f.data))
			}
		}
	}
	if named != 2 {
		t.Errorf("%d assets, want the style and the icon", named)
	}
	// printf abc | sha256sum
	if want := "ba7816bf8f"; digest([]byte("abc")) != want {
		t.Errorf("digest %s, want %s", digest([]byte("abc")), want)
	}
	if digest(templates.Style) == digest(append(bytes.Clone(templates.Style), ' ')) {
		t.Error("another style would have the same name")
	}
}

func TestEveryPageLinksTheStyleThatIsThere(t *testing.T) {
	var got kept
	if err := Render(slices.Values(everyPage("words")), &got); err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`<link rel="(?:stylesheet|icon)" href="\.\./([^"]+)"`)
	pages := 0
	for _, f := range got {
		if !strings.HasSuffix(f.path, ".html") || strings.HasPrefix(f.path, "notfound") {
			continue
		}
		pages++
		links := link.FindAllSubmatch(f.data, -1)
		if len(links) != 2 {
			t.Errorf("%s has %d links to assets, want 2", f.path, len(links))
		}
		for _, m := range links {
			if !slices.Contains(got.paths(), string(m[1])) {
				t.Errorf("%s links to %s, which is not there", f.path, m[1])
			}
		}
	}
	if pages != len(kinds)-1 {
		t.Errorf("%d pages looked at", pages)
	}
}

func TestRenderRefusesPages(t *testing.T) {
	about := &report.AboutPage{}
	for _, test := range []struct {
		name  string
		pages []report.Page
		want  []string
	}{
		{"out of order", []report.Page{{Path: "b.html", Content: about}, {Path: "a.html", Content: about}}, []string{`"a.html"`, `"b.html"`, "ascend"}},
		{"twice", []report.Page{{Path: "a.html", Content: about}, {Path: "a.html", Content: about}}, []string{`"a.html"`, "unique"}},
		{"no path", []report.Page{{Content: about}}, []string{`""`}},
		{"an ending for nothing", []report.Page{{Path: "a.txt", Content: about}}, []string{"a.txt", "*report.AboutPage", `".txt"`}},
		{"no page struct", []report.Page{{Path: "a.html", Content: "words"}}, []string{"a.html", "string"}},
		{"a struct, not a pointer", []report.Page{{Path: "a.html", Content: report.AboutPage{}}}, []string{"a.html", "report.AboutPage"}},
		{"no template in Markdown", []report.Page{{Path: "a.md", Content: about}}, []string{"a.md", "about.md"}},
		{"no table", []report.Page{{Path: "a.csv", Content: about}}, []string{"a.csv", "*report.AboutPage"}},
		{"no JSON", []report.Page{{Path: "a.json", Content: func() {}}}, []string{"a.json", "func()"}},
		{"no content", []report.Page{{Path: "a.html"}}, []string{"a.html", "<nil>"}},
	} {
		err := Render(slices.Values(test.pages), &kept{})
		if err == nil {
			t.Errorf("%s: no error", test.name)
			continue
		}
		for _, want := range test.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q does not say %s", test.name, err, want)
			}
		}
	}
}

var errFull = errors.New("full")

// narrow is a sink that refuses one path.
type narrow string

func (n narrow) Write(path string, _ []byte) error {
	if path == string(n) {
		return errFull
	}
	return nil
}

func TestErrorOfTheSinkIsKeptAndEndsTheWork(t *testing.T) {
	for _, refused := range []string{".nojekyll", "a.html", "robots.txt"} {
		made := 0
		pages := func(yield func(report.Page) bool) {
			for _, path := range []string{"a.html", "b.html"} {
				if made++; !yield(report.Page{Path: path, Content: &report.AboutPage{}}) {
					return
				}
			}
		}
		err := Render(pages, narrow(refused))
		if !errors.Is(err, errFull) || !strings.Contains(err.Error(), "writing "+refused) {
			t.Errorf("%s: error %v", refused, err)
		}
		if want := map[string]int{".nojekyll": 1, "a.html": 1, "robots.txt": 2}[refused]; made != want {
			t.Errorf("%s: %d pages were asked for, want %d", refused, made, want)
		}
	}
}

// diary notes when pages are made and written.
type diary []string

func (d *diary) Write(path string, _ []byte) error {
	if strings.HasSuffix(path, ".html") {
		*d = append(*d, "written "+path)
	}
	return nil
}

func (d *diary) pages(paths ...string) iter.Seq[report.Page] {
	return func(yield func(report.Page) bool) {
		for _, path := range paths {
			*d = append(*d, "made "+path)
			if !yield(report.Page{Path: path, Content: &report.AboutPage{}}) {
				return
			}
		}
	}
}

func TestOnePageIsHeldAtATime(t *testing.T) {
	var got diary
	if err := Render(got.pages("a.html", "b.html", "c.html"), &got); err != nil {
		t.Fatal(err)
	}
	want := diary{"made a.html", "written a.html", "made b.html", "written b.html", "made c.html", "written c.html"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSamePagesSameBytes(t *testing.T) {
	var first, second kept
	for _, k := range []*kept{&first, &second} {
		if err := Render(slices.Values(everyPage("<b>words</b> `a` *b*")), k); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(first, second, cmp.AllowUnexported(file{})); diff != "" {
		t.Errorf("two renderings differ:\n%s", diff)
	}
}
