package history

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// table is a [kind] of records of type T.
type table[T any] struct {
	name shipshape.Entity
	// born is the instant a record is filed under; nil for a kind without months.
	born func(*T) time.Time
	// partial is set where a reading may leave out old records.
	partial bool
	// key is a record's identity within its repository.
	key func(*T) string
	// flaw says what keeps a record from being used, or returns "".
	flaw    func(*T) string
	compare func(a, b T) int
	of      func(*shipshape.RepositoryHistory) *[]T
}

// sheet is one file to be written: its path and how to get its bytes, so that
// not all of them are in memory at once.
type sheet struct {
	path string
	data func() ([]byte, error)
}

// batch is what one file held.
type batch struct {
	path    string
	records any // []T
}

func (t table[T]) entity() shipshape.Entity { return t.name }

func (t table[T]) monthly() bool { return t.born != nil }

func (t table[T]) sheets(r *shipshape.RepositoryHistory) ([]sheet, error) {
	name := r.Repository.Name
	records := t.sorted(*t.of(r))
	seen := make(map[string]struct{}, len(records))
	months := map[string][]*T{}
	for i := range records {
		record := &records[i]
		if flaw := t.flaw(record); flaw != "" {
			return nil, fmt.Errorf("%s of %s: record %q: %s", t.name, name, t.key(record), flaw)
		}
		if _, twice := seen[t.key(record)]; twice {
			return nil, fmt.Errorf("%s of %s: record %q is there twice", t.name, name, t.key(record))
		}
		seen[t.key(record)] = struct{}{}
		month := t.month(record)
		months[month] = append(months[month], record)
	}
	var out []sheet
	for _, month := range slices.Sorted(maps.Keys(months)) {
		path := pathOf(name, t.name, month)
		out = append(out, sheet{path, func() ([]byte, error) { return encodeLines(path, months[month]) }})
	}
	return out, nil
}

// month returns the month a record is filed under, or "" for a kind without.
func (t table[T]) month(record *T) string {
	if t.born == nil {
		return ""
	}
	return monthOf(t.born(record))
}

func (t table[T]) decode(at location, data []byte) (any, error) {
	records := make([]T, 0, bytes.Count(data, []byte("\n")))
	for line, err := range lines(data) {
		if err != nil {
			return nil, &FileError{Line: len(records) + 1, Err: err, Want: recollect}
		}
		var record T
		if err := decodeLine(line, &record); err != nil {
			return nil, &FileError{Line: len(records) + 1, Err: err, Want: recollect}
		}
		if err := t.check(&record, at.month); err != nil {
			return nil, &FileError{Line: len(records) + 1, Err: err, Want: recollect}
		}
		records = append(records, record)
	}
	return records, nil
}

// check refuses a record that lacks what it cannot be used without, or that lies
// in the file of another month, where an update would not find it.
func (t table[T]) check(record *T, month string) error {
	if flaw := t.flaw(record); flaw != "" {
		return fmt.Errorf("unusable record: %s", flaw)
	}
	if want := t.month(record); want != month {
		return fmt.Errorf("record of another month: it belongs in %s%s", want, extension)
	}
	return nil
}

func (t table[T]) gather(r *shipshape.RepositoryHistory, batches []batch) error {
	n := 0
	for _, b := range batches {
		n += len(b.records.([]T))
	}
	if n == 0 {
		return nil
	}
	all := make([]T, 0, n)
	first := make(map[string]int, n) // key to position in all
	for _, b := range batches {
		for i, record := range b.records.([]T) {
			key := t.key(&record)
			if _, twice := first[key]; twice {
				return duplicate(batches, t.lengths(batches), first[key], b.path, i+1, key)
			}
			first[key] = len(all)
			all = append(all, record)
		}
	}
	*t.of(r) = t.sorted(all)
	return nil
}

func (t table[T]) lengths(batches []batch) []int {
	lengths := make([]int, len(batches))
	for i, b := range batches {
		lengths[i] = len(b.records.([]T))
	}
	return lengths
}

// duplicate says where the record at that position of all batches, which has
// turned up again, was first.
func duplicate(batches []batch, lengths []int, position int, path string, line int, key string) error {
	i := 0
	for position >= lengths[i] {
		position -= lengths[i]
		i++
	}
	return &FileError{Path: path, Line: line,
		Err:  fmt.Errorf("duplicate record: %q is already in %s:%d", key, batches[i].path, position+1),
		Want: "remove one of the two"}
}

// sorted returns the records in their order, and the slice itself when it is in
// order already. What Compare takes for equal is ordered by key, so that the
// order of input never shows.
func (t table[T]) sorted(records []T) []T {
	order := func(a, b T) int {
		if c := t.compare(a, b); c != 0 {
			return c
		}
		return cmp.Compare(t.key(&a), t.key(&b))
	}
	if slices.IsSortedFunc(records, order) {
		return records
	}
	records = slices.Clone(records)
	slices.SortFunc(records, order)
	return records
}
