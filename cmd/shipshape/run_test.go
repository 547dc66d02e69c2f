package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

// stage is a world of which everything is known.
type stage struct {
	env
	out, err bytes.Buffer
	dir      string
}

func newStage(t *testing.T) *stage {
	s := &stage{dir: t.TempDir()}
	clock := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	s.env = env{out: &s.out, err: &s.err, version: "1.2.3", getwd: func() (string, error) { return s.dir, nil }, now: func() time.Time {
		clock = clock.Add(1500 * time.Millisecond)
		return clock
	}}
	return s
}

func (s *stage) wants(t *testing.T, code int, said string, args ...string) {
	t.Helper()
	if got := run(t.Context(), args, s.env); got != code || s.err.String() != said {
		t.Errorf("shipshape %q = %d, said %q; want %d, %q", args, got, s.err.String(), code, said)
	}
}

func TestDemoSaysHowLongItTook(t *testing.T) {
	s := newStage(t)
	s.wants(t, done, "", "demo", "--repo", "bitcoin-core/secp256k1")
	if !strings.HasSuffix(s.out.String(), "\nIt took 1.5 s.\n") {
		t.Errorf("printed %q", s.out.String())
	}
	page, err := os.ReadFile(filepath.Join(s.dir, "_site", "index.html"))
	if err != nil || !bytes.Contains(page, []byte("Shipshape 1.2.3")) {
		t.Errorf("the page does not name the version that made it: %v", err)
	}
}

func TestInterruptedRunLeavesNothing(t *testing.T) {
	s := newStage(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if code := run(ctx, []string{"demo", "--repo", "bitcoin-core/secp256k1"}, s.env); code != other {
		t.Errorf("exit code %d", code)
	}
	if want := "interrupted; the report there is as it was\n"; !strings.HasSuffix(s.err.String(), want) || strings.Count(s.err.String(), "\n") != 1 {
		t.Errorf("said %q, want one line that ends in %q", s.err.String(), want)
	}
	if left, err := os.ReadDir(s.dir); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestUnknownWorkingFolderIsSaid(t *testing.T) {
	s := newStage(t)
	s.getwd = func() (string, error) { return "", errors.New("it was removed") }
	s.wants(t, other, "shipshape: the folder you are in: it was removed\n", "demo")
}

// full is an output that takes nothing more.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestOutputThatCannotBeWrittenIsAnError(t *testing.T) {
	history := filepath.Join(t.TempDir(), "h")
	newStage(t).wants(t, done, "", "demo", "--repo", "bitcoin-core/secp256k1", "--history", history)
	for _, args := range [][]string{
		{"version"}, {"check", "--history", history}, {"kpi", "--history", history}, {"kpi", "--format", "json", "--history", history},
		{"kpi", "--explain", "change-size", "--history", history}, {"report", "--offline", "--history", history}, {"demo", "--repo", "bitcoin-core/secp256k1"},
	} {
		s := newStage(t)
		s.env.out = full{}
		s.wants(t, other, "shipshape: no space left on device\n", args...)
	}
}

func TestHistoryBelowAFileIsMisuse(t *testing.T) {
	s := newStage(t)
	file := filepath.Join(s.dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if code := run(t.Context(), []string{"demo", "--history", filepath.Join(file, "h")}, s.env); code != usage {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(s.err.String(), "not a directory") || strings.Count(s.err.String(), "\n") != 1 {
		t.Errorf("said %q", s.err.String())
	}
}

func TestErrorsAreOneCleanLine(t *testing.T) {
	err := errors.Join(errors.New("first \x1b[31mred\x07"), errors.New("second\r\u202e"))
	if got, want := oneLine(err), "first [31mred; second"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestExitCodesSurviveWrapping(t *testing.T) {
	inner := misuse(errors.New("a"), "b")
	if got := codeOf(errors.Join(errors.New("c"), inner)); got != usage {
		t.Errorf("exit code %d, want %d", got, usage)
	}
	if got := codeOf(errors.New("c")); got != other {
		t.Errorf("exit code %d, want %d", got, other)
	}
	if got := inner.Error(); got != "a; b" {
		t.Errorf("says %q", got)
	}
	if cause := errors.New("a"); !errors.Is(misuse(cause, ""), cause) || misuse(cause, "").Error() != "a" {
		t.Error("the cause is lost")
	}
}

func TestVersionIsThatOfTheModule(t *testing.T) {
	for version, want := range map[string]string{"": "devel", "(devel)": "devel", "v0.3.1": "0.3.1", "v0.0.0-20261101120000-abcdef123456": "0.0.0-20261101120000-abcdef123456"} {
		if got := versionOf(&debug.BuildInfo{Main: debug.Module{Version: version}}); got != want {
			t.Errorf("versionOf(%q) = %q, want %q", version, got, want)
		}
	}
}
