package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// scorecardFile is what tells a report from any other folder.
const scorecardFile = "data/scorecard.json"

// place is where a report stands, and what lies beside it while it is made.
type place struct {
	parent, target, staging, old, lock string
}

// placeAt returns the place of a folder. A link is followed to what it leads to.
func placeAt(dir string) (place, error) {
	if !filepath.IsAbs(dir) {
		return place{}, fmt.Errorf("folder for the report: %q is not an absolute path", dir)
	}
	target := filepath.Clean(dir)
	if info, err := os.Lstat(target); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if target, err = filepath.EvalSymlinks(target); err != nil {
			return place{}, &OccupiedError{Path: dir, Is: "a link that leads nowhere"}
		}
	}
	parent, base := filepath.Split(target)
	if base == "" {
		return place{}, &OccupiedError{Path: dir, Is: "the root of the file system"}
	}
	beside := func(suffix string) string { return filepath.Join(parent, "."+base+suffix) }
	return place{parent: filepath.Clean(parent), target: target, staging: beside(".staging"), old: beside(".old"), lock: beside(".lock")}, nil
}

// spare refuses a target that is the working folder, or that the working folder
// lies in, by whatever path either is reached.
func (p place) spare(working string) error {
	if working == "" {
		return nil
	}
	target, err := os.Stat(p.target)
	if err != nil {
		return nil // what is not there holds nothing
	}
	if real, err := filepath.EvalSymlinks(working); err == nil {
		working = real
	}
	what := "the folder you are in"
	for dir := filepath.Clean(working); ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && os.SameFile(info, target) {
			return &OccupiedError{Path: p.target, Is: what}
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
		what = "a folder that holds the one you are in"
	}
}

// replaceable refuses anything but a report, an empty folder and nothing at all.
func (p place) replaceable(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("folder for the report: %w", err)
	case !info.IsDir():
		return &OccupiedError{Path: dir, Is: "a file"}
	}
	empty, err := isEmpty(dir)
	if err != nil {
		return fmt.Errorf("folder for the report: %w", err)
	}
	if empty {
		return nil
	}
	if mark, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(scorecardFile))); err != nil || !mark.Mode().IsRegular() {
		return &OccupiedError{Path: dir, Is: "a folder with other things in it: " + scorecardFile + " is missing"}
	}
	return nil
}

func isEmpty(dir string) (bool, error) {
	f, err := os.Open(dir)
	if err != nil {
		return false, err
	}
	_, err = f.Readdirnames(1)
	closing := f.Close()
	if err == io.EOF {
		return true, closing
	}
	return false, errors.Join(err, closing)
}

// OccupiedError is a place that holds something a report must not replace.
type OccupiedError struct {
	Path string
	Is   string // what is there, a phrase: "a file"
}

// Error says what is there instead of a report.
func (e *OccupiedError) Error() string {
	return fmt.Sprintf("%s is %s, not a report to replace", e.Path, e.Is)
}
