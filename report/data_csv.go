package report

import (
	"strconv"
	"time"

	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

// kpisCSV has a row for each KPI, pooled and of each repository alone. An empty
// cell is not known.
func (b *book) kpisCSV(place) any {
	c := &CSV{Head: []string{"repository", "kpi", "name", "unit", "better", "state", "value", "low", "high", "n", "coverage", "previous", "verdict", "reason"}}
	for _, r := range b.score.Results {
		c.Rows = append(c.Rows, kpiCells("all", r))
	}
	if !b.several() {
		return c
	}
	for _, s := range b.shelves {
		for _, r := range s.score.Results {
			c.Rows = append(c.Rows, kpiCells(string(s.Name()), r))
		}
	}
	return c
}

func kpiCells(repository string, r kpi.Result) []string {
	var low, high, previous *float64
	verdict := ""
	if r.Interval != nil {
		low, high = r.Interval.Low, r.Interval.High
	}
	if r.Previous != nil {
		previous, verdict = r.Previous.Value, string(r.Previous.Verdict)
	}
	return []string{
		repository, r.KPI.ID, r.KPI.Name, string(r.KPI.Unit), string(r.KPI.Better), string(r.State), plainNumber(r.Value),
		plainNumber(low), plainNumber(high), strconv.Itoa(r.N), plainNumber(r.Coverage), plainNumber(previous), verdict, r.Reason,
	}
}

// plainNumber writes a number so that it is read back exactly; "" for an unknown
// one.
func plainNumber(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// deploymentsCSV has a row for each attempt to deploy to production.
func (b *book) deploymentsCSV(place) any {
	c := &CSV{Head: []string{"repository", "environment", "id", "commit", "started", "finished", "kind", "outcome", "commits", "changes"}}
	for _, s := range b.shelves {
		for _, d := range s.Production() {
			c.Rows = append(c.Rows, []string{string(s.Name()), d.Environment, d.ID, string(d.Commit), plainTime(d.Started), plainTime(d.Finished),
				string(d.Kind), string(d.Outcome), strconv.Itoa(len(d.Commits)), strconv.Itoa(len(d.Changes))})
		}
	}
	return c
}

// releasesCSV has a row for each release.
func (b *book) releasesCSV(place) any {
	c := &CSV{Head: []string{"repository", "tag", "previous", "published", "commit", "commits", "changes", "cherry-picks", "direct", "explained"}}
	for _, s := range b.shelves {
		for _, r := range s.releases {
			c.Rows = append(c.Rows, append([]string{string(s.Name()), r.Tag, previousTag(r), plainTime(r.Published), string(r.Commit)}, contentCells(r)...))
		}
	}
	return c
}

func previousTag(r *timeline.Release) string {
	if r.Previous == nil {
		return ""
	}
	return r.Previous.Tag
}

// contentCells count what a release brought; empty where that is not known.
func contentCells(r *timeline.Release) []string {
	if r.Missing {
		return make([]string, 5)
	}
	l := r.Ledger
	return []string{strconv.Itoa(l.Commits), strconv.Itoa(len(r.Changes)), strconv.Itoa(l.CherryPicks), strconv.Itoa(l.Direct), strconv.Itoa(l.Explained)}
}

func plainTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
