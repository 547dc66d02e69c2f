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
		"history.json":        `.: not a Shipshape history: it holds a and no history.json; name the folder that holds history.json`,
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
	place(t, filepath.Join(dir, "notes", "README.md"), "x")
	place(t, filepath.Join(dir, "checkout", "src", "main.go"), "x")
	place(t, filepath.Join(dir, "file"), "x")
	tests := []struct {
		name, folder, want string
		nothing            bool // whether a new store can begin there
	}{
		{"missing", "nowhere", `: no history here: no such file or directory; name a folder that holds a history, or collect one`, true},
		{"nothing that counts", "hidden", `: no history here, the folder is empty: file does not exist; name a folder that holds a history, or collect one`, true},
		{"something else", "checkout", `: not a Shipshape history: it holds src and no history.json; name the folder that holds history.json`, false},
		{"loose files", "notes", `: not a Shipshape history: it holds README.md and no history.json; name the folder that holds history.json`, false},
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
		"null for an instant beside an offset": func(f map[string]string) {
			f[commits] = strings.Replace(f[commits], `"2026-08-01T00:00:00Z"`, `"2026-08-01T02:00:00+02:00","authoredAt":null`, 1)
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
