// Command trim reduces a dataset to the facts that may be bundled with the
// program: see package dataset for the rule. It writes the folder DST from the
// folder SRC, both as docs/dataset.md describes them, and leaves alone what it
// finds in DST that SRC does not have.
//
//	go run ./internal/dataset/cmd/trim SRC DST
package main

import (
	"fmt"
	"os"

	"github.com/shipshape-report/shipshape/internal/dataset"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: trim SRC DST")
		os.Exit(3)
	}
	if err := dataset.Trim(os.DirFS(os.Args[1]), os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "trim:", err)
		os.Exit(5)
	}
}
