package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/internal/markup"
	"github.com/shipshape-report/shipshape/kpi"
)

func (e env) demo() *cobra.Command {
	f := &flags{}
	c := &cobra.Command{
		Use:   "demo",
		Short: "Make the report of the bundled real histories",
		Long: `Demo makes the report of real histories that the program carries with it. It
needs no token and no network.`,
		RunE: func(c *cobra.Command, _ []string) error {
			begun := e.now()
			if err := f.apart(e); err != nil {
				return err
			}
			s, err := f.demonstrated()
			if err != nil {
				return err
			}
			w, err := f.write(c.Context(), e, s.scorecard)
			if err != nil {
				return err
			}
			return e.present(s, w, f.history, e.now().Sub(begun))
		},
	}
	f.addOffline(c)
	f.addOut(c)
	c.Flags().StringVar(&f.history, "history", "", "also write the bundled histories into this `folder`, for kpi, check and report")
	f.addScope(c)
	return c
}

// demonstration is what the demo shows.
type demonstration struct {
	history   *shipshape.History
	scorecard kpi.Scorecard
}

// demonstrated measures the bundled histories, and writes them where they are
// wanted.
func (f *flags) demonstrated() (demonstration, error) {
	h, err := bundled()
	if err != nil {
		return demonstration{}, err
	}
	s, err := f.scope(h, "the demo")
	if err != nil {
		return demonstration{}, err
	}
	if f.history != "" {
		if err := history.Write(f.history, s.history); err != nil {
			return demonstration{}, f.misnamed(err)
		}
	}
	return demonstration{s.history, s.scorecard()}, nil
}

// present says where the report is, how to look at it, and what it is made from.
func (e env) present(s demonstration, w written, stored string, took time.Duration) error {
	var b strings.Builder
	fmt.Fprintf(&b, "The report is in %s\n%s\n\n", w.dir, look(w))
	fmt.Fprintf(&b, "In it: %s.\n", summary(s.scorecard, w))
	fmt.Fprintf(&b, "It is told from %s, up to when its repositories were read.\n", stamp(s.scorecard.AsOf))
	b.WriteString("The histories are real, bundled as facts; sources and licences stand on its about page:\n")
	for _, r := range s.history.Repositories {
		fmt.Fprintf(&b, "  %s (%s)\n", markup.Text(r.Origin.URL), markup.Text(r.Origin.License))
	}
	if stored != "" {
		fmt.Fprintf(&b, "They are in %s too. Try: shipshape kpi --history %s\n", stored, stored)
	}
	fmt.Fprintf(&b, "It took %.1f s.\n", took.Seconds())
	_, err := fmt.Fprint(e.out, b.String())
	return err
}
