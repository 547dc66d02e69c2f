package actions

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// workflow is an environment with files for the runner.
type workflow struct {
	env map[string]string
	log bytes.Buffer
}

func (w *workflow) getenv(name string) string { return w.env[name] }

// running returns a workflow and the runner in it.
func running(t testing.TB) (*workflow, *Runner) {
	t.Helper()
	dir := t.TempDir()
	w := &workflow{env: map[string]string{
		"GITHUB_ACTIONS":      "true",
		"GITHUB_OUTPUT":       filepath.Join(dir, "output"),
		"GITHUB_STEP_SUMMARY": filepath.Join(dir, "summary"),
	}}
	r := New(w.getenv, &w.log, rand.Reader)
	if r == nil {
		t.Fatal("no runner in a workflow")
	}
	return w, r
}

func (w *workflow) file(t testing.TB, variable string) string {
	t.Helper()
	data, err := os.ReadFile(w.env[variable])
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// hostile are titles that somebody could give a pull request.
var hostile = []string{
	"fix ##[set-env name=A]b",
	"##[add-mask]e",
	"see ##[stop-commands]x",
	"##[set-output name=incomplete]false",
	"##[SET-ENV name=A]b",
	"###[group]x",
	"::set-output name=incomplete::false",
	"   ::add-mask::e",
	"\t::error::x",
	"\u00a0::stop-commands::x",
	":::error::x",
	"::error::x",
	"::::error::x",
	"ok\n::set-env name=A::b",
	"ok\r::set-env name=A::b",
	"ok\r\n##[set-env name=A]b",
	"ok\u2028::error::x",
	"\x1b[31mred\x1b[0m ::error::x",
	"#\u200b#[error]x",
	"#\x00#[error]x",
	":\x00:error::x",
	"\u202e::error::x",
}

func TestOutsideAWorkflowNothingHappens(t *testing.T) {
	w := &workflow{env: map[string]string{"GITHUB_ACTIONS": "1", "GITHUB_OUTPUT": filepath.Join(t.TempDir(), "output")}}
	if Detect(w.getenv) {
		t.Error("a workflow was detected")
	}
	r := New(w.getenv, &w.log, rand.Reader)
	err := errors.Join(r.Output(Version, "1"), r.Output("unknown", ""), r.Summary("# A"), r.Group("g"), r.EndGroup(), r.Log("l"),
		r.Notice(Note{Message: "m"}), r.Warning(Note{Message: "m"}), r.Error(Note{Message: "m"}), r.Close())
	if err != nil {
		t.Error(err)
	}
	if w.log.Len() > 0 {
		t.Errorf("it wrote %q", w.log.String())
	}
	if _, err := os.Stat(w.env["GITHUB_OUTPUT"]); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an output was written: %v", err)
	}
}

func TestLogHoldsNoCommand(t *testing.T) {
	for _, title := range hostile {
		w, r := running(t)
		if err := r.Log("merged " + title); err != nil {
			t.Fatal(err)
		}
		if err := r.Log(title); err != nil {
			t.Fatal(err)
		}
		if got := commandsIn(w.log.String()); len(got) > 0 {
			t.Errorf("%q became %+v", title, got)
		}
		if n := len(linesOf(w.log.String())); n != 2 {
			t.Errorf("%q became %d lines", title, n-1)
		}
	}
}

// The parser above finds the commands that are there: without that the test of the
// log could not fail.
func TestRunnerFindsCommandsThatAreThere(t *testing.T) {
	live := 0
	for _, title := range hostile {
		if len(commandsIn(title)) > 0 {
			live++
		}
	}
	if live < 13 {
		t.Errorf("the runner acts on %d of %d titles", live, len(hostile))
	}
	got, _ := commandIn(" ::warning file=a%3Ab,line=3::50%25%0Adone")
	want := command{Name: "warning", Properties: map[string]string{"file": "a:b", "line": "3"}, Message: "50%\ndone"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOrdinaryTextStaysAsItIs(t *testing.T) {
	for _, text := range []string{"", "Fix a leak in #12", "10:30 – déjà vu 🚢", "# [link](x)", "#[test]", "100 %"} {
		if diff := cmp.Diff(text, Neutral(text)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if diff := cmp.Diff("std:\u200b:vector", Neutral("std::vector")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLongLinesAreCut(t *testing.T) {
	got := Neutral(strings.Repeat("é", 5000))
	if want := strings.Repeat("é", 2000) + " …"; got != want {
		t.Errorf("%d bytes, want %d", len(got), len(want))
	}
}

func TestGuardPassesWholeNeutralLines(t *testing.T) {
	var b bytes.Buffer
	g := NewGuard(&b)
	for _, part := range []string{"a\n:", ":error::x\nfix ##", "[group]y\n", "no end: ##[error]z"} {
		if n, err := io.WriteString(g, part); err != nil || n != len(part) {
			t.Fatalf("%d of %d bytes, %v", n, len(part), err)
		}
	}
	if got := b.String(); strings.Contains(got, "no end") || !strings.HasPrefix(got, "a\n") {
		t.Errorf("before the end: %q", got)
	}
	if err := errors.Join(g.Close(), g.Close()); err != nil {
		t.Fatal(err)
	}
	if got := commandsIn(b.String()); len(got) > 0 {
		t.Errorf("commands %+v", got)
	}
	if diff := cmp.Diff(4, len(linesOf(b.String()))); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

func TestGroupsDoNotNest(t *testing.T) {
	w, r := running(t)
	for _, err := range []error{r.EndGroup(), r.Group("a"), r.Log("in a"), r.Group("b\n##[endgroup]"), r.Close(), r.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	want := "::group::a\nin a\n::endgroup::\n::group::b ##\u200b[endgroup]\n::endgroup::\n"
	if diff := cmp.Diff(want, w.log.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// broken takes nothing.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestAClosedLogIsAnError(t *testing.T) {
	w, _ := running(t)
	r := New(w.getenv, broken{}, rand.Reader)
	for name, err := range map[string]error{
		"log": r.Log("x"), "group": r.Group("x"), "note": r.Notice(Note{}), "close": r.Close(),
	} {
		if !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%s: %v", name, err)
		}
	}
	g := NewGuard(broken{})
	if _, err := fmt.Fprintln(g, "x"); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("guard: %v", err)
	}
}

func FuzzLogHoldsNoCommand(f *testing.F) {
	for _, title := range hostile {
		f.Add(title)
	}
	f.Fuzz(func(t *testing.T, text string) {
		line := Neutral(text)
		if c, ok := commandIn(line); ok {
			t.Fatalf("%q became %+v", text, c)
		}
		if len(linesOf(line)) > 1 || strings.ContainsAny(line, "\r\n") {
			t.Fatalf("%q became %q", text, line)
		}
		if Neutral(line) != line && len([]rune(text)) <= longestLine {
			t.Fatalf("%q changes again: %q", line, Neutral(line))
		}
	})
}

func FuzzGuardHoldsNoCommand(f *testing.F) {
	for i, title := range hostile {
		f.Add(title+"\n"+title, i)
	}
	f.Fuzz(func(t *testing.T, text string, at int) {
		var b bytes.Buffer
		g := NewGuard(&b)
		at = min(max(at, 0), len(text))
		for _, part := range []string{text[:at], text[at:]} {
			if _, err := io.WriteString(g, part); err != nil {
				t.Fatal(err)
			}
		}
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
		if got := commandsIn(b.String()); len(got) > 0 {
			t.Fatalf("%q became %+v", text, got)
		}
	})
}
