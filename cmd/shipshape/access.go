package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/collect"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

// foresee asks GitHub what the token may read of the repositories that the flags
// name, and says what each KPI will lack.
func (f *flags) foresee(ctx context.Context, e env) error {
	names, err := f.names()
	if err != nil {
		return err
	}
	run, err := e.connect(ctx, &f.liveFlags, f.installed())
	if err != nil {
		return err
	}
	if names, err = run.targets(ctx, f); err != nil {
		return err
	}
	p := &page{colour: e.colour}
	for _, name := range names {
		access, err := collect.Probe(ctx, run.client, name)
		if err != nil {
			return run.explain(err)
		}
		p.access(access)
		p.prospects(access)
	}
	run.progress.spent(run.client.Spent())
	_, err = fmt.Fprint(e.out, p.String())
	return err
}

// access says what there is of each kind of record, and what the token may not
// read.
func (p *page) access(a collect.Access) {
	p.heading(string(a.Name))
	visibility := "public"
	if a.Private {
		visibility = "private"
	}
	if a.Archived {
		visibility += ", archived"
	}
	if a.Empty {
		visibility += ", without a commit"
	}
	role := "its role is not stated"
	if a.Role != "" {
		role = "the token's role is " + a.Role
	}
	p.paragraph("  GitHub: ", visibility+"; "+role+".")
	for _, own := range a.Entities {
		name := words(own.Entity)
		if own.Field != "" {
			name = own.Field
		}
		switch {
		case own.Gap != nil:
			p.paragraph("  - "+name+": ", own.Gap.Why+" "+own.Gap.Remedy)
		case own.Entity == shipshape.RunEntity:
			p.paragraph("  + "+name+": ", fmt.Sprintf("may be read; the newest commit has %s", number(own.Count, "check suite", "check suites")))
		default:
			p.paragraph("  + "+name+": ", fmt.Sprintf("may be read; there are %d", own.Count))
		}
	}
}

// prospects says of each KPI whether it can be measured, and if not why.
func (p *page) prospects(a collect.Access) {
	p.line("  What each KPI will lack:")
	open, shut := outlook(a, false), outlook(a, true)
	for i, k := range kpi.All {
		switch {
		case shut[i].Reason != open[i].Reason:
			p.paragraph("  - "+k.Name+": ", shut[i].Reason+" "+shut[i].Remedy)
		case nothingOf(a, k):
			p.paragraph("  - "+k.Name+": ", open[i].Reason+" "+open[i].Remedy)
		case unreadable(a, k) != "":
			p.paragraph("  ~ "+k.Name+": ", unreadable(a, k))
		default:
			p.paragraph("  + "+k.Name+": ", "nothing that can be told beforehand.")
		}
	}
}

// outlook measures a repository without records, with or without the gaps that the
// token leaves: where a reason differs, the gaps are the reason.
func outlook(a collect.Access, gaps bool) []kpi.Result {
	r := shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: a.Name}}
	for _, own := range a.Entities {
		if gaps && own.Gap != nil {
			r.Gaps = append(r.Gaps, *own.Gap)
		}
	}
	t := timeline.Build(&shipshape.History{Repositories: []shipshape.RepositoryHistory{r}}, timeline.Defaults(r.Origin.Until))
	return kpi.Compute(t, kpi.Options{}).Results
}

// nothingOf reports whether the repository has no record of a kind that the KPI
// cannot do without.
func nothingOf(a collect.Access, k kpi.KPI) bool {
	if k.Sources != nil {
		none := true
		for _, kind := range []shipshape.Entity{shipshape.DeploymentEntity, shipshape.ReleaseEntity, shipshape.RefEntity} {
			none = none && countOf(a, kind) == 0
		}
		return none || !slices.Contains(k.Sources, timeline.SourceReleases) && countOf(a, shipshape.DeploymentEntity) == 0
	}
	return slices.ContainsFunc(k.Needs, func(n kpi.Need) bool { return countOf(a, n.Entity) == 0 }) ||
		slices.Contains(k.Reads, shipshape.RunEntity) && countOf(a, shipshape.RunEntity) == 0
}

// unreadable says what the KPI looks at and the token may not read, "" for nothing.
func unreadable(a collect.Access, k kpi.KPI) string {
	for _, own := range a.Entities {
		if own.Gap != nil && own.Field == "" && slices.Contains(k.Reads, own.Entity) {
			return own.Gap.Why + " " + own.Gap.Remedy
		}
	}
	return ""
}

// countOf is how many records of a kind there are; of commits, 1 stands for any.
func countOf(a collect.Access, e shipshape.Entity) int {
	for _, own := range a.Entities {
		if own.Entity == e && own.Field == "" {
			return own.Count
		}
	}
	if a.Empty {
		return 0
	}
	return 1
}

// asksGitHub reports whether a command line asks GitHub: it names whom to ask about.
func (f *flags) asksGitHub() bool {
	return !f.offline && (len(f.repositories) > 0 || strings.TrimSpace(f.organisation) != "")
}
