package publish

import (
	"errors"
	"fmt"
	"os"
)

// disk is what can fail between a report and its place.
type disk interface {
	MkdirAll(name string, perm os.FileMode) error
	Mkdir(name string, perm os.FileMode) error
	RemoveAll(name string) error
	Rename(from, to string) error
	WriteFile(root *os.Root, name string, data []byte) error
}

// osDisk is the operating system's.
type osDisk struct{}

func (osDisk) MkdirAll(name string, perm os.FileMode) error { return os.MkdirAll(name, perm) }
func (osDisk) Mkdir(name string, perm os.FileMode) error    { return os.Mkdir(name, perm) }
func (osDisk) RemoveAll(name string) error                  { return os.RemoveAll(name) }
func (osDisk) Rename(from, to string) error                 { return os.Rename(from, to) }

// WriteFile makes a file that is not there yet.
func (osDisk) WriteFile(root *os.Root, name string, data []byte) error {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, filePermissions)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is in the report already: %w", name, err)
	}
	if err != nil {
		return err
	}
	_, writing := file.Write(data)
	return errors.Join(writing, file.Chmod(filePermissions), file.Close())
}
