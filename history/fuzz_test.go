package history

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzRecords puts anything into a file of a store. What is read without an
// error must be written and read again as the same facts, and the second writing
// must make the same bytes.
func FuzzRecords(f *testing.F) {
	for name, file := range storeOf(f, random(1, 1)) {
		at, err := locate(name)
		if err != nil {
			f.Fatal(err)
		}
		if at.kind != nil {
			f.Add(string(at.kind.entity()), at.month, file.Data)
		}
	}
	f.Add("commits", "2026-08", []byte(`{"oid":"1","committedAt":"2026-08-01T00:00:00\u002b01:00"}`+"\n"))
	f.Add("commits", "0000-01", []byte(`{"oid":"1","committedAt":"0000-01-01T00:00:00.123456789Z"}`+"\n"))
	f.Add("changes", "2026-08", []byte(`{"number":1,"state":"x","createdAt":"2026-08-01T00:00:00Z","labels":[],"commits":[{"oid":"1"}],"body":"\ud800"}`+"\n"))
	f.Add("gaps", "", []byte(`{"entity":"runs","reason":"absent","why":"y"}`+"\n"))
	f.Fuzz(func(t *testing.T, entity, month string, data []byte) {
		files := small()
		k := kindNamed(entity, month != "")
		if k == nil {
			return
		}
		files[pathOf("a/b", k.entity(), month)] = string(data)
		h, err := ReadFS(asFS(files))
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		first := archive(t, h)
		again, err := ReadArchive(bytes.NewReader(first))
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		if diff := cmp.Diff(h, again, sameFacts); diff != "" {
			t.Errorf("(-first +again)\n%s", diff)
		}
		if !bytes.Equal(first, archive(t, again)) {
			t.Error("the second writing makes other bytes")
		}
	})
}

// FuzzArchive reads anything as an archive.
func FuzzArchive(f *testing.F) {
	f.Add(archive(f, random(1, 1)))
	f.Add(pack(f, file("history.json", `{"format":"shipshape-history","version":1}`)))
	f.Add(pack(f, file("../x", "x")))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := unpack(bytes.NewReader(data), 1<<20)
		if err != nil {
			return
		}
		for name := range files {
			if name == "" || name[0] == '/' {
				t.Errorf("unpacked %q", name)
			}
		}
		h, err := ReadArchive(bytes.NewReader(data))
		if err != nil {
			return
		}
		again, err := ReadArchive(bytes.NewReader(archive(t, h)))
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		if diff := cmp.Diff(h, again, sameFacts); diff != "" {
			t.Errorf("(-first +again)\n%s", diff)
		}
	})
}

// FuzzMark puts anything into the mark: it is read, or named in the error.
func FuzzMark(f *testing.F) {
	f.Add([]byte(small()["history.json"]))
	f.Add([]byte(`{"format":"shipshape-history","version":2}`))
	f.Add([]byte("{\n\"format\""))
	f.Fuzz(func(t *testing.T, data []byte) {
		files := small()
		files[markFile] = string(data)
		if _, err := ReadFS(asFS(files)); err != nil && !bytes.HasPrefix([]byte(err.Error()), []byte(markFile)) {
			t.Errorf("the error does not name the file: %v", err)
		}
	})
}
