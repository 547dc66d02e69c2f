package actions

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestOutputsComeBackAsTheyWere(t *testing.T) {
	w, r := running(t)
	values := []pair{
		{SitePath, "/home/runner/a b/_site"},
		{HistoryPath, ""},
		{Version, "a\n_GitHubActionsFileCommandDelimeter_\nincomplete=pwned\n"},
		{Incomplete, "a=b<<c"},
		{ScorecardPath, "\r\n\n\r"},
	}
	for _, v := range values {
		if err := r.Output(v.Name, v.Value); err != nil {
			t.Fatal(err)
		}
	}
	got, err := pairsIn(w.file(t, "GITHUB_OUTPUT"), false)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(values, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if w.log.Len() > 0 {
		t.Errorf("the log holds %q", w.log.String())
	}
}

func TestOutputRefuses(t *testing.T) {
	predicted := "shipshape_" + strings.Repeat("41", 16)
	for _, c := range []struct {
		name, output, value string
		env                 map[string]string
		want                string
	}{
		{"an unknown name", "verdict", "pass", nil, "declares no such output"},
		{"a name with another in it", "version=1\nincomplete", "x", nil, "declares no such output"},
		{"no name", "", "x", nil, "declares no such output"},
		{"bytes that are no text", Version, "a\xff", nil, "no text"},
		{"NUL", Version, "a\x00", nil, "no text"},
		{"a report", Version, strings.Repeat("x", 64<<10+1), nil, "too many"},
		{"its own delimiter", Version, "a\n" + predicted + "\nincomplete=x", nil, "delimiter"},
		{"no file", Version, "1", map[string]string{"GITHUB_OUTPUT": ""}, "GITHUB_OUTPUT is not set"},
		{"a file in no folder", Version, "1", map[string]string{"GITHUB_OUTPUT": filepath.Join(t.TempDir(), "no", "file")}, "no such file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, _ := running(t)
			for name, value := range c.env {
				w.env[name] = value
			}
			r := New(w.getenv, &w.log, strings.NewReader(strings.Repeat("A", 16)))
			err := r.Output(c.output, c.value)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want one that says %q", err, c.want)
			}
			if _, err := os.Stat(w.getenv("GITHUB_OUTPUT")); err == nil {
				t.Error("something was written")
			}
		})
	}
}

func TestADelimiterNeedsRandomness(t *testing.T) {
	w, _ := running(t)
	r := New(w.getenv, &w.log, bytes.NewReader([]byte("fifteen bytes..")))
	if err := r.Output(Version, "1"); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
}

func TestEachOutputHasADelimiterOfItsOwn(t *testing.T) {
	w, r := running(t)
	for range 2 {
		if err := r.Output(Version, "1"); err != nil {
			t.Fatal(err)
		}
	}
	lines := linesOf(w.file(t, "GITHUB_OUTPUT"))
	if len(lines) != 6 || lines[0] == lines[3] || len(lines[2]) < 32 {
		t.Errorf("%q", lines)
	}
}

func FuzzOutputComesBack(f *testing.F) {
	for i, title := range hostile {
		f.Add(title, i%2 == 0)
		f.Add(title+"\r", true)
	}
	f.Add("a\n_GitHubActionsFileCommandDelimeter_\nincomplete=pwned", false)
	f.Add("version<<EOF\nx\nEOF", true)
	f.Fuzz(func(t *testing.T, value string, windows bool) {
		w, _ := running(t)
		if windows {
			w.env["RUNNER_OS"] = "Windows"
		}
		r := New(w.getenv, &w.log, rand.Reader)
		err := r.Output(SitePath, value)
		if !utf8.ValidString(value) || strings.ContainsRune(value, 0) || len(value) > longestOutput {
			if err == nil {
				t.Fatalf("%q was taken", value)
			}
			return
		}
		if err = errors.Join(err, r.Output(Incomplete, "false")); err != nil {
			t.Fatal(err)
		}
		got, err := pairsIn(w.file(t, "GITHUB_OUTPUT"), windows)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]pair{{SitePath, value}, {Incomplete, "false"}}, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}
