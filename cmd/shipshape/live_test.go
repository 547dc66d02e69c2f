package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/internal/dataset"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// bundledDatasets are the sources of the demo.
var bundledDatasets = []string{"govuk", "secp256k1"}

// TestCollectingTheBundledHistoriesMakesTheDemosData serves each bundled history as
// GitHub would, collects it, adds the gaps that its source has, and asks for the same
// data, byte for byte, as the demo publishes. Two readings that share no code agree.
func TestCollectingTheBundledHistoriesMakesTheDemosData(t *testing.T) {
	s := newStage(t)
	for _, name := range bundledDatasets {
		h, err := dataset.Read(filepath.Join(top, "testdata", "datasets", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range h.Repositories {
			s.collect(t, h, r)
		}
	}
	s.wants(t, done, "", "report", "--offline", "--history", filepath.Join(s.dir, "history"), "--out", "collected")
	s.wants(t, done, "", "demo", "--out", "demo")
	compareData(t, filepath.Join(s.dir, "demo", "data"), filepath.Join(s.dir, "collected", "data"))
}

// collect collects a repository of a history at the instant up to which it was read,
// and adds the gaps of its source to what was collected.
func (s *stage) collect(t *testing.T, h *shipshape.History, r shipshape.RepositoryHistory) {
	t.Helper()
	name := string(r.Repository.Name)
	server, err := githubtest.New(h, githubtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.serve(server)
	s.now = func() time.Time { return r.Origin.Until }
	dir := filepath.Join(s.dir, "history")
	if code := run(t.Context(), []string{"collect", "--repo", name, "--since", "2000-01-01", "--history", dir}, s.env); code != done {
		t.Fatalf("collect %s = %d, said %q", name, code, s.err.String())
	}
	s.err.Reset()
	if records, err := history.ReadRecords(dir, r.Repository.Name); err != nil || len(records.Settings) != 1 {
		t.Errorf("%s: %v, %d records of settings, want 1", name, err, len(records.Settings))
	}
	got, err := history.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got.Repositories {
		if own := &got.Repositories[i]; own.Repository.Name == r.Repository.Name {
			if len(own.Gaps) > 0 {
				t.Errorf("%s: collected with gaps of its own: %v", name, own.Gaps)
			}
			own.Gaps = append(own.Gaps, r.Gaps...)
		}
	}
	if err := history.Write(dir, got); err != nil {
		t.Fatal(err)
	}
}

// serve lets the stage's commands ask a server.
func (s *stage) serve(server *githubtest.Server) {
	s.transport = server.Transport()
	s.sleep = func(context.Context, time.Duration) error { return errors.New("nothing to wait for") }
	s.getenv = func(name string) string { return map[string]string{"GITHUB_TOKEN": "a-token-for-tests"}[name] }
}

// compareData compares two folders of data.
func compareData(t *testing.T, want, got string) {
	t.Helper()
	expected, err := files(want)
	if err != nil {
		t.Fatal(err)
	}
	found, err := files(got)
	if err != nil {
		t.Fatal(err)
	}
	if len(expected) < 20 {
		t.Fatalf("the demo has %d files of data", len(expected))
	}
	for name, text := range expected {
		if found[name] != text {
			t.Errorf("%s differs (-demo +collected):\n%s", name, firstDifference(text, found[name]))
		}
		delete(found, name)
	}
	for name := range found {
		t.Errorf("%s is not in the demo", name)
	}
}

// firstDifference shows the first lines in which two texts differ.
func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range as {
		if i >= len(bs) || as[i] != bs[i] {
			return cmp.Diff(as[i:min(i+3, len(as))], bs[min(i, len(bs)):min(i+3, len(bs))])
		}
	}
	return "the second is longer"
}
