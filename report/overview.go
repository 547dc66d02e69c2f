package report

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
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
		page.CompareNote, page.PooledNote = compareNote, pooledNote
	}
	page.Gaps, page.GapsMore = b.mainGaps(p)
	return page
}

// leading are the results that lead the overview: the first that have something
// to show, those of most repositories first, else in reading order.
func (b *book) leading() []kpi.Result {
	var shown []kpi.Result
	for _, r := range broadest(b.score.Results) {
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
