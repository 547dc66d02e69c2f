package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/report"
	"github.com/shipshape-report/shipshape/timeline"
)

func (e env) check() *cobra.Command {
	f := &flags{}
	var gaps bool
	c := &cobra.Command{
		Use:   "check [--repo owner/name]",
		Short: "Say what was understood of a history, and what each KPI would need",
		Long: `Check answers "why is this empty?": for each repository of a history that is on
disk it says what was read, what counts as a deployment and why, which KPIs can be
measured, and what the others would need.

With --repo or --org, and without --offline, it asks GitHub before anything is
collected: what the token may read, and what each KPI will lack. That costs a point
a repository.`,
		RunE: func(c *cobra.Command, _ []string) error {
			if f.asksGitHub() {
				return f.foresee(c.Context(), e)
			}
			s, err := f.measured()
			if err != nil {
				return err
			}
			p := &page{colour: e.colour}
			p.line(report.Index(s, report.Options{}).Period + ", told from " + stamp(s.AsOf))
			for _, r := range s.Timeline.Repositories {
				p.repository(r, s)
				p.gaps(r.Gaps, gaps)
			}
			_, err = fmt.Fprint(e.out, p.String())
			return err
		},
	}
	f.addHistory(c)
	f.addScope(c)
	c.Flags().StringVar(&f.organisation, "org", "", "ask about the repositories of this `organisation`")
	f.addSelection(c)
	f.addServer(c)
	c.Flags().BoolVar(&gaps, "gaps", false, "list all gaps in the history")
	f.addOffline(c)
	return c
}

// repository says what was understood of a repository, then what of it can be
// measured.
func (p *page) repository(r *timeline.Repository, s kpi.Scorecard) {
	p.heading(string(r.Name()))
	p.paragraph("  Read: ", fmt.Sprintf("%s, up to %s: %s.", r.Origin.Source, stamp(r.Origin.Until), counts(r)))
	p.paragraph("  Counts as deployment: ", sourceWords(r.Source))
	if !r.ReviewRecorded {
		p.paragraph("  Reviews: ", "none is recorded.")
	}
	for _, own := range s.Repositories {
		if own.Name == r.Name() {
			p.results(own.Results, s)
		}
	}
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
		return "nothing, because " + s.Why + "."
	}
	return fmt.Sprintf("%s, because %s.", s.Kind, s.Why)
}

// results has a line for each KPI of one repository: its value, or what is
// lacking.
func (p *page) results(own []kpi.Result, s kpi.Scorecard) {
	s.Results = own
	i := 0
	for _, family := range report.Index(s, report.Options{}).Families {
		for _, row := range family.Rows {
			p.result(own[i], row)
			i++
		}
	}
}

func (p *page) result(r kpi.Result, row report.KPIRow) {
	switch r.State {
	case kpi.Measured:
		p.paragraph("  + "+row.Name+": ", valueWords(row.Tile)+".")
	case kpi.Partial:
		p.paragraph("  ~ "+row.Name+": ", valueWords(row.Tile)+"; partial: "+row.Caveat+".")
	default:
		p.paragraph("  - "+row.Name+": ", "not measured. "+r.Reason+" What to do: "+r.Remedy)
	}
}

// gaps says how many things are not known and, if asked, which.
func (p *page) gaps(gaps []shipshape.Gap, all bool) {
	switch {
	case len(gaps) == 0:
		return
	case !all:
		p.paragraph("  ", number(len(gaps), "gap", "gaps")+" in the history; --gaps lists them.")
		return
	}
	p.paragraph("  ", number(len(gaps), "gap", "gaps")+" in the history:")
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
