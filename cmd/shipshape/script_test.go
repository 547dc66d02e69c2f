package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/tools/txtar"
)

// TestMain lets scripts run the command as a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"shipshape": main})
}

// TestScripts runs testdata/*.txt. Beside the usual commands they know
//
//	refuses CODE MESSAGE ARGS...  shipshape ARGS ends with CODE, says "shipshape: MESSAGE" and no more
//	same DIR DIR                  two folders hold the same files
//	printed TEXT                  the last command printed TEXT, told apart by blanks only
//
// and each finds the history of testdata/sample.txtar in its folder.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/scripts",
		Setup: unpackSample,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"refuses": refuses,
			"same":    same,
			"printed": printed,
		},
	})
}

func unpackSample(e *testscript.Env) error {
	sample, err := txtar.ParseFile(filepath.Join("testdata", "sample.txtar"))
	if err != nil {
		return err
	}
	for _, f := range sample.Files {
		name := filepath.Join(e.WorkDir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func refuses(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: refuses CODE MESSAGE ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec("shipshape", args[2:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != want {
		ts.Fatalf("shipshape %q: %v, want exit code %d; it said %q", args[2:], err, want, ts.ReadFile("stderr"))
	}
	if diff := cmp.Diff("shipshape: "+args[1]+"\n", ts.ReadFile("stderr")); diff != "" {
		ts.Fatalf("shipshape %q: errors (-want +got):\n%s", args[2:], diff)
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("shipshape %q printed %q", args[2:], out)
	}
}

func same(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: same DIR DIR")
	}
	a, err := files(ts.MkAbs(args[0]))
	ts.Check(err)
	b, err := files(ts.MkAbs(args[1]))
	ts.Check(err)
	if len(a) == 0 {
		ts.Fatalf("%s is empty", args[0])
	}
	for name := range a {
		if a[name] != b[name] {
			ts.Fatalf("%s is not the same in %s and %s", name, args[0], args[1])
		}
		delete(b, name)
	}
	for name := range b {
		ts.Fatalf("%s is in %s only", name, args[1])
	}
}

// files reads the files of a folder, by path.
func files(dir string) (map[string]string, error) {
	found := map[string]string{}
	return found, filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		found[rel] = fmt.Sprint(d.Type(), string(data))
		return err
	})
}

func printed(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] printed TEXT")
	}
	words := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	out := words(ts.ReadFile("stdout"))
	if strings.Contains(out, words(args[0])) == neg {
		ts.Fatalf("printed %t: %q, in:\n%s", !neg, args[0], ts.ReadFile("stdout"))
	}
}
