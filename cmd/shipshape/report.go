package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/kpi"
)

func (e env) report() *cobra.Command {
	f := &flags{}
	c := &cobra.Command{
		Use:   "report --repo owner/name | --offline",
		Short: "Collect the history of repositories and make their report",
		Long: `Report collects the history of repositories from GitHub, keeps it on disk, and
makes the report: a folder of pages that replaces the report that was there as a
whole. With --offline it makes the report of the history on disk and asks nobody.

Open index.html in a browser. The folder can be served by any web server, such as
GitHub Pages.

` + liveHelp,
		Example: `  GITHUB_TOKEN=$(gh auth token) shipshape report --repo octocat/hello-world
  shipshape report --offline --history history --out _site`,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.makeable(e); err != nil {
				return err
			}
			s, cut := f.reported(c.Context(), e)
			if s == nil || c.Context().Err() != nil {
				return cut
			}
			w, err := f.write(c.Context(), e, *s)
			if err != nil {
				return err
			}
			if err := e.tell(f, *s, w, cut != nil); err != nil {
				return err
			}
			return cut
		},
	}
	f.addStore(c)
	f.addOffline(c)
	f.addOut(c)
	f.addScope(c)
	f.addLive(c)
	return c
}

// makeable refuses, before anything is collected, what a report could not be made
// with.
func (f *flags) makeable(e env) error {
	if err := f.apart(e); err != nil {
		return err
	}
	_, err := f.reportOptions(e)
	return err
}

// reported measures what the flags say: of GitHub, or of what is on disk. When
// collecting was cut short, there is a scorecard beside the error.
func (f *flags) reported(ctx context.Context, e env) (*kpi.Scorecard, error) {
	if f.offline {
		card, err := f.measured()
		if err != nil {
			return nil, err
		}
		return &card, nil
	}
	gathered, cut := f.gather(ctx, e)
	if gathered == nil {
		return nil, cut
	}
	s, err := f.scopeOf(gathered)
	if err != nil {
		return nil, err
	}
	card := s.scorecard()
	return &card, cut
}

// tell says what was made, in a workflow with summary and outputs.
func (e env) tell(f *flags, s kpi.Scorecard, w written, cut bool) error {
	if !f.offline { // the one who collected can do something about it
		for _, r := range s.Timeline.Repositories {
			for _, note := range r.Origin.Notes {
				e.note(string(r.Name()) + ": " + note)
			}
		}
		for _, warning := range forbidden(s) {
			e.warn(warning)
		}
	}
	if e.workflow != nil {
		return e.tellWorkflow(f, s, w, cut)
	}
	_, err := fmt.Fprintf(e.out, "The report is in %s: %s.\n%s\n", w.dir, summary(s, w), look(w))
	return err
}

// forbidden says what the token may not read, a sentence or two each.
func forbidden(s kpi.Scorecard) []string {
	var all []string
	for _, r := range s.Timeline.Repositories {
		for _, g := range r.Gaps {
			if g.Reason == shipshape.Forbidden && g.ID == "" {
				all = append(all, string(r.Name())+": "+g.Why+" "+g.Remedy)
			}
		}
	}
	return all
}
