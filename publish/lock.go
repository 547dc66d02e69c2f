package publish

import (
	"errors"
	"fmt"
	"os"

	"github.com/gofrs/flock"
)

// ErrBusy is the cause of the error when another run is making a report for the
// same place.
var ErrBusy = errors.New("another run is making a report there")

// lock keeps a place for one run. The operating system gives it back when the
// process ends, however it ends.
type lock struct {
	file *flock.Flock
}

// lockTries is how often a lock is tried for that its owner removed between the
// opening and the locking. Each further try takes one more run that ends in the
// same instant.
const lockTries = 10

func takeLock(p place) (*lock, error) {
	for range lockTries {
		file := flock.New(p.lock)
		taken, err := file.TryLock()
		if err != nil {
			return nil, fmt.Errorf("folder for the report: %w", err)
		}
		if !taken {
			return nil, fmt.Errorf("%s: %w; wait until it has ended", p.target, ErrBusy)
		}
		if current(file) {
			return &lock{file}, nil
		}
		if err := file.Close(); err != nil {
			return nil, fmt.Errorf("folder for the report: %w", err)
		}
	}
	return nil, fmt.Errorf("%s: %w; wait until it has ended", p.target, ErrBusy)
}

// current reports whether the locked file is still the one that others would
// open: a lock on a file that was removed keeps nobody out.
func current(file *flock.Flock) bool {
	held, err := file.Stat()
	if err != nil {
		return false
	}
	found, err := os.Stat(file.Path())
	return err == nil && os.SameFile(held, found)
}

// release removes the file and gives the lock back, in this order where the system
// can remove an open file, so that nobody locks what is about to go.
func (l *lock) release() error {
	early := os.Remove(l.file.Path())
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("giving back the folder: %w", err)
	}
	if early != nil && !errors.Is(early, os.ErrNotExist) {
		// Another run may have locked it since; then it removes it.
		_ = os.Remove(l.file.Path())
	}
	return nil
}
