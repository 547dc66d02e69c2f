package site

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden pages in testdata")

// drawnInside matches the inside of a drawing: package figure keeps golden drawings of
// its own.
var drawnInside = regexp.MustCompile(`(?s)(<svg[^>]*>).*?(</svg>)`)

// TestGoldenPages keeps a small page of each kind as it looks today, so that a
// change of a template reads as a diff.
func TestGoldenPages(t *testing.T) {
	r := parsed(t)
	for name, page := range samples() {
		golden(t, name+".html", written(t, r, "index.html", page))
		if r.markdown.Lookup(name+".md") != nil {
			golden(t, name+".md", written(t, r, "index.md", page))
		}
	}
}

func golden(t *testing.T, name string, page []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	got := digestInName.ReplaceAllString(drawnInside.ReplaceAllString(string(page), "$1…$2"), ".DIGEST.")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s changed; -update if it should (-want +got):\n%s", name, diff)
	}
}
