package history

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ErrLocked is the cause of the error when the lock of a store is taken.
var ErrLocked = errors.New("the history is in use by another run, which holds this lock")

// Lock takes the store in dir for writing and returns how to give it back. It
// does not wait: where another process, or another part of this one, holds the
// lock, the error names it. The operating system gives the lock back when a
// process ends, however it ends. Lock makes the folder if need be. [Write] takes
// the lock itself, so it must not be called while it is held.
func Lock(dir string) (unlock func() error, err error) {
	path := filepath.Join(dir, filepath.FromSlash(lockFile))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("lock of the history: %w", err)
	}
	lock := flock.New(path)
	taken, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock of the history: %w", err)
	}
	if !taken {
		return nil, &FileError{Path: path, Err: ErrLocked,
			Want: "wait until the other run has ended, or name another folder"}
	}
	return lock.Unlock, nil
}
