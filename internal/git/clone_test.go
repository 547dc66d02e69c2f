package git

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shipshape-report/shipshape"
)

func TestOpenNamesTheRemote(t *testing.T) {
	r := newRepo(t)
	if c := r.open(); c.Repository != "" || c.Host != "" {
		t.Errorf("without a remote: %q on %q", c.Repository, c.Host)
	}
	r.git("", "remote", "add", "origin", "https://ann:secret@git.example.org/acme/shop.git")
	if c := r.open(); c.Repository != "acme/shop" || c.Host != "git.example.org" {
		t.Errorf("got %q on %q", c.Repository, c.Host)
	}
	r.git("", "config", "remote.origin.url", "gh:acme/tools")
	r.git("", "config", "url.git@github.com:.insteadOf", "gh:")
	if c := r.open(); c.Repository != "acme/tools" || c.Host != "github.com" {
		t.Errorf("got %q on %q", c.Repository, c.Host)
	}
}

func TestOpenSaysWhatToDo(t *testing.T) {
	for _, tt := range []struct {
		name string
		dir  func(t *testing.T) string
		want string
	}{
		{"no folder", func(t *testing.T) string { return filepath.Join(t.TempDir(), "none") }, "no such file or directory"},
		{"a file", func(t *testing.T) string {
			name := filepath.Join(t.TempDir(), "file")
			if err := writeFile(name, ""); err != nil {
				t.Fatal(err)
			}
			return name
		}, "name the folder of the clone"},
		{"no clone", func(t *testing.T) string { return t.TempDir() }, "name a folder that `git clone` made"},
		{"shallow", func(t *testing.T) string {
			r := newRepo(t)
			r.ref("refs/heads/main", r.commit("b", r.commit("a")))
			return r.clone("--depth=1").dir
		}, "fetch-depth: 0"},
		{"another owner", func(t *testing.T) string {
			dir := newRepo(t).dir
			t.Setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
			return dir
		}, "git config --global --add safe.directory"},
		{"damaged", func(t *testing.T) string {
			r := newRepo(t)
			if err := writeFile(r.dir+"/.git/config", "[core\n\turl = https://ann:secret@example.org/"); err != nil {
				t.Fatal(err)
			}
			return r.dir
		}, "bad config"},
		{"git is not there", func(t *testing.T) string {
			dir := newRepo(t).dir
			t.Setenv("PATH", t.TempDir())
			return dir
		}, "install it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			isolate(t)
			_, err := Open(t.Context(), tt.dir(t))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error is %v, want %q in it", err, tt.want)
			}
			if strings.ContainsAny(err.Error(), "\n\x1b") || strings.Contains(err.Error(), "secret") {
				t.Errorf("error is %q", err)
			}
		})
	}
}

func TestOpenIsNotLedElsewhereByAHook(t *testing.T) {
	there, here := newRepo(t), newRepo(t)
	there.ref("refs/heads/there", there.commit("a"))
	here.ref("refs/heads/here", here.commit("b"))
	t.Setenv("GIT_DIR", there.dir+"/.git")
	t.Setenv("GIT_WORK_TREE", there.dir)
	if got := here.refs(); len(got) != 1 || got[0].Name != "here" {
		t.Errorf("got %+v", got)
	}
}

func TestOpenTakesAFolderWithin(t *testing.T) {
	r := newRepo(t)
	r.ref("refs/heads/main", r.commit("a"))
	r.dir = filepath.Join(r.dir, "sub")
	if err := os.Mkdir(r.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := r.refs(); len(got) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestReadingEndsWithItsContext(t *testing.T) {
	r := newRepo(t)
	c, o := r.open(), r.commit("a")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Commits(ctx, []shipshape.OID{o}); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	if _, err := c.Refs(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	if _, err := Open(ctx, r.dir); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

func TestDamageIsAnError(t *testing.T) {
	r := newRepo(t)
	a := r.commit("a")
	b := r.commit("b", a)
	if err := os.Remove(filepath.Join(r.dir, ".git", "objects", string(a[:2]), string(a[2:]))); err != nil {
		t.Fatal(err)
	}
	if got, err := r.open().Commits(t.Context(), []shipshape.OID{b}); err == nil || !strings.Contains(err.Error(), "git fsck") || len(got.Commits) != 0 {
		t.Errorf("got %+v, error %v", got, err)
	}
}

func TestErrorsHoldNoCredentials(t *testing.T) {
	for said, want := range map[string]string{
		"fatal: could not read https://ann:secret@example.org/a\nmore":     "fatal: could not read https://example.org/a",
		"fatal: 'https://ghs_secret@github.com/a' and ssh://git@host/x no": "fatal: 'https://github.com/a' and ssh://host/x no",
		"\n fatal: mail ann@example.org ":                                  "fatal: mail ann@example.org",
	} {
		if got := firstLine(said); got != want {
			t.Errorf("%q became %q, want %q", said, got, want)
		}
	}
}
