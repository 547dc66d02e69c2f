package history

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// small is a store of one repository with one commit on line 1 and another on
// line 2, two changes and a tag.
func small() map[string]string {
	return map[string]string{
		"history.json":        `{"format":"shipshape-history","version":1}`,
		"a/b/repository.json": `{"name":"a/b","url":""}`,
		"a/b/origin.json":     `{"until":"2026-09-01T00:00:00Z","source":"a test"}`,
		"a/b/refs.jsonl":      `{"kind":"tag","name":"v1","target":"01"}` + "\n",
		"a/b/commits/2026-08.jsonl": `{"oid":"01","committedAt":"2026-08-01T00:00:00Z","headline":""}` + "\n" +
			`{"oid":"02","committedAt":"2026-08-02T00:00:00Z","headline":""}` + "\n",
		"a/b/changes/2026-07.jsonl": `{"number":1,"state":"OPEN","createdAt":"2026-07-01T00:00:00Z"}` + "\n",
		"a/b/changes/2026-08.jsonl": `{"number":2,"state":"OPEN","createdAt":"2026-08-01T00:00:00Z"}` + "\n",
	}
}

func asFS(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return fsys
}

func TestDamageIsNamed(t *testing.T) {
	const commits = "a/b/commits/2026-08.jsonl"
	const first = `{"oid":"01","committedAt":"2026-08-01T00:00:00Z"}` + "\n"
	tests := []struct{ name, file, data, want string }{
		{"bad JSON", commits, first + `{"oid":"02",,}` + "\n",
			commits + `:2: not JSON at byte 13: invalid character ',' at start of value; remove the line or collect again`},
		{"a line cut short", commits, first + `{"oid":"02","headl` + "\n",
			commits + `:2: truncated record: the line ends inside it; remove the line or collect again`},
		{"a file cut short", commits, first + `{"oid":"02","headl`,
			commits + `:2: truncated record: the file ends before the line does; remove the line or collect again`},
		{"a file cut at the end of a record", commits, first + strings.TrimSuffix(first, "\n"),
			commits + `:2: truncated record: the file ends before the line does; remove the line or collect again`},
		{"an empty file", commits, "",
			commits + `:1: the file is empty; remove the line or collect again`},
		{"an empty line", commits, first + "\n" + first,
			commits + `:2: empty line: want a record; remove the line or collect again`},
		{"an unknown field", commits, first + `{"oid":"02","commitedAt":"2026-08-02T00:00:00Z"}` + "\n",
			commits + `:2: unknown field "commitedAt"; remove the line or collect again`},
		{"a field in the wrong case", commits, `{"OID":"02"}` + "\n",
			commits + `:1: unknown field "OID"; remove the line or collect again`},
		{"a field twice", commits, `{"oid":"02","oid":"03"}` + "\n",
			commits + `:1: field "oid" is there twice; remove the line or collect again`},
		{"text that is not UTF-8", commits, "{\"oid\":\"\xff\"}\n",
			commits + `:1: not JSON at byte 9: invalid UTF-8; remove the line or collect again`},
		{"a wrong type", commits, `{"oid":7}` + "\n",
			commits + `:1: field "oid": a number where a string was expected; remove the line or collect again`},
		{"a wrong type deep inside", "a/b/changes/2026-08.jsonl", `{"number":1,"reviews":[{},{"at":true}]}` + "\n",
			`a/b/changes/2026-08.jsonl:1: field "reviews[1].at": true where an instant was expected; remove the line or collect again`},
		{"a fraction for a number", "a/b/changes/2026-08.jsonl", `{"number":1.5}` + "\n",
			`a/b/changes/2026-08.jsonl:1: field "number": invalid syntax; remove the line or collect again`},
		{"a number that is too large", "a/b/changes/2026-08.jsonl", `{"number":9223372036854775808}` + "\n",
			`a/b/changes/2026-08.jsonl:1: field "number": value out of range; remove the line or collect again`},
		{"no time", commits, `{"oid":"01","committedAt":"yesterday"}` + "\n",
			commits + `:1: field "committedAt": parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"; remove the line or collect again`},
		{"a list for a record", commits, "[]\n",
			commits + `:1: record: a list where an object was expected; remove the line or collect again`},
		{"two records on a line", commits, `{"oid":"01"}{"oid":"02"}` + "\n",
			commits + `:1: not JSON at byte 13: invalid character '{' after top-level value; remove the line or collect again`},
		{"a record without its key", commits, `{"committedAt":"2026-08-01T00:00:00Z"}` + "\n",
			commits + `:1: unusable record: oid is missing; remove the line or collect again`},
		{"a word of ours misspelt", "a/b/refs.jsonl", `{"kind":"tags","name":"v1","target":"01"}` + "\n",
			`a/b/refs.jsonl:1: unusable record: kind is "tags", want one of ["branch" "tag"]; remove the line or collect again`},
		{"another month", commits, `{"oid":"01","committedAt":"2026-09-01T00:00:00Z"}` + "\n",
			commits + `:1: record of another month: it belongs in 2026-09.jsonl; remove the line or collect again`},
		{"a record twice in a file", commits, first + first,
			commits + `:2: duplicate record: "01" is already in a/b/commits/2026-08.jsonl:1; remove one of the two`},
		{"a record twice in two files", "a/b/changes/2026-08.jsonl", `{"number":3,"state":"OPEN","createdAt":"2026-08-01T00:00:00Z"}` + "\n" + `{"number":1,"state":"OPEN","createdAt":"2026-08-01T00:00:00Z"}` + "\n",
			`a/b/changes/2026-08.jsonl:2: duplicate record: "1" is already in a/b/changes/2026-07.jsonl:1; remove one of the two`},
		{"a line that is too long", commits, `{"oid":"` + strings.Repeat("0", MaxLine) + "\"}\n",
			commits + `:1: line too long: a record has at most 16 MiB; remove the line or collect again`},
		{"the name of another repository", "a/b/repository.json", "{\n\"name\": \"a/c\"\n}\n",
			`a/b/repository.json: repository "a/c" in the folder of "a/b"; name the folder as the repository`},
		{"a damaged repository", "a/b/repository.json", "{\n\"name\": \"a/b\",\n\"labels\": [7]\n}\n",
			`a/b/repository.json:3: field "labels[0]": a number where an object was expected; mend it or collect again`},
		{"a repository cut short", "a/b/repository.json", "{\n\"name\": \"a/b\",\n",
			`a/b/repository.json:2: truncated record: the line ends inside it; mend it or collect again`},
		{"an empty origin", "a/b/origin.json", "",
			`a/b/origin.json: the file is empty; collect again`},
		{"an origin that says no instant", "a/b/origin.json", `{"source":"x"}`,
			`a/b/origin.json: unusable record: until is missing; mend it or collect again`},
		{"a folder that is no kind", "a/b/comits/2026-08.jsonl", first,
			`a/b/comits/2026-08.jsonl: not part of a repository's history: want one of repository.json, origin.json, commits/, refs.jsonl, changes/, issues/, releases/, deployments/, runs/, milestones/, gaps.jsonl, records/; move it elsewhere`},
		{"a month that is none", "a/b/commits/2026-13.jsonl", first,
			`a/b/commits/2026-13.jsonl: not a month: want a name like 2026-08.jsonl; move it elsewhere`},
		{"a month among the files without", "a/b/refs/2026-08.jsonl", first,
			`a/b/refs/2026-08.jsonl: not part of a repository's history: want one of repository.json, origin.json, commits/, refs.jsonl, changes/, issues/, releases/, deployments/, runs/, milestones/, gaps.jsonl, records/; move it elsewhere`},
		{"a name that is no repository's", "a b/c/refs.jsonl", first,
			`a b/c/refs.jsonl: "a b/c" is not a repository name; want owner/name in GitHub's alphabet; move it elsewhere`},
		{"a name that would break a log", "a/\x1b[31m/refs.jsonl", first,
			`"a/\x1b[31m/refs.jsonl": "a/\x1b[31m" is not a repository name; want owner/name in GitHub's alphabet; move it elsewhere`},
		{"a folder that is no repository's", "a/file.txt", first,
			`a/file.txt: not part of a history: want <owner>/<name>/ folders below history.json; move it elsewhere`},
		{"a newer version", "history.json", "{\n\"format\":\"shipshape-history\",\n\"version\":2,\"new\":[]}",
			`history.json:3: written by a newer Shipshape (version 2, this one reads up to 1); upgrade`},
		{"a version that never was", "history.json", `{"format":"shipshape-history"}`,
			`history.json: there is no version 0; want {"format": "shipshape-history", "version": 1}`},
		{"an unknown field of the mark", "history.json", `{"format":"shipshape-history","version":1,"x":1}`,
			`history.json:1: unknown field "x"; mend it or collect again`},
		{"another program's file", "history.json", `{"entries":[]}`,
			`history.json: not a Shipshape history: format is ""; want {"format": "shipshape-history", "version": 1}`},
		{"a damaged mark", "history.json", "{\n\n?",
			`history.json:3: not JSON at byte 4: invalid character '?' at start of value; want {"format": "shipshape-history", "version": 1}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := small()
			files[test.file] = test.data
			_, err := ReadFS(asFS(files))
			wantMessage(t, err, test.want)
			var wrong *FileError
			if !errors.As(err, &wrong) || wrong.Path != test.file {
				t.Errorf("%#v is not a FileError about %s", err, test.file)
			}
		})
	}
}

func wantMessage(t *testing.T, err error, want string) {
	t.Helper()
	got := "nothing"
	if err != nil {
		got = err.Error()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("message (-want +got)\n%s", diff)
	}
}

func TestMissingFilesAreNamed(t *testing.T) {
	for file, want := range map[string]string{
		"history.json":        `.: not a Shipshape history: history.json is missing; name the folder that holds history.json`,
		"a/b/repository.json": `a/b/repository.json: missing; add it, remove the folder, or collect again`,
		"a/b/origin.json":     `a/b/origin.json: missing; add it, remove the folder, or collect again`,
	} {
		files := small()
		delete(files, file)
		_, err := ReadFS(asFS(files))
		wantMessage(t, err, want)
	}
}

func TestFoldersThatAreNoStore(t *testing.T) {
	dir := t.TempDir()
	place(t, filepath.Join(dir, "hidden", ".DS_Store"), "x")
	place(t, filepath.Join(dir, "hidden", "README.md"), "x")
	place(t, filepath.Join(dir, "checkout", "src", "main.go"), "x")
	place(t, filepath.Join(dir, "file"), "x")
	tests := []struct {
		name, folder, want string
		nothing            bool // whether a new store can begin there
	}{
		{"missing", "nowhere", `: no history here: no such file or directory; name a folder that holds a history, or collect one`, true},
		{"nothing that counts", "hidden", `: no history here, the folder is empty: file does not exist; name a folder that holds a history, or collect one`, true},
		{"something else", "checkout", `: not a Shipshape history: history.json is missing; name the folder that holds history.json`, false},
		{"a file", "file", `: no history here: not a directory; name a folder that holds a history, or collect one`, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(dir, test.folder)
			_, err := Read(path)
			wantMessage(t, err, path+test.want)
			if got := errors.Is(err, fs.ErrNotExist); got != test.nothing {
				t.Errorf("errors.Is(%v, fs.ErrNotExist) = %v, want %v", err, got, test.nothing)
			}
		})
	}
}

func TestPathOfAnErrorLeadsFromTheCaller(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, random(1, 1))
	file := filepath.Join(dir, "a", "one", "refs.jsonl")
	place(t, file, "?\n")
	_, err := Read(dir)
	var wrong *FileError
	if !errors.As(err, &wrong) || wrong.Path != file || wrong.Line != 1 {
		t.Errorf("error %#v, want one about line 1 of %s", err, file)
	}
}

func TestLinksAreNotFollowed(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, random(1, 1))
	outside := filepath.Join(t.TempDir(), "refs.jsonl")
	place(t, outside, `{"kind":"tag","name":"v1","target":"01"}`+"\n")
	file := filepath.Join(dir, "a", "one", "refs.jsonl")
	if err := errors.Join(os.Remove(file), os.Symlink(outside, file)); err != nil {
		t.Fatal(err)
	}
	_, err := Read(dir)
	wantMessage(t, err, file+": not a regular file; put the file itself there")
}

func TestReadingIsTolerantOfForm(t *testing.T) {
	want, err := ReadFS(asFS(small()))
	if err != nil {
		t.Fatal(err)
	}
	const commits = "a/b/commits/2026-08.jsonl"
	for name, change := range map[string]func(map[string]string){
		"another order of lines": func(f map[string]string) {
			a, b, _ := strings.Cut(f[commits], "\n")
			f[commits] = b + a + "\n"
		},
		"another order of fields": func(f map[string]string) {
			f[commits] = strings.Replace(f[commits], `{"oid":"01","committedAt":"2026-08-01T00:00:00Z",`, `{"committedAt":"2026-08-01T00:00:00Z","oid":"01",`, 1)
		},
		"white space and carriage returns": func(f map[string]string) {
			f[commits] = strings.NewReplacer(",", " , ", "\n", " \r\n").Replace(f[commits])
		},
		"null for what is unknown": func(f map[string]string) {
			f[commits] = strings.Replace(f[commits], `"headline":""`, `"headline":null,"parents":null,"authoredAt":null`, 1)
		},
		"instants with an offset": func(f map[string]string) {
			f[commits] = strings.Replace(f[commits], "2026-08-01T00:00:00Z", "2026-07-31T23:30:00-00:30", 1)
		},
		"instants with a disguised offset": func(f map[string]string) {
			f[commits] = strings.Replace(f[commits], "2026-08-01T00:00:00Z", `2026-08-01T01:00:00\u002b01\u003a00`, 1)
		},
		"hidden files, notes and what belongs to others": func(f map[string]string) {
			for _, name := range []string{".gitignore", ".git/config", "README.md", ".run/lock", ".run/x/y.jsonl", "a/.DS_Store",
				"a/b/.refs.jsonl.tmp", "a/b/commits/.2026-08.jsonl.tmp", "a/b/records/verdicts/2026-08.jsonl", "a/b/.cache/x"} {
				f[name] = "?"
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := small()
			change(files)
			got, err := ReadFS(asFS(files))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, sameFacts); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if at := got.Repositories[0].Commits[0].CommittedAt; at.Location().String() != "UTC" {
				t.Errorf("%v is not in UTC", at)
			}
		})
	}
}

func TestInstantsOutsideTheCalendarAreRefused(t *testing.T) {
	files := small()
	files["a/b/commits/2026-08.jsonl"] = `{"oid":"01","committedAt":"2026-08-01T00:00:00Z","authoredAt":"9999-12-31T23:00:00-02:00"}` + "\n"
	_, err := ReadFS(asFS(files))
	wantMessage(t, err, `a/b/commits/2026-08.jsonl:1: field "authoredAt": instant outside the years 0 to 9999 in UTC; remove the line or collect again`)
}

func TestOfSeveralMistakesTheFirstIsReported(t *testing.T) {
	files := small()
	for name := range files {
		if strings.HasSuffix(name, extension) {
			files[name] = "?\n"
		}
	}
	for range 20 {
		_, err := ReadFS(asFS(files))
		var wrong *FileError
		if !errors.As(err, &wrong) || wrong.Path != "a/b/changes/2026-07.jsonl" {
			t.Fatalf("the first mistake is in %v", err)
		}
	}
}

func TestLargeNumbersStayExact(t *testing.T) {
	h := &shipshape.History{Repositories: random(1, 1).Repositories[:1]}
	ids := []int64{1, 1<<31 + 1, 1<<53 + 1, 1<<63 - 1}
	h.Repositories[0].Deployments = nil
	for _, id := range ids {
		h.Repositories[0].Deployments = append(h.Repositories[0].Deployments, shipshape.Deployment{ID: id, CreatedAt: instant("2026-08-01T00:00:00Z")})
	}
	got, err := ReadFS(storeOf(t, h))
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range got.Repositories[0].Deployments {
		if d.ID != ids[i] {
			t.Errorf("id %d was read as %d", ids[i], d.ID)
		}
	}
}

func TestTextThatIsNotUTF8IsReplacedOnce(t *testing.T) {
	h := &shipshape.History{Repositories: random(1, 1).Repositories[:1]}
	h.Repositories[0].Commits[0].Body = "caf\xe9"
	got, err := ReadFS(storeOf(t, h))
	if err != nil {
		t.Fatal(err)
	}
	if body := got.Repositories[0].Commits[0].Body; body != "caf\ufffd" {
		t.Errorf("body is %q", body)
	}
}

func TestStoreOfThousandsOfFiles(t *testing.T) {
	h := &shipshape.History{Repositories: random(1, 1).Repositories[:1]}
	r := &h.Repositories[0]
	r.Issues = nil
	for i := range 3000 {
		at := instant("1800-01-15T00:00:00Z").AddDate(0, i, 0)
		r.Issues = append(r.Issues, shipshape.Issue{Number: i + 1, State: "OPEN", CreatedAt: at})
	}
	dir := t.TempDir()
	for name, file := range storeOf(t, h) {
		place(t, filepath.Join(dir, name), string(file.Data))
	}
	if diff := cmp.Diff(h, read(t, dir), sameFacts); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
