package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// The permissions of what is published. They are set whatever the umask says: a
// web server that may not read a page shows none.
const (
	filePermissions   = 0o644
	folderPermissions = 0o755
)

// Folder takes the files of a report beside the folder where they are to stand,
// and puts them there as a whole. It is not safe for concurrent use.
//
// What is published survives a run that is killed at any moment: it is the old
// report or the new one, at worst after the next run has tidied up. A power cut
// can cost more, as files are not forced to the disk; a report can be made again.
type Folder struct {
	place place
	disk  disk
	lock  *lock
	root  *os.Root        // the staging folder; nil once the folder is finished
	made  map[string]bool // folders, by name
}

// Options say what [Stage] may do.
type Options struct {
	// WorkingDir is a folder that is never replaced, nor is one that it lies in:
	// the one the user stands in. Empty protects nothing.
	WorkingDir string
}

// Stage begins a report that is to stand in the folder dir, an absolute path. Its
// parents are made if need be. Where dir is a link, the folder it leads to is the
// one replaced.
//
// Stage refuses, with an [*OccupiedError], to replace what is not a report: a
// file, the working folder and what it lies in, and any folder that holds
// something and has no data/scorecard.json. While a folder is staged, a second
// one for the same place is refused with [ErrBusy]. What a run that was killed
// left behind is tidied up first. The caller ends it with [Folder.Commit] or
// [Folder.Abort].
func Stage(dir string, o Options) (*Folder, error) { return stage(dir, o, osDisk{}) }

func stage(dir string, o Options, d disk) (*Folder, error) {
	p, err := placeAt(dir)
	if err != nil {
		return nil, err
	}
	if err := p.spare(o.WorkingDir); err != nil {
		return nil, err
	}
	if err := d.MkdirAll(p.parent, folderPermissions); err != nil {
		return nil, fmt.Errorf("folder for the report: %w", err)
	}
	l, err := takeLock(p)
	if err != nil {
		return nil, err
	}
	f := &Folder{place: p, disk: d, lock: l, made: map[string]bool{}}
	if err := f.prepare(); err != nil {
		return nil, errors.Join(err, f.Abort())
	}
	return f, nil
}

// prepare tidies up after a run that was killed and opens the staging folder.
func (f *Folder) prepare() error {
	if err := f.recover(); err != nil {
		return err
	}
	if err := f.place.replaceable(f.place.target); err != nil {
		return err
	}
	if err := f.disk.Mkdir(f.place.staging, folderPermissions); err != nil {
		return fmt.Errorf("folder for the report: %w", err)
	}
	root, err := os.OpenRoot(f.place.staging)
	if err != nil {
		return fmt.Errorf("folder for the report: %w", err)
	}
	f.root = root
	return root.Chmod(".", folderPermissions)
}

// recover brings back the report that a run took away without putting a new one
// in its place, and removes what such a run left.
func (f *Folder) recover() error {
	if err := f.disk.RemoveAll(f.place.staging); err != nil {
		return fmt.Errorf("what an earlier run left: %w", err)
	}
	if !exists(f.place.old) {
		return nil
	}
	if err := f.place.replaceable(f.place.old); err != nil {
		return err
	}
	if !exists(f.place.target) {
		if err := f.disk.Rename(f.place.old, f.place.target); err != nil {
			return fmt.Errorf("bringing back the report before: %w", err)
		}
		return nil
	}
	if err := f.disk.RemoveAll(f.place.old); err != nil {
		return fmt.Errorf("what an earlier run left: %w", err)
	}
	return nil
}

// Write adds a file. Name is relative with forward slashes; a name that would
// lead out of the folder, and one that is there already, also where the file
// system does not tell capitals apart, is an error. After an error the report
// cannot become whole: only Abort makes sense.
func (f *Folder) Write(name string, data []byte) error {
	if f.root == nil {
		return errFinished
	}
	if name == "." || !fs.ValidPath(name) || !filepath.IsLocal(filepath.FromSlash(name)) {
		return fmt.Errorf("%q is not the path of a file within a report", name)
	}
	if err := f.makeFolders(path.Dir(name)); err != nil {
		return err
	}
	return f.disk.WriteFile(f.root, filepath.FromSlash(name), data)
}

// makeFolders makes the folders of a path, each once.
func (f *Folder) makeFolders(name string) error {
	if name == "." || f.made[name] {
		return nil
	}
	if err := f.makeFolders(path.Dir(name)); err != nil {
		return err
	}
	local := filepath.FromSlash(name)
	if err := f.root.Mkdir(local, folderPermissions); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	f.made[name] = true
	return f.root.Chmod(local, folderPermissions)
}

// Commit puts the report in its place and removes the one before. When it fails,
// the one before is back in its place and nothing else is left. Should only the
// removal of the one before fail, the new report is in place and the error says
// so; the next run removes the rest.
func (f *Folder) Commit() error {
	if f.root == nil {
		return errFinished
	}
	err := f.swap()
	if err == nil {
		if err = f.disk.RemoveAll(f.place.old); err != nil {
			err = fmt.Errorf("the new report is in place, but the one before could not be removed: %w", err)
		}
	}
	return errors.Join(err, f.Abort())
}

// swap moves the old report aside and the new one into its place.
func (f *Folder) swap() error {
	if err := f.root.Close(); err != nil { // not every system renames an open folder
		return fmt.Errorf("ending the report: %w", err)
	}
	f.root = nil
	replaced := exists(f.place.target)
	if replaced {
		if err := f.disk.Rename(f.place.target, f.place.old); err != nil {
			return fmt.Errorf("putting the report before aside: %w", err)
		}
	}
	err := f.disk.Rename(f.place.staging, f.place.target)
	if err == nil {
		return nil
	}
	err = fmt.Errorf("putting the report in its place: %w", err)
	if !replaced {
		return err
	}
	if back := f.disk.Rename(f.place.old, f.place.target); back != nil {
		err = errors.Join(err, fmt.Errorf("the report before is in %s, the next run brings it back: %w", f.place.old, back))
	}
	return err
}

// Abort removes what was staged and leaves the report before as it was. After a
// Commit, or a second time, it does nothing, so that it may be deferred.
func (f *Folder) Abort() error {
	if f.lock == nil {
		return nil
	}
	var closing error
	if f.root != nil {
		closing, f.root = f.root.Close(), nil
	}
	removing := f.disk.RemoveAll(f.place.staging)
	releasing := f.lock.release()
	f.lock = nil
	return errors.Join(closing, removing, releasing)
}

var errFinished = errors.New("the report is finished: nothing can be added to it")

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}
