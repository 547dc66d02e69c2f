package main

import (
	"fmt"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/report"
)

// shownItems is how many items of evidence an explanation lists; the report shows
// more, its data all.
const shownItems = 12

// explain prints one KPI: what it is, how it is worked out, and from what.
func explain(e env, s kpi.Scorecard, o report.Options, id string) error {
	r, _ := s.Result(id)
	k, found := report.Explained(s, o, id)
	if !found {
		return fmt.Errorf("no result of %s", id)
	}
	p := &page{colour: e.colour}
	p.heading(k.Name + " (" + id + ")")
	p.line(k.Question)
	p.line(heading(s, k.Frame))
	p.headline(k)
	p.definition(k)
	p.arithmetic(r, k)
	p.evidence("What counts", "counted", k.Included)
	p.evidence("What was left out", "left out", k.Excluded)
	p.without(k.LeftOut)
	_, err := fmt.Fprint(e.out, p.String())
	return err
}

// headline is the number, or why there is none.
func (p *page) headline(k *report.KPIPage) {
	p.heading("Result")
	if k.Reason != "" {
		p.paragraph("  ", k.State+". "+k.Reason)
		p.paragraph("  What to do: ", k.Remedy)
		return
	}
	p.paragraph("  ", valueWords(k.Tile)+". "+k.Finding)
	p.paragraph("  ", k.State+".")
}

func (p *page) definition(k *report.KPIPage) {
	p.heading("Definition")
	for _, paragraph := range k.Definition {
		p.paragraph("  ", paragraph)
	}
	p.paragraph("  Formula: ", k.Formula)
	for _, counts := range k.Counts {
		p.paragraph("  Counts: ", counts)
	}
	for _, leaves := range k.Leaves {
		p.paragraph("  Leaves out: ", leaves)
	}
	p.paragraph("  ", k.Source+" "+k.Version)
}

func (p *page) arithmetic(r kpi.Result, k *report.KPIPage) {
	steps := report.Arithmetic(r)
	if len(steps) == 0 {
		return
	}
	p.heading("Arithmetic")
	for _, step := range steps {
		p.paragraph("  ", step)
	}
	for _, f := range k.Facts {
		p.paragraph("  "+f.Name+": ", factWords(f))
	}
	if len(k.Beside) > 0 {
		p.heading("Beside it")
	}
	for _, f := range k.Beside {
		p.paragraph("  "+f.Name+": ", factWords(f))
	}
}

func factWords(f report.Fact) string {
	if f.Note == "" {
		return f.Value
	}
	return f.Value + " (" + strings.TrimSuffix(f.Note, ".") + ")"
}

// evidence lists the newest items of a table of a page.
func (p *page) evidence(heading, what string, t report.Table) {
	if len(t.Rows) == 0 {
		return
	}
	p.heading(heading)
	if len(t.Rows) > shownItems {
		p.line(fmt.Sprintf("The newest %d items %s.", shownItems, what))
	}
	var columns []column
	for _, cell := range t.Head {
		columns = append(columns, column{string(cell.Text), cell.Numeric})
	}
	var rows [][]string
	for _, row := range t.Rows[:min(len(t.Rows), shownItems)] {
		var cells []string
		for _, cell := range row {
			cells = append(cells, cellWords(cell))
		}
		rows = append(rows, cells)
	}
	p.table(columns, rows)
}

// longestTitle is how much of a title a terminal shows.
const longestTitle = 60

func cellWords(c report.Cell) string {
	text := string(c.Text)
	if c.Time != nil {
		text = c.Time.Text
	}
	if letters := []rune(text); c.Title && len(letters) > longestTitle {
		text = string(letters[:longestTitle-1]) + "…"
	}
	return strings.TrimSpace(text + " " + c.Note)
}

// without lists the repositories that lack what the KPI needs.
func (p *page) without(left []report.GapRow) {
	if len(left) == 0 {
		return
	}
	p.heading("Repositories without it")
	for _, gap := range left {
		p.paragraph("  "+gap.What+": ", gap.Why)
		p.paragraph("    What to do: ", gap.Remedy)
	}
}
