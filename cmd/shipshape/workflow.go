package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/shipshape-report/shipshape/internal/actions"
	"github.com/shipshape-report/shipshape/internal/markup"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/report"
)

// runInWorkflow runs one command in a step of a workflow: inputs of the action are
// flags, and nothing that is printed can be a command to the runner.
func (e env) runInWorkflow(ctx context.Context, args []string) int {
	out, complaints := actions.NewGuard(e.out), actions.NewGuard(e.err)
	e.raw, e.out, e.err = e.out, out, complaints
	code := usage
	args, err := e.withInputs(args)
	if err == nil {
		code, err = e.command(ctx, args)
	}
	if err != nil {
		_ = e.workflow.EndGroup()
		err = e.workflow.Error(actions.Note{Message: oneLine(err)})
	}
	if errors.Join(err, out.Close(), complaints.Close(), e.workflow.Close()) != nil && code == done {
		return other
	}
	return code
}

// withInputs adds the action's inputs to the flags of the commands that the action
// runs.
func (e env) withInputs(args []string) ([]string, error) {
	if mode, given := actions.Input(e.getenv, actions.ModeInput); given && !slices.Contains(actions.Modes, mode) {
		return nil, misuse(fmt.Errorf("input %s is %q", actions.ModeInput, mode), "write "+strings.Join(actions.Modes, " or "))
	}
	if len(args) == 0 || !slices.Contains(actions.Modes, args[0]) {
		return args, nil
	}
	command, _, err := e.root().Find(args[:1])
	if err != nil {
		return nil, err
	}
	inputs, err := actions.Args(e.getenv, actions.Flags{
		Given: func(flag string) bool {
			return slices.ContainsFunc(args, func(arg string) bool {
				return arg == "--"+flag || strings.HasPrefix(arg, "--"+flag+"=")
			})
		},
		Taken: func(flag string) bool { return command.Flags().Lookup(flag) != nil },
	})
	return slices.Concat(args, inputs), err
}

// tellCollected sets the action's outputs where a history was collected and no
// report made; outside a workflow it does nothing.
func (e env) tellCollected(f *flags, cut bool) error {
	if e.workflow == nil {
		return nil
	}
	stored, _, err := e.absolute(f.history)
	return errors.Join(err,
		e.workflow.Output(actions.HistoryPath, filepath.Clean(stored)),
		e.workflow.Output(actions.Version, e.version),
		e.workflow.Output(actions.Incomplete, strconv.FormatBool(cut)),
	)
}

// tellWorkflow writes the job summary and sets the action's outputs.
func (e env) tellWorkflow(f *flags, s kpi.Scorecard, w written, cut bool) error {
	stored, _, err := e.absolute(f.history)
	if err != nil {
		return err
	}
	err = errors.Join(
		e.workflow.Log(fmt.Sprintf("The report is in %s: %s.", w.dir, summary(s, w))),
		e.workflow.Output(actions.SitePath, w.dir),
		e.workflow.Output(actions.HistoryPath, filepath.Clean(stored)),
		e.workflow.Output(actions.ScorecardPath, filepath.Join(w.dir, "data", "scorecard.json")),
		e.workflow.Output(actions.Version, e.version),
		e.workflow.Output(actions.Incomplete, strconv.FormatBool(cut)),
	)
	wanted, wrong := actions.Bool(e.getenv, actions.SummaryInput, true)
	if err = errors.Join(err, wrong); err != nil || !wanted {
		return err
	}
	return e.workflow.Summary(f.jobSummary(s, cut))
}

// jobSummary is the report in short, as GitHub shows Markdown.
func (f *flags) jobSummary(s kpi.Scorecard, cut bool) string {
	index := report.Index(s, report.Options{HidePeople: f.hidePeople, BaseURL: f.baseURL})
	var b strings.Builder
	b.WriteString("## Release report\n\n")
	if cut {
		b.WriteString("> [!WARNING]\n> Collecting was cut short: what could not be read is missing below. Run it again, with a longer wait if limits were the cause.\n\n")
	}
	b.WriteString(markdownTables(heading(s, index.Frame), index.Families))
	if f.baseURL != "" {
		fmt.Fprintf(&b, "\n[The whole report](%s)\n", f.baseURL)
	}
	if lacking := forbidden(s); len(lacking) > 0 {
		b.WriteString("\n### What the token may not read\n\n")
		for _, line := range lacking {
			b.WriteString("- " + markup.MarkdownText(line) + "\n")
		}
	}
	return b.String()
}

// note says what the user should know.
func (e env) note(text string) {
	if e.workflow != nil {
		_ = e.workflow.Notice(actions.Note{Message: text}) // as with warnings
		return
	}
	fmt.Fprintln(e.err, markup.Text(text))
}

// warn says what the user should look at, without stopping.
func (e env) warn(text string) {
	if e.workflow != nil {
		_ = e.workflow.Warning(actions.Note{Message: text}) // a log that cannot be written is told by what follows
		return
	}
	fmt.Fprintln(e.err, "shipshape: "+markup.Text(text))
}
