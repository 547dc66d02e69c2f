package history

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/shipshape-report/shipshape"
)

// format is what the mark calls a store.
const format = "shipshape-history"

// mark is the content of history.json: what makes a folder a store, and the
// version of all that lies below it.
type mark struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
}

func encodeMark() ([]byte, error) {
	return encodeObject(markFile, mark{format, shipshape.HistoryVersion})
}

// checkMark refuses what is no store, and a store that is newer than this
// program: of that nothing else can be said.
func checkMark(data []byte) error {
	// The fields of a later version are unknown and no mistake.
	var m mark
	if err := json.Unmarshal(data, &m); err != nil {
		return &FileError{Path: markFile, Line: lineOf(data, err), Err: explain(err), Want: wantMark}
	}
	switch {
	case m.Format != format:
		return &FileError{Path: markFile, Err: fmt.Errorf("not a Shipshape history: format is %q", m.Format), Want: wantMark}
	case m.Version > shipshape.HistoryVersion:
		return &FileError{Path: markFile, Line: lineOfVersion(data), Want: "upgrade",
			Err: fmt.Errorf("written by a newer Shipshape (version %d, this one reads up to %d)", m.Version, shipshape.HistoryVersion)}
	case m.Version < 1:
		return &FileError{Path: markFile, Err: fmt.Errorf("there is no version %d", m.Version), Want: wantMark}
	}
	err := decodeObject(data, &m)
	return placed(err, markFile)
}

var wantMark = fmt.Sprintf(`want {"format": %q, "version": %d}`, format, shipshape.HistoryVersion)

// markIn reads the mark of a folder. Where there is none, the error says what
// the folder is instead.
func markIn(fsys fs.FS) ([]byte, error) {
	data, err := fs.ReadFile(fsys, markFile)
	if err == nil {
		return data, nil
	}
	entries, folderErr := fs.ReadDir(fsys, ".")
	if folderErr != nil {
		return nil, &FileError{Path: ".", Err: fmt.Errorf("no history here: %w", unwrapPath(folderErr)), Want: wantStore}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, &FileError{Path: markFile, Err: unwrapPath(err)}
	}
	if found := visible(entries); len(found) > 0 {
		return nil, &FileError{Path: ".", Err: fmt.Errorf("%w: it holds %s and no %s", errForeign, some(found), markFile),
			Want: "name the folder that holds " + markFile}
	}
	return nil, &FileError{Path: ".", Err: fmt.Errorf("no history here, the folder is empty: %w", fs.ErrNotExist), Want: wantStore}
}

const wantStore = "name a folder that holds a history, or collect one"

// errForeign is a folder that is something else.
var errForeign = errors.New("not a Shipshape history")

// visible names what a folder holds beside hidden files. Unlike [ignored] it counts
// the files that may lie beside a mark: without one they are somebody else's.
func visible(entries []fs.DirEntry) []string {
	var names []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			names = append(names, printable(e.Name()))
		}
	}
	return names
}

// some lists the first three names in words.
func some(names []string) string {
	if more := len(names) - 3; more > 0 {
		names = append(slices.Clone(names[:3]), fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}

// lineOf returns the line that a decoder's error is about.
func lineOf(data []byte, err error) int {
	offset := len(data)
	var syntactic *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		offset = len(bytes.TrimSpace(data))
	case errors.As(err, &syntactic):
		offset = int(syntactic.ByteOffset)
	case errors.As(err, &semantic):
		offset = int(semantic.ByteOffset)
	}
	return 1 + bytes.Count(data[:min(offset, len(data))], []byte("\n"))
}

// lineOfVersion finds the line that states the version.
func lineOfVersion(data []byte) int {
	before, _, _ := strings.Cut(string(data), `"version"`)
	return 1 + strings.Count(before, "\n")
}
