package history

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
)

// replaceFile puts what write writes in the place of a file, as a whole or not
// at all: into a hidden file beside it, from there to the disk, then over the old
// one. What an earlier, broken attempt left behind is removed. Only who holds the
// lock may call it.
func replaceFile(file string, write func(*os.File) error) error {
	beside := filepath.Join(filepath.Dir(file), "."+filepath.Base(file)+".tmp")
	if err := os.Remove(beside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	if err := fillFile(beside, write); err != nil {
		return fmt.Errorf("writing %s: %w", file, errors.Join(err, removeIfThere(beside)))
	}
	if err := os.Rename(beside, file); err != nil {
		return fmt.Errorf("writing %s: %w", file, errors.Join(err, removeIfThere(beside)))
	}
	return nil
}

// fillFile makes a file that must not exist and brings it to the disk.
func fillFile(file string, write func(*os.File) error) (err error) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := write(f); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil { // whatever the umask says: another user may report
		return err
	}
	return f.Sync()
}

func removeIfThere(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncFolders brings to the disk that files were made, renamed and removed in
// these folders of the store, and that the folders above them were made.
func syncFolders(dir string, touched map[string]bool) error {
	if runtime.GOOS == "windows" { // it has no such call and needs none
		return nil
	}
	all := map[string]bool{}
	for folder := range touched {
		for ; !all[folder]; folder = path.Dir(folder) {
			all[folder] = true
		}
	}
	for _, folder := range slices.Sorted(maps.Keys(all)) {
		if err := syncFolder(onDisk(dir, folder)); err != nil {
			return fmt.Errorf("folder of the history: %w", err)
		}
	}
	return nil
}

func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
