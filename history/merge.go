package history

import (
	"fmt"
	"time"

	"github.com/shipshape-report/shipshape"
)

// Merge returns what two readings of the same repository amount to: everything
// that newer says, and what older knew of a time that newer did not read again.
// It refuses to mix sources: a record of one would pass for one of the other.
//
// Refs, releases, milestones, controls and gaps are newer's: every reading reads all of
// them. Commits, changes, issues, deployments and runs of older stay where newer
// does not have them. Where older ends before newer begins, older is dropped, for
// nobody knows what happened between.
func Merge(older, newer *shipshape.RepositoryHistory) (*shipshape.RepositoryHistory, error) {
	if older.Origin.Source != newer.Origin.Source || older.Origin.URL != newer.Origin.URL {
		return nil, fmt.Errorf("%s was read from %s (%s) before, and now from %s (%s)", newer.Repository.Name,
			older.Origin.Source, older.Origin.URL, newer.Origin.Source, newer.Origin.URL)
	}
	merged := *newer
	if older.Origin.Until.Before(newer.Origin.Since) {
		return &merged, nil
	}
	if since := wholeSince(older); since.Before(newer.Origin.Since) {
		merged.Origin.Since = since
	}
	for _, k := range kinds {
		if k.grows() {
			k.join(&merged, older)
		}
	}
	return &merged, nil
}

// wholeSince is the instant from which on a reading has everything: its beginning,
// unless it was cut short on its way back there.
func wholeSince(r *shipshape.RepositoryHistory) time.Time {
	since := r.Origin.Since
	for _, g := range r.Gaps {
		if g.Before.After(since) {
			since = g.Before
		}
	}
	return since
}

func (t table[T]) grows() bool { return t.partial }

// join adds the records of older that r does not have.
func (t table[T]) join(r, older *shipshape.RepositoryHistory) {
	records := *t.of(r)
	known := make(map[string]struct{}, len(records))
	for i := range records {
		known[t.key(&records[i])] = struct{}{}
	}
	records = records[:len(records):len(records)] // newer's own slice stays as it is
	for _, record := range *t.of(older) {
		if _, again := known[t.key(&record)]; !again {
			records = append(records, record)
		}
	}
	*t.of(r) = t.sorted(records)
}
