package dataset

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// maxLine is the longest line read, in bytes: a hundred times the longest that
// the sources of the bundled histories had, a pull request of 134,775 bytes.
const maxLine = 16 << 20

// The files a repository's folder may hold, beside remarks (x_*) and Markdown.
var (
	objectFiles = []string{"repository.json", "origin.json"}
	listFiles   = []string{
		"branchProtectionRules", "commits", "deployments", "environments", "gaps", "issues", "labels",
		"milestones", "pullRequests", "refs", "releases", "rulesets", "workflowRuns",
	}
)

// A folder is one repository's part of a dataset. Its err is the first mistake
// met; after it nothing more is read.
type folder struct {
	fsys  fs.FS
	path  string
	files map[string]string // list ("commits") to file name ("commits.jsonl.gz")
	err   error
}

// openFolder lists a repository's files and refuses those nobody would read.
func openFolder(fsys fs.FS, dir string) *folder {
	f := &folder{fsys: fsys, path: dir, files: map[string]string{}}
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		f.err = fmt.Errorf("list %s: %w", dir, err)
	}
	for _, entry := range entries {
		f.note(entry.Name())
	}
	return f
}

// note keeps one file name.
func (f *folder) note(name string) {
	list := strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".jsonl")
	switch {
	case f.err != nil || remark(name) || slices.Contains(objectFiles, name):
	case !slices.Contains(listFiles, list) || name == list || name == list+".gz":
		f.err = &Error{File: path.Join(f.path, name), Found: "an unknown file", Want: "one that docs/dataset.md lists"}
	case f.files[list] != "":
		f.err = &Error{File: path.Join(f.path, name), Found: "a second file of the same list", Want: "it plain or compressed, not both"}
	default:
		f.files[list] = name
	}
}

// remark reports whether a file is for people only.
func remark(name string) bool {
	return strings.HasPrefix(name, "x_") || strings.HasSuffix(name, ".md")
}

// one reads a file that holds one object. A file that is not there leaves the
// zero value.
func one[W, N any](f *folder, name string, convert func(W) (N, error)) (noun N) {
	if f.err != nil {
		return noun
	}
	text, err := fs.ReadFile(f.fsys, path.Join(f.path, name))
	if errors.Is(err, fs.ErrNotExist) {
		return noun
	}
	if err == nil {
		noun, err = record(text, convert)
	}
	f.err = at(err, path.Join(f.path, name), 0)
	return noun
}

// many reads a list of which each line is one object. The key of a record may
// occur once.
func many[W, N any, K comparable](f *folder, list string, convert func(W) (N, error), key func(N) K) (nouns []N) {
	lines := map[K]int{}
	f.each(list, func(n int, line []byte) error {
		noun, err := record(line, convert)
		if err != nil {
			return err
		}
		k := key(noun)
		if earlier := lines[k]; earlier > 0 {
			return wrong("", fmt.Sprintf("%v a second time, it is on line %d too", k, earlier), "each record once")
		}
		lines[k] = n
		nouns = append(nouns, noun)
		return nil
	})
	return nouns
}

// record reads one line into its wire struct, and that into its noun.
func record[W, N any](line []byte, convert func(W) (N, error)) (noun N, err error) {
	var wire W
	if err := decode(line, &wire); err != nil {
		return noun, err
	}
	return convert(wire)
}

// each calls do with the lines of a list, numbered from 1. A list without a file
// has none.
func (f *folder) each(list string, do func(n int, line []byte) error) {
	name := f.files[list]
	if f.err != nil || name == "" {
		return
	}
	n := 0
	err := scan(f.fsys, path.Join(f.path, name), func(line []byte) error {
		n++
		return do(n, line)
	})
	if err == errTooLong {
		n++
	}
	f.err = at(err, path.Join(f.path, name), n)
}

// scan calls do with each line of a file, which may be compressed with gzip.
func scan(fsys fs.FS, name string, do func(line []byte) error) error {
	file, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(file); err != nil {
			return &Error{Found: "no gzip header", Want: "a file compressed with gzip"}
		}
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		if err := do(lines.Bytes()); err != nil {
			return err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return errTooLong
	}
	return lines.Err()
}

// errTooLong says that the line after the last one read is too long.
var errTooLong = wrong("", fmt.Sprintf("more than %d bytes", maxLine), "a shorter line")

// at adds file and line to an error that lacks them.
func at(err error, file string, line int) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return &Error{File: file, Line: line, Field: e.Field, Found: e.Found, Want: e.Want}
	}
	return fmt.Errorf("%s after line %d: %w", file, line, err)
}
