package report

import (
	"fmt"
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// about says how the report was made.
func (b *book) about(p place) any {
	return &AboutPage{
		Frame:     b.current(b.frame(p, "About this report", "How this report on "+b.site()+" was made.")),
		Method:    method,
		Sources:   b.sources(),
		Settings:  b.settings(),
		Coverage:  b.coverage(),
		Files:     dataFiles(p),
		Condensed: b.condensedNotes(),
	}
}

// method is how numbers come about, in paragraphs.
var method = []string{
	"This report is worked out from what the repositories record: commits, pull requests, reviews, releases and deployments. What a deployment or release brought is read from the commit graph, never from dates or version numbers.",
	"A number is measured, partial, or not measured. It is partial where facts are missing for more than a fifth of the items, where it rests on too few, or where facts had to be inferred; the reason stands beside it. What could not be seen is never shown as 0.",
	"Ranges are 95 % intervals and come out the same every time. A change from the period before is called better or worse only where chance would produce it less than once in a hundred times, and where both periods are measured the same way.",
	"Every number can be recomputed from its evidence, which lists each item that counts and each that was left out, with the reason. People are never ranked; names appear as evidence only.",
}

// sources are where each repository's history came from.
func (b *book) sources() []SourceRow {
	var rows []SourceRow
	for _, s := range b.shelves {
		o := s.Origin
		rows = append(rows, SourceRow{
			Repository: Link{Text: Hostile(s.Name()), Href: home(s.Repository)}, Source: o.Source, Href: web(o.URL, ""),
			License: o.License, Until: atMinute(o.Until), Since: sinceWords(o.Since), Deployments: countsAs(s), Notes: o.Notes,
		})
	}
	return rows
}

// settings are the period and what was configured.
func (b *book) settings() []Fact {
	facts := []Fact{
		{Name: "Period", Value: b.period(), Note: figures(b.score.Window.Days(), fewCases) + " days"},
		{Name: "Told from", Value: atMinute(b.score.AsOf).Text, Note: "what happened later does not count"},
		{Name: "Zone of days and weeks", Value: b.score.Zone.String()},
	}
	if b.options.HidePeople {
		facts = append(facts, Fact{Name: "People", Value: "hidden"})
	}
	return slices.Concat(facts, b.options.Settings)
}

// coverage counts the records read of each repository.
func (b *book) coverage() *Table {
	t := &Table{Caption: "Records read, up to the instant the report is told from"}
	for _, name := range []string{"Repository", "Changes", "of them without a pull request", "Deployments", "to production", "Releases", "Runs", "Gaps"} {
		t.Head = append(t.Head, Cell{Text: Hostile(name), Header: true, Numeric: name != "Repository"})
	}
	for _, s := range b.shelves {
		direct := 0
		for _, c := range s.Changes {
			if c.Direct() {
				direct++
			}
		}
		row := []Cell{{Text: Hostile(s.Name()), Header: true}}
		for _, n := range []struct {
			entity shipshape.Entity
			n      int
		}{
			{shipshape.ChangeEntity, len(s.Changes)}, {shipshape.CommitEntity, direct}, {shipshape.DeploymentEntity, s.recorded()},
			{shipshape.DeploymentEntity, len(s.attempts)}, {shipshape.ReleaseEntity, len(s.releases)}, {shipshape.RunEntity, len(s.Runs)}, {"", len(s.Gaps)},
		} {
			row = append(row, s.countCell(n.entity, n.n))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// recorded counts the deployments that were recorded, those that releases stand
// for aside.
func (s *shelf) recorded() int {
	n := 0
	for _, d := range s.Deployments {
		if d.Environment != "" || !s.releasedAs() {
			n++
		}
	}
	return n
}

// countCell writes how many records there are, or that nobody could look.
func (s *shelf) countCell(entity shipshape.Entity, n int) Cell {
	if _, unknown := s.Unknown(entity, ""); unknown && n == 0 && entity != "" {
		return Cell{Text: unknownWord, Numeric: true}
	}
	return Cell{Text: Hostile(whole(n)), Numeric: true}
}

// dataFiles are the published data, their schemas and their units.
func dataFiles(p place) []Fact {
	var facts []Fact
	for _, f := range []struct{ path, holds string }{
		{scorecardPath, "every KPI with its value, range, series and breakdowns"},
		{"data/deployments.json", "every deployment to production with what it brought"},
		{"data/releases.json", "every release with what it brought"},
		{"data/kpis.csv", "the KPIs in short, for spreadsheets"},
		{"data/deployments.csv", "the deployments in short, for spreadsheets"},
		{"data/releases.csv", "the releases in short, for spreadsheets"},
		{"data/schema/scorecard.json", "JSON Schema of the scorecard"},
		{"data/schema/evidence.json", "JSON Schema of the evidence, which each KPI’s page links to"},
		{"data/schema/deployments.json", "JSON Schema of the deployments"},
		{"data/schema/releases.json", "JSON Schema of the releases"},
	} {
		facts = append(facts, Fact{Name: f.path, Value: f.holds, Href: p.to(f.path)})
	}
	return append(facts, Fact{Name: "Units", Value: "seconds, ratios from 0 to 1, rates per day", Note: "times as RFC 3339 in UTC; what is not known is null"})
}

// condensedNotes say which pages were kept short.
func (b *book) condensedNotes() []string {
	var notes []string
	for _, s := range b.shelves {
		n := 0
		for _, r := range s.releases {
			if b.condensed(s, r) {
				n++
			}
		}
		if n > 0 {
			notes = append(notes, fmt.Sprintf("%s: the pages of %s from before the last two periods are kept short; the newest %s are whole.", s.Name(), count(n, "release"), whole(len(s.releases)-n)))
		}
	}
	return notes
}

// notFound is shown for an address that does not exist. It is served at any depth,
// so only absolute links would lead anywhere.
func (b *book) notFound(p place) any {
	page := &NotFoundPage{Frame: b.frame(p, "No such page", "There is no page at this address."), Base: web(b.options.BaseURL, "")}
	if page.Base != "" && page.Base[len(page.Base)-1] != '/' {
		page.Base += "/"
	}
	return page
}

// sinceWords says how far back records were read, "" for all of them.
func sinceWords(since time.Time) string {
	if since.IsZero() {
		return ""
	}
	return fmt.Sprintf("Pull requests, issues and deployments were read from %s on, and further back where what was delivered needs them; commits, tags and releases were read whole.", date(since))
}
