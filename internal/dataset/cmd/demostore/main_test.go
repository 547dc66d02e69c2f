package main

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/testdata"
)

const datasets = "../../../../testdata/datasets"

// maxDemo is what the demo may add to the binary, in bytes.
const maxDemo = 4 << 20

func TestDemoIsCurrent(t *testing.T) {
	var want bytes.Buffer
	if err := pack(&want, datasets); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(testdata.Demo, want.Bytes()) {
		t.Error("the demo's store is not what the datasets give: run go generate ./testdata")
	}
	if len(testdata.Demo) > maxDemo {
		t.Errorf("the demo's store has %d bytes, want at most %d", len(testdata.Demo), maxDemo)
	}
}

func TestDemoReadsBackAsTheDatasets(t *testing.T) {
	want, err := merge(datasets)
	if err != nil {
		t.Fatal(err)
	}
	got, err := history.ReadArchive(bytes.NewReader(testdata.Demo))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the demo's store (-want +got):\n%.4000s", diff)
	}
}

func TestGenerateLeavesACurrentFileAlone(t *testing.T) {
	if _, err := merge(t.TempDir()); err != nil {
		t.Errorf("an empty folder: %v, want an empty history", err)
	}
	if _, err := merge("no such folder"); err == nil {
		t.Error("a folder that is not there gave no error")
	}
}
