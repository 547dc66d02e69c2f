package history

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// Records are what can never be collected again: GitHub tells what its settings and
// its counts of downloads are, not what they were. They lie beside a repository's
// history and are only ever appended to. Both are by time.
type Records struct {
	Settings  []SettingsRecord
	Downloads []DownloadsRecord
}

// SettingsRecord are the controls of a repository as they were read at an instant.
// They held until the next record, as far as anybody looked.
type SettingsRecord struct {
	At       time.Time           `json:"at"`
	Controls []shipshape.Control `json:"controls"` // sorted; empty: there were none
}

// DownloadsRecord says how often an asset of a release had been downloaded at an
// instant. Between two records the count was between theirs.
type DownloadsRecord struct {
	At        time.Time `json:"at"`
	Tag       string    `json:"tag"`
	Asset     string    `json:"asset"`
	Downloads int       `json:"downloads"`
}

// The folders of the records.
const (
	settingsFolder = "settings"
	assetsFolder   = "assets"
)

// Record appends to the records of a repository in the store what changed since the
// last of them: its controls, and the downloads of each asset. Where nothing did, no
// file is touched. What a gap says was not read changes nothing. The instant is the
// history's until. Record takes the lock of the store, which must be there already.
func Record(dir string, r *shipshape.RepositoryHistory) (err error) {
	if err := checkName(r.Repository.Name); err != nil {
		return err
	}
	unlock, err := Lock(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	known, err := ReadRecords(dir, r.Repository.Name)
	if err != nil {
		return err
	}
	touched := map[string]bool{}
	err = errors.Join(
		appendRecords(dir, r, settingsFolder, known.newSettings(r), touched),
		appendRecords(dir, r, assetsFolder, known.newDownloads(r), touched))
	return errors.Join(err, syncFolders(dir, touched))
}

// newSettings is the record of settings that differ from the last ones.
func (k Records) newSettings(r *shipshape.RepositoryHistory) []SettingsRecord {
	unread := func(g shipshape.Gap) bool {
		return g.Entity == shipshape.ControlEntity && (g.Reason == shipshape.NotReached || g.Reason == shipshape.Truncated)
	}
	now := slices.SortedFunc(slices.Values(r.Controls), shipshape.Control.Compare)
	var last []shipshape.Control
	if n := len(k.Settings); n > 0 {
		last = k.Settings[n-1].Controls
	}
	if slices.ContainsFunc(r.Gaps, unread) || len(now) == len(last) && (len(now) == 0 || reflect.DeepEqual(now, last)) {
		return nil
	}
	if now == nil {
		now = []shipshape.Control{}
	}
	return []SettingsRecord{{At: r.Origin.Until, Controls: now}}
}

// assetName is what tells an asset from all others of a repository.
type assetName struct{ tag, name string }

// newDownloads are the records of the assets whose count is another than the last
// one. Drafts are left out: nobody can download from one.
func (k Records) newDownloads(r *shipshape.RepositoryHistory) []DownloadsRecord {
	last := map[assetName]int{}
	for _, d := range k.Downloads {
		last[assetName{d.Tag, d.Asset}] = d.Downloads
	}
	var changed []DownloadsRecord
	for _, release := range slices.SortedFunc(slices.Values(r.Releases), shipshape.Release.Compare) {
		for _, asset := range release.Assets {
			before, known := last[assetName{release.Tag, asset.Name}]
			if !release.Draft && (!known || before != asset.Downloads) {
				changed = append(changed, DownloadsRecord{r.Origin.Until, release.Tag, asset.Name, asset.Downloads})
			}
		}
	}
	return changed
}

// appendRecords adds lines to the file of the month in which the repository was read.
func appendRecords[T any](dir string, r *shipshape.RepositoryHistory, folder string, records []T, touched map[string]bool) error {
	if len(records) == 0 {
		return nil
	}
	name := path.Join(string(r.Repository.Name), recordsFolder, folder, monthOf(r.Origin.Until)+extension)
	lines := make([]*T, len(records))
	for i := range records {
		lines[i] = &records[i]
	}
	data, err := encodeLines(name, lines)
	if err != nil {
		return below(dir, err)
	}
	touched[path.Dir(name)] = true
	file := onDisk(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("folder of %s: %w", name, err)
	}
	if err := appendTo(file, data); err != nil {
		return fmt.Errorf("appending to %s: %w", file, err)
	}
	return nil
}

// appendTo adds whole lines to a file and brings them to the disk. What a killed run
// left of a last line is no record, and is cut off first.
func appendTo(file string, data []byte) (err error) {
	present, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	end := int64(len(whole(present)))
	if err := f.Truncate(end); err != nil {
		return err
	}
	if _, err := f.WriteAt(data, end); err != nil {
		return errors.Join(err, f.Truncate(end)) // a full disk must not leave half a line
	}
	return f.Sync()
}

// whole is the part of a file up to its last line feed.
func whole(data []byte) []byte { return data[:bytes.LastIndexByte(data, '\n')+1] }

// ReadRecords reads the records of a repository of the store in dir; a repository
// without any has empty ones. A last line without line feed, which a killed run left,
// is no record. Other damage is a [*FileError].
func ReadRecords(dir string, name shipshape.RepositoryName) (Records, error) {
	if err := checkName(name); err != nil {
		return Records{}, err
	}
	folder := path.Join(string(name), recordsFolder)
	settings, err := readRecords(dir, path.Join(folder, settingsFolder), func(s *SettingsRecord) string { return moment("at", s.At) })
	if err != nil {
		return Records{}, err
	}
	downloads, err := readRecords(dir, path.Join(folder, assetsFolder), flawOfDownloads)
	if err != nil {
		return Records{}, err
	}
	slices.SortStableFunc(settings, func(a, b SettingsRecord) int { return a.At.Compare(b.At) })
	slices.SortStableFunc(downloads, func(a, b DownloadsRecord) int { return a.At.Compare(b.At) })
	return Records{settings, downloads}, nil
}

func flawOfDownloads(d *DownloadsRecord) string {
	for _, flaw := range []string{moment("at", d.At), text("tag", d.Tag), text("asset", d.Asset)} {
		if flaw != "" {
			return flaw
		}
	}
	return absentUnless(d.Downloads >= 0, "downloads")
}

// readRecords reads the files of a folder of records, month by month.
func readRecords[T any](dir, folder string, flaw func(*T) string) ([]T, error) {
	entries, err := os.ReadDir(onDisk(dir, folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, below(dir, &FileError{Path: folder, Err: unwrapPath(err)})
	}
	var all []T
	for _, e := range entries {
		month, isRecord := strings.CutSuffix(e.Name(), extension)
		if !isRecord || !monthName.MatchString(month) {
			continue // an editor's, or a person's
		}
		file := path.Join(folder, e.Name())
		data, err := os.ReadFile(onDisk(dir, file))
		if err != nil {
			return nil, below(dir, &FileError{Path: file, Err: unwrapPath(err)})
		}
		records, err := decodeRecords(whole(data), flaw)
		if err != nil {
			return nil, below(dir, placed(err, file))
		}
		all = append(all, records...)
	}
	return all, nil
}

// decodeRecords reads whole lines, none of an empty file.
func decodeRecords[T any](data []byte, flaw func(*T) string) ([]T, error) {
	if len(data) == 0 {
		return nil, nil
	}
	var records []T
	for line, err := range lines(data) {
		var record T
		if err == nil {
			err = decodeLine(line, &record)
		}
		if f := flaw(&record); err == nil && f != "" {
			err = fmt.Errorf("unusable record: %s", f)
		}
		if err != nil {
			return nil, &FileError{Line: len(records) + 1, Err: err, Want: "remove the line; it cannot be collected again"}
		}
		records = append(records, record)
	}
	return records, nil
}
