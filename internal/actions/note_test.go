package actions

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnnotationsAreEscaped(t *testing.T) {
	w, r := running(t)
	n := Note{Title: "a,b: c=d::e\n100%", Message: "one\r\n::error::two, 50 %\nthree", File: "dir/a b,c:1.go", Line: 7}
	if err := r.Warning(n); err != nil {
		t.Fatal(err)
	}
	want := []command{{
		Name:       "warning",
		Properties: map[string]string{"title": "a,b: c=d:\u200b:e 100%", "file": "dir/a b,c:1.go", "line": "7"},
		Message:    "one\n:\u200b:error:\u200b:two, 50 %\nthree",
	}}
	if diff := cmp.Diff(want, commandsIn(w.log.String())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// annotated is how many annotations of each kind are there, and the last of them.
func annotated(w *workflow) (counts map[string]int, last map[string]string) {
	counts, last = map[string]int{}, map[string]string{}
	for _, c := range commandsIn(w.log.String()) {
		counts[c.Name]++
		last[c.Name] = c.Message
	}
	return counts, last
}

func TestAtMostTenAnnotationsOfAKind(t *testing.T) {
	w, r := running(t)
	for i := range 25 {
		n := Note{Message: fmt.Sprint("number ", i+1)}
		if i < 10 {
			if err := r.Notice(n); err != nil {
				t.Fatal(err)
			}
		}
		if i < 3 {
			if err := r.Error(n); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.Warning(n); err != nil {
			t.Fatal(err)
		}
	}
	if counts, _ := annotated(w); counts["error"] != 3 {
		t.Errorf("errors wait: %d of 3", counts["error"])
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	counts, last := annotated(w)
	if diff := cmp.Diff(map[string]int{"notice": 10, "warning": 10, "error": 3}, counts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want := map[string]string{"notice": "number 10", "warning": "and 16 more; a step shows ten annotations of a kind", "error": "number 3"}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLongMessagesFitTheRunner(t *testing.T) {
	w, r := running(t)
	if err := r.Error(Note{Message: strings.Repeat("long line\n", 1000)}); err != nil {
		t.Fatal(err)
	}
	if _, last := annotated(w); len([]rune(last["error"])) > 4096 || !strings.HasSuffix(last["error"], " …") {
		t.Errorf("%d characters", len([]rune(last["error"])))
	}
}

func FuzzAnnotationStaysOne(f *testing.F) {
	for _, title := range hostile {
		f.Add(title, title, title)
	}
	f.Fuzz(func(t *testing.T, title, message, file string) {
		w, r := running(t)
		if err := r.Error(Note{Title: title, Message: message, File: file, Line: 1}); err != nil {
			t.Fatal(err)
		}
		got := commandsIn(w.log.String())
		if len(got) != 1 || got[0].Name != "error" || len(linesOf(w.log.String())) != 1 {
			t.Fatalf("%q, %q, %q became %+v", title, message, file, got)
		}
		if file != "" && got[0].Properties["line"] != "1" {
			t.Fatalf("%q changed the line: %+v", file, got[0])
		}
	})
}
