package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/shipshape-report/shipshape/internal/markup"
)

// env is the world outside, as a command may see it.
type env struct {
	out, err io.Writer
	getwd    func() (string, error)
	now      func() time.Time
	version  string // "0.1.0", or "devel"
	colour   bool   // the output may carry colours
}

// run runs one command and returns the exit code. An error is one line on e.err.
func run(ctx context.Context, args []string, e env) int {
	root := e.root()
	root.SetArgs(args)
	begun := false
	root.PersistentPreRun = func(*cobra.Command, []string) { begun = true }
	err := root.ExecuteContext(ctx)
	if err == nil {
		return done
	}
	if !begun { // the library refused the arguments
		err = misuse(err, "see 'shipshape --help'")
	}
	fmt.Fprintln(e.err, "shipshape: "+oneLine(err))
	return codeOf(err)
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

Exit codes: 0 done, 3 wrong usage, 5 anything else that went wrong.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		// Two letters changed or left out still find the command.
		SuggestionsMinimumDistance: 2,
		Args:                       onlyCommands,
		RunE:                       func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.SetOut(e.out)
	c.SetErr(e.err)
	c.AddCommand(e.demo(), e.report(), e.kpi(), e.check(), e.versionCommand())
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
