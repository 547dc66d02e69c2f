package history

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// Write brings the store in dir to what h says of the repositories that h names,
// and makes the store if there is none; other repositories stay as they are. It
// takes the lock for that time. h need not be sorted and is not changed.
//
// A file is replaced as a whole or not at all, and not touched when its bytes
// would stay the same; a month that has no records any more loses its file. When
// Write fails, files written before it did so stay written. Write refuses what
// [Read] would refuse, and a folder that is no store and holds anything but hidden
// files; the error names what it found.
func Write(dir string, h *shipshape.History) (err error) {
	if err := checkNames(h); err != nil {
		return err
	}
	if err := checkTarget(dir); err != nil {
		return err
	}
	unlock, err := Lock(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	touched := map[string]bool{}
	if err := putAll(dir, []sheet{{markFile, encodeMark}}, touched); err != nil {
		return err
	}
	if err := syncFolders(dir, touched); err != nil {
		return err
	}
	for i := range h.Repositories {
		if err := writeRepository(dir, &h.Repositories[i]); err != nil {
			return err
		}
	}
	return nil
}

// checkNames refuses names that are no repository's, and two that a file system
// may not tell apart; nor does GitHub.
func checkNames(h *shipshape.History) error {
	seen := map[string]bool{}
	for i := range h.Repositories {
		name := h.Repositories[i].Repository.Name
		if err := checkName(name); err != nil {
			return err
		}
		folded := strings.ToLower(string(name))
		if seen[folded] {
			return fmt.Errorf("repository %s is there twice", name)
		}
		seen[folded] = true
	}
	return nil
}

// checkTarget refuses to write into a folder that is neither a store that can be
// read nor empty: a path given by mistake must not fill a checkout with files.
func checkTarget(dir string) error {
	data, err := markIn(os.DirFS(dir))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, errForeign):
		err = &FileError{Path: ".", Err: errors.Unwrap(err), Want: "name an empty folder, or the one that holds " + markFile}
	case err == nil:
		err = checkMark(data)
	}
	return below(dir, err)
}

// writeRepository writes the records first and last the two objects that vouch
// for them: a store never claims to know more than it holds.
func writeRepository(dir string, r *shipshape.RepositoryHistory) error {
	records, err := recordSheets(r)
	if err != nil {
		return err
	}
	objects, err := objectSheets(r)
	if err != nil {
		return err
	}
	touched := map[string]bool{}
	for _, sheets := range [][]sheet{records, objects[:1], objects[1:]} {
		if err := putAll(dir, sheets, touched); err != nil {
			return err
		}
	}
	if err := removeStale(dir, r.Repository.Name, records, touched); err != nil {
		return err
	}
	return syncFolders(dir, touched)
}

// putAll puts files, in parallel, and marks the folders in which one changed.
func putAll(dir string, sheets []sheet, touched map[string]bool) error {
	changed := make([]bool, len(sheets))
	err := inParallel(len(sheets), func(i int) error {
		var err error
		changed[i], err = put(dir, sheets[i])
		return err
	})
	for i, s := range sheets {
		if changed[i] {
			touched[path.Dir(s.path)] = true
		}
	}
	return err
}

// recordSheets files all the records of a repository.
func recordSheets(r *shipshape.RepositoryHistory) ([]sheet, error) {
	var all []sheet
	for _, k := range kinds {
		sheets, err := k.sheets(r)
		if err != nil {
			return nil, err
		}
		all = append(all, sheets...)
	}
	return all, nil
}

// objectSheets returns the two files that are one object each.
func objectSheets(r *shipshape.RepositoryHistory) ([]sheet, error) {
	name := string(r.Repository.Name)
	if flaw := flawOfOrigin(&r.Origin); flaw != "" {
		return nil, fmt.Errorf("origin of %s: %s", name, flaw)
	}
	if flaw := flawOfRepository(&r.Repository); flaw != "" {
		return nil, fmt.Errorf("repository %s: %s", name, flaw)
	}
	origin, repository := path.Join(name, originFile), path.Join(name, repositoryFile)
	return []sheet{
		{origin, func() ([]byte, error) { return encodeObject(origin, r.Origin) }},
		{repository, func() ([]byte, error) { return encodeObject(repository, r.Repository) }},
	}, nil
}

// removeStale removes the files of months and kinds that hold no record any
// more, and the folders that became empty by it.
func removeStale(dir string, name shipshape.RepositoryName, written []sheet, touched map[string]bool) error {
	keep := map[string]bool{}
	for _, s := range written {
		keep[s.path] = true
		keep[path.Dir(s.path)] = true
	}
	for _, k := range kinds {
		files, err := filesOf(dir, name, k)
		if err != nil {
			return err
		}
		for _, file := range files {
			if keep[file] {
				continue
			}
			if err := os.Remove(onDisk(dir, file)); err != nil {
				return fmt.Errorf("%s without records: %w", k.entity(), err)
			}
			touched[path.Dir(file)] = true
		}
		folder := path.Join(string(name), string(k.entity()))
		if touched[folder] && !keep[folder] && os.Remove(onDisk(dir, folder)) == nil {
			delete(touched, folder)
			touched[string(name)] = true
		}
	}
	return nil
}

// filesOf lists the files that a kind has in the store at present.
func filesOf(dir string, name shipshape.RepositoryName, k kind) ([]string, error) {
	folder := path.Join(string(name), string(k.entity()))
	if !k.monthly() {
		folder = string(name)
	}
	entries, err := os.ReadDir(onDisk(dir, folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s without records: %w", k.entity(), err)
	}
	var files []string
	for _, e := range entries {
		file := path.Join(folder, e.Name())
		if at, err := locate(file); err == nil && at.kind != nil && at.kind.entity() == k.entity() {
			files = append(files, file)
		}
	}
	return files, nil
}

// onDisk returns where a path of the store lies in the folder dir.
func onDisk(dir, name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }

// put writes one file of the store unless it is there already, and reports
// whether it wrote.
func put(dir string, s sheet) (bool, error) {
	data, err := s.data()
	if err != nil {
		return false, below(dir, err)
	}
	file := onDisk(dir, s.path)
	present, err := os.ReadFile(file)
	if err == nil && bytes.Equal(present, data) {
		return false, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, &FileError{Path: file, Err: unwrapPath(err)}
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return false, fmt.Errorf("folder of %s: %w", s.path, err)
	}
	if err := replaceFile(file, func(f *os.File) error { _, err := f.Write(data); return err }); err != nil {
		return false, err
	}
	return true, nil
}
