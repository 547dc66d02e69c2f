package history

import (
	"archive/tar"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/shipshape-report/shipshape"
)

func archive(t testing.TB, h *shipshape.History) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := WriteArchive(&out, h); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// pack packs entries as somebody else would.
func pack(t testing.TB, entries ...tar.Header) []byte {
	t.Helper()
	var out bytes.Buffer
	packed, err := zstd.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	w := tar.NewWriter(packed)
	for _, header := range entries {
		data := header.Uname // stands for what the file holds
		header.Uname = ""
		if header.Typeflag == tar.TypeReg {
			header.Size = int64(len(data))
		}
		header.Mode = 0o600
		if err := w.WriteHeader(&header); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(data)); header.Size > 0 && err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func file(name, data string) tar.Header {
	return tar.Header{Typeflag: tar.TypeReg, Name: name, Uname: data}
}

func TestArchiveHoldsTheStore(t *testing.T) {
	for name, h := range map[string]*shipshape.History{"rich": rich(), "random": random(1, 30), "empty": {}} {
		t.Run(name, func(t *testing.T) {
			data := archive(t, h)
			got, err := ReadArchive(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(h, got, sameFacts); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if !bytes.Equal(archive(t, got), data) {
				t.Error("reading and writing changes the bytes of the archive")
			}
			if !bytes.Equal(archive(t, shuffled(h, 5)), data) {
				t.Error("the order of input changes the bytes of the archive")
			}
		})
	}
}

func TestArchiveSaysNothingOfTheMachine(t *testing.T) {
	packed, err := zstd.NewReader(bytes.NewReader(archive(t, random(1, 2))))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	r := tar.NewReader(packed)
	var names []string
	for {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, h.Name)
		if h.ModTime.Unix() != 0 || h.Uid != 0 || h.Gid != 0 || h.Uname != "" || h.Gname != "" || h.Mode != 0o644 {
			t.Errorf("entry %+v tells who made it, or when", h)
		}
	}
	if names[0] != markFile {
		t.Errorf("the archive begins with %s, want %s", names[0], markFile)
	}
}

func TestArchivesThatSomebodyPacked(t *testing.T) {
	entries := []tar.Header{{Typeflag: tar.TypeDir, Name: "./"}, {Typeflag: tar.TypeDir, Name: "./a/b/"}, file("./.run/lock", "")}
	for _, name := range sortedKeys(small()) {
		entries = append(entries, file("./"+name, small()[name]))
	}
	got, err := ReadArchive(bytes.NewReader(pack(t, entries...)))
	if err != nil {
		t.Fatal(err)
	}
	want, err := ReadFS(asFS(small()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestHostileArchivesAreRefused(t *testing.T) {
	good := archive(t, random(1, 3))
	mark := file("history.json", small()["history.json"])
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, `archive of a history: history.json: missing, so it is something else`},
		{"no archive", []byte("PK\x03\x04 something else"), `archive of a history: damaged, or in another format: invalid input: magic number mismatch`},
		{"cut short", good[:len(good)-9], `archive of a history: damaged, or in another format: unexpected EOF`},
		{"no store", pack(t, file("x.txt", "x")), `archive of a history: history.json: missing, so it is something else`},
		{"a way out", pack(t, mark, file("../x", "x")), `archive of a history: ../x: path leads out of the archive`},
		{"a way out in the middle", pack(t, mark, file("a/../../x", "x")), `archive of a history: a/../../x: path leads out of the archive`},
		{"an absolute path", pack(t, mark, file("/etc/passwd", "x")), `archive of a history: /etc/passwd: path leads out of the archive`},
		{"a link", pack(t, mark, tar.Header{Typeflag: tar.TypeSymlink, Name: "a/b/refs.jsonl", Linkname: "/etc/passwd"}),
			`archive of a history: a/b/refs.jsonl: neither a file nor a folder; pack the file itself`},
		{"a hard link", pack(t, mark, tar.Header{Typeflag: tar.TypeLink, Name: "a/b/refs.jsonl", Linkname: "history.json"}),
			`archive of a history: a/b/refs.jsonl: neither a file nor a folder; pack the file itself`},
		{"a device", pack(t, mark, tar.Header{Typeflag: tar.TypeChar, Name: "a/b/refs.jsonl"}),
			`archive of a history: a/b/refs.jsonl: neither a file nor a folder; pack the file itself`},
		{"a path twice", pack(t, mark, mark), `archive of a history: history.json: twice in the archive`},
		{"a foreign file", pack(t, mark, file("a/b/c.txt", "x")),
			`archive of a history: a/b/c.txt: not part of a repository's history: want one of repository.json, origin.json, commits/, refs.jsonl, changes/, issues/, releases/, deployments/, runs/, milestones/, controls.jsonl, gaps.jsonl, records/; move it elsewhere`},
		{"a newer version", pack(t, file("history.json", `{"format":"shipshape-history","version":9}`)),
			`archive of a history: history.json:1: written by a newer Shipshape (version 9, this one reads up to 1); upgrade`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadArchive(bytes.NewReader(test.data))
			wantMessage(t, err, test.want)
		})
	}
}

// One flipped bit anywhere is found, by the checksum if by nothing else.
func TestDamagedArchivesAreRefused(t *testing.T) {
	good := archive(t, random(1, 3))
	for i := 0; i < len(good); i += 1 + len(good)/97 {
		bad := bytes.Clone(good)
		bad[i] ^= 0x10
		h, err := ReadArchive(bytes.NewReader(bad))
		if err == nil && !cmp.Equal(h, random(1, 3), sameFacts) {
			t.Errorf("a flipped bit of byte %d passed for another history", i)
		}
	}
}

func TestArchivesThatUnpackWithoutEnd(t *testing.T) {
	mark := file("history.json", small()["history.json"])
	big := pack(t, mark, file("a/b/refs.jsonl", strings.Repeat("0", 1<<20)))
	if len(big) > 1<<12 {
		t.Fatalf("the bomb has %d bytes", len(big))
	}
	if _, err := unpack(bytes.NewReader(big), 1<<19); err != errBigArchive {
		t.Errorf("a large file: %v, want %v", err, errBigArchive)
	}
	if _, err := unpack(bytes.NewReader(big), 1<<22); err != nil {
		t.Errorf("within the limit: %v", err)
	}
	if _, err := unpack(bytes.NewReader(compress(t, sparse("a/b/refs.jsonl", 32<<30))), 1<<22); err != errBigArchive {
		t.Errorf("a sparse file: %v, want %v", err, errBigArchive)
	}
}

// sparse is a tar archive of one file that is a hole of that many bytes, as GNU
// tar writes one (format 1.0 in a PAX header).
func sparse(name string, size int) []byte {
	record := func(key, value string) string {
		plain := " " + key + "=" + value + "\n"
		n := len(plain)
		for len(strconv.Itoa(n))+len(plain) != n {
			n++
		}
		return strconv.Itoa(n) + plain
	}
	extended := record("GNU.sparse.major", "1") + record("GNU.sparse.minor", "0") +
		record("GNU.sparse.name", name) + record("GNU.sparse.realsize", strconv.Itoa(size))
	return slices.Concat(tarBlock('x', extended), tarBlock(tar.TypeReg, "0\n"+strings.Repeat("\x00", 510)), make([]byte, 1024))
}

// tarBlock is an entry with a header that no library writes.
func tarBlock(typeflag byte, data string) []byte {
	header := make([]byte, 512)
	copy(header, "x")
	copy(header[100:], "0000644\x000000000\x000000000\x00")
	copy(header[124:], fmt.Sprintf("%011o\x0000000000000\x00        ", len(data)))
	header[156] = typeflag
	copy(header[257:], "ustar\x0000")
	sum := 0
	for _, b := range header {
		sum += int(b)
	}
	copy(header[148:], fmt.Sprintf("%06o\x00 ", sum))
	return append(header, data+strings.Repeat("\x00", -len(data)&511)...)
}

func compress(t *testing.T, data []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(data, nil)
}
