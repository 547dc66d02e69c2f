package actions

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

const (
	// summaryBudget is how many bytes the summary of a step may have here. More is
	// slow to look at.
	summaryBudget = 200_000
	// summaryLimit is where GitHub drops the whole summary.
	summaryLimit = 1 << 20
)

// closing ends a summary that was cut.
const closing = "\n*The summary is cut here, as the rest would be too long. The report has all of it.*\n"

// Summary adds Markdown to the summary of the step, shown on the page of the run.
// What would make it longer than 200 kB is cut where a section or a paragraph
// ends, and a sentence says so; after that nothing more is added.
func (r *Runner) Summary(markdown string) error {
	if r == nil || r.cut {
		return nil
	}
	file, err := r.file("GITHUB_STEP_SUMMARY")
	if err != nil {
		return fmt.Errorf("summary: %w", err)
	}
	have, err := sizeOf(file)
	if err != nil {
		return fmt.Errorf("summary: %w", err)
	}
	text := strings.ToValidUTF8(markdown, "\ufffd")
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	if have > 0 {
		text = "\n" + text
	}
	if have+len(text) > summaryBudget {
		text, r.cut = text[:boundary(text, summaryBudget-have-len(closing))]+closing, true
	}
	if have+len(text) > summaryLimit {
		return fmt.Errorf("summary: %d bytes are there already, and GitHub takes no more than %d", have, summaryLimit)
	}
	if err := appendTo(file, text); err != nil {
		return fmt.Errorf("summary: %w", err)
	}
	return nil
}

// sizeOf is the length of a file; one that is not there has none.
func sizeOf(path string) (int, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return int(info.Size()), nil
}

// boundary is where Markdown can be cut so that at most so many bytes stay: before
// a heading, else, where that would lose more than half, before an empty line.
// Nothing is cut that would stay open: a block of code or a folded part.
func boundary(markdown string, most int) int {
	var open nesting
	heading, empty, at := 0, 0, 0
	for line := range strings.Lines(markdown) {
		if at > most {
			break
		}
		text := strings.TrimSpace(line)
		switch {
		case open.inside():
		case text == "":
			empty = at
		case isHeading(text):
			heading = at
		}
		open.read(text)
		at += len(line)
	}
	if heading*2 >= most {
		return heading
	}
	return max(heading, empty)
}

func isHeading(text string) bool {
	rest := strings.TrimLeft(text, "#")
	return rest != text && strings.HasPrefix(rest, " ")
}

// nesting is what is open at a line of Markdown.
type nesting struct {
	fence  string // the run of signs that opened a block of code
	folded int    // how many <details>
}

func (n nesting) inside() bool { return n.fence != "" || n.folded > 0 }

func (n *nesting) read(text string) {
	run := fenceOf(text)
	switch {
	case n.fence == "" && run != "":
		n.fence = run
	case n.fence != "" && run == text && strings.HasPrefix(run, n.fence):
		n.fence = ""
	case n.fence == "":
		n.folded += strings.Count(text, "<details") - strings.Count(text, "</details")
	}
}

// fenceOf is the run of backquotes or tildes that opens or closes a block of code,
// or "".
func fenceOf(text string) string {
	for _, sign := range []string{"`", "~"} {
		if run := text[:len(text)-len(strings.TrimLeft(text, sign))]; len(run) >= 3 {
			return run
		}
	}
	return ""
}
