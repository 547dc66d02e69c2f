package kpi

import (
	"fmt"

	"github.com/shipshape-report/shipshape/timeline"
)

const stageDoc = `

It is taken over the pull requests merged in the window. Boundaries are those of lead time: start, ready for review, first review by another person, last approval, merge. Each lies no earlier than the one before it, and only what happened before the merge counts. The definition is this report's own.`

// CodingTime is the time from a change's start until it is ready for review.
var CodingTime = KPI{
	ID:       "coding-time",
	Name:     "Coding time",
	Family:   ChangeFlow,
	Question: "How long is a change worked on before it is ready for review?",
	Unit:     Seconds,
	Better:   Lower,
	Doc: `The median time from a change's start, the earlier of its first commit's authored date and its opening, until it was ready for review: when it was last marked so before the merge, else when it was opened.` + stageDoc + `

A start more than 365 days before the merge counts as 365 days before it; such changes are flagged and lower coverage.`,
	Counts:    []string{"Pull requests merged in the window."},
	Leaves:    []string{"Commits that came without a pull request.", "Changes of which no authored date or no opening is known: they lower coverage."},
	Formula:   "median over merged pull requests of (ready for review − start)",
	Source:    "This report's own.",
	Version:   1,
	Statistic: Median,
	Needs:     []Need{needChanges, needOpening},
	Reads:     onlyChanges,
	Begun:     firstChange,
	Remedy:    "Collect the commits of pull requests and when they were opened.",
	Compute:   stageSample(codingItem),
	Says: func(r Result) string {
		return sayMedian(r, "change", verb(r.N, "was ready", "were ready")+" for review", " of "+verb(r.N, "its", "their")+" start")
	},
}

// PickupTime is the time a change waits for its first review.
var PickupTime = KPI{
	ID:       "pickup-time",
	Name:     "Pickup time",
	Family:   ChangeFlow,
	Question: "How long does a change wait for its first review?",
	Unit:     Seconds,
	Better:   Lower,
	Doc: `The median time from the moment a change was ready for review to the first review by another person, of any verdict, or a comment that approves in words.` + stageDoc + `

Changes that nobody else reviewed are outside: they waited for nothing.`,
	Counts:    []string{"Pull requests merged in the window that another person reviewed before the merge."},
	Leaves:    []string{"Changes that no other person reviewed before the merge.", "Changes whose opening is not known: they lower coverage."},
	Formula:   "median over reviewed pull requests of (first review by another person − ready for review)",
	Source:    "This report's own.",
	Version:   1,
	Statistic: Median,
	Needs:     []Need{needChanges, needOpening, needReviews},
	Reads:     onlyChanges,
	Connected: reviewsRecorded,
	Begun:     firstChange,
	Remedy:    "Collect when pull requests were opened.",
	Compute:   stageSample(pickupItem),
	Says: func(r Result) string {
		return sayMedian(r, "reviewed change", verb(r.N, "was", "were")+" picked up", "")
	},
}

// ReviewTime is the time from the first review to the last approval.
var ReviewTime = KPI{
	ID:       "review-time",
	Name:     "Review time",
	Family:   ChangeFlow,
	Question: "How long does a review take?",
	Unit:     Seconds,
	Better:   Lower,
	Doc: `The median time from the first review of a change by another person to the last approval by another person before the merge. It is 0 where the first review was the approval.` + stageDoc + `

Changes without an approval by another person are outside.`,
	Counts:    []string{"Pull requests merged in the window that another person approved before the merge."},
	Leaves:    []string{"Changes that no other person reviewed, or approved, before the merge."},
	Formula:   "median over approved pull requests of (last approval − first review by another person)",
	Source:    "This report's own.",
	Version:   1,
	Statistic: Median,
	Needs:     []Need{needChanges, needReviews},
	Reads:     onlyChanges,
	Connected: reviewsRecorded,
	Begun:     firstChange,
	Remedy:    "Collect the reviews of pull requests.",
	Compute:   stageSample(reviewItem),
	Says: func(r Result) string {
		return sayMedian(r, "approved change", verb(r.N, "was", "were")+" approved", " of "+verb(r.N, "its", "their")+" first review")
	},
}

// MergeWait is the time an approved change waits for its merge.
var MergeWait = KPI{
	ID:       "merge-wait",
	Name:     "Merge wait",
	Family:   ChangeFlow,
	Question: "How long does an approved change wait for its merge?",
	Unit:     Seconds,
	Better:   Lower,
	Doc: `The median time from the last approval of a change by another person to its merge.` + stageDoc + `

Changes without an approval by another person are outside.`,
	Counts:    []string{"Pull requests merged in the window that another person approved before the merge."},
	Leaves:    []string{"Changes that no other person approved before the merge."},
	Formula:   "median over approved pull requests of (merge − last approval)",
	Source:    "This report's own.",
	Version:   1,
	Statistic: Median,
	Needs:     []Need{needChanges, needReviews},
	Reads:     onlyChanges,
	Connected: reviewsRecorded,
	Begun:     firstChange,
	Remedy:    "Collect the reviews of pull requests.",
	Compute:   stageSample(mergeWaitItem),
	Says: func(r Result) string {
		return sayMedian(r, "approved change", verb(r.N, "was", "were")+" merged", " of "+verb(r.N, "its", "their")+" last approval")
	},
}

// reviewsRecorded tells a repository that does not record reviews from one whose
// changes happened not to be reviewed.
func reviewsRecorded(r *timeline.Repository) (reason, remedy string) {
	if r.ReviewRecorded {
		return "", ""
	}
	return fmt.Sprintf("Reviewing is not recorded in %s: none of the pull requests that were read had a review by another person.", r.Name()),
		"Review pull requests on GitHub, or approve them with one of the configured words at the start of a line."
}

// stageSample returns the samples of one stage over the pull requests merged in
// the window; of returns a change's item, given its stages.
func stageSample(of func(Item, *timeline.Change, stageTimes) Item) func(Scope) Sample {
	return func(s Scope) Sample {
		var sample Sample
		for _, c := range pullsMergedIn(s) {
			sample.Items = append(sample.Items, of(changeItem(c), c, c.StagesToMerge()))
		}
		return sample
	}
}

type stageTimes []timeline.StageTime

// took returns the item with the time of a stage, or left out where the stage is
// not known alone.
func (ts stageTimes) took(stage timeline.Stage, item Item, lacking string) Item {
	for _, t := range ts {
		if t.Stage == stage && t.Whole {
			item.Value = t.Duration.Seconds()
			return item
		}
	}
	return item.unknown("%s", lacking)
}

func codingItem(item Item, c *timeline.Change, ts stageTimes) Item {
	if c.FirstAuthored.IsZero() {
		return item.unknown("no authored date of its commits is known")
	}
	item = ts.took(timeline.Coding, item, "its opening is not known")
	if trouble := c.LeadTo(c.Merged).Trouble; item.Excluded == "" && trouble != timeline.NoTrouble {
		item.Uncovered, item.Note = true, string(trouble)
	}
	return item
}

func pickupItem(item Item, c *timeline.Change, ts stageTimes) Item {
	if c.FirstReview.IsZero() {
		return item.out(notReviewed)
	}
	return ts.took(timeline.Pickup, item, "its opening is not known")
}

func reviewItem(item Item, c *timeline.Change, ts stageTimes) Item {
	switch {
	case c.FirstReview.IsZero():
		return item.out(notReviewed)
	case c.LastApproval.IsZero():
		return item.out(notApproved)
	}
	return ts.took(timeline.Review, item, "its first review is not known")
}

func mergeWaitItem(item Item, c *timeline.Change, ts stageTimes) Item {
	if c.LastApproval.IsZero() {
		return item.out(notApproved)
	}
	return ts.took(timeline.MergeWait, item, "its last approval is not known")
}

// Why a stage did not happen.
const (
	notReviewed = "no review by another person before the merge"
	notApproved = "no approval by another person before the merge"
)
