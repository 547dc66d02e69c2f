package actions

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sethvargo/go-githubactions"
)

// level is the kind of an annotation, in the runner's words.
type level string

const (
	notice  level = "notice"
	warning level = "warning"
	failure level = "error"
)

// mostNotes is how many annotations of a kind the runner keeps of a step; the
// steps inside an action share them.
const mostNotes = 10

// longestNote is how many characters of a message are kept. The runner cuts at
// 4,096.
const longestNote = 4000

// Note is an annotation: what deserves a look on the page of the run.
type Note struct {
	Title   string // "" shows none
	Message string // may have several lines
	File    string // relative to the workspace, "" for none
	Line    int    // of File, from 1; 0 for none
}

// tally counts the annotations of a kind. The last place is kept: whether it goes
// to an annotation or to the number of those left out is known at the end.
type tally struct {
	seen int
	held Note
}

// Notice annotates the run with something to know.
func (r *Runner) Notice(n Note) error { return r.annotate(notice, n) }

// Warning annotates the run with something that is not as it should be.
func (r *Runner) Warning(n Note) error { return r.annotate(warning, n) }

// Error annotates the run with what made it fail. It does not end the program.
func (r *Runner) Error(n Note) error { return r.annotate(failure, n) }

// annotate writes one of the first nine of a kind at once and keeps the tenth for
// [Runner.Close].
func (r *Runner) annotate(l level, n Note) error {
	if r == nil {
		return nil
	}
	t := r.notes[l]
	if t == nil {
		t = &tally{}
		r.notes[l] = t
	}
	t.seen++
	if t.seen == mostNotes {
		t.held = n
	}
	if t.seen >= mostNotes {
		return nil
	}
	return r.note(l, n)
}

// release writes the last annotation of a kind: the tenth, or how many more there
// were.
func (r *Runner) release(l level) error {
	t := r.notes[l]
	delete(r.notes, l)
	if t == nil || t.seen < mostNotes {
		return nil
	}
	if t.seen == mostNotes {
		return r.note(l, t.held)
	}
	return r.note(l, Note{Message: fmt.Sprintf("and %d more; a step shows ten annotations of a kind", t.seen-mostNotes+1)})
}

func (r *Runner) note(l level, n Note) error {
	properties := githubactions.CommandProperties{}
	if n.Title != "" {
		properties["title"] = Neutral(n.Title)
	}
	if n.File != "" {
		properties["file"] = Neutral(n.File)
		if n.Line > 0 {
			properties["line"] = strconv.Itoa(n.Line)
		}
	}
	return r.command(string(l), lines(n.Message), properties)
}

// lines makes each line of a message neutral and cuts it to what the runner keeps.
func lines(message string) string {
	var kept []string
	for line := range strings.Lines(message) {
		kept = append(kept, Neutral(strings.TrimRight(line, "\r\n")))
	}
	runes := []rune(strings.Join(kept, "\n"))
	if len(runes) > longestNote {
		return string(runes[:longestNote]) + " …"
	}
	return string(runes)
}
