package dataset

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTrimLine(t *testing.T) {
	for _, test := range []struct{ name, list, line, want string }{
		{"keys come sorted, numbers as written", "deployments",
			`{"databaseId":9007199254740993,"a":1.50}`, `{"a":1.50,"databaseId":9007199254740993}`},
		{"remarks and addresses go", "commits",
			`{"oid":"1","x_flag":true,"author":{"name":"A","email":"a@users.noreply.github.com","x_y":1}}`,
			`{"author":{"name":"A"},"oid":"1"}`},
		{"texts keep their facts", "pullRequests",
			`{"title":"A & <b>","body":"Hello\nFixes #1\n","comments":[{"author":"a","body":"Nice"},{"author":"b","body":"ACK\nNice"}]}`,
			`{"body":"Fixes #1","comments":[{"author":"a"},{"author":"b","body":"ACK"}],"title":"A & <b>"}`},
		{"timeline items of no use go", "issues",
			`{"timelineItems":[{"__typename":"ReferencedEvent"},{"__typename":"ClosedEvent"},{"__typename":"LockedEvent"}]}`,
			`{"timelineItems":[{"__typename":"ClosedEvent"}]}`},
		{"a release keeps its headings", "releases",
			`{"description":"#### Added\n - Something\n"}`, `{"description":"#### Added"}`},
		{"a tag keeps its title", "refs",
			`{"annotated":{"message":"One\n\nText\nThis reverts commit 0a1b2c3\n"}}`,
			`{"annotated":{"message":"One\nThis reverts commit 0a1b2c3"}}`},
		{"a deployment keeps its description and payload", "deployments",
			`{"description":"Merge a into b","payload":{"x_a":1,"email":"no"}}`,
			`{"description":"Merge a into b","payload":{"email":"no","x_a":1}}`},
		{"a milestone keeps its title", "milestones",
			`{"title":"1.0","description":"All we want"}`, `{"title":"1.0"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := TrimLine(test.list, []byte(test.line))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want+"\n", string(got)); diff != "" {
				t.Errorf("line (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTrimLineRefusesWhatIsNoRecord(t *testing.T) {
	for line, want := range map[string]string{
		`[]`:    "line of issues: json: cannot unmarshal array",
		`{} {}`: "line of issues: more than one object",
		`{`:     "line of issues: unexpected EOF",
	} {
		if _, err := TrimLine("issues", []byte(line)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("TrimLine(%s) error %v, want %s", line, err, want)
		}
	}
}

func TestTrimWritesADatasetAndKeepsWhatLiesBeside(t *testing.T) {
	dst := t.TempDir()
	beside := filepath.Join(dst, "o", "r", "SOURCE.md")
	if err := os.MkdirAll(filepath.Dir(beside), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(beside, []byte("By hand.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Trim(fixture(), dst); err != nil {
		t.Fatal(err)
	}
	got, err := Read(dst)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(readFixture(t, fixture()), got.Repositories[0]); diff != "" {
		t.Errorf("the fixture holds facts only, but trimming changed it (-want +got):\n%s", diff)
	}
	if text, err := os.ReadFile(beside); err != nil || string(text) != "By hand.\n" {
		t.Errorf("the file beside the data is %q, %v", text, err)
	}
}

func TestTrimReportsWhatItCannotRead(t *testing.T) {
	err := Trim(with("labels.jsonl", `{"name":"bug"`, `{"name"`), t.TempDir())
	if err == nil || !strings.HasPrefix(err.Error(), "o/r/labels.jsonl") {
		t.Errorf("error %v, want one that names the file", err)
	}
	err = Trim(with("labels.jsonl", `"color":"ff0000"`, `"colour":"ff0000"`), t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "colour: unknown key") {
		t.Errorf("error %v, want the unknown key", err)
	}
}

// FuzzTrimLine checks that whatever comes out is one line that trimming leaves
// alone.
func FuzzTrimLine(f *testing.F) {
	f.Add("pullRequests", `{"body":"Fixes #1\nHello","x_a":1,"timelineItems":[{"__typename":"LockedEvent"}]}`)
	f.Add("refs", `{"annotated":{"message":"a@b.cd\nFixes #1"}}`)
	f.Add("issues", `{"timelineItems":7,"body":"`+strings.Repeat("fixes #1 ", 40)+`"}`)
	f.Fuzz(func(t *testing.T, list, line string) {
		once, err := TrimLine(list, []byte(line))
		if err != nil {
			return
		}
		if !json.Valid(once) || bytes.Count(once, []byte("\n")) != 1 {
			t.Fatalf("%q is not one line of JSON", once)
		}
		twice, err := TrimLine(list, once)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(once, twice) {
			t.Errorf("trimmed again\n%s becomes\n%s", once, twice)
		}
	})
}
