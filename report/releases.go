package report

import (
	"fmt"
	"slices"

	"github.com/shipshape-report/shipshape/timeline"
)

// releaseLeaves are the newest releases of all, all of each repository in
// stretches, and a page for each release.
func (b *book) releaseLeaves() []leaf {
	if !b.released() {
		return nil
	}
	leaves := []leaf{{releasesPath, b.releases}, {twin(releasesPath), b.releases}}
	for _, s := range b.shelves {
		leaves = append(leaves, b.releaseStretches(s)...)
		for _, r := range s.releases {
			path, write := releasePath(s.Name(), r.Tag), func(p place) any { return b.release(p, s, r) }
			leaves = append(leaves, leaf{path, write}, leaf{twin(path), write})
		}
	}
	return leaves
}

// releaseStretches are all releases of a repository in stretches; none where the
// list holds all, for nothing would lead to one.
func (b *book) releaseStretches(s *shelf) []leaf {
	var leaves []leaf
	if len(s.releases) > b.rowsEach(newestReleases) {
		for n := range stretches(len(s.releases)) {
			leaves = append(leaves, leaf{stretchPath("releases", s.Name(), n+1), func(p place) any { return b.releaseStretch(p, s, n+1) }})
		}
	}
	return leaves
}

var releaseSection = section{"Releases", releasesPath}

// releases lists the newest releases of every repository.
func (b *book) releases(p place) any {
	page := &ReleasesPage{
		Frame:   b.dated(b.frame(p, "Releases", "Releases of "+b.site()+", each with its contents.")),
		Heading: "Releases",
		Lede:    "Every release, newest first, with exactly what it brought: the commits between it and the release it follows.",
	}
	for _, s := range b.shelves {
		page.Sections = append(page.Sections, b.newestReleasesOf(p, s))
	}
	return page
}

func (b *book) newestReleasesOf(p place, s *shelf) ReleaseSection {
	section := ReleaseSection{Repository: string(s.Name()), Anchor: s.anchor(), Note: releasesNote(s)}
	if len(s.releases) == 0 {
		section.Empty = "Nothing was ever released here, and no tag looks like a version. Publish a release on GitHub, or tag versions, and they are listed."
		return section
	}
	rows := s.releases[max(0, len(s.releases)-b.rowsEach(newestReleases)):]
	section.Table = b.releaseTable(p, s, rows)
	section.Table.Caption = fmt.Sprintf("The newest %s of %s", whole(len(rows)), count(len(s.releases), "release"))
	if len(rows) < len(s.releases) {
		section.All = &Link{Text: Hostile("All " + count(len(s.releases), "release")), Href: p.to(stretchPath("releases", s.Name(), stretches(len(s.releases))))}
	}
	return section
}

// releasesNote says what the list is made from, where it is not plain releases.
func releasesNote(s *shelf) string {
	tags, undated := 0, 0
	for _, r := range s.releases {
		if r.FromTag {
			tags++
		}
		if r.Undated {
			undated++
		}
	}
	switch {
	case tags == 0:
		return ""
	case undated == 0:
		return "Nothing was ever published as a release here: the list holds the version tags."
	}
	return fmt.Sprintf("Nothing was ever published as a release here: the list holds the version tags. %s no date of its own and stands at the date of its commit.",
		count(undated, "lightweight tag")+either(undated, " has", " have"))
}

// releaseStretch is the nth stretch of a repository's releases. It says nothing
// that changes from day to day.
func (b *book) releaseStretch(p place, s *shelf, n int) any {
	rows := stretch(s.releases, n)
	first := (n-1)*stretchRows + 1
	page := &ReleasesPage{
		Frame:   b.frame(p, fmt.Sprintf("Releases %d to %d of %s", first, first+len(rows)-1, s.Name()), "Releases of "+string(s.Name())+".", releaseSection),
		Heading: fmt.Sprintf("%s: releases %s to %s", s.Name(), whole(first), whole(first+len(rows)-1)),
		Lede:    "Counted from the oldest; newest first on this page.",
	}
	table := b.releaseTable(p, s, rows)
	table.Caption = fmt.Sprintf("From %s to %s", date(rows[0].Published), date(rows[len(rows)-1].Published))
	page.Sections = []ReleaseSection{{Repository: string(s.Name()), Anchor: s.anchor(), Table: table}}
	page.Newer, page.Older = neighbours(p, "releases", s, n, stretches(len(s.releases)))
	return page
}

// releaseTable lists releases, newest first.
func (b *book) releaseTable(p place, s *shelf, rows []*timeline.Release) Table {
	t := Table{Head: []Cell{{Text: "Release", Header: true}, {Text: "Published", Header: true}, {Text: "Follows", Header: true}, {Text: "Brought", Header: true}, {Text: "Oldest change started", Header: true, Numeric: true}, {Text: "In production", Header: true}}}
	if len(s.attempts) == 0 {
		t.Head = t.Head[:5]
	}
	for _, r := range slices.Backward(rows) {
		t.Rows = append(t.Rows, b.releaseRow(p, s, r)[:len(t.Head)])
	}
	return t
}

func (b *book) releaseRow(p place, s *shelf, r *timeline.Release) []Cell {
	published := onDay(r.Published)
	follows := Cell{Text: "–"}
	if r.Previous != nil {
		follows = Cell{Text: Hostile(r.Previous.Tag), Code: true, Href: p.to(releasePath(s.Name(), r.Previous.Tag))}
	}
	production := Cell{Text: "–"}
	if ds := s.deployedAt[r.Commit]; len(ds) > 0 {
		at := onDay(ds[0].Finished)
		production = Cell{Time: &at, Href: deploymentURL(ds[0])}
	}
	tag := Cell{Text: Hostile(r.Tag), Header: true, Code: true, Href: p.to(releasePath(s.Name(), r.Tag))}
	if r.Prerelease {
		tag.Note = "pre-release"
	}
	brought := Cell{Text: Hostile(broughtWords(allChanges(r), r.Ledger.Commits))}
	switch {
	case r.Missing:
		brought.Text = unknownWord
	case r.First():
		brought.Note = "all before it"
	}
	changes := slices.Concat(r.Changes, r.Direct)
	return []Cell{tag, {Time: &published}, follows, brought, {Text: Hostile(longestLead(changes, r.Published)), Numeric: true}, production}
}

// releaseNote is the state of what is no plain release.
func releaseNote(r *timeline.Release) string {
	if state := releaseState(r); state != released {
		return state
	}
	return ""
}

// released is the state of a plain release.
const released = "Released"

// releaseState words whether a release is a full one.
func releaseState(r *timeline.Release) string {
	switch {
	case r.Prerelease && r.FromTag:
		return "Pre-release tag"
	case r.Prerelease:
		return "Pre-release"
	case r.FromTag:
		return "Version tag"
	}
	return released
}
