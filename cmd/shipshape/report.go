package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

func (e env) report() *cobra.Command {
	f := &flags{}
	c := &cobra.Command{
		Use:   "report --offline",
		Short: "Make the report of a history",
		Long: `Report makes the report of a history that is on disk, in the form that
docs/history.md describes, and puts it into a folder as a whole: a report that
was there stays until the new one is complete.

Open index.html in a browser. The folder can be served by any web server, such as
GitHub Pages.`,
		Example: "  shipshape report --offline --history history --out _site",
		RunE: func(c *cobra.Command, _ []string) error {
			if !f.offline {
				return misuse(errors.New("this version reports on a history that is already on disk"), "add --offline")
			}
			if err := f.apart(e); err != nil {
				return err
			}
			s, err := f.measured()
			if err != nil {
				return err
			}
			w, err := f.write(c.Context(), e, s)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(e.out, "The report is in %s: %s.\n%s\n", w.dir, summary(s, w), look(w))
			return err
		},
	}
	f.addHistory(c)
	f.addOffline(c)
	f.addOut(c)
	f.addScope(c)
	return c
}
