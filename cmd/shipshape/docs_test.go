package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/kpi"
)

var update = flag.Bool("update", false, "write the documents that are made from the program")

// top is the module's folder.
const top = "../.."

func document(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(top, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// current compares a document with what it should be, or writes it.
func current(t *testing.T, name, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(filepath.Join(top, name), []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, document(t, name)); diff != "" {
		t.Errorf("%s is not current: go test ./cmd/shipshape -run Docs -update (-want +got):\n%s", name, diff)
	}
}

func TestDocsOfKPIsAreCurrent(t *testing.T) {
	var b strings.Builder
	b.WriteString("# KPIs\n\nEvery KPI as the program defines it, in reading order. This page is made from the program.\n")
	var family kpi.Family
	for _, k := range kpi.All {
		if k.Family != family {
			family = k.Family
			fmt.Fprintf(&b, "\n## %s\n", family)
		}
		b.WriteString(kpiDoc(k))
	}
	current(t, "docs/kpis.md", b.String())
}

// kpiDoc is the section of one KPI.
func kpiDoc(k kpi.KPI) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s\n\n*%s*\n\n%s\n\n", k.Name, k.Question, k.Doc)
	line := func(name, text string) { fmt.Fprintf(&b, "- **%s**: %s\n", name, text) }
	line("Id", "`"+k.ID+"`, version "+fmt.Sprint(k.Version)+" of the definition")
	line("Unit", string(k.Unit)+"; better is "+string(k.Better))
	line("Formula", k.Formula)
	line("Counts", strings.Join(k.Counts, " "))
	line("Leaves out", strings.Join(k.Leaves, " "))
	if len(k.Needs) > 0 {
		var needs []string
		for _, need := range k.Needs {
			needs = append(needs, strings.TrimSpace(string(need.Entity)+" "+need.Field))
		}
		line("Needs", strings.Join(needs, ", "))
	}
	if k.DORA != nil {
		line("DORA's answers, slowest first", strings.Join(k.DORA.Steps, " · "))
	}
	line("Source", k.Source)
	return b.String()
}

// The first command of the README is the demo, the second runs the tests: each
// stands alone, so that it can be copied, and run by a machine.
func TestDocsBeginWithTwoCommands(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(document(t, "README.md"), -1)
	if len(blocks) < 2 {
		t.Fatalf("%d blocks of commands", len(blocks))
	}
	if diff := cmp.Diff([]string{"go run ./cmd/shipshape demo\n", "go test ./...\n"}, []string{blocks[0][1], blocks[1][1]}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

var sampleBlock = regexp.MustCompile(`(?s)(<!-- sample: (.*?) -->\n).*?(<!-- end of sample -->)`)

func TestDocsShowWhatTheProgramPrints(t *testing.T) {
	h, err := bundled()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := history.Write(dir, h); err != nil {
		t.Fatal(err)
	}
	readme := document(t, "README.md")
	found := sampleBlock.FindStringSubmatch(readme)
	if found == nil {
		t.Fatal("README.md shows no sample")
	}
	var out, errs bytes.Buffer
	args := append(strings.Fields(found[2]), "--format", "markdown", "--history", dir)
	if code := run(context.Background(), args, env{out: &out, err: &errs}); code != done {
		t.Fatalf("%q: exit code %d, %s", args, code, errs.String())
	}
	current(t, "README.md", strings.Replace(readme, found[0], found[1]+out.String()+found[3], 1))
}

var pages = []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/design.md", "docs/kpis.md", "docs/action.md"}

// Every command line in the documents is one that the program takes.
func TestDocsNameCommandsThatExist(t *testing.T) {
	called := regexp.MustCompile("(?m)^(?:go run \\./cmd/)?shipshape (.*)$|`shipshape ([^`]*)`")
	n := 0
	for _, page := range pages {
		for _, line := range called.FindAllStringSubmatch(document(t, page), -1) {
			n++
			words := strings.Fields(line[1] + line[2])
			c, rest, err := env{}.root().Find(words)
			if err == nil {
				err = c.ParseFlags(rest)
			}
			if err != nil || !c.HasParent() {
				t.Errorf("%s: shipshape %q: %v", page, words, err)
			}
		}
	}
	if n < 5 {
		t.Errorf("found %d commands: not all of them", n)
	}
}

func TestDocsLinkToFilesThatExist(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	n := 0
	for _, page := range pages {
		for _, found := range link.FindAllStringSubmatch(document(t, page), -1) {
			n++
			if _, err := os.Stat(filepath.Join(top, filepath.Dir(page), found[1])); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
	if n < 5 {
		t.Errorf("found %d links: not all of them", n)
	}
}

func TestDocsNameEveryRoom(t *testing.T) {
	design := document(t, "docs/design.md")
	err := filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != top && strings.ContainsAny(d.Name()[:1], "._") {
			return filepath.SkipDir
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		rel, err := filepath.Rel(top, filepath.Dir(name))
		if room := filepath.ToSlash(rel); err == nil && !strings.Contains(design, "`"+room+"`") {
			t.Errorf("%s: docs/design.md names no room %s", name, room)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
