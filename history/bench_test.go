package history

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
)

// realistic is a history whose records have the size and the shape of GitHub's,
// over about five years.
func realistic(changes int) *shipshape.History {
	r := shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: "owner/name"},
		Origin: shipshape.Origin{Until: instant("2026-09-01T00:00:00Z"), Source: "a benchmark"}}
	start, step := instant("2021-09-01T00:00:00Z"), 5*365*24*time.Hour/time.Duration(changes)
	oid := func(i int) shipshape.OID {
		return shipshape.OID(fmt.Sprintf("%040x", uint64(i+1)*0x9e3779b97f4a7c15))
	}
	for i := range changes {
		at := start.Add(time.Duration(i) * step).Truncate(time.Second)
		c := shipshape.Change{Number: i + 1, Title: "Bump the thing from 1.2.3 to 1.3.0", State: shipshape.ChangeMerged,
			URL: fmt.Sprintf("https://github.com/owner/name/pull/%d", i+1), Author: "someone", CreatedAt: at, UpdatedAt: at,
			ClosedAt: at, MergedAt: at, MergedBy: "another", Base: "main", Head: "a-topic", HeadOID: oid(3 * i), MergeCommit: oid(3 * i),
			Body: strings.Repeat("A line of the body, with \"quotes\" in it.\n", 8), Labels: []string{"bug", "area: x"}}
		for j := range 3 {
			r.Commits = append(r.Commits, shipshape.Commit{OID: oid(3*i + j), Parents: []shipshape.OID{oid(3*i + j - 1)}, AuthoredAt: at,
				CommittedAt: at, Headline: "Merge pull request #1 from x/y", Author: "someone", AuthorName: "Some One", Additions: 10, Files: 2})
			c.Commits = append(c.Commits, shipshape.ChangeCommit{OID: oid(3*i + j), AuthoredAt: at, CommittedAt: at, Headline: "Do a thing"})
			c.Reviews = append(c.Reviews, shipshape.Review{Author: "reviewer", State: shipshape.Approved, At: at, Body: "Looks good", Commit: oid(i)})
			c.Comments = append(c.Comments, shipshape.Comment{Author: "reviewer", At: at, Body: strings.Repeat("some words ", 12)})
			c.Events = append(c.Events, shipshape.Event{Kind: shipshape.Labeled, At: at, Actor: "someone", Label: "bug"})
		}
		r.Changes = append(r.Changes, c)
	}
	return &shipshape.History{Repositories: []shipshape.RepositoryHistory{r}}
}

// BenchmarkDecode reads the lines of changes and commits on one core, with the
// decoder that was chosen and with the standard library's, equally strict about
// unknown fields.
func BenchmarkDecode(b *testing.B) {
	h := realistic(1000).Repositories[0]
	for _, set := range []struct {
		name string
		data []byte
		read func(line []byte) error
		std  func(line []byte) error
	}{
		{"changes", linesOf(b, h.Changes), into[shipshape.Change](decodeLine), into[shipshape.Change](decodeStandard)},
		{"commits", linesOf(b, h.Commits), into[shipshape.Commit](decodeLine), into[shipshape.Commit](decodeStandard)},
	} {
		b.Run(set.name+"/chosen", func(b *testing.B) { decodeAll(b, set.data, set.read) })
		b.Run(set.name+"/encoding-json", func(b *testing.B) { decodeAll(b, set.data, set.std) })
	}
}

func linesOf[T any](b *testing.B, records []T) []byte {
	b.Helper()
	pointers := make([]*T, len(records))
	for i := range records {
		pointers[i] = &records[i]
	}
	data, err := encodeLines("benchmark", pointers)
	if err != nil {
		b.Fatal(err)
	}
	return data
}

func into[T any](decode func([]byte, any) error) func([]byte) error {
	return func(line []byte) error { return decode(line, new(T)) }
}

func decodeStandard(line []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

func decodeAll(b *testing.B, data []byte, decode func([]byte) error) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		for line, err := range lines(data) {
			if err != nil {
				b.Fatal(err)
			}
			if err := decode(line); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkRead reads a whole store from disk on all cores.
func BenchmarkRead(b *testing.B) {
	dir := b.TempDir()
	if err := Write(dir, realistic(20000)); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(sizeOf(b, dir))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(dir); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWriteUnchanged is an update that finds nothing new.
func BenchmarkWriteUnchanged(b *testing.B) {
	dir := b.TempDir()
	h := realistic(5000)
	if err := Write(dir, h); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(sizeOf(b, dir))
	for b.Loop() {
		if err := Write(dir, h); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteArchive(b *testing.B) {
	h := realistic(1000)
	for b.Loop() {
		if err := WriteArchive(io.Discard, h); err != nil {
			b.Fatal(err)
		}
	}
}

func sizeOf(b *testing.B, dir string) int64 {
	b.Helper()
	size := int64(0)
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return size
}
