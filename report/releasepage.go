package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// How much a release's page lists. The pages of old releases are condensed to
// about 10 KB.
const (
	fullPages       = 200 // newest releases of a repository with a full page, at least
	listedChanges   = 150
	listedCommits   = 100
	listedCondensed = 8
)

// release is the page of one release. Of an old release it says nothing that
// changes with the instant of the report.
func (b *book) release(p place, s *shelf, r *timeline.Release) any {
	condensed := b.condensed(s, r)
	page := &ReleasePage{
		Frame:      b.frame(p, r.Tag+", "+string(s.Name()), "What "+plain(r.Tag)+" of "+string(s.Name())+" brought.", releaseSection),
		Repository: string(s.Name()),
		Tag:        Hostile(r.Tag),
		URL:        web(r.URL, home(s.Repository)),
		State:      releaseState(r),
		Published:  onDay(r.Published),
		Facts:      b.releaseFacts(s, r),
		Compared:   compared(r),
		Deployed:   b.whereItWent(s, r),
		Repo:       string(s.Name()),
		Missing:    missingWords(r),
	}
	if name := strings.TrimSpace(r.Name); name != r.Tag && name != strings.TrimPrefix(r.Tag, "v") {
		page.Name = b.text(name)
	}
	page.Newer, page.Older = b.releaseNeighbours(p, s, r)
	if !p.markdown() {
		page.MarkdownHref = p.to(twin(p.path))
	}
	page.Ledger, page.LedgerLine, page.LedgerOK = ledger(r)
	b.contents(page, r, condensed)
	if condensed {
		page.Condensed = condensedWords
	} else {
		page.Description = Markdown(b.nameless(r.Description))
		page.Cut = s.descriptionGap()
	}
	return page
}

// descriptionGap says what is missing of published descriptions, "" for nothing.
func (s *shelf) descriptionGap() string {
	for _, g := range s.Gaps {
		if g.Entity == shipshape.ReleaseEntity && g.Field == "description" {
			return sentence(g.Why)
		}
	}
	return ""
}

const condensedWords = "This is an older release, so its page is kept short: lists are cut and the published description is left out. The data file of releases holds all of its contents."

// condensed reports whether the release is older than the last two periods and not
// among the newest of its repository. That is decided for a whole stretch at once,
// so that a release a day does not change an old page a day.
func (b *book) condensed(s *shelf, r *timeline.Release) bool {
	recent := !r.Published.Before(b.score.Window.Previous().From)
	whole := (len(s.releases) - fullPages) / stretchRows
	return !recent && s.place[r]/stretchRows < whole
}

// missingWords say why nothing can be said of the contents; "" where it can.
func missingWords(r *timeline.Release) string {
	if !r.Missing {
		return ""
	}
	return "The commit of this release is not in the history that was read, so what it brought is not known."
}

// compared says what the contents are counted from, and why.
func compared(r *timeline.Release) string {
	switch {
	case r.Missing:
		return ""
	case r.Previous == nil:
		return fmt.Sprintf("Nothing to compare with: %s. Everything up to it is its content.", r.Why)
	}
	return fmt.Sprintf("Compared with %s: %s.", plain(r.Previous.Tag), r.Why)
}

// releaseFacts are commit, comparison, size and time of a release.
func (b *book) releaseFacts(s *shelf, r *timeline.Release) []Fact {
	facts := []Fact{{Name: "Commit", Value: r.Commit.Short()}}
	if author := b.person(r.Author, strings.HasSuffix(string(r.Author), "[bot]")); author != "" {
		facts = append(facts, Fact{Name: "Released by", Value: author})
	}
	if r.Undated {
		facts = append(facts, Fact{Name: "Date", Value: "that of its commit", Note: "a lightweight tag has none of its own"})
	}
	if r.Missing {
		return facts
	}
	brought := Fact{Name: "Brought", Value: broughtWords(allChanges(r), r.Ledger.Commits)}
	if len(r.Direct) > 0 {
		brought.Note = count(len(r.Changes), "pull request") + ", " + count(len(r.Direct), "commit") + " without one"
	}
	facts = append(facts, brought)
	if r.Previous != nil {
		facts = append(facts, Fact{Name: "After " + plain(r.Previous.Tag), Value: lasting(max(0, r.Published.Sub(r.Previous.Published))), Note: "between the two publications"})
	}
	if leads := leadsTo(r); len(leads) > 0 {
		half := *quantile(leads, 0.5)
		facts = append(facts, Fact{Name: "Time to release", Value: lasting(seconds(half)), Note: "median from the start of " + count(len(leads), "change") + " to the publication"})
	}
	return facts
}

// leadsTo returns the times from the start of a release's changes to its
// publication, ascending, in seconds.
func leadsTo(r *timeline.Release) []float64 {
	var leads []float64
	for _, c := range allChanges(r) {
		if lead := c.LeadTo(r.Published); lead.Trouble != timeline.StartUnknown {
			leads = append(leads, lead.Duration.Seconds())
		}
	}
	slices.Sort(leads)
	return leads
}

// allChanges are the pull requests and the direct commits of a release.
func allChanges(r *timeline.Release) []*timeline.Change { return slices.Concat(r.Changes, r.Direct) }

// whereItWent links to the production deployments of the release's commit, oldest
// first.
func (b *book) whereItWent(s *shelf, r *timeline.Release) []Link {
	var links []Link
	for _, d := range s.deployedAt[r.Commit] {
		text := atMinute(d.Finished).Text + ": " + kindWords[d.Kind] + ", which brought " + broughtWords(d.Changes, len(d.Commits))
		if d.Environment != "" {
			text = d.Environment + ", " + text
		}
		links = append(links, Link{Text: Hostile(text), Href: deploymentURL(d)})
	}
	return links
}

// releaseNeighbours link to the releases published before and after.
func (b *book) releaseNeighbours(p place, s *shelf, r *timeline.Release) (newer, older *Link) {
	link := func(r *timeline.Release) *Link {
		return &Link{Text: Hostile(r.Tag), Href: p.to(releasePath(s.Name(), r.Tag))}
	}
	i := s.place[r]
	if i+1 < len(s.releases) {
		newer = link(s.releases[i+1])
	}
	if i > 0 {
		older = link(s.releases[i-1])
	}
	return newer, older
}

// contents fills in what the release brought, cut to what a page may list.
func (b *book) contents(page *ReleasePage, r *timeline.Release, condensed bool) {
	room, commits := listedChanges, listedCommits
	if condensed {
		room, commits = listedCondensed, 0
	}
	for _, class := range []timeline.Class{timeline.Emergency, timeline.Normal, timeline.Standard} {
		group := b.group(r, class, room)
		if len(group.Changes) > 0 || group.More != nil {
			page.Groups = append(page.Groups, group)
			room -= len(group.Changes)
		}
	}
	if commits == 0 {
		return
	}
	page.Direct = b.directTable(r, commits)
	page.Picks = b.pickTable(r, commits)
}

// classNames head the groups of changes.
var classNames = map[timeline.Class]string{
	timeline.Emergency: "Emergency changes",
	timeline.Normal:    "Changes",
	timeline.Standard:  "Standard changes",
}

// group is the changes of one class, at most as many as there is room for.
func (b *book) group(r *timeline.Release, class timeline.Class, room int) ChangeGroup {
	g := ChangeGroup{Name: classNames[class]}
	n := 0
	for _, c := range r.Changes {
		if c.Class != class {
			continue
		}
		if n++; n <= room {
			g.Changes = append(g.Changes, b.changeRow(c, r.Published))
		}
	}
	if n > len(g.Changes) {
		g.More = &Link{Text: Hostile(count(n-len(g.Changes), "more change") + ": all on GitHub"), Href: contentsURL(r)}
	}
	return g
}

// contentsURL shows on GitHub what a release brought.
func contentsURL(r *timeline.Release) string {
	if r.Previous == nil {
		return home(r.Repo) + "/commits/" + string(r.Commit)
	}
	return compareURL(r.Repo, r.Previous.Tag, r.Tag)
}

func (b *book) changeRow(c *timeline.Change, released time.Time) ChangeRow {
	row := ChangeRow{
		Number: changeNumber(c), Title: b.text(c.Title), URL: changeURL(c),
		Author: Hostile(b.person(c.Author, c.ByMachine)), Notes: changeNotes(c, released),
	}
	if lead := c.LeadTo(released); lead.Trouble != timeline.StartUnknown {
		row.Lead = lasting(sinceStart(lead)) + " from start to release"
	}
	return row
}

// changeNotes are what is to be known of a change beside its title. What happened
// after the release is left out, so that the page stays as it is.
func changeNotes(c *timeline.Change, released time.Time) []string {
	var notes []string
	for _, target := range c.Reverts {
		notes = append(notes, "reverts "+changeNumber(target))
	}
	for _, by := range c.RevertedBy {
		if !by.Merged.After(released) {
			notes = append(notes, "reverted by "+changeNumber(by))
		}
	}
	if c.CherryPickOf != "" {
		notes = append(notes, "picked from "+c.CherryPickOf)
	}
	if c.ByMachine {
		notes = append(notes, "by a machine")
	} else if c.Repo.ReviewRecorded && !c.Direct() && !c.Reviewed() {
		notes = append(notes, "no approval on record")
	}
	return notes
}

// directTable lists commits without a pull request; nil for none.
func (b *book) directTable(r *timeline.Release, room int) *Table {
	if len(r.Direct) == 0 {
		return nil
	}
	t := &Table{Caption: count(len(r.Direct), "commit") + " that came without a pull request", Head: []Cell{{Text: "Commit", Header: true}, {Text: "Title", Header: true}, {Text: "Committed", Header: true}}}
	for _, c := range r.Direct[:min(len(r.Direct), room)] {
		at := onDay(c.Merged)
		t.Rows = append(t.Rows, []Cell{{Text: Hostile(c.Commit.Short()), Code: true, Href: changeURL(c)}, {Text: b.text(c.Title), Title: true}, {Time: &at}})
	}
	t.More = restOf(r, len(r.Direct), len(t.Rows))
	return t
}

// pickTable lists cherry-picked commits with their origins; nil for none.
func (b *book) pickTable(r *timeline.Release, room int) *Table {
	if len(r.CherryPicks) == 0 {
		return nil
	}
	t := &Table{Caption: count(len(r.CherryPicks), "commit") + " picked from elsewhere", Head: []Cell{{Text: "Commit", Header: true}, {Text: "Picked from", Header: true}}}
	for _, pick := range r.CherryPicks[:min(len(r.CherryPicks), room)] {
		t.Rows = append(t.Rows, []Cell{{Text: Hostile(pick.OID.Short()), Code: true, Href: commitURL(r.Repo, pick.OID)}, originCell(r.Repo, pick.Origin)})
	}
	t.More = restOf(r, len(r.CherryPicks), len(t.Rows))
	return t
}

// originCell links to what a commit was picked from.
func originCell(repo *timeline.Repository, origin string) Cell {
	if number, ok := strings.CutPrefix(origin, "#"); ok {
		return Cell{Text: Hostile(origin), Href: home(repo) + "/pull/" + number}
	}
	return Cell{Text: Hostile(origin), Code: true, Href: commitURL(repo, shipshape.OID(origin))}
}

// restOf links to what a table of n rows leaves out; nil where it is whole.
func restOf(r *timeline.Release, n, shown int) *Link {
	if n <= shown {
		return nil
	}
	return &Link{Text: Hostile(whole(n-shown) + " more: all on GitHub"), Href: contentsURL(r)}
}
