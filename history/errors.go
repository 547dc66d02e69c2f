package history

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// FileError is what is wrong with one file or folder of a store.
type FileError struct {
	// Path is the file as the caller would open it: below the folder given to
	// [Read], or within the file system or the archive.
	Path string
	// Line counts from 1. It is 0 where the mistake concerns the file as a whole.
	Line int
	// Want is the remedy, a phrase without a full stop, or empty.
	Want string
	// Err is the mistake. A folder that is missing or empty wraps
	// [io/fs.ErrNotExist], so that a caller can begin a new store there.
	Err error
}

// Error returns "path:line: mistake; remedy".
func (e *FileError) Error() string {
	var b strings.Builder
	b.WriteString(printable(e.Path))
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	fmt.Fprintf(&b, ": %v", e.Err)
	if e.Want != "" {
		b.WriteString("; " + e.Want)
	}
	return b.String()
}

// Unwrap returns the mistake.
func (e *FileError) Unwrap() error { return e.Err }

// below gives the error about a file of a store the path that it has on disk.
func below(dir string, err error) error {
	var wrong *FileError
	if !errors.As(err, &wrong) {
		return err
	}
	seen := *wrong
	seen.Path = filepath.Join(dir, filepath.FromSlash(wrong.Path))
	return &seen
}

// printable keeps a hostile file name on one line of a log: what is not printed
// as itself is escaped.
func printable(name string) string {
	quoted := fmt.Sprintf("%q", name)
	if unquoted := quoted[1 : len(quoted)-1]; unquoted != name {
		return quoted
	}
	return name
}
