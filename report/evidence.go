package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shipshape-report/shipshape/kpi"
)

// shownEvidence is how many items of evidence a page shows in all, shownExcluded
// how many of them are kept for those left out; fileRows is how many one data file
// holds.
const (
	shownEvidence = 200
	shownExcluded = 50
	fileRows      = 5000
)

// evidenceTables are the newest items that count, and the newest left out.
func (b *book) evidenceTables(p place, r kpi.Result, m measure) (included, excluded Table) {
	var in, out []kpi.Item
	for _, item := range r.Evidence {
		if item.Excluded == "" {
			in = append(in, item)
		} else {
			out = append(out, item)
		}
	}
	room := shownEvidence - min(len(out), shownExcluded)
	included = b.evidenceTable(p, in, r, m, room)
	included.Caption = shownCaption("counted", len(in), room)
	room = shownEvidence - len(included.Rows)
	excluded = b.evidenceTable(p, out, r, m, room)
	excluded.Caption = shownCaption("left out", len(out), room)
	return included, excluded
}

// shownCaption says how many of n items a table has room for.
func shownCaption(what string, n, room int) string {
	if n > room {
		return fmt.Sprintf("The newest %s of %s %s", whole(room), count(n, "item"), what)
	}
	return fmt.Sprintf("%s %s, newest first", count(n, "item"), what)
}

func (b *book) evidenceTable(p place, items []kpi.Item, r kpi.Result, m measure, room int) Table {
	slices.SortStableFunc(items, func(x, y kpi.Item) int {
		return cmp.Or(y.At.Compare(x.At), cmp.Compare(x.Repository, y.Repository), cmp.Compare(y.ID, x.ID))
	})
	t := Table{Head: []Cell{{Text: "When", Header: true}, {Text: "What", Header: true}}}
	if b.several() {
		t.Head = append(t.Head, Cell{Text: "Repository", Header: true})
	}
	t.Head = append(t.Head, Cell{Text: Hostile(contributes(r)), Header: true, Numeric: true}, Cell{Text: "Remark", Header: true})
	for _, item := range items[:min(len(items), room)] {
		t.Rows = append(t.Rows, b.evidenceRow(item, m))
	}
	if len(items) > room {
		t.More = &Link{Text: "The others are in the data", Href: p.to(evidencePath(r.KPI.ID, 1))}
	}
	return t
}

// contributes names what an item adds to the headline.
func contributes(r kpi.Result) string {
	switch {
	case r.KPI.Statistic == kpi.Tally:
		return "Age"
	case r.KPI.Unit == kpi.Seconds:
		return "Time"
	case r.KPI.Statistic == kpi.Share:
		return "Counts as"
	case r.KPI.Statistic == kpi.Rate:
		return "Counts"
	}
	return "Value"
}

func (b *book) evidenceRow(item kpi.Item, m measure) []Cell {
	when := onDay(item.At)
	row := []Cell{{Time: &when}, b.itemCell(item)}
	if b.several() {
		row = append(row, Cell{Text: Hostile(item.Repository.Short()), Together: true})
	}
	return append(row, contribution(item, m), Cell{Text: b.text(remark(item))})
}

// itemCell names an item and links to it.
func (b *book) itemCell(item kpi.Item) Cell {
	c := Cell{Text: b.text(item.Title), Href: web(item.URL, ""), Title: item.Kind == "change" || item.Kind == "commit"}
	switch item.Kind {
	case "change":
		c.Note = "#" + item.ID
	case "commit":
		c.Note = item.ID[:min(len(item.ID), 7)]
	case "deployment":
		c.Code, c.Note = true, plain(item.Environment)
	default:
		c.Code = item.Kind == "release"
	}
	if c.Text == "" {
		c.Text = Hostile(item.Kind + " " + item.ID)
	}
	return c
}

// contribution writes what an item adds to the headline. Left-out items add
// nothing: what they hold, such as an age, is in the data.
func contribution(item kpi.Item, m measure) Cell {
	c := Cell{Numeric: true}
	k := m.kpi
	switch {
	case item.Excluded != "" && k.Statistic != kpi.Median:
		c.Text = "–"
	case k.Statistic == kpi.Tally || k.Unit == kpi.Seconds:
		c.Text = Hostile(lasting(seconds(item.Value)))
	case k.Statistic == kpi.Share && item.Part == kpi.Numerator:
		c.Text = "yes"
	case k.Statistic == kpi.Share:
		c.Text = "no"
	case k.Statistic == kpi.Rate:
		c.Text = Hostile(figures(max(item.Weight, 1), fewCases))
	default:
		c.Text = Hostile(figures(item.Value, fewCases))
	}
	if item.Excluded != "" && item.Value == 0 {
		c.Text = "–"
	}
	return c
}

// remark says why an item was left out, or what is to be known about one that
// counts.
func remark(item kpi.Item) string {
	words := item.Excluded
	if words == "" {
		words = item.Note
	}
	if item.Censored {
		words = joined(words, "not finished")
	}
	return upper(words)
}

func joined(words, more string) string {
	if words == "" {
		return more
	}
	return words + "; " + more
}

// evidenceLinks link to the files of a KPI's evidence.
func (b *book) evidenceLinks(p place, r kpi.Result) []Link {
	var links []Link
	for i := range evidenceFiles(r) {
		text := "evidence"
		if i > 0 {
			text = fmt.Sprintf("part %d", i+1)
		}
		links = append(links, Link{Text: Hostile(text), Href: p.to(evidencePath(r.KPI.ID, i+1))})
	}
	return append(links, Link{Text: "the result", Href: p.to(scorecardPath)})
}

// evidenceFiles is how many files a KPI's evidence fills: one at least, so that
// its address is always there.
func evidenceFiles(r kpi.Result) int { return max(1, (len(r.Evidence)+fileRows-1)/fileRows) }
