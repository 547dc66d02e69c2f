package history

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func TestReplaceFileIsAllOrNothing(t *testing.T) {
	broken := errors.New("the disk is full")
	tests := []struct {
		name    string
		prepare func(t *testing.T, dir string)
		write   func(*os.File) error
		want    string // of the file afterwards
		fails   bool
	}{
		{"a write", nil, writing("new"), "new", false},
		{"a write that breaks", nil, func(f *os.File) error { return errors.Join(writing("ne")(f), broken) }, "old", true},
		{"after a crash", func(t *testing.T, dir string) { place(t, filepath.Join(dir, ".file.tmp"), "half") }, writing("new"), "new", false},
		{"into a link that somebody put there", func(t *testing.T, dir string) {
			if err := os.Symlink(filepath.Join(dir, "file"), filepath.Join(dir, ".file.tmp")); err != nil {
				t.Fatal(err)
			}
		}, func(f *os.File) error { return errors.Join(writing("ne")(f), broken) }, "old", true},
		{"no place beside it", func(t *testing.T, dir string) {
			place(t, filepath.Join(dir, ".file.tmp", "kept"), "kept")
		}, writing("new"), "old", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "file")
			place(t, file, "old")
			if test.prepare != nil {
				test.prepare(t, dir)
			}
			if err := replaceFile(file, test.write); (err != nil) != test.fails {
				t.Errorf("replaceFile: %v, want failure %v", err, test.fails)
			}
			got := bytesIn(t, dir)
			delete(got, ".file.tmp/kept")
			if diff := cmp.Diff(map[string]string{"file": test.want}, got); diff != "" {
				t.Errorf("files (-want +got)\n%s", diff)
			}
		})
	}
}

func writing(s string) func(*os.File) error {
	return func(f *os.File) error { _, err := f.WriteString(s); return err }
}

func place(t *testing.T, file, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFilesCanBeReadByOthers(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, random(8, 3))
	for name, info := range filesIn(t, dir) {
		if info.Mode().Perm() != 0o644 {
			t.Errorf("%s has mode %v, want 0644", name, info.Mode())
		}
	}
}

// A file that cannot be written breaks the whole; what was there before stays as
// it was, byte by byte, and can still be read.
func TestFailedWriteLeavesTheOldStoreWhole(t *testing.T) {
	dir := t.TempDir()
	h := random(9, 6)
	write(t, dir, h)
	before := bytesIn(t, dir)
	worse := random(9, 6)
	for i := range worse.Repositories[0].Changes {
		worse.Repositories[0].Changes[i].Body = strings.Repeat("x", MaxLine)
	}
	if err := Write(dir, worse); err == nil {
		t.Fatal("Write says nothing of lines that are too long")
	}
	if diff := cmp.Diff(before, bytesIn(t, dir)); diff != "" {
		t.Errorf("files (-before +after)\n%s", diff)
	}
	if diff := cmp.Diff(h, read(t, dir), sameFacts); diff != "" {
		t.Errorf("history (-before +after)\n%s", diff)
	}
}

func TestWriteWhereNothingCanBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	place(t, file, "a file, not a folder")
	err := Write(filepath.Join(file, "history"), random(1, 1))
	if err == nil || !strings.Contains(err.Error(), "not a directory") {
		t.Errorf("Write says %v", err)
	}
}

func TestWriteSaysWhichFileCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	h := &shipshape.History{Repositories: random(1, 1).Repositories[:1]}
	write(t, dir, h)
	file := filepath.Join(dir, string(h.Repositories[0].Repository.Name), "refs.jsonl")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	place(t, filepath.Join(file, "x"), "")
	if err := Write(dir, h); err == nil || err.Error() != file+": is a directory" {
		t.Errorf("Write says %v", err)
	}
}
