package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/shipshape-report/shipshape/internal/actions"
	"github.com/shipshape-report/shipshape/internal/markup"
)

// env is the world outside, as a command may see it.
type env struct {
	out, err io.Writer
	getwd    func() (string, error)
	now      func() time.Time
	version  string // "0.1.0", or "devel"
	colour   bool   // the output may carry colours

	getenv    func(string) string
	sleep     func(context.Context, time.Duration) error
	transport http.RoundTripper // carries requests; nil is the usual one
	terminal  bool              // a person watches e.err
	workflow  *actions.Runner   // nil outside a workflow
	raw       io.Writer         // out without the guard against commands; nil outside a workflow
}

// document is where data goes that is read by programs, not by a log.
func (e env) document() io.Writer {
	if e.raw != nil {
		return e.raw
	}
	return e.out
}

// run runs one command and returns the exit code. An error is one line on e.err, in
// a workflow an annotation.
func run(ctx context.Context, args []string, e env) int {
	if e.workflow != nil {
		return e.runInWorkflow(ctx, args)
	}
	code, err := e.command(ctx, args)
	if err != nil {
		fmt.Fprintln(e.err, "shipshape: "+oneLine(err))
	}
	return code
}

// command runs one command.
func (e env) command(ctx context.Context, args []string) (code int, err error) {
	root := e.root()
	root.SetArgs(args)
	begun := false
	root.PersistentPreRun = func(*cobra.Command, []string) { begun = true }
	err = root.ExecuteContext(ctx)
	if err == nil {
		return done, nil
	}
	if !begun { // the library refused the arguments
		err = misuse(err, "see 'shipshape --help'")
	}
	return codeOf(err), err
}

// root is the command without a subcommand.
func (e env) root() *cobra.Command {
	c := &cobra.Command{
		Use:   "shipshape",
		Short: "A release report from the history of repositories",
		Long: `Shipshape turns the history of repositories into a release report: a folder of
pages that says how often, how fast and how safely changes reach production, and
shows the evidence behind every number.

Try it: shipshape demo

Exit codes: 0 done, 3 wrong usage or a token that is not accepted, 4 collecting was
cut short and what was collected is kept, 5 anything else that went wrong.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		// Two letters changed or left out still find the command.
		SuggestionsMinimumDistance: 2,
		Args:                       onlyCommands,
		RunE:                       func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.SetOut(e.out)
	c.SetErr(e.err)
	c.AddCommand(e.demo(), e.report(), e.collect(), e.kpi(), e.check(), e.versionCommand())
	return c
}

// onlyCommands refuses a first word that is no command.
func onlyCommands(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fmt.Errorf("there is no command %q", args[0])
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		err = fmt.Errorf("%w; did you mean %s?", err, strings.Join(near, " or "))
	}
	return err
}

// noArguments refuses words after a command that takes flags only.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no argument %q", c.CommandPath(), args[0])
	}
	return nil
}

// oneLine is an error's message as a terminal may see it: text from a history can
// be anything.
func oneLine(err error) string {
	return markup.Text(strings.ReplaceAll(strings.TrimSpace(err.Error()), "\n", "; "))
}
