package kpi

import (
	"fmt"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// Unreleased is how much merged work is in no release.
var Unreleased = KPI{
	ID:       "unreleased-changes",
	Name:     "Unreleased changes",
	Family:   ChangeFlow,
	Question: "How much merged work is in no release yet?",
	Unit:     Count,
	Better:   Lower,
	Doc: `The number of pull requests merged into the default branch that no release contains, at the instant the report is told from, whenever they were merged.

A release contains a change when the change's merge commit, or its final head, is in the commit graph below the release. Pre-releases count as releases; where nothing was ever published, version tags do. The distribution is over their ages since the merge. The weekly figures are the same count at the end of each week.

It is not measured where nothing was ever released: there is then nothing for a change to be in. The definition is this report's own.`,
	Counts: []string{"Pull requests merged into the default branch and in no release."},
	Leaves: []string{
		"Pull requests merged into other branches, and commits that came without one.",
		"Pull requests of which no commit is in the graph: those merged in the window lower coverage.",
	},
	Formula:   "number of pull requests merged into the default branch and in no release",
	Source:    "This report's own.",
	Version:   1,
	Statistic: Tally,
	Needs:     []Need{needCommits, needChanges, needReleases},
	Reads:     []shipshape.Entity{shipshape.ReleaseEntity, shipshape.CommitEntity, shipshape.ChangeEntity},
	Connected: everReleased,
	Begun:     firstChange,
	Remedy:    "Collect the whole commit graph.",
	Compute:   unreleased,
	Says:      sayUnreleased,
}

func everReleased(r *timeline.Repository) (reason, remedy string) {
	if len(r.Releases) > 0 {
		return "", ""
	}
	return fmt.Sprintf("Nothing was ever released in %s, so no change can be in a release.", r.Name()), "Publish releases, or tag versions."
}

func unreleased(s Scope) Sample {
	var sample Sample
	for i, r := range s.Repositories {
		seen := s.stretch(i)
		for _, c := range r.Changes {
			if c.Direct() || c.Merged.After(s.AsOf) {
				continue
			}
			if item, listed := unreleasedItem(c, s); listed {
				if seen.ends(s.AsOf) && item.Excluded == "" {
					item.Uncovered, item.Note = true, seen.readTo()
				}
				sample.Items = append(sample.Items, item)
			}
		}
	}
	return sample
}

// unreleasedItem returns a change with its age, or left out. Changes that left
// the tally before the window are not listed: they say nothing about it.
func unreleasedItem(c *timeline.Change, s Scope) (item Item, listed bool) {
	item = changeItem(c)
	item.Value = s.AsOf.Sub(c.Merged).Seconds()
	inWindow := s.Window.Contains(c.Merged)
	switch {
	case !onDefault(c):
		return item.out("merged into another branch than the default one"), inWindow
	case !c.InGraph:
		return item.unknown("none of its commits is in the graph: whether it was released is not known"), inWindow
	case c.Release != nil:
		item.Until = laterOf(c.Release.Published, c.Merged)
		item.Value = item.Until.Sub(c.Merged).Seconds()
		return item.out("released with %s", c.Release.Tag), !item.Until.Before(s.Window.From)
	}
	return item, true
}

// onDefault reports whether the change was merged into the default branch. Where
// either is not known it is taken to be.
func onDefault(c *timeline.Change) bool {
	branch := c.Repo.Facts.DefaultBranch
	return branch == "" || c.Facts == nil || c.Facts.Base == "" || c.Facts.Base == branch
}

func sayUnreleased(r Result) string {
	if r.N == 0 {
		return "Every change merged into the default branch is in a release."
	}
	oldest := ""
	if d := r.Distribution; d != nil && d.Max != nil {
		oldest = fmt.Sprintf("; %s has waited for %s", verb(r.N, "it", "the oldest"), duration(*d.Max))
	}
	return fmt.Sprintf("%s %s in no release%s.", count(r.N, "merged change"), verb(r.N, "is", "are"), oldest)
}
