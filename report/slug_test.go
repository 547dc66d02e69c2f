package report

import (
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/shipshape-report/shipshape"
)

func TestSlug(t *testing.T) {
	for tag, want := range map[string]string{
		"v1.2.3":      "v1.2.3",
		"release_12":  "release_5f12",
		"V1":          "_561",
		"api/v1":      "api_2fv1",
		"":            "_",
		".hidden":     "_2ehidden",
		"v1.":         "v1_2e",
		"a..b":        "a_2e_2eb",
		"con":         "_63on",
		"com1.2":      "_63om1.2",
		"console":     "console",
		"lpt0":        "_6cpt0",
		"1.0.0-rc.1":  "1.0.0-rc.1",
		"ü":           "_c3_bc",
		"../../etc":   "_2e_2e_2f_2e_2e_2fetc",
		"_s1":         "_5fs1",
		"<script>":    "_3cscript_3e",
		"a b":         "a_20b",
		"version+abc": "version_2babc",
	} {
		if got := Slug(tag); got != want {
			t.Errorf("Slug(%q) = %q, want %q", tag, got, want)
		}
	}
}

func TestUnslugRefusesWhatIsNoSlug(t *testing.T) {
	for _, slug := range []string{"_s1", "_5", "_5F", "V1", "_61", "a_", "a/b", ".", "con", ""} {
		if tag, ok := Unslug(slug); ok {
			t.Errorf("Unslug(%q) = %q", slug, tag)
		}
	}
}

// segment is what a folder's name may be: none that begins with a dot, ends with
// one, or differs from another by case alone.
var segment = regexp.MustCompile(`^[a-z0-9_-]([a-z0-9._-]*[a-z0-9_-])?$`)

func FuzzSlug(f *testing.F) {
	for _, tag := range []string{"v1.2.3", "", "con", "NUL.txt", "a/../b", "\x00\xff", strings.Repeat("ü.", 90), strings.Repeat("a.", 120)} {
		f.Add(tag)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		slug := Slug(tag)
		if back, ok := Unslug(slug); !ok || back != tag {
			t.Fatalf("Unslug(%q) = %q, %v, want %q", slug, back, ok, tag)
		}
		for _, part := range strings.Split(slug, "/") {
			if !segment.MatchString(part) || len(part) > longestSegment+len(joint) || reserved(part) || strings.HasPrefix(part, "_s") {
				t.Fatalf("Slug(%q) has the folder %q", tag, part)
			}
		}
		if path.Clean(slug) != slug {
			t.Fatalf("Slug(%q) = %q is no plain path", tag, slug)
		}
	})
}

func TestFolderOfARepository(t *testing.T) {
	for name, want := range map[string]string{
		"alphagov/locations-api": "alphagov/locations-api",
		"Acme/Shop_2":            "Acme/Shop_2",
		"acme/.github":           "acme/_2egithub",
		"acme/aux":               "acme/_61ux",
		"acme/..":                "acme/_2e_2e",
		"acme/x.":                "acme/x_2e",
	} {
		if got := folder(shipshape.RepositoryName(name)); got != want {
			t.Errorf("folder(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestRelativeLinks(t *testing.T) {
	for _, test := range []struct{ from, to, want string }{
		{"index.html", "index.html", "index.html"},
		{"index.html", "kpi/index.html", "kpi/index.html"},
		{"kpi/index.html", "index.html", "../index.html"},
		{"kpi/x/index.html", "kpi/index.html", "../index.html"},
		{"kpi/x/index.html", "kpi/y/index.html", "../y/index.html"},
		{"releases/a/b/v1/index.html", "releases/a/b/v2/index.html", "../v2/index.html"},
		{"releases/a/b/v1/index.html", "about/index.html", "../../../../about/index.html"},
		{"index.md", "releases/index.html", "releases/index.md"},
		{"index.md", "kpi/index.html", "kpi/index.html"},
		{"releases/index.md", "releases/a/b/v1/index.html", "a/b/v1/index.md"},
		{"releases/index.md", "releases/a/b/_s1/index.html", "a/b/_s1/index.html"},
		{"releases/a/b/v1/index.md", "index.html", "../../../../index.md"},
	} {
		if got := (place{test.from}).to(test.to); got != test.want {
			t.Errorf("from %s to %s: %s, want %s", test.from, test.to, got, test.want)
		}
	}
}
