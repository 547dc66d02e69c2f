package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shipshape-report/shipshape/internal/markup"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/report"
)

// kpiFlags are the flags of kpi alone.
type kpiFlags struct {
	flags
	ids     []string
	format  string
	explain string
}

func (e env) kpi() *cobra.Command {
	f := &kpiFlags{}
	c := &cobra.Command{
		Use:   "kpi",
		Short: "Print the KPIs of a history",
		Long: `Kpi prints the KPIs of a history that is on disk: as a table, as Markdown for a
comment or a job summary, or as JSON, which is the document that a report
publishes as data/scorecard.json.

With --explain it prints one KPI with its definition, its arithmetic, the newest
items behind it, and what was left out and why.`,
		Example: "  shipshape kpi --window 13w\n  shipshape kpi --explain lead-time-for-changes",
		RunE: func(*cobra.Command, []string) error {
			if err := f.check(); err != nil {
				return err
			}
			s, err := f.measured()
			if err != nil {
				return err
			}
			options, err := f.reportOptions(e)
			if err != nil {
				return err
			}
			return f.print(e, s, options)
		},
	}
	f.addHistory(c)
	f.addScope(c)
	c.Flags().StringArrayVar(&f.ids, "kpi", nil, "print this KPI only, by its `id`; may be repeated")
	c.Flags().StringVar(&f.format, "format", "table", "`table`, markdown or json")
	c.Flags().StringVar(&f.explain, "explain", "", "explain the KPI of this `id`")
	f.addOffline(c)
	return c
}

// check refuses unknown ids and formats, and flags that contradict each other,
// before any work is done.
func (f *kpiFlags) check() error {
	named := slices.Clone(f.ids)
	if f.explain != "" {
		named = append(named, f.explain)
	}
	for _, id := range named {
		if _, found := kpi.Lookup(id); !found {
			return misuse(fmt.Errorf("there is no KPI %q", id), "there are "+strings.Join(ids(), ", "))
		}
	}
	switch {
	case !slices.Contains([]string{"table", "markdown", "json"}, f.format):
		return misuse(fmt.Errorf("--format %q is not known", f.format), "give table, markdown or json")
	case f.format == "json" && len(f.ids) > 0:
		return misuse(errors.New("--format json prints the whole document"), "leave out --kpi")
	case f.explain != "" && (f.format != "table" || len(f.ids) > 0):
		return misuse(errors.New("--explain prints one KPI as text"), "leave out --format and --kpi")
	}
	return nil
}

func ids() []string {
	var all []string
	for _, k := range kpi.All {
		all = append(all, k.ID)
	}
	return all
}

func (f *kpiFlags) print(e env, s kpi.Scorecard, o report.Options) error {
	switch {
	case f.explain != "":
		return explain(e, s, o, f.explain)
	case f.format == "json":
		return report.EncodeData(e.document(), report.Data(s, o))
	}
	index := report.Index(s, o)
	families := f.asked(s, index)
	if f.format == "table" {
		_, err := fmt.Fprint(e.out, textTables(e, heading(s, index.Frame), families))
		return err
	}
	_, err := fmt.Fprint(e.document(), markdownTables(heading(s, index.Frame), families))
	return err
}

// asked keeps the KPIs that were asked for.
func (f *kpiFlags) asked(s kpi.Scorecard, index *report.KPIIndex) []report.KPIFamily {
	if len(f.ids) == 0 {
		return index.Families
	}
	var kept []report.KPIFamily
	i := 0
	for _, family := range index.Families {
		rows := family.Rows
		family.Rows = nil
		for _, row := range rows {
			if slices.Contains(f.ids, s.Results[i].KPI.ID) {
				family.Rows = append(family.Rows, row)
			}
			i++
		}
		if len(family.Rows) > 0 {
			kept = append(kept, family)
		}
	}
	return kept
}

// valueWords is the headline as one text: "3.2 a week".
func valueWords(t report.Tile) string { return strings.TrimSpace(t.Value + " " + t.Unit) }

// basis is what a headline rests on, with the reason where it is partial.
func basis(t report.Tile) string {
	if t.Caveat != "" {
		return t.Note + "; partial: " + t.Caveat
	}
	return t.Note
}

// heading says what the tables are of.
func heading(s kpi.Scorecard, of report.Frame) string {
	var names []string
	for _, r := range s.Repositories {
		names = append(names, string(r.Name))
	}
	return strings.Join(names, ", ") + ", " + of.Period
}

// textTables is a table a family, and below what is not measured.
func textTables(e env, heading string, families []report.KPIFamily) string {
	p := &page{colour: e.colour}
	p.line(heading)
	columns := []column{{head: "KPI"}, {head: "Value"}, {head: "Compared with before"}, {head: "Rests on"}}
	var lacking []report.KPIRow
	for _, family := range families {
		var rows [][]string
		for _, row := range family.Rows {
			if !row.Measured {
				lacking = append(lacking, row)
				continue
			}
			rows = append(rows, []string{row.Name, valueWords(row.Tile), row.Change, basis(row.Tile)})
		}
		if len(rows) > 0 {
			p.heading(family.Name)
			p.table(columns, rows)
		}
	}
	if len(lacking) > 0 {
		p.heading("Not measured")
	}
	for _, row := range lacking {
		p.paragraph("  "+row.Name+": ", row.Reason)
	}
	return p.String()
}

// markdownTables is the same for places that render Markdown.
func markdownTables(heading string, families []report.KPIFamily) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n| KPI | Value | Compared with before | Rests on |\n|---|---|---|---|\n", markup.MarkdownText(heading))
	for _, family := range families {
		for _, row := range family.Rows {
			cells := []string{row.Name, "not measured", "", row.Reason}
			if row.Measured {
				cells = []string{row.Name, valueWords(row.Tile), row.Change, basis(row.Tile)}
			}
			for _, cell := range cells {
				b.WriteString("| " + markup.MarkdownText(cell) + " ")
			}
			b.WriteString("|\n")
		}
	}
	return b.String()
}
