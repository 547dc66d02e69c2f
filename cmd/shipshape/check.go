package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

func (e env) check() *cobra.Command {
	f := &flags{}
	c := &cobra.Command{
		Use:   "check",
		Short: "Say what was understood of a history, and what each KPI would need",
		Long: `Check answers "why is this empty?": for each repository of a history that is on
disk it says what was read, what counts as a deployment and why, which KPIs can be
measured, and what the others would need.`,
		RunE: func(*cobra.Command, []string) error {
			s, err := f.measured()
			if err != nil {
				return err
			}
			p := &page{colour: e.colour}
			p.line("Told from " + stamp(s.AsOf) + ", over " + stamp(s.Window.From) + " to " + stamp(s.Window.To) + ".")
			for _, r := range s.Timeline.Repositories {
				p.repository(r, s)
			}
			_, err = fmt.Fprint(e.out, p.String())
			return err
		},
	}
	f.addHistory(c)
	f.addScope(c)
	f.addOffline(c)
	return c
}

// repository says what was understood of a repository, then what of it can be
// measured.
func (p *page) repository(r *timeline.Repository, s kpi.Scorecard) {
	p.heading(string(r.Name()))
	p.paragraph("  Read: ", fmt.Sprintf("%s, up to %s: %s.", r.Origin.Source, stamp(r.Origin.Until), counts(r)))
	p.paragraph("  Deployments: ", sourceWords(r.Source))
	if !r.ReviewRecorded {
		p.paragraph("  Reviews: ", "none is recorded.")
	}
	i := slices.IndexFunc(s.Repositories, func(own kpi.RepositoryScore) bool { return own.Name == r.Name() })
	if i < 0 {
		return
	}
	for _, result := range s.Repositories[i].Results {
		p.result(result)
	}
	p.gaps(r.Gaps)
}

// counts says how many records there are of what KPIs rest on. What could not be
// seen at all is not a count of 0.
func counts(r *timeline.Repository) string {
	deployments := 0
	for _, d := range r.Deployments {
		if d.Source != timeline.SourceReleases && d.Source != timeline.SourceTags {
			deployments++
		}
	}
	words := ""
	for i, c := range []struct {
		n         int
		one, many string
		entity    shipshape.Entity
	}{
		{len(r.Changes), "change", "changes", shipshape.ChangeEntity},
		{deployments, "deployment", "deployments", shipshape.DeploymentEntity},
		{len(r.Releases), "release", "releases", shipshape.ReleaseEntity},
		{len(r.Runs), "workflow run", "workflow runs", shipshape.RunEntity},
	} {
		if i > 0 {
			words += ", "
		}
		if _, unseen := r.Unknown(c.entity, ""); unseen && c.n == 0 {
			words += c.many + " not seen"
			continue
		}
		words += number(c.n, c.one, c.many)
	}
	return words
}

// sourceWords say what counts as a deployment to production.
func sourceWords(s timeline.Source) string {
	if s.Kind == "" || s.Kind == timeline.SourceNone {
		return "nothing counts as one, as " + s.Why + "."
	}
	return fmt.Sprintf("%s count, as %s.", s.Kind, s.Why)
}

// result is a line for a KPI that is measured, and what is lacking for any other.
func (p *page) result(r kpi.Result) {
	mark, words := "+", "measured"
	switch r.State {
	case kpi.Partial:
		mark, words = "~", "partial. "+r.Finding
	case kpi.NotMeasured:
		mark, words = "-", "not measured. "+r.Reason+" What to do: "+r.Remedy
	}
	p.paragraph("  "+mark+" "+r.KPI.Name+": ", words)
}

// gaps names what is not known, in the order of the history.
func (p *page) gaps(gaps []shipshape.Gap) {
	if len(gaps) == 0 {
		return
	}
	p.line("  " + number(len(gaps), "gap", "gaps") + " in the history:")
	for _, g := range gaps {
		name := string(g.Entity)
		for _, part := range []string{g.Field, g.ID} {
			if part != "" {
				name += " " + part
			}
		}
		p.paragraph("  . "+name+" ("+string(g.Reason)+"): ", g.Why)
	}
}
