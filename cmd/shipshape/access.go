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
	if _, err := f.selected(); err != nil {
		return err
	}
	run, err := e.connect(ctx, &f.liveFlags, f.installed())
	if err != nil {
		return err
	}
	names, err := run.targets(ctx, f)
	if err != nil {
		return err
	}
	p := &page{colour: e.colour}
	var wrong error
	for _, name := range names {
		access, err := collect.Probe(ctx, run.client, name)
		if err != nil {
			wrong = run.explain(err)
			break
		}
		p.access(access)
		p.prospects(access)
	}
	run.progress.spent(run.client.Spent())
	if _, err := fmt.Fprint(e.out, p.String()); err != nil {
		return err
	}
	return wrong
}

// access says what there is of each kind of record, and what the token may not
// read.
func (p *page) access(a collect.Access) {
	p.heading(string(a.Name))
	p.paragraph("  ", "What the token may read, then what KPIs will lack.")
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

// prospects says of each KPI what it will lack.
func (p *page) prospects(a collect.Access) {
	var whole []string
	open, shut := outlook(a, false), outlook(a, true)
	for i, k := range kpi.All {
		switch {
		case shut[i].Reason != open[i].Reason:
			p.paragraph("  - "+k.Name+": ", shut[i].Reason+" "+shut[i].Remedy)
		case k.Sources != nil && !slices.Contains(k.Sources, timeline.SourceReleases) && countOf(a, shipshape.DeploymentEntity) == 0:
			p.paragraph("  - "+k.Name+": ", "GitHub has no deployment of the repository. Record deployments with their statuses, to an environment named production.")
		case nothingOf(a, k):
			p.paragraph("  - "+k.Name+": ", open[i].Reason+" "+open[i].Remedy)
		case unreadable(a, k) != "":
			p.paragraph("  ~ "+k.Name+": ", unreadable(a, k))
		default:
			whole = append(whole, k.Name)
		}
	}
	if len(whole) > 0 {
		p.paragraph("  + Nothing is lacking, as far as can be told beforehand, for: ", strings.Join(whole, ", ")+".")
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
		return none
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

// countOf is how many records of a kind there are, 0 where that is not known.
func countOf(a collect.Access, e shipshape.Entity) int {
	for _, own := range a.Entities {
		if own.Entity == e && own.Field == "" {
			return own.Count
		}
	}
	return 0
}

// asksGitHub reports whether a command line asks GitHub: it names whom to ask about.
func (f *flags) asksGitHub() bool {
	return !f.offline && (len(f.repositories) > 0 || strings.TrimSpace(f.organisation) != "")
}
