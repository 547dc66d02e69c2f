package main

import (
	"github.com/spf13/cobra"
)

// flags are what the commands have in common; each registers those it heeds.
type flags struct {
	history              string
	offline              bool
	repositories         []string
	asOf, from, to, span string
	zone                 string
	out                  string
	baseURL              string
	hidePeople           bool
	shard                string // of collect: "2/8"
	liveFlags
}

// defaultDays is the length of the window where nothing else is said.
const defaultDays = 90

// addScope registers what is looked at.
func (f *flags) addScope(c *cobra.Command) {
	c.Args = noArguments
	c.Flags().SortFlags = false
	c.Flags().StringArrayVar(&f.repositories, "repo", nil, "report on this repository only, `owner/name`; may be repeated")
	c.Flags().StringVar(&f.asOf, "as-of", "", "tell everything from this `instant`: a date, or RFC 3339 (default up to when all repositories were read)")
	c.Flags().StringVar(&f.span, "window", "", "report on so many `days or weeks`: 90d, 13w (default 90d)")
	c.Flags().StringVar(&f.from, "from", "", "report from this `instant` on: a date is its midnight")
	c.Flags().StringVar(&f.to, "to", "", "report up to this `instant`, which is not included (default the last midnight before --as-of)")
	c.Flags().StringVar(&f.zone, "zone", "UTC", "`zone` of days and weeks: Europe/Berlin")
	c.Flags().BoolVar(&f.hidePeople, "hide-people", false, "keep the names of people out of the report")
}

// addHistory registers where the history is.
func (f *flags) addHistory(c *cobra.Command) {
	c.Flags().StringVar(&f.history, "history", "history", "read the history in this `folder`")
}

// addStore registers where a history is kept that may be collected first.
func (f *flags) addStore(c *cobra.Command) {
	c.Flags().StringVar(&f.history, "history", "history", "keep the history in this `folder`")
}

// addOut registers where the report goes.
func (f *flags) addOut(c *cobra.Command) {
	c.Flags().StringVar(&f.out, "out", "_site", "write the report into this `folder`, replacing the report there")
	c.Flags().StringVar(&f.baseURL, "base-url", "", "`address` that the report will have; only the page for missing addresses needs it")
}

// addOffline registers that nothing is fetched. Commands that never fetch take it
// too, so that a script may always give it.
func (f *flags) addOffline(c *cobra.Command) {
	c.Flags().BoolVar(&f.offline, "offline", false, "never use the network")
}
