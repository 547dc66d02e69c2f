package script

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// FuzzParse wants that a script is either refused, with a place, or gives the same
// history each time, every id in it 40 digits long.
func FuzzParse(f *testing.F) {
	for _, example := range examples(f) {
		f.Add(example)
	}
	f.Add("# x\nasof 2026-03-31\nissue 5 03-01 labels bug@+1h closed +2d\nrun 1 ?A push 03-02 took 5m\nlabel x\ntag v1 ?A at 03-02\n")
	f.Add("# x\nwindow 2026-03-02..2026-03-12\nset a b\ngap runs absent \"\" \"\"\nwant a \"b\\n\"c\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse("fuzz.txt", []byte(text))
		if err != nil {
			if s != nil || !strings.HasPrefix(err.Error(), "fuzz.txt:") {
				t.Fatalf("got %v and %q", s, err)
			}
			return
		}
		again, err := Parse("fuzz.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s.History, again.History, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("the second reading differs (-first +second)\n%s", diff)
		}
		if s.Header == "" || s.AsOf.IsZero() {
			t.Fatalf("got header %q and as-of %v", s.Header, s.AsOf)
		}
		for _, r := range s.History.Repositories {
			for _, c := range r.Commits {
				if len(c.OID) != 40 || s.CommitName(c.OID) == string(c.OID) {
					t.Fatalf("commit %q is called %q", c.OID, s.CommitName(c.OID))
				}
			}
		}
	})
}

// FuzzParseQuantity wants that what is read is a finite number and matches itself.
func FuzzParseQuantity(f *testing.F) {
	for _, text := range []string{"2h30m", "~0.3/day", "3/10/day", "-1.5", "~12", "1d2h3m4s", "0.0000001"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := ParseQuantity(text)
		if err != nil {
			return
		}
		if math.IsNaN(q.Value) || math.IsInf(q.Value, 0) || q.Within < 0 || !q.Matches(q.Value) {
			t.Fatalf("%q: got %+v", text, q)
		}
	})
}

// examples returns the scripts of docs/scripts.md.
func examples(t testing.TB) []string {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "scripts.md"))
	if err != nil {
		t.Fatal(err)
	}
	return Examples(string(text))
}

func TestDocumentedExamples(t *testing.T) {
	all := examples(t)
	if len(all) < 3 {
		t.Fatalf("docs/scripts.md holds %d scripts", len(all))
	}
	for _, example := range all {
		s, err := Parse("docs/scripts.md", []byte(example))
		if err != nil {
			t.Errorf("%v\n%s", err, example)
			continue
		}
		if len(s.Wants) == 0 {
			t.Errorf("an example wants nothing:\n%s", example)
		}
	}
}

// TestDocumentedStatements wants docs/scripts.md to name every statement, key and
// flag.
func TestDocumentedStatements(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "scripts.md"))
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range verbs() {
		if !strings.Contains(string(text), "| `"+name+" ") {
			t.Errorf("statement %s is not documented", name)
		}
		for _, word := range append(v.keys, v.flags...) {
			if !strings.Contains(string(text), "`"+word+"`") && !strings.Contains(string(text), "`"+word+" ") {
				t.Errorf("%s %s is not documented", name, word)
			}
		}
	}
}
