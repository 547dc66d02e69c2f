//go:build unix

package publish

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestPermissionsDoNotFollowTheUmask(t *testing.T) {
	dir := t.TempDir()
	before := syscall.Umask(0o077)
	t.Cleanup(func() { syscall.Umask(before) })
	if err := put(filepath.Join(dir, "_site"), Options{}, osDisk{}, "a/b/index.html"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{"": 0o755, "a": 0o755, "a/b": 0o755, "a/b/index.html": 0o644} {
		info, err := os.Stat(filepath.Join(dir, "_site", filepath.FromSlash(name)))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("_site/%s has %v, %v; want %v", name, info.Mode().Perm(), err, want)
		}
	}
}
