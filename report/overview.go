package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

// How much the overview shows.
const (
	mostTiles   = 6
	mostCharts  = 4
	mostNotices = 8
	mostGaps    = 4
)

// overview is the first page, in HTML and in Markdown.
func (b *book) overview(p place) any {
	page := &Overview{
		Frame:      b.current(b.frame(p, "Release report", b.headline())),
		Headline:   b.headline(),
		Lede:       b.lede(),
		Tiles:      b.tiles(p),
		More:       b.moreToMeasure(p),
		Compare:    b.compare(p),
		Charts:     b.overviewCharts(),
		Attention:  b.attention(p),
		Recent:     b.recent(p),
		Unreleased: b.unreleased(p),
	}
	if page.Compare != nil {
		page.CompareNote = compareNote
	}
	page.Gaps, page.GapsMore = b.mainGaps(p)
	return page
}

// leading are the results that lead the overview: the first that have something
// to show, in reading order.
func (b *book) leading() []kpi.Result {
	var shown []kpi.Result
	for _, r := range b.score.Results {
		if known(r) && len(shown) < mostTiles {
			shown = append(shown, r)
		}
	}
	return shown
}

func (b *book) tiles(p place) []Tile {
	var tiles []Tile
	for _, r := range b.leading() {
		tiles = append(tiles, b.tile(r, b.measureOf(r), p))
	}
	return tiles
}

// moreToMeasure counts the KPIs that are not measured; nil if none.
func (b *book) moreToMeasure(p place) *Link {
	n := 0
	for _, r := range b.score.Results {
		if !known(r) {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return &Link{Text: Hostile(whole(n) + " more can be measured: how"), Href: p.to(whyEmptyPath)}
}

// headline is the finding that matters most, in one sentence without a full
// stop: a clear change, else how often and how fast, else the flow of changes up
// to the merge.
func (b *book) headline() string {
	if changed := b.changedWords(); changed != "" {
		return changed
	}
	var clauses []string
	for _, id := range []string{"deployment-frequency", "lead-time-for-changes"} {
		clauses = append(clauses, b.clause(id)...)
	}
	if len(clauses) == 0 {
		for _, id := range []string{"changes-merged", "coding-time", "pickup-time", "merge-wait"} {
			clauses = append(clauses, b.clause(id)...)
		}
	}
	if len(clauses) == 0 {
		return "Nothing in this history can be measured yet"
	}
	return upper(strings.Join(clauses[:min(len(clauses), 2)], ", "))
}

// changedWords names up to two results that are clearly better or worse than in
// the period before; "" for none.
func (b *book) changedWords() string {
	changed := b.changed()
	if slices.ContainsFunc(b.leading(), func(r kpi.Result) bool { return slices.Contains(deliveryKPIs, r.KPI.ID) }) {
		changed = slices.DeleteFunc(changed, func(r kpi.Result) bool { return !slices.Contains(deliveryKPIs, r.KPI.ID) })
	}
	return b.verdictWords(changed)
}

// deliveryKPIs decide the headline wherever they are known: how large changes are
// matters less than how they reach production.
var deliveryKPIs = []string{"deployment-frequency", "lead-time-for-changes", "deployment-success-rate", "deployment-duration"}

// changed are the leading results that are clearly better or worse than before.
func (b *book) changed() []kpi.Result {
	return slices.DeleteFunc(b.leading(), func(r kpi.Result) bool {
		verdict := verdictOf(r)
		return verdict != string(kpi.BetterNow) && verdict != string(kpi.WorseNow) || r.Value == nil || r.Previous.Value == nil
	})
}

// verdictWords word up to two results that changed: "lead time is better: 14.1 h
// now, 16.2 h before; but …".
func (b *book) verdictWords(changed []kpi.Result) string {
	var clauses []string
	for i, r := range changed[:min(len(changed), 2)] {
		m := b.measureOf(r)
		clause := fmt.Sprintf("%s is %s: %s now, %s before", lower(r.KPI.Name), verdictOf(r), m.words(*r.Value, r.N), m.words(*r.Previous.Value, r.Previous.N))
		if i > 0 && verdictOf(r) != verdictOf(changed[0]) {
			clause = "but " + clause
		}
		clauses = append(clauses, clause)
	}
	return upper(strings.Join(clauses, "; "))
}

// clause words one result for the headline: none where it has no value.
func (b *book) clause(id string) []string {
	r, ok := b.score.Result(id)
	if !ok || !known(r) || r.Value == nil {
		return nil
	}
	m := b.measureOf(r)
	if r.KPI.Statistic == kpi.Rate {
		return []string{count(r.N, m.noun) + " in " + figures(b.score.Window.Days(), fewCases) + " days"}
	}
	if headlineEnds[id] == "" || r.N == 0 {
		return nil
	}
	end := headlineEnds[id]
	if id == "lead-time-for-changes" && b.fromReleases(r) {
		end = "released"
	}
	return []string{"half of the changes " + end + " within " + m.words(*r.Value, r.N)}
}

// headlineEnds say what happened to half of the changes.
var headlineEnds = map[string]string{
	"lead-time-for-changes": "in production",
	"coding-time":           "ready for review",
	"pickup-time":           "reviewed for the first time",
	"merge-wait":            "merged after the last approval",
}

// lede follows the headline in up to three sentences: the findings behind a clear
// change, or how the first results compare with before; the steps back of the
// period; and that figures are pooled.
func (b *book) lede() string {
	shown := b.leading()
	if len(shown) == 0 {
		return "Nothing was found that a KPI could rest on. The page on what is missing says what would change that."
	}
	var sentences []string
	switch words := b.verdictWords(b.changed()); {
	case b.changedWords() != "":
		sentences = append(sentences, sentence(shown[0].Finding))
	case words != "":
		sentences = append(sentences, words+".")
	default:
		sentences = append(sentences, b.steadyWords(shown))
	}
	if words := b.stepsWords(); words != "" {
		sentences = append(sentences, words)
	}
	if b.several() {
		sentences = append(sentences, fmt.Sprintf("Figures are pooled over %s, which stand side by side below.", count(len(b.repositories()), "repository")))
	}
	return strings.Join(sentences, " ")
}

// steadyWords say that nothing changed clearly, or that nothing can be compared.
func (b *book) steadyWords(shown []kpi.Result) string {
	var compared []string
	for _, r := range shown {
		if verdictOf(r) == "same" && r.Previous.Value != nil && len(compared) < 2 {
			m := b.measureOf(r)
			compared = append(compared, fmt.Sprintf("%s was %s", lower(r.KPI.Name), m.words(*r.Previous.Value, r.Previous.N)))
		}
	}
	if len(compared) == 0 {
		return sentence(shown[0].Finding)
	}
	return fmt.Sprintf("Nothing is clearly better or worse than in the %s days before, when %s.", figures(b.score.Window.Days(), fewCases), list(compared))
}

// stepsWords count the steps back of the period; "" for none.
func (b *book) stepsWords() string {
	rolledBack, raced := 0, 0
	for _, s := range b.shelves {
		rolledBack += len(b.steps(s, timeline.Rollback))
		raced += len(b.steps(s, timeline.OutOfOrder))
	}
	var words []string
	if rolledBack > 0 {
		words = append(words, count(rolledBack, "rollback"))
	}
	if raced > 0 {
		words = append(words, count(raced, "race between builds"))
	}
	if len(words) == 0 {
		return ""
	}
	return "There " + either(rolledBack+raced, "was ", "were ") + list(words) + "."
}

const compareNote = "Each row is one repository measured alone, over the same period. The last row is pooled: it blends services that may differ, so read it beside its parts."

// compare puts repositories side by side, a column for each leading KPI; nil for
// a single repository.
func (b *book) compare(p place) *Table {
	if !b.several() {
		return nil
	}
	shown := b.leading()
	t := &Table{Caption: "Repositories side by side", Head: []Cell{{Text: "Repository", Header: true}}}
	for _, r := range shown {
		t.Head = append(t.Head, Cell{Text: Hostile(r.KPI.Name), Href: p.to(kpiPath(r.KPI.ID)), Header: true, Numeric: true})
	}
	for _, s := range b.shelves {
		row := []Cell{{Text: Hostile(s.Name()), Href: home(s.Repository), Header: true, Note: sourceNote(s)}}
		for _, r := range shown {
			own, _ := s.score.Result(r.KPI.ID)
			row = append(row, resultCell(own, b.measureOf(r)))
		}
		t.Rows = append(t.Rows, row)
	}
	pooled := []Cell{{Text: "Pooled", Header: true}}
	for _, r := range shown {
		pooled = append(pooled, resultCell(r, b.measureOf(r)))
	}
	t.Rows = append(t.Rows, pooled)
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

// resultCell writes a result in a unit that is not its own, with n.
func resultCell(r kpi.Result, m measure) Cell {
	switch {
	case !known(r):
		return Cell{Text: "not measured", Numeric: true}
	case r.Value == nil && r.AtLeast != nil:
		return Cell{Text: Hostile("at least " + m.words(*r.AtLeast, r.N)), Numeric: true, Note: "n = " + whole(r.N)}
	}
	cell := Cell{Text: Hostile(m.maybe(r.Value, r.N)), Numeric: true, Note: "n = " + whole(r.N)}
	if r.State == kpi.Partial {
		cell.Note += ", partial"
	}
	return cell
}

// overviewCharts are the charts that have data, the most telling first.
func (b *book) overviewCharts() []Chart {
	var charts []Chart
	add := func(id string, draw func(kpi.Result, measure) (Chart, bool)) {
		r, ok := b.score.Result(id)
		if !ok || !telling(r) || len(charts) == mostCharts {
			return
		}
		if c, ok := draw(r, b.measureOf(r)); ok {
			charts = append(charts, c)
		}
	}
	add("deployment-frequency", b.weekly)
	add("lead-time-for-changes", b.trendOrSpread)
	add("changes-merged", b.weekly)
	add("deployment-frequency", b.calendar)
	for _, id := range []string{"pickup-time", "changes-merged", "unreleased-changes", "coding-time"} {
		if drawn := slices.ContainsFunc(charts, func(c Chart) bool { return strings.HasSuffix(c.ID, "-days") }); len(charts) < mostCharts && (id != "changes-merged" || !drawn) {
			add(id, b.either)
		}
	}
	return charts
}

// trendOrSpread draws a duration week by week where at least four weeks hold
// enough to say something, else its spread. So are services that are released in
// different ways: their weeks cannot be blended into one line.
func (b *book) trendOrSpread(r kpi.Result, m measure) (Chart, bool) {
	enough := 0
	for _, point := range r.Series {
		if point.N >= 5 {
			enough++
		}
	}
	if enough >= 4 && !b.mixed(r) {
		return b.weekly(r, m)
	}
	return b.strip(r, m)
}

// mixed reports whether a result rests on repositories with different sources of
// deployments.
func (b *book) mixed(r kpi.Result) bool {
	kinds := map[timeline.SourceKind]bool{}
	for _, s := range b.shelves {
		if slices.Contains(r.Repositories, s.Name()) {
			kinds[s.Source.Kind] = true
		}
	}
	return len(kinds) > 1
}

// either draws a duration as above, anything else as calendar or week by week.
func (b *book) either(r kpi.Result, m measure) (Chart, bool) {
	switch r.KPI.Statistic {
	case kpi.Median:
		return b.trendOrSpread(r, m)
	case kpi.Rate:
		return b.calendar(r, m)
	}
	return b.weekly(r, m)
}

// telling reports whether a chart of a result shows more than its number does.
func telling(r kpi.Result) bool {
	return known(r) && (r.KPI.Statistic == kpi.Tally || r.N >= 5)
}

// mainGaps are the gaps that keep a KPI from being measured, each once.
func (b *book) mainGaps(p place) ([]GapRow, *Link) {
	rows := b.blockingGaps()
	all := 0
	for _, s := range b.shelves {
		all += len(s.Gaps)
	}
	if all == 0 && len(rows) == 0 {
		return nil, nil
	}
	more := &Link{Text: Hostile(count(max(all, len(rows)), "data gap")), Href: p.to(whyEmptyPath)}
	return rows[:min(len(rows), mostGaps)], more
}

// blockingGaps are the reasons for which KPIs leave repositories out, in the
// order of KPIs; repositories with the same reason share a row.
func (b *book) blockingGaps() []GapRow {
	var rows []GapRow
	where := map[string]int{}
	for _, r := range b.score.Results {
		for _, out := range r.LeftOut {
			key := out.Reason + "\x00" + out.Remedy
			i, seen := where[key]
			if !seen {
				i = len(rows)
				where[key] = i
				rows = append(rows, GapRow{What: r.KPI.Name, Why: out.Reason, Remedy: out.Remedy, Reason: "not measured"})
			}
			rows[i].merge(r.KPI.Name, string(out.Repository))
		}
	}
	return rows
}

// merge adds a KPI and a repository to a row that says the same of others.
func (g *GapRow) merge(name, repository string) {
	if !slices.Contains(strings.Split(g.What, ", "), name) {
		g.What += ", " + name
	}
	if g.Repository == "" {
		g.Repository = repository
	} else if !slices.Contains(strings.Split(g.Repository, ", "), repository) {
		g.Repository += ", " + repository
	}
}
