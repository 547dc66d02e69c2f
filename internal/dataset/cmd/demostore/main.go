// Command demostore packs datasets into the one archive that the demo reads. Each
// folder in DATASETS is a dataset; FILE is written only when it would change.
//
//	go run ./internal/dataset/cmd/demostore DATASETS FILE
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/internal/dataset"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: demostore DATASETS FILE")
		os.Exit(3)
	}
	if err := generate(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "demostore:", err)
		os.Exit(5)
	}
}

func generate(datasets, file string) error {
	var archive bytes.Buffer
	if err := pack(&archive, datasets); err != nil {
		return err
	}
	if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, archive.Bytes()) {
		return nil
	}
	return os.WriteFile(file, archive.Bytes(), 0o644)
}

// pack writes the repositories of all datasets as one archive.
func pack(w io.Writer, datasets string) error {
	h, err := merge(datasets)
	if err != nil {
		return err
	}
	return history.WriteArchive(w, h)
}

// merge reads every dataset in a folder into one history.
func merge(datasets string) (*shipshape.History, error) {
	entries, err := os.ReadDir(datasets)
	if err != nil {
		return nil, err
	}
	merged := &shipshape.History{}
	for _, entry := range entries {
		h, err := dataset.Read(filepath.Join(datasets, entry.Name()))
		if err != nil {
			return nil, err
		}
		merged.Repositories = append(merged.Repositories, h.Repositories...)
	}
	merged.Sort()
	return merged, nil
}
