package history

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func write(t *testing.T, dir string, h *shipshape.History) {
	t.Helper()
	if err := Write(dir, h); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, dir string) *shipshape.History {
	t.Helper()
	h, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// bytesIn returns the files of a folder and what they hold, but for .run.
func bytesIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == runFolder:
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// filesIn returns the identity of every file of a folder: a file that is
// replaced becomes another one, even if it holds the same.
func filesIn(t *testing.T, dir string) map[string]os.FileInfo {
	t.Helper()
	files := map[string]os.FileInfo{}
	for name := range bytesIn(t, dir) {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = info
	}
	return files
}

// replacedIn lists the files that are new, gone or other files than before.
func replacedIn(t *testing.T, dir string, before map[string]os.FileInfo) []string {
	t.Helper()
	after := filesIn(t, dir)
	var names []string
	for name, info := range after {
		if old, found := before[name]; !found || !os.SameFile(old, info) || !old.ModTime().Equal(info.ModTime()) {
			names = append(names, name)
		}
	}
	for name := range before {
		if _, found := after[name]; !found {
			names = append(names, "gone: "+name)
		}
	}
	slices.Sort(names)
	return names
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	for name, h := range map[string]*shipshape.History{"rich": rich(), "random": random(1, 5), "empty": {}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, h)
			if diff := cmp.Diff(h, read(t, dir), sameFacts); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestReadingAndWritingKeepsEveryByte(t *testing.T) {
	first, second := t.TempDir(), filepath.Join(t.TempDir(), "made", "on the way")
	write(t, first, rich())
	write(t, second, read(t, first))
	if diff := cmp.Diff(bytesIn(t, first), bytesIn(t, second)); diff != "" {
		t.Errorf("(-first +second)\n%s", diff)
	}
}

func TestOrderOfInputMakesNoDifference(t *testing.T) {
	h := random(2, 3)
	h.Repositories = append(h.Repositories, rich().Repositories...)
	want := t.TempDir()
	write(t, want, h)
	for seed := range uint64(20) {
		got := map[string]string{}
		for name, file := range storeOf(t, shuffled(h, seed)) {
			got[name] = string(file.Data)
		}
		if diff := cmp.Diff(bytesIn(t, want), got); diff != "" {
			t.Fatalf("seed %d (-sorted +shuffled)\n%s", seed, diff)
		}
	}
}

func TestWriteLeavesItsInputAlone(t *testing.T) {
	h, same := shuffled(random(3, 3), 1), shuffled(random(3, 3), 1)
	write(t, t.TempDir(), h)
	if diff := cmp.Diff(same, h); diff != "" {
		t.Errorf("(-before +after)\n%s", diff)
	}
}

// Every line is one record whatever a tool takes for the end of a line, and text
// stands there as a person would search for it.
func TestStoreCanBeGrepped(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, rich())
	for name, data := range bytesIn(t, dir) {
		if strings.ContainsAny(data, "\r\u2028\u2029\x00") {
			t.Errorf("%s holds a character that ends a line for some tool", name)
		}
		if !strings.HasSuffix(data, "\n") {
			t.Errorf("%s does not end in a line feed", name)
		}
	}
	data := bytesIn(t, dir)["x/y-z/refs.jsonl"]
	if !strings.Contains(data, `<script>&amp;</script>`) || !strings.Contains(data, "👩‍🚀") {
		t.Errorf("text is escaped more than need be:\n%.2000s", data)
	}
}

func TestStoreIsLaidOutByMonth(t *testing.T) {
	h := &shipshape.History{Repositories: []shipshape.RepositoryHistory{{
		Repository: shipshape.Repository{Name: "a/b"},
		Origin:     shipshape.Origin{Until: instant("2026-09-01T00:00:00Z"), Source: "a test"},
		Commits: []shipshape.Commit{
			{OID: "01", CommittedAt: instant("2026-08-31T23:59:59Z")},
			{OID: "02", CommittedAt: instant("2026-09-01T00:00:00Z")},
			// September where it was made, August in UTC.
			{OID: "03", CommittedAt: instant("2026-09-01T01:30:00+02:00")},
		},
		Changes: []shipshape.Change{{Number: 7, State: shipshape.ChangeMerged,
			CreatedAt: instant("2026-07-31T10:00:00Z"), MergedAt: instant("2026-08-02T10:00:00Z")}},
		Gaps: []shipshape.Gap{{Entity: shipshape.RunEntity, Reason: shipshape.Absent, Why: "No runs."}},
	}}}
	dir := t.TempDir()
	write(t, dir, h)
	want := map[string]string{
		"history.json":              "{\n  \"format\": \"shipshape-history\",\n  \"version\": 1\n}\n",
		"a/b/repository.json":       "{\n  \"name\": \"a/b\",\n  \"url\": \"\"\n}\n",
		"a/b/origin.json":           "{\n  \"until\": \"2026-09-01T00:00:00Z\",\n  \"source\": \"a test\"\n}\n",
		"a/b/commits/2026-08.jsonl": `{"oid":"03","committedAt":"2026-08-31T23:30:00Z","headline":""}` + "\n" + `{"oid":"01","committedAt":"2026-08-31T23:59:59Z","headline":""}` + "\n",
		"a/b/commits/2026-09.jsonl": `{"oid":"02","committedAt":"2026-09-01T00:00:00Z","headline":""}` + "\n",
		"a/b/changes/2026-07.jsonl": `{"number":7,"title":"","url":"","state":"MERGED","createdAt":"2026-07-31T10:00:00Z","mergedAt":"2026-08-02T10:00:00Z","base":"","head":""}` + "\n",
		"a/b/gaps.jsonl":            `{"entity":"runs","reason":"absent","why":"No runs.","remedy":""}` + "\n",
	}
	if diff := cmp.Diff(want, bytesIn(t, dir)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestUpdateTouchesOnlyWhatChanged(t *testing.T) {
	dir := t.TempDir()
	h := random(4, 5)
	write(t, dir, h)
	before := filesIn(t, dir)
	write(t, dir, shuffled(h, 9))
	if got := replacedIn(t, dir, before); len(got) != 0 {
		t.Fatalf("writing the same facts replaced %q", got)
	}
	// A merge changes a record, not the month it lies in.
	change := &h.Repositories[1].Changes[3]
	change.MergedAt, change.Title = instant("2030-01-01T00:00:00Z"), "changed"
	write(t, dir, h)
	want := []string{pathOf(h.Repositories[1].Repository.Name, shipshape.ChangeEntity, monthOf(change.CreatedAt))}
	if diff := cmp.Diff(want, replacedIn(t, dir, before)); diff != "" {
		t.Errorf("files touched (-want +got)\n%s", diff)
	}
}

func TestMonthsWithoutRecordsLoseTheirFiles(t *testing.T) {
	dir := t.TempDir()
	h := random(5, 6)
	write(t, dir, h)
	r := &h.Repositories[0]
	r.Commits, r.Refs, r.Runs = r.Commits[:1], nil, nil
	write(t, dir, h)
	if diff := cmp.Diff(h, read(t, dir), sameFacts); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	fresh := t.TempDir()
	write(t, fresh, h)
	if diff := cmp.Diff(bytesIn(t, fresh), bytesIn(t, dir)); diff != "" {
		t.Errorf("(-fresh +updated)\n%s", diff)
	}
	if _, err := os.Stat(filepath.Join(dir, string(r.Repository.Name), "runs")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder of the runs that are gone: %v", err)
	}
}

func TestWriteLeavesOtherRepositoriesAndRecordsAlone(t *testing.T) {
	dir := t.TempDir()
	h := random(6, 5)
	write(t, dir, h)
	kept := filepath.Join(dir, string(h.Repositories[0].Repository.Name), recordsFolder, "verdicts.jsonl")
	if err := os.MkdirAll(filepath.Dir(kept), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(kept, []byte("not for this reader"), 0o644); err != nil {
		t.Fatal(err)
	}
	before := filesIn(t, dir)
	write(t, dir, &shipshape.History{Repositories: h.Repositories[:1]})
	if got := replacedIn(t, dir, before); len(got) != 0 {
		t.Errorf("replaced %q", got)
	}
	if diff := cmp.Diff(h, read(t, dir), sameFacts); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWriteRefusesWhatReadWouldRefuse(t *testing.T) {
	good := func() shipshape.RepositoryHistory {
		return shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: "a/b"},
			Origin: shipshape.Origin{Until: instant("2026-09-01T00:00:00Z"), Source: "a test"}}
	}
	at := instant("2026-08-01T00:00:00Z")
	tests := []struct {
		name  string
		spoil func(r *shipshape.RepositoryHistory)
		want  string
	}{
		{"no name", func(r *shipshape.RepositoryHistory) { r.Repository.Name = "" },
			`"" is not a repository name; want owner/name in GitHub's alphabet`},
		{"a name that leads out", func(r *shipshape.RepositoryHistory) { r.Repository.Name = "a/.." },
			`"a/.." is not a repository name; want owner/name in GitHub's alphabet`},
		{"an origin without an instant", func(r *shipshape.RepositoryHistory) { r.Origin.Until = instant("0001-01-01T00:00:00Z") },
			`origin of a/b: until is missing`},
		{"a label without a name", func(r *shipshape.RepositoryHistory) { r.Repository.Labels = []shipshape.Label{{}} },
			`repository a/b: labels[0].name is missing`},
		{"a commit without a time", func(r *shipshape.RepositoryHistory) { r.Commits = []shipshape.Commit{{OID: "01"}} },
			`commits of a/b: record "01": committedAt is missing`},
		{"a number twice", func(r *shipshape.RepositoryHistory) {
			r.Issues = []shipshape.Issue{{Number: 3, State: "OPEN", CreatedAt: at}, {Number: 3, State: "OPEN", CreatedAt: at.AddDate(0, 1, 0)}}
		}, `issues of a/b: record "3" is there twice`},
		{"a gap in nothing we know", func(r *shipshape.RepositoryHistory) {
			r.Gaps = []shipshape.Gap{{Entity: "weather", Reason: shipshape.Absent, Why: "It rains."}}
		}, `gaps of a/b: record "weather.  absent It rains.": entity is "weather", want one of ["repository" "commits" "refs" "changes" "issues" "releases" "deployments" "runs" "milestones" "controls"]`},
		{"a review without a state", func(r *shipshape.RepositoryHistory) {
			r.Changes = []shipshape.Change{{Number: 3, State: "OPEN", CreatedAt: at, Reviews: []shipshape.Review{{At: at, State: "APPROVED"}, {At: at}}}}
		}, `changes of a/b: record "3": reviews[1].state is missing`},
		{"a year that RFC 3339 does not have", func(r *shipshape.RepositoryHistory) {
			r.Refs = []shipshape.Ref{{Kind: shipshape.Tag, Name: "x", Target: "01", TaggedAt: at.AddDate(9000, 0, 0)}}
		}, `a/b/refs.jsonl:1: record cannot be written: instant of the year 11026, which RFC 3339 cannot say`},
		{"a record that no line can hold", func(r *shipshape.RepositoryHistory) {
			r.Changes = []shipshape.Change{{Number: 3, State: "OPEN", CreatedAt: at, Body: strings.Repeat("x", MaxLine)}}
		}, `a/b/changes/2026-08.jsonl:1: line too long: a record has at most 16 MiB`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := good()
			test.spoil(&r)
			dir := t.TempDir()
			err := Write(dir, &shipshape.History{Repositories: []shipshape.RepositoryHistory{r}})
			if err == nil || strings.ReplaceAll(err.Error(), dir+"/", "") != test.want {
				t.Errorf("Write says\n%v, want\n%s", err, test.want)
			}
			err = WriteArchive(&strings.Builder{}, &shipshape.History{Repositories: []shipshape.RepositoryHistory{r}})
			if err == nil || strings.TrimPrefix(err.Error(), "archive: ") != test.want {
				t.Errorf("WriteArchive says\n%v, want\n%s", err, test.want)
			}
		})
	}
}

func TestWriteRefusesRepositoriesThatAFolderCannotTellApart(t *testing.T) {
	h := random(7, 1)
	twin := h.Repositories[1]
	twin.Repository.Name = "A/ONE"
	h.Repositories = append(h.Repositories, twin)
	err := Write(t.TempDir(), h)
	if err == nil || err.Error() != "repository A/ONE is there twice" {
		t.Errorf("Write says %v", err)
	}
}

func TestWriteRefusesAFolderOfSomethingElse(t *testing.T) {
	for _, test := range []struct {
		name  string
		files []string
		want  string
	}{
		{"a loose file", []string{"letter.txt"}, "letter.txt"},
		{"a folder", []string{"src/main.go"}, "src"},
		{"files that a store would have", []string{"a/b/repository.json", "README.md"}, "README.md, a"},
		{"more than is worth naming", []string{"5", "4", "3", "2", "1", ".git/HEAD"}, "1, 2, 3, 2 more"},
		{"a hostile name", []string{"a\nb"}, `"a\nb"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, name := range test.files {
				place(t, filepath.Join(dir, name), "mine")
			}
			before := bytesIn(t, dir)
			want := dir + ": not a Shipshape history: it holds " + test.want + " and no history.json; " +
				"name an empty folder, or the one that holds history.json"
			wantMessage(t, Write(dir, random(1, 1)), want)
			if diff := cmp.Diff(before, bytesIn(t, dir)); diff != "" {
				t.Errorf("the folder (-before +after)\n%s", diff)
			}
			if _, err := os.Stat(filepath.Join(dir, runFolder)); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the lock was taken: %v", err)
			}
		})
	}
}

func TestWriteTakesAFolderOfHiddenFilesForEmpty(t *testing.T) {
	dir := t.TempDir()
	place(t, filepath.Join(dir, ".git", "HEAD"), "mine")
	h := random(1, 1)
	write(t, dir, h)
	if diff := cmp.Diff(h, read(t, dir), sameFacts); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWriteLeavesNotesBesideTheMarkAlone(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, random(1, 1))
	place(t, filepath.Join(dir, "README.md"), "mine")
	write(t, dir, random(1, 2))
	if got := bytesIn(t, dir)["README.md"]; got != "mine" {
		t.Errorf("the notes are %q", got)
	}
}

func TestWriteRefusesAStoreThatIsNewer(t *testing.T) {
	dir := t.TempDir()
	newer := `{"format":"shipshape-history","version":2,"more":true}`
	if err := os.WriteFile(filepath.Join(dir, markFile), []byte(newer), 0o644); err != nil {
		t.Fatal(err)
	}
	want := dir + "/history.json:1: written by a newer Shipshape (version 2, this one reads up to 1); upgrade"
	if err := Write(dir, random(1, 1)); err == nil || err.Error() != want {
		t.Errorf("Write says\n%v, want\n%s", err, want)
	}
}
