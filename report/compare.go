package report

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

const (
	compareNote = "Each row is one repository measured alone, over the same period. They are not ranked: services differ in what they do."
	pooledNote  = "These figures blend all repositories. Read them beside the table above, service by service."
)

// compare puts repositories side by side, a column for each leading KPI that at
// least half of them have; nil for a single repository.
func (b *book) compare(p place) *Table {
	if !b.several() {
		return nil
	}
	shown := slices.DeleteFunc(b.leading(), func(r kpi.Result) bool { return 2*len(r.Repositories) < len(b.shelves) })
	t := &Table{Caption: "Repositories side by side", Head: []Cell{{Text: "Repository", Header: true}}}
	for _, r := range shown {
		t.Head = append(t.Head, Cell{Text: Hostile(r.KPI.Name), Href: p.to(kpiPath(r.KPI.ID)), Header: true, Numeric: true})
	}
	for _, s := range b.shelves {
		row := []Cell{{Text: Hostile(s.Name()), Href: home(s.Repository), Header: true, Note: sourceNote(s)}}
		for _, r := range shown {
			own, _ := s.score.Result(r.KPI.ID)
			row = append(row, resultCell(own, b.measureOf(own)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// sourceNote says what counts as a deployment.
func sourceNote(s *shelf) string {
	switch s.Source.Kind {
	case "", timeline.SourceNone:
		return "no deployments recorded"
	}
	return "by its " + string(s.Source.Kind)
}

// resultCell writes a result with n.
func resultCell(r kpi.Result, m measure) Cell {
	switch {
	case !known(r):
		return Cell{Text: "not measured", Numeric: true}
	case r.Value == nil && r.AtLeast != nil:
		return Cell{Text: Hostile("at least " + m.words(*r.AtLeast, r.N)), Numeric: true, Note: "n = " + whole(r.N)}
	}
	cell := Cell{Text: Hostile(m.maybe(r.Value, r.N)), Numeric: true}
	if r.KPI.Statistic != kpi.Tally {
		cell.Note = "n = " + whole(r.N)
	}
	if r.State == kpi.Partial {
		cell.Note = strings.TrimPrefix(cell.Note+", partial", ", ")
	}
	return cell
}
