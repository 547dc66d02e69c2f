package report

import (
	"time"

	"github.com/shipshape-report/shipshape/timeline"
)

// ReleasesData is data/releases.json: every release, by repository, oldest first.
type ReleasesData []ReleaseData

// ReleaseData is one release. What it brought is null where its commit is not in
// the history.
type ReleaseData struct {
	Repository  string              `json:"repository"`
	Tag         string              `json:"tag"`
	Previous    *string             `json:"previous" jsonschema:"description=Tag of the release its contents are counted from; null for the first."`
	Why         string              `json:"why" jsonschema:"description=Why that one."`
	PublishedAt time.Time           `json:"publishedAt"`
	Commit      *string             `json:"commit"`
	Commits     []string            `json:"commits" jsonschema:"oneof_type=array;null,description=Exactly those of git rev-list previous..this; newest first."`
	Changes     []ReleaseChangeData `json:"changes" jsonschema:"oneof_type=array;null"`
	CherryPicks []CherryPickData    `json:"cherryPicks" jsonschema:"oneof_type=array;null"`
	Direct      []string            `json:"direct" jsonschema:"oneof_type=array;null,description=Commits that came without a pull request."`
	Ledger      *LedgerData         `json:"ledger"`
}

// ReleaseChangeData is a change of a release.
type ReleaseChangeData struct {
	Repository string `json:"repository"`
	Number     int    `json:"number"`
	Title      string `json:"title"`
	Class      string `json:"class" jsonschema:"enum=emergency,enum=standard,enum=normal"`
	OID        string `json:"oid"`
	URL        string `json:"url"`
}

// CherryPickData is a commit that was picked from another.
type CherryPickData struct {
	OID    string `json:"oid"`
	Origin string `json:"origin" jsonschema:"description=A pull request as #12 or a commit id."`
}

// LedgerData accounts for every commit of a release once: listed, excluded,
// cherry-picked, direct and merge-only ones add up to explained.
type LedgerData struct {
	Commits     int             `json:"commits"`
	Listed      int             `json:"listed"`
	Excluded    []ExclusionData `json:"excluded"`
	CherryPicks int             `json:"cherryPicks"`
	Direct      int             `json:"direct"`
	MergeOnly   int             `json:"mergeOnly"`
	Explained   int             `json:"explained"`
}

// ExclusionData is a number of commits left out by one rule.
type ExclusionData struct {
	Rule string `json:"rule"`
	N    int    `json:"n"`
}

// releasesData is every release of every repository.
func (b *book) releasesData(place) any {
	doc := ReleasesData{}
	for _, s := range b.shelves {
		for _, r := range s.releases {
			doc = append(doc, b.releaseData(s, r))
		}
	}
	return doc
}

func (b *book) releaseData(s *shelf, r *timeline.Release) ReleaseData {
	data := ReleaseData{Repository: string(s.Name()), Tag: r.Tag, Why: r.Why, PublishedAt: r.Published.UTC(), Commit: stated(string(r.Commit))}
	if r.Previous != nil {
		data.Previous = &r.Previous.Tag
	}
	if r.Missing {
		return data
	}
	data.Commits, data.Changes, data.CherryPicks, data.Direct = []string{}, []ReleaseChangeData{}, []CherryPickData{}, []string{}
	for _, o := range r.Commits {
		data.Commits = append(data.Commits, string(o))
	}
	for _, c := range r.Changes {
		data.Changes = append(data.Changes, ReleaseChangeData{string(s.Name()), c.Number, b.nameless(c.Title), string(c.Class), string(c.Commit), changeURL(c)})
	}
	for _, pick := range r.CherryPicks {
		data.CherryPicks = append(data.CherryPicks, CherryPickData{string(pick.OID), pick.Origin})
	}
	for _, c := range r.Direct {
		data.Direct = append(data.Direct, string(c.Commit))
	}
	data.Ledger = ledgerData(r.Ledger)
	return data
}

func ledgerData(l timeline.Ledger) *LedgerData {
	data := &LedgerData{Commits: l.Commits, Listed: l.Listed, Excluded: []ExclusionData{}, CherryPicks: l.CherryPicks, Direct: l.Direct, MergeOnly: l.MergeOnly, Explained: l.Explained}
	for _, e := range l.Excluded {
		data.Excluded = append(data.Excluded, ExclusionData{e.Rule, e.N})
	}
	return data
}
