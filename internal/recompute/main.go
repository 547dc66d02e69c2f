// Command recompute checks a published report from the outside: it reads a site's
// scorecard and evidence, works every KPI out again from the items of evidence,
// and compares.
//
//	go run ./internal/recompute _site
//
// It knows only what is published and what docs/kpis.md says, and imports none of
// the packages that made the report, so that a mistake in them cannot hide here.
// It prints a table and ends with exit code 1 where anything differs, 3 where it
// was called wrongly and 5 where the files cannot be read.
//
// Start reading at [check].
package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"text/tabwriter"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run checks the site whose folder is the only argument and returns the exit
// code.
func run(args []string, out, complaints io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(complaints, "usage: recompute SITE")
		return 3
	}
	return verify(os.DirFS(args[0]), out, complaints)
}

// verify checks a site and returns the exit code.
func verify(site fs.FS, out, complaints io.Writer) int {
	card, err := readScorecard(site)
	if err != nil {
		fmt.Fprintln(complaints, "recompute:", err)
		return 5
	}
	findings := make([]finding, len(card.KPIs))
	for i, k := range card.KPIs {
		files, err := readEvidence(site, k)
		if err != nil {
			fmt.Fprintln(complaints, "recompute:", err)
			return 5
		}
		findings[i] = check(k, files, card)
	}
	return write(out, findings)
}

// write prints one row a KPI and every difference below it.
func write(out io.Writer, findings []finding) int {
	code := 0
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "KPI\tPUBLISHED\tRECOMPUTED\tITEMS\tCHECKED\tRESULT")
	for _, r := range findings {
		result := "agrees"
		if len(r.differences) > 0 {
			result, code = "DIFFERS", 1
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%d\t%s\n", printable(r.id), number(r.published), number(r.recomputed), r.items, r.checked, result)
	}
	table.Flush()
	for _, r := range findings {
		for _, d := range r.differences {
			fmt.Fprintf(out, "%s: %s\n", printable(r.id), printable(d))
		}
	}
	return code
}

// printable drops what could steer a terminal: a site may have been made by
// anybody.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || 0x7f <= r && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}
