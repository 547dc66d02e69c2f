package dataset

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// Trim writes the facts of a dataset to the folder dst, by the rules of
// [TrimLine], and checks that the result can be read. Lists come out compressed,
// with their lines in the order they had. The same dataset always gives the same
// bytes. What stands in dst and not in the dataset stays as it is.
func Trim(fsys fs.FS, dst string) error {
	dirs, err := repositories(fsys)
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		if err := trimRepository(fsys, dir, filepath.Join(dst, filepath.FromSlash(dir))); err != nil {
			return err
		}
	}
	_, err = Read(dst)
	return err
}

func trimRepository(fsys fs.FS, dir, dst string) error {
	f := openFolder(fsys, dir)
	if f.err != nil {
		return f.err
	}
	if err := os.MkdirAll(dst, 0o755); err != nil {
		return err
	}
	for _, name := range objectFiles {
		if err := trimObjectFile(fsys, path.Join(dir, name), filepath.Join(dst, name)); err != nil {
			return err
		}
	}
	for _, list := range slices.Sorted(maps.Keys(f.files)) {
		if err := f.trim(list, dst); err != nil {
			return err
		}
	}
	return nil
}

// trimObjectFile writes a file that holds one object, indented for people. One
// that is not there is not missed.
func trimObjectFile(fsys fs.FS, from, to string) error {
	text, err := fs.ReadFile(fsys, from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	object, err := TrimLine("", text)
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, object, "", "  "); err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	return os.WriteFile(to, indented.Bytes(), 0o644)
}

// trim writes one list. Gaps are for people to read and stay uncompressed.
func (f *folder) trim(list, dst string) error {
	var lines bytes.Buffer
	f.each(list, func(_ int, line []byte) error {
		trimmed, err := TrimLine(list, line)
		lines.Write(trimmed)
		return err
	})
	if f.err != nil {
		return f.err
	}
	if list == "gaps" {
		return os.WriteFile(filepath.Join(dst, "gaps.jsonl"), lines.Bytes(), 0o644)
	}
	packed, err := pack(lines.Bytes())
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dst, list+".jsonl.gz"), packed, 0o644)
}

// pack compresses without a name or a time in the header, so that equal lines
// give equal bytes.
func pack(lines []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(lines); err != nil {
		return nil, err
	}
	err = w.Close()
	return packed.Bytes(), err
}
