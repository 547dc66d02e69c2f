package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const mark = "data/scorecard.json"

// tree returns the files below dir by path, folders as "".
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		if d.IsDir() {
			files[filepath.ToSlash(rel)+"/"] = ""
			return nil
		}
		data, err := os.ReadFile(name)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func fill(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, data := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// put stages one report and commits it.
func put(dir string, o Options, d disk, files ...string) error {
	f, err := stage(dir, o, d)
	if err != nil {
		return err
	}
	for _, name := range files {
		if err := f.Write(name, []byte("new "+name)); err != nil {
			return errors.Join(err, f.Abort())
		}
	}
	return f.Commit()
}

func wantTree(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", dir, diff)
	}
}

var (
	newReport = map[string]string{"_site/": "", "_site/data/": "", "_site/data/scorecard.json": "new data/scorecard.json", "_site/index.html": "new index.html"}
	oldReport = map[string]string{"_site/": "", "_site/data/": "", "_site/data/scorecard.json": "old", "_site/gone.html": "old"}
	bothFiles = []string{mark, "index.html"}
)

func TestReportReplacesWhatMayBeReplaced(t *testing.T) {
	for name, prepare := range map[string]func(dir string){
		"nothing there":     func(string) {},
		"an empty folder":   func(dir string) { _ = os.Mkdir(filepath.Join(dir, "_site"), 0o700) },
		"an earlier report": func(dir string) { fill(t, dir, oldFiles) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			prepare(dir)
			if err := put(filepath.Join(dir, "_site"), Options{WorkingDir: dir}, osDisk{}, bothFiles...); err != nil {
				t.Fatal(err)
			}
			wantTree(t, dir, newReport)
		})
	}
}

var oldFiles = map[string]string{"_site/" + mark: "old", "_site/gone.html": "old"}

func TestReportRefusesWhatIsNone(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, map[string]string{
		"file": "mine", "full/notes.txt": "mine", "faked/data/scorecard.json/x": "mine",
		"here/data/scorecard.json": "old", "here/below/deep/x": "",
	})
	if err := os.Symlink("nowhere", filepath.Join(dir, "dangling")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("here", filepath.Join(dir, "alias")); err != nil {
		t.Fatal(err)
	}
	before := tree(t, filepath.Join(dir, "full"))
	for _, test := range []struct{ target, working, is string }{
		{"file", "", "a file"},
		{"full", "", "a folder with other things in it: data/scorecard.json is missing"},
		{"faked", "", "a folder with other things in it: data/scorecard.json is missing"},
		{"dangling", "", "a link that leads nowhere"},
		{"here", "here", "the folder you are in"},
		{"here/", "here", "the folder you are in"},
		{"alias", "here", "the folder you are in"},
		{"here", "alias", "the folder you are in"},
		{"here", "here/below/deep", "a folder that holds the one you are in"},
		{"here/below/..", "alias/below", "a folder that holds the one you are in"},
	} {
		working := ""
		if test.working != "" {
			working = filepath.Join(dir, test.working)
		}
		f, err := Stage(filepath.Join(dir, test.target), Options{WorkingDir: working})
		var occupied *OccupiedError
		if !errors.As(err, &occupied) || occupied.Is != test.is {
			t.Errorf("Stage(%s) while in %q = %v, %v; want %q", test.target, test.working, f, err, test.is)
		}
	}
	if diff := cmp.Diff(before, tree(t, filepath.Join(dir, "full"))); diff != "" {
		t.Errorf("refused, and yet changed (-want +got):\n%s", diff)
	}
	if _, err := Stage("/", Options{}); err == nil {
		t.Error("the root of the file system can be replaced")
	}
	if _, err := Stage("_site", Options{}); err == nil {
		t.Error("a relative folder was taken: from where?")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); left != nil {
		t.Errorf("left beside: %q", left)
	}
}

func TestReportBehindALinkReplacesWhatItLeadsTo(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, map[string]string{"real/_site/" + mark: "old"})
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join("real", "_site"), link); err != nil {
		t.Fatal(err)
	}
	if err := put(link, Options{WorkingDir: dir}, osDisk{}, bothFiles...); err != nil {
		t.Fatal(err)
	}
	if target, err := os.Readlink(link); err != nil || target != filepath.Join("real", "_site") {
		t.Errorf("the link leads to %q, %v", target, err)
	}
	wantTree(t, filepath.Join(dir, "real"), newReport)
}

func TestParentsAreMade(t *testing.T) {
	dir := t.TempDir()
	if err := put(filepath.Join(dir, "a", "b", "_site")+"/", Options{WorkingDir: dir}, osDisk{}, bothFiles...); err != nil {
		t.Fatal(err)
	}
	wantTree(t, filepath.Join(dir, "a", "b"), newReport)
}

func TestNothingShowsBeforeCommitAndAbortLeavesNoTrace(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, oldFiles)
	f, err := Stage(filepath.Join(dir, "_site"), Options{WorkingDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Write("index.html", []byte("new")); err != nil {
		t.Fatal(err)
	}
	wantTree(t, filepath.Join(dir, "_site"), map[string]string{"data/": "", mark: "old", "gone.html": "old"})
	if err := f.Abort(); err != nil {
		t.Fatal(err)
	}
	wantTree(t, dir, oldReport)
	for what, err := range map[string]error{"Write": f.Write("x", nil), "Commit": f.Commit()} {
		if !errors.Is(err, errFinished) {
			t.Errorf("%s after Abort = %v", what, err)
		}
	}
	if err := f.Abort(); err != nil {
		t.Errorf("second Abort = %v", err)
	}
}

func TestNamesLeadNowhereElse(t *testing.T) {
	dir := t.TempDir()
	f, err := Stage(filepath.Join(dir, "_site"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Abort() }()
	for _, name := range []string{"", ".", "..", "../x", "/x", "a/../../x", "a//b", "a/", "./a", "a/."} {
		if err := f.Write(name, nil); err == nil {
			t.Errorf("Write(%q) succeeded", name)
		}
	}
	if err := f.Write("a/b", []byte("1")); err != nil {
		t.Fatal(err)
	}
	if err := f.Write("a/b", []byte("2")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second a/b: %v", err)
	}
	if err := f.Write("a/b/c", []byte("2")); err == nil {
		t.Error("a file below a file")
	}
	if err := f.Write("a", []byte("2")); err == nil {
		t.Error("a file in the place of a folder")
	}
	if diff := cmp.Diff(map[string]string{"a/": "", "a/b": "1"}, tree(t, filepath.Join(dir, "._site.staging"))); diff != "" {
		t.Errorf("staged (-want +got):\n%s", diff)
	}
}

func FuzzNamesStayInside(f *testing.F) {
	for _, name := range []string{"index.html", "../x", "a/../../x", "/etc/x", `..\x`, "a/b/c", "\x00", "COM1", "~/x"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		dir := t.TempDir()
		folder, err := Stage(filepath.Join(dir, "_site"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := folder.Write(name, []byte("x")); err != nil {
			if err := folder.Abort(); err != nil {
				t.Fatal(err)
			}
			wantTree(t, dir, map[string]string{})
			return
		}
		if err := folder.Commit(); err != nil {
			t.Fatal(err)
		}
		for found := range tree(t, dir) {
			if found != "_site/" && !strings.HasPrefix(found, "_site/") {
				t.Errorf("Write(%q) made %q", name, found)
			}
		}
	})
}
