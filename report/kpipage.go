package report

import (
	"fmt"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
)

// kpiLeaves are the list of KPIs and a page for each.
func (b *book) kpiLeaves() []leaf {
	leaves := []leaf{{kpisPath, b.kpiIndex}}
	for i, r := range b.score.Results {
		leaves = append(leaves, leaf{kpiPath(r.KPI.ID), func(p place) any { return b.kpiPage(p, i) }})
	}
	return leaves
}

var kpiSection = section{"KPIs", kpisPath}

// kpiIndex lists all KPIs by family.
func (b *book) kpiIndex(p place) any {
	page := &KPIIndex{
		Frame: b.current(b.frame(p, "KPIs", "What is measured of "+b.site()+", and how.")),
		Lede:  b.indexLede(),
	}
	for _, r := range b.score.Results {
		name := string(r.KPI.Family)
		if n := len(page.Families); n == 0 || page.Families[n-1].Name != name {
			page.Families = append(page.Families, KPIFamily{Name: name})
		}
		family := &page.Families[len(page.Families)-1]
		family.Rows = append(family.Rows, KPIRow{Tile: b.tile(r, b.measureOf(r), p), Question: r.KPI.Question, Measured: known(r), Reason: r.Reason})
	}
	return page
}

func (b *book) indexLede() string {
	states := map[kpi.State]int{}
	for _, r := range b.score.Results {
		states[r.State]++
	}
	var parts []string
	for _, state := range []kpi.State{kpi.Measured, kpi.Partial, kpi.NotMeasured} {
		if n := states[state]; n > 0 {
			parts = append(parts, whole(n)+either(n, " is ", " are ")+string(state))
		}
	}
	return fmt.Sprintf("Of %s, %s. Each page holds the definition, what counts, and the items behind the number.", count(len(b.score.Results), "KPI"), list(parts))
}

// kpiPage is the page of the ith KPI in reading order.
func (b *book) kpiPage(p place, i int) any {
	r := b.score.Results[i]
	m := b.measureOf(r)
	page := &KPIPage{
		Frame:        b.current(b.frame(p, r.KPI.Name, r.KPI.Question, kpiSection)),
		Name:         r.KPI.Name,
		Question:     r.KPI.Question,
		Finding:      r.Finding,
		Tile:         b.tile(r, m, p),
		State:        stateWords(r),
		Definition:   strings.Split(r.KPI.Doc, "\n\n"),
		Formula:      r.KPI.Formula,
		Counts:       r.KPI.Counts,
		Leaves:       r.KPI.Leaves,
		Source:       sourceWords(r.KPI.Source),
		Version:      fmt.Sprintf("Version %d of the definition.", r.KPI.Version),
		EvidenceData: b.evidenceLinks(p, r),
		LeftOut:      leftOutRows(r),
		Previous:     b.kpiLink(p, i-1),
		Next:         b.kpiLink(p, i+1),
	}
	page.Included, page.Excluded = b.evidenceTables(p, r, m)
	if !known(r) {
		page.Reason, page.Remedy = r.Reason, r.Remedy
		return page
	}
	page.Facts = b.facts(r, m)
	page.Scale = scaleBar(r)
	page.Charts = b.kpiCharts(r, m)
	page.Beside = besideFacts(r)
	page.Repositories = b.sideBySide(r, m)
	page.Breakdowns = breakdowns(r, m)
	return page
}

func sourceWords(source string) string { return "Source: " + sentence(source) }

// kpiLink links to the ith KPI; nil beyond either end.
func (b *book) kpiLink(p place, i int) *Link {
	if i < 0 || i >= len(b.score.Results) {
		return nil
	}
	k := b.score.Results[i].KPI
	return &Link{Text: Hostile(k.Name), Href: p.to(kpiPath(k.ID))}
}

// stateWords words the state with its caveats: "Partial: fewer than five items".
func stateWords(r kpi.Result) string {
	words := upper(string(r.State))
	if because := caveatWords(r); because != "" {
		words += ": " + because
	}
	return words
}

// facts are what the headline rests on.
func (b *book) facts(r kpi.Result, m measure) []Fact {
	facts := []Fact{b.whenFact(r), itemsFact(r, m)}
	if r.Coverage != nil {
		facts = append(facts, Fact{Name: "Coverage", Value: percent(*r.Coverage, r.N) + " %", Note: coverageNote(r)})
	}
	if words := rangeWords(r, m); words != "" {
		facts = append(facts, Fact{Name: "95 % range", Value: words, Note: r.Interval.Note})
	} else if r.KPI.Statistic != kpi.Tally {
		facts = append(facts, Fact{Name: "95 % range", Value: "none given", Note: "too few independent items for a range"})
	}
	facts = append(facts, previousFact(r, m))
	if r.Step != nil {
		facts = append(facts, Fact{Name: "DORA's answer scale", Value: r.Step.Name, Note: fmt.Sprintf("step %d of %d, counted from the slow end", r.Step.Index+1, r.Step.Of)})
	}
	if r.Pooled() {
		facts = append(facts, Fact{Name: "Pooled over", Value: count(len(r.Repositories), "repository"), Note: names(r.Repositories)})
	}
	return facts
}

// whenFact says what stretch of time a result is about, or what instant.
func (b *book) whenFact(r kpi.Result) Fact {
	if r.KPI.Statistic == kpi.Tally {
		return Fact{Name: "Counted at", Value: atMinute(b.score.AsOf).Text}
	}
	return Fact{Name: "Period", Value: b.period()}
}

// coverageNote says what coverage is a share of.
func coverageNote(r kpi.Result) string {
	if r.KPI.Statistic == kpi.Rate {
		return "share of the period that was seen, and of the items whose facts are known"
	}
	return "share of the items for which all needed facts are known"
}

func itemsFact(r kpi.Result, m measure) Fact {
	f := Fact{Name: "Rests on", Value: count(r.N, m.noun)}
	if r.Clusters != r.N && r.Clusters > 0 {
		f.Note = "in " + count(r.Clusters, "deployment")
	}
	return f
}

// previousFact compares with the period before, with the reason for the verdict or
// for its absence.
func previousFact(r kpi.Result, m measure) Fact {
	f := Fact{Name: "Compared with before", Value: changeWords(r, m)}
	if r.Previous == nil {
		return f
	}
	f.Note = r.Previous.Why
	if r.Previous.P != nil {
		f.Note = strings.TrimSpace(f.Note + " p = " + probability(*r.Previous.P) + ".")
	}
	return f
}

// probability writes a p-value with one significant figure where it matters.
func probability(p float64) string {
	if p < 0.0001 {
		return "less than 0.0001"
	}
	return figures(p, 1)
}

func scaleBar(r kpi.Result) *ScaleBar {
	if r.Step == nil || r.KPI.DORA == nil {
		return nil
	}
	return &ScaleBar{Steps: r.KPI.DORA.Steps, Current: r.Step.Index, Source: "The answers of DORA's survey, slowest first. A place on the scale is no grade: what is good depends on the service."}
}

// kpiCharts are the charts of a KPI that have data.
func (b *book) kpiCharts(r kpi.Result, m measure) []Chart {
	var charts []Chart
	for _, draw := range []func(kpi.Result, measure) (Chart, bool){b.weekly, b.strip, b.stages, b.calendar, b.intervals} {
		if c, ok := draw(r, m); ok {
			charts = append(charts, c)
		}
	}
	return charts
}

// besideFacts are the figures that stand beside the headline.
func besideFacts(r kpi.Result) []Fact {
	var facts []Fact
	for _, f := range r.Beside {
		note := f.Note
		if f.Value != nil && f.Unit != kpi.Count {
			note = strings.TrimSpace("n = " + whole(f.N) + ". " + note)
		}
		facts = append(facts, Fact{Name: upper(f.Name), Value: figureWords(f), Note: note})
	}
	return facts
}

// sideBySide is the KPI for each repository alone, in the unit of the pooled
// headline; nil for a single repository.
func (b *book) sideBySide(r kpi.Result, m measure) *Table {
	if !b.several() {
		return nil
	}
	t := &Table{Caption: r.KPI.Name + ", each repository alone", Head: []Cell{
		{Text: "Repository", Header: true}, {Text: "Value", Header: true, Numeric: true}, {Text: "95 % range", Header: true, Numeric: true},
		{Text: "n", Header: true, Numeric: true}, {Text: "Compared with before", Header: true},
	}}
	if r.KPI.DORA != nil {
		t.Head = append(t.Head, Cell{Text: "On DORA’s answer scale", Header: true})
	}
	for _, s := range b.shelves {
		own, ok := s.score.Result(r.KPI.ID)
		if !ok {
			continue
		}
		value := resultCell(own, m)
		value.Note = ""
		row := []Cell{{Text: Hostile(s.Name()), Header: true}, value, {Text: Hostile(orDash(rangeWords(own, m))), Numeric: true}, {Text: Hostile(whole(own.N)), Numeric: true}}
		if !known(own) {
			row[3].Text = "–"
			row = append(row, Cell{Text: Hostile(own.Reason)})
		} else {
			row = append(row, Cell{Text: Hostile(changeWords(own, m))})
		}
		if r.KPI.DORA != nil {
			row = append(row, Cell{Text: Hostile(stepName(own))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// stepName names the step of a result on DORA's scale.
func stepName(r kpi.Result) string {
	if r.Step == nil {
		return "–"
	}
	return r.Step.Name
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// breakdowns are the same items counted again by part of the scope. One part
// alone says nothing new and is left out; so are repositories, which have a table
// of their own.
func breakdowns(r kpi.Result, m measure) []Table {
	var tables []Table
	for _, cut := range []struct {
		name   string
		slices []kpi.Slice
	}{
		{"Team", r.Breakdown.Team}, {"Environment", r.Breakdown.Environment}, {"Class of change", r.Breakdown.Class},
		{"People or machines", r.Breakdown.Actor},
	} {
		if len(cut.slices) < 2 || cut.name == "Team" && teamsAreRepositories(r) {
			continue
		}
		t := Table{Caption: "By " + lower(cut.name), Head: []Cell{{Text: Hostile(cut.name), Header: true}, {Text: "Value", Header: true, Numeric: true}, {Text: "n", Header: true, Numeric: true}}}
		for _, s := range cut.slices {
			t.Rows = append(t.Rows, []Cell{{Text: Hostile(s.Name), Header: true}, sliceCell(s, m), {Text: Hostile(whole(s.N)), Numeric: true}})
		}
		tables = append(tables, t)
	}
	return tables
}

// teamsAreRepositories reports whether every repository is its own team.
func teamsAreRepositories(r kpi.Result) bool {
	if len(r.Breakdown.Team) != len(r.Breakdown.Repository) {
		return false
	}
	for i, s := range r.Breakdown.Team {
		if s.Name != r.Breakdown.Repository[i].Name {
			return false
		}
	}
	return true
}

func sliceCell(s kpi.Slice, m measure) Cell {
	if s.Value == nil {
		return Cell{Text: Hostile(s.State), Numeric: true}
	}
	cell := Cell{Text: Hostile(m.words(*s.Value, s.N)), Numeric: true}
	if s.State == kpi.Partial {
		cell.Note = "partial"
	}
	return cell
}

// leftOutRows are the repositories that lack what the KPI needs.
func leftOutRows(r kpi.Result) []GapRow {
	var rows []GapRow
	for _, out := range r.LeftOut {
		rows = append(rows, GapRow{What: string(out.Repository), Why: out.Reason, Remedy: out.Remedy, Reason: "left out"})
	}
	return rows
}
