package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/kpi"
)

// whyEmpty says of every KPI that is not whole what would make it so, and lists
// all gaps.
func (b *book) whyEmpty(p place) any {
	page := &WhyEmptyPage{
		Frame: b.frame(p, "Why is this empty?", "What could not be measured of "+b.site()+", and what would change that."),
		Lede:  b.emptyLede(),
		Rows:  b.needs(p),
	}
	for _, s := range b.shelves {
		if len(s.Gaps) > 0 {
			page.Sections = append(page.Sections, GapSection{Repository: string(s.Name()), Groups: gapGroups(s.Gaps)})
		}
	}
	return page
}

func (b *book) emptyLede() string {
	none, partial, gaps := 0, 0, 0
	for _, r := range b.score.Results {
		switch r.State {
		case kpi.NotMeasured:
			none++
		case kpi.Partial:
			partial++
		}
	}
	for _, s := range b.shelves {
		gaps += len(s.Gaps)
	}
	if none+partial == 0 {
		return fmt.Sprintf("Every KPI is measured. The history has %s, listed below.", count(gaps, "gap"))
	}
	var parts []string
	if none > 0 {
		parts = append(parts, count(none, "KPI")+either(none, " is", " are")+" not measured")
	}
	if partial > 0 {
		parts = append(parts, count(partial, "KPI")+either(partial, " is", " are")+" partial")
	}
	return fmt.Sprintf("%s. A number that could not be known is left out, never shown as 0; here is why, and what would change it. The history has %s in all.",
		list(parts), count(gaps, "gap"))
}

// needs has a row for each KPI that is not measured or partial, and for each
// repository that a measured one leaves out.
func (b *book) needs(p place) []NeedRow {
	var rows []NeedRow
	for _, r := range b.score.Results {
		row := NeedRow{Name: r.KPI.Name, Href: p.to(kpiPath(r.KPI.ID))}
		switch r.State {
		case kpi.NotMeasured:
			row.State, row.Reason, row.Remedy = string(r.State), r.Reason, r.Remedy
			row.Where = b.everywhere(r)
			rows = append(rows, row)
			continue
		case kpi.Partial:
			row.State, row.Where = string(r.State), names(r.Repositories)
			if len(r.LeftOut) > 0 && slices.Contains(r.PartialBecause, kpi.LowCoverage) {
				row.Where = b.everywhere(r)
			}
			row.Reason = sentence("It is partial because " + caveatWords(r))
			row.Remedy = caveatRemedies(r)
			rows = append(rows, row)
		}
		rows = append(rows, leftOutNeeds(r, p)...)
	}
	return rows
}

// everywhere names the repositories in which a KPI is not measured.
func (b *book) everywhere(r kpi.Result) string {
	var all []shipshape.RepositoryName
	for _, out := range r.LeftOut {
		all = append(all, out.Repository)
	}
	return names(append(all, r.Repositories...))
}

// leftOutNeeds has a row for each reason for which a KPI that is measured
// elsewhere leaves repositories out.
func leftOutNeeds(r kpi.Result, p place) []NeedRow {
	var rows []NeedRow
	where := map[string]int{}
	for _, out := range r.LeftOut {
		if i, seen := where[out.Reason]; seen {
			rows[i].Where += ", " + string(out.Repository)
			continue
		}
		where[out.Reason] = len(rows)
		rows = append(rows, NeedRow{
			Name: r.KPI.Name, Href: p.to(kpiPath(r.KPI.ID)), State: "left out", Where: string(out.Repository),
			Reason: out.Reason, Remedy: out.Remedy,
		})
	}
	return rows
}

// remedies say what would make a partial result whole.
var remedies = map[kpi.Caveat]string{
	kpi.LowCoverage: "The evidence names the items whose facts are missing; record those facts.",
	kpi.SmallSample: "Choose a longer window, so that more items lie in it.",
	kpi.FewClusters: "Choose a longer window, so that more deployments lie in it.",
	kpi.CensoredTop: "Finish what is waiting, or look again later.",
	kpi.Inferred:    "State the facts: publish releases or annotate tags, so that they carry a date of their own.",
}

func caveatRemedies(r kpi.Result) string {
	var words []string
	for _, c := range r.PartialBecause {
		words = append(words, remedies[c])
	}
	return strings.Join(words, " ")
}

// gapGroups words gaps, those with the same remedy together, the largest group
// last: what is common to most is read last.
func gapGroups(gaps []shipshape.Gap) []GapGroup {
	var groups []GapGroup
	where := map[string]int{}
	for _, g := range gaps {
		remedy := sentence(g.Remedy)
		i, seen := where[remedy]
		if !seen {
			i = len(groups)
			where[remedy] = i
			groups = append(groups, GapGroup{Remedy: remedy})
		}
		groups[i].Gaps = append(groups[i].Gaps, GapRow{What: gapName(g), Why: sentence(g.Why), Reason: string(g.Reason)})
	}
	slices.SortStableFunc(groups, func(a, b GapGroup) int { return cmp.Compare(len(a.Gaps), len(b.Gaps)) })
	return groups
}

// gapName names what is not known: "deployments: statuses".
func gapName(g shipshape.Gap) string {
	name := string(g.Entity)
	if g.Field != "" {
		name += ": " + g.Field
	}
	if g.ID != "" {
		name += " of " + g.ID
	}
	return name
}
