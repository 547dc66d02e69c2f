package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

// recentEach is how many of each repository's latest deliveries the overview
// shows; recentAll how many of all.
const (
	recentEach = 6
	recentAll  = 12
)

// outing is a delivery or release that lately went out.
type outing struct {
	at    time.Time
	cells []Cell
}

// recent lists what went out lately in all repositories, newest first: rollouts
// where deployments are recorded, releases elsewhere.
func (b *book) recent(p place) Table {
	var all []outing
	for _, s := range b.shelves {
		if len(s.attempts) > 0 {
			all = append(all, b.recentRollouts(s, p)...)
		} else {
			all = append(all, b.recentReleases(s, p)...)
		}
	}
	slices.SortStableFunc(all, func(x, y outing) int { return cmp.Or(y.at.Compare(x.at)) })
	t := Table{Caption: "Latest deliveries and releases, newest first", Head: []Cell{{Text: "When", Header: true}, {Text: "Repository", Header: true}, {Text: "What", Header: true}, {Text: "Brought", Header: true}, {Text: "Oldest change started", Header: true, Numeric: true}}}
	for _, o := range all[:min(len(all), recentAll)] {
		t.Rows = append(t.Rows, o.cells)
	}
	switch {
	case len(all) == 0:
	case b.deployed():
		t.More = &Link{Text: "All deployments", Href: p.to(deploymentsPath)}
	default:
		t.More = &Link{Text: "All releases", Href: p.to(releasesPath)}
	}
	return t
}

func (b *book) recentRollouts(s *shelf, p place) []outing {
	var found []outing
	for _, o := range slices.Backward(s.Rollouts) {
		if len(found) == recentEach {
			break
		}
		d := o.First()
		what := Cell{Text: Hostile(d.Commit.Short()), Code: true, Href: deploymentURL(d), Note: kindWords[o.Kind]}
		if s.holds(d.Release) {
			what.Text, what.Href = Hostile(d.Release.Tag), p.to(releasePath(s.Name(), d.Release.Tag))
		}
		when := atMinute(o.Finished)
		found = append(found, outing{o.Finished, []Cell{
			{Time: &when}, {Text: Hostile(s.Name()), Together: true}, what,
			{Text: Hostile(broughtWords(o.Changes, len(d.Commits)))}, {Text: Hostile(longestLead(o.Changes, o.Finished)), Numeric: true},
		}})
	}
	return found
}

func (b *book) recentReleases(s *shelf, p place) []outing {
	var found []outing
	for _, r := range slices.Backward(s.releases) {
		if len(found) == recentEach {
			break
		}
		when := onDay(r.Published)
		changes := slices.Concat(r.Changes, r.Direct)
		found = append(found, outing{r.Published, []Cell{
			{Time: &when}, {Text: Hostile(s.Name()), Together: true},
			{Text: Hostile(r.Tag), Code: true, Href: p.to(releasePath(s.Name(), r.Tag)), Note: strings.ToLower(releaseNote(r))},
			{Text: Hostile(broughtWords(allChanges(r), r.Ledger.Commits))}, {Text: Hostile(longestLead(changes, r.Published)), Numeric: true},
		}})
	}
	return found
}

// broughtWords says how much came: "3 changes, 7 commits".
func broughtWords(changes []*timeline.Change, commits int) string {
	if len(changes) == 0 && commits == 0 {
		return "nothing new"
	}
	if len(changes) == 0 {
		return count(commits, "commit")
	}
	return count(len(changes), "change") + ", " + count(commits, "commit")
}

// longestLead writes how long before an instant the oldest of changes began;
// empty where none is known to have begun.
func longestLead(changes []*timeline.Change, end time.Time) string {
	longest, found := time.Duration(0), false
	for _, c := range changes {
		lead := c.LeadTo(end)
		if lead.Trouble != timeline.StartUnknown {
			longest, found = max(longest, sinceStart(lead)), true
		}
	}
	if !found {
		return "–"
	}
	return lasting(longest) + " before"
}

// sinceStart is the time since a change truly began, also where the KPI moves a
// start that is too old.
func sinceStart(lead timeline.Lead) time.Duration {
	if lead.Trouble == timeline.StartTooOld {
		return lead.Uncapped
	}
	return lead.Duration
}

// unreleased says per repository what waits for a release.
func (b *book) unreleased(p place) []Unreleased {
	var all []Unreleased
	for _, s := range b.shelves {
		waits := b.waiting(s)
		last := lastRelease(s)
		if last == nil || len(waits) == 0 {
			continue
		}
		u := Unreleased{
			Repository: string(s.Name()),
			Count:      count(len(waits), "change"),
			Since:      fmt.Sprintf("since %s, %s ago", plain(last.Tag), b.ageWords(last.Published)),
			Oldest:     "the oldest has waited " + lasting(seconds(waits[0].Value)),
		}
		for _, item := range slices.Backward(waits) {
			if len(u.Changes) < mostLinks {
				u.Changes = append(u.Changes, Link{Text: b.text(item.Title), Href: web(item.URL, home(s.Repository))})
			}
		}
		if len(waits) > mostLinks {
			u.More = &Link{Text: Hostile("All " + count(len(waits), "change")), Href: p.to(kpiPath("unreleased-changes"))}
		}
		all = append(all, u)
	}
	return all
}

// waiting returns the changes that are in no release, longest waiting first; none
// where that is not measured.
func (b *book) waiting(s *shelf) []kpi.Item {
	r, ok := s.score.Result("unreleased-changes")
	if !ok || !known(r) {
		return nil
	}
	items := slices.DeleteFunc(slices.Clone(r.Evidence), func(i kpi.Item) bool { return i.Excluded != "" })
	slices.SortStableFunc(items, func(x, y kpi.Item) int { return cmp.Compare(y.Value, x.Value) })
	return items
}

// lastRelease returns the last full release, else the last of any kind; nil for
// none.
func lastRelease(s *shelf) *timeline.Release {
	for _, r := range slices.Backward(s.releases) {
		if !r.Prerelease {
			return r
		}
	}
	if len(s.releases) == 0 {
		return nil
	}
	return s.releases[len(s.releases)-1]
}
