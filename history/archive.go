package history

import (
	"archive/tar"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/shipshape-report/shipshape"
)

// MaxArchive is the most that an archive may hold, in bytes when unpacked: it is
// unpacked in memory, and a few kilobytes could hold any number of gigabytes.
const MaxArchive = 1 << 30

var errBigArchive = fmt.Errorf("archive too big: it may hold at most %d MiB", MaxArchive>>20)

// WriteArchive writes the store of h as one tar archive under Zstandard. The same
// facts make the same bytes on every machine, in whatever order h holds them; h
// is not changed. Another version of the compressor may make others.
func WriteArchive(w io.Writer, h *shipshape.History) error {
	sheets, err := allSheets(h)
	if err != nil {
		return err
	}
	// More than one goroutine would cut the blocks differently.
	packed, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	archive := tar.NewWriter(packed)
	size := 0
	for _, s := range sheets {
		n, err := archiveSheet(archive, s)
		if err != nil {
			return errors.Join(fmt.Errorf("archive: %w", err), packed.Close())
		}
		if size += n; size > MaxArchive {
			return errors.Join(errBigArchive, packed.Close())
		}
	}
	if err := errors.Join(archive.Close(), packed.Close()); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	return nil
}

// allSheets files a whole history, in the order of an archive.
func allSheets(h *shipshape.History) ([]sheet, error) {
	if err := checkNames(h); err != nil {
		return nil, err
	}
	var all []sheet
	for i := range h.Repositories {
		records, err := recordSheets(&h.Repositories[i])
		if err != nil {
			return nil, err
		}
		objects, err := objectSheets(&h.Repositories[i])
		if err != nil {
			return nil, err
		}
		all = append(append(all, records...), objects...)
	}
	slices.SortFunc(all, func(a, b sheet) int { return cmp.Compare(a.path, b.path) })
	return append([]sheet{{markFile, encodeMark}}, all...), nil
}

// archiveSheet adds a file, with nothing of the machine it is made on, and
// returns how many bytes it holds.
func archiveSheet(archive *tar.Writer, s sheet) (int, error) {
	data, err := s.data()
	if err != nil {
		return 0, err
	}
	header := &tar.Header{Typeflag: tar.TypeReg, Name: s.path, Mode: 0o644, Size: int64(len(data)), Format: tar.FormatUSTAR}
	if err := archive.WriteHeader(header); err != nil {
		return 0, err
	}
	return archive.Write(data)
}

// ReadArchive reads what [WriteArchive] wrote, or a folder that somebody packed
// the same way. It refuses an archive with paths out of it, with anything but
// files and folders, with a path that is there twice, and one that would unpack
// to more than [MaxArchive] bytes. The path of a [FileError] is within the
// archive.
func ReadArchive(r io.Reader) (*shipshape.History, error) {
	h, err := readArchive(r)
	if err != nil {
		return nil, fmt.Errorf("archive of a history: %w", err)
	}
	return h, nil
}

func readArchive(r io.Reader) (*shipshape.History, error) {
	files, err := unpack(r, MaxArchive)
	if err != nil {
		return nil, err
	}
	data, found := files[markFile]
	if !found {
		return nil, &FileError{Path: markFile, Err: errors.New("missing, so it is something else")}
	}
	if err := checkMark(data); err != nil {
		return nil, err
	}
	var sources []source
	for name, data := range files {
		if !ignored(name, false) {
			sources = append(sources, source{name, func() ([]byte, error) { return data, nil }})
		}
	}
	return assemble(sources)
}

// unpack returns the files of an archive that holds at most limit bytes, with
// all that tar puts around them.
func unpack(r io.Reader, limit int64) (map[string][]byte, error) {
	packed, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(64<<20))
	if err != nil {
		return nil, err
	}
	defer packed.Close()
	plain := &io.LimitedReader{R: packed, N: limit + 1}
	files, err := untar(plain, limit)
	if err == nil {
		if _, err = io.Copy(io.Discard, plain); err != nil { // to the checksum at the end
			err = damaged(err)
		}
	}
	if plain.N == 0 {
		return nil, errBigArchive
	}
	return files, err
}

// damaged says what the libraries' errors have in common.
func damaged(err error) error { return fmt.Errorf("damaged, or in another format: %w", err) }

func untar(plain io.Reader, limit int64) (map[string][]byte, error) {
	archive := tar.NewReader(plain)
	files := map[string][]byte{}
	for {
		header, err := archive.Next()
		if err == io.EOF {
			return files, nil
		}
		if err != nil {
			return nil, damaged(err)
		}
		name, err := archived(header)
		if err != nil {
			return nil, err
		}
		if header.Typeflag == tar.TypeDir {
			continue
		}
		if _, twice := files[name]; twice {
			return nil, &FileError{Path: name, Err: errors.New("twice in the archive")}
		}
		// A sparse file is larger than what the archive holds of it.
		data, err := io.ReadAll(io.LimitReader(archive, limit+1))
		if err != nil {
			return nil, &FileError{Path: name, Err: damaged(err)}
		}
		if limit -= int64(len(data)); limit < 0 {
			return nil, errBigArchive
		}
		files[name] = data
	}
}

// archived returns the path of an entry within the store, and refuses entries
// that a store does not have.
func archived(header *tar.Header) (string, error) {
	name := strings.TrimSuffix(strings.TrimPrefix(header.Name, "./"), "/")
	switch {
	case header.Typeflag != tar.TypeReg && header.Typeflag != tar.TypeDir:
		return "", &FileError{Path: header.Name, Err: errors.New("neither a file nor a folder"), Want: "pack the file itself"}
	case name == "" && header.Typeflag == tar.TypeDir:
		return ".", nil
	case !fs.ValidPath(name):
		return "", &FileError{Path: header.Name, Err: errors.New("path leads out of the archive")}
	}
	return name, nil
}
