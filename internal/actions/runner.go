package actions

import (
	"errors"
	"fmt"
	"io"

	"github.com/sethvargo/go-githubactions"
)

// Detect reports whether the program runs in a step of a workflow.
func Detect(getenv func(string) string) bool { return getenv("GITHUB_ACTIONS") == "true" }

// Runner speaks to the runner of a workflow. A nil Runner is one outside a
// workflow: it takes everything and does nothing. It is for use by one goroutine.
type Runner struct {
	getenv  func(string) string
	w       io.Writer
	rand    io.Reader
	grouped bool
	cut     bool // the summary took no more
	notes   map[level]*tally
}

// New returns the runner of the workflow that the program runs in, nil outside of
// one. Commands go to w, the standard output as it is: text that passes a [Guard]
// would not be understood. Delimiters come from rand, which must be
// unpredictable. [Runner.Close] ends its use.
func New(getenv func(string) string, w io.Writer, rand io.Reader) *Runner {
	if !Detect(getenv) {
		return nil
	}
	return &Runner{getenv: getenv, w: w, rand: rand, notes: map[level]*tally{}}
}

// Group opens a part of the log that can be folded. Groups do not nest: one that
// is open is closed first.
func (r *Runner) Group(title string) error {
	if r == nil {
		return nil
	}
	err := r.EndGroup()
	r.grouped = true
	return errors.Join(err, r.command("group", Neutral(title), nil))
}

// EndGroup closes the group that is open, if one is.
func (r *Runner) EndGroup() error {
	if r == nil || !r.grouped {
		return nil
	}
	r.grouped = false
	return r.command("endgroup", "", nil)
}

// Log writes a line to the log. It stays one line and no command, whatever it
// holds.
func (r *Runner) Log(line string) error {
	if r == nil {
		return nil
	}
	return r.line(Neutral(line))
}

// Close closes an open group and writes the annotations that were held back.
func (r *Runner) Close() error {
	if r == nil {
		return nil
	}
	errs := []error{r.EndGroup()}
	for _, l := range []level{failure, warning, notice} {
		errs = append(errs, r.release(l))
	}
	return errors.Join(errs...)
}

// command writes a workflow command. The library escapes what could end it early.
func (r *Runner) command(name, message string, properties githubactions.CommandProperties) error {
	c := githubactions.Command{Name: name, Message: message, Properties: properties}
	return r.line(c.String())
}

func (r *Runner) line(text string) error {
	if _, err := io.WriteString(r.w, text+"\n"); err != nil {
		return fmt.Errorf("log of the workflow: %w", err)
	}
	return nil
}
