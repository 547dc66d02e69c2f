package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/testdata"
)

const datasets = "../../../../testdata/datasets"

// maxDemo is what the demo may add to the binary, in bytes.
const maxDemo = 4 << 20

// TestDemoIsCurrent compares histories and not bytes: another version of the
// compressor may pack the same facts in another way.
func TestDemoIsCurrent(t *testing.T) {
	want, err := merge(datasets)
	if err != nil {
		t.Fatal(err)
	}
	got, err := history.ReadArchive(bytes.NewReader(testdata.Demo))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the demo's store is not what the datasets give: run go generate ./testdata (-want +got):\n%.4000s", diff)
	}
	if len(testdata.Demo) > maxDemo {
		t.Errorf("the demo's store has %d bytes, want at most %d", len(testdata.Demo), maxDemo)
	}
}

func TestGenerateLeavesACurrentFileAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "demo.tar.zst")
	if err := os.WriteFile(file, []byte("outdated"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := generate(datasets, file); err != nil {
		t.Fatal(err)
	}
	packed, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	if _, err := history.ReadArchive(packed); err != nil {
		t.Errorf("an outdated file is not replaced: %v", err)
	}
	old := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
	if err := generate(datasets, file); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || !info.ModTime().Equal(old) {
		t.Errorf("the file was written again: %v, %v", info, err)
	}
}

func TestGenerateReportsDatasetsThatAreNotThere(t *testing.T) {
	if err := generate("no such folder", filepath.Join(t.TempDir(), "demo")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v, want one that says the folder does not exist", err)
	}
}
