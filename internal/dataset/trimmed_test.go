package dataset

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/shipshape-report/shipshape"
)

// maxFile is what one bundled file may have, in bytes.
const maxFile = 1500 << 10

// eachBundledFile calls do with every file of the bundled datasets, unpacked.
func eachBundledFile(t *testing.T, do func(name string, lines []string)) {
	t.Helper()
	fsys := os.DirFS(bundledDir)
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if info, err := entry.Info(); err != nil || info.Size() > maxFile {
			t.Errorf("%s has %d bytes, want at most %d", name, info.Size(), maxFile)
		}
		var lines []string
		err = scan(fsys, name, func(line []byte) error {
			lines = append(lines, string(line))
			return nil
		})
		do(name, lines)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestBundledDataIsTrimmed is the promise that only facts are bundled: the
// trimming rule changes nothing in any line.
func TestBundledDataIsTrimmed(t *testing.T) {
	lines := 0
	eachBundledFile(t, func(name string, file []string) {
		list, isList := strings.CutSuffix(strings.TrimSuffix(path.Base(name), ".gz"), ".jsonl")
		for _, line := range file {
			if address.MatchString(line) {
				t.Errorf("%s holds an e-mail address: %s", name, address.FindString(line))
			}
			if !isList {
				continue
			}
			lines++
			trimmed, err := TrimLine(list, []byte(line))
			if err != nil {
				t.Fatal(err)
			}
			if string(trimmed) != line+"\n" {
				t.Errorf("%s holds more than facts:\n%s\nwant\n%s", name, line, trimmed)
			}
		}
	})
	if lines < 13000 {
		t.Errorf("%d lines looked at, want all of the bundled histories", lines)
	}
}

// TestBundledTextsAreFacts looks at the texts as they stand, without the program
// that trimmed them.
func TestBundledTextsAreFacts(t *testing.T) {
	lines := 0
	eachBundledText(t, func(where, text string, keep func(string) bool) {
		for line := range strings.SplitSeq(text, "\n") {
			if text != "" && !keep(line) {
				t.Errorf("%s: %q is no fact", where, line)
			}
			lines++
		}
	})
	if lines < 15000 {
		t.Errorf("%d lines of text looked at, want all", lines)
	}
}

// eachBundledText calls do with every text of a person's, where it stands, and the
// rule that its lines are kept by.
func eachBundledText(t *testing.T, do func(where, text string, keep func(string) bool)) {
	t.Helper()
	for name, r := range readBundled(t) {
		in := string(name) + " "
		for _, c := range r.Commits {
			do(in+string(c.OID), c.Body, FactLine)
		}
		for _, release := range r.Releases {
			do(in+release.Tag, release.Description, SectionLine)
		}
		for _, m := range r.Milestones {
			do(in+m.Title, m.Description, FactLine)
		}
		for _, c := range r.Changes {
			do(in+c.Title, c.Body, FactLine)
			for _, review := range c.Reviews {
				do(in+c.Title, review.Body, FactLine)
			}
			eachComment(in+c.Title, c.Comments, do)
		}
		for _, i := range r.Issues {
			do(in+i.Title, i.Body, FactLine)
			eachComment(in+i.Title, i.Comments, do)
		}
	}
}

func eachComment(where string, comments []shipshape.Comment, do func(where, text string, keep func(string) bool)) {
	for _, c := range comments {
		do(where, c.Body, FactLine)
	}
}

// remarkKey is a key of a remark; inside a string its quotes would be escaped.
var remarkKey = regexp.MustCompile(`[{,]\s*"x_[^"]*"\s*:`)

func TestBundledDataHoldsNoRemarks(t *testing.T) {
	eachBundledFile(t, func(name string, lines []string) {
		if strings.HasPrefix(path.Base(name), "x_") {
			t.Errorf("%s is a remark", name)
		}
		if strings.HasSuffix(name, ".md") {
			return
		}
		for _, line := range lines {
			if remarkKey.MatchString(line) {
				t.Errorf("%s holds a remark: %.200s", name, line)
			}
		}
	})
}

func TestBundledFilesAreDeterministic(t *testing.T) {
	eachBundledFile(t, func(name string, _ []string) {
		if !strings.HasSuffix(name, ".gz") {
			return
		}
		packed, err := os.ReadFile(path.Join(bundledDir, name))
		if err != nil {
			t.Fatal(err)
		}
		// RFC 1952, section 2.3: flags and modification time of the header.
		if !bytes.Equal(packed[3:8], make([]byte, 5)) {
			t.Errorf("%s: the gzip header holds a name or a time", name)
		}
	})
}

func TestBundledKeysAreSorted(t *testing.T) {
	eachBundledFile(t, func(name string, lines []string) {
		if !strings.HasSuffix(name, ".jsonl") {
			return
		}
		for _, line := range lines {
			var object map[string]json.RawMessage
			if err := json.Unmarshal([]byte(line), &object); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			sorted, err := json.Marshal(object)
			if err != nil {
				t.Fatal(err)
			}
			if string(sorted) != line {
				t.Errorf("%s: keys are not sorted: %.100s", name, line)
			}
		}
	})
}
