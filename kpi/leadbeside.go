package kpi

import (
	"slices"

	"github.com/shipshape-report/shipshape/timeline"
)

// The figures beside lead time that its finding names.
const (
	undelivered       = "merged, not delivered"
	oldestUndelivered = "oldest merged, not delivered"
)

// way is a change on its way to a delivery.
type way struct {
	change *timeline.Change
	lead   timeline.Lead
	item   Item
}

type wayfarers []way

// counted returns those whose lead time counts.
func (ws wayfarers) counted() wayfarers {
	return slices.DeleteFunc(ws, func(w way) bool { return w.item.Excluded != "" })
}

// figures returns what stands beside the median; items are all of the sample,
// those left out too.
func (ws wayfarers) figures(items []Item) []Figure {
	leads := ws.seconds(func(way) bool { return true })
	figures := []Figure{
		quantileFigure("75th percentile", Seconds, leads, 0.75, ""),
		quantileFigure("90th percentile", Seconds, leads, 0.9, ""),
		medianFigure("median per commit", Seconds, ws.perCommit(), "Commits of the counted changes, from their authored date; merge commits are not counted."),
		medianFigure("median of changes by people", Seconds, ws.seconds(func(w way) bool { return !w.change.ByMachine && !w.change.Anonymous() }), ""),
		medianFigure("median of changes by machines", Seconds, ws.seconds(func(w way) bool { return w.change.ByMachine }), ""),
		medianFigure("median of changes without a known author", Seconds, ws.seconds(func(w way) bool { return w.change.Anonymous() }), ""),
	}
	figures = append(figures, ws.stages()...)
	figures = append(figures, waitingFigures(items)...)
	return append(figures, ws.troubles()...)
}

// seconds returns the lead times of the changes that pass.
func (ws wayfarers) seconds(passes func(way) bool) []float64 {
	var leads []float64
	for _, w := range ws {
		if passes(w) {
			leads = append(leads, w.lead.Duration.Seconds())
		}
	}
	return leads
}

// perCommit returns the lead time of every commit that is no merge. A commit
// authored after the delivery counts 0, and none starts before its change does,
// so that clocks are mended as for changes.
func (ws wayfarers) perCommit() []float64 {
	var leads []float64
	for _, w := range ws {
		for _, c := range w.change.Commits {
			if c.Merge || c.AuthoredAt.IsZero() {
				continue
			}
			start := laterOf(c.AuthoredAt, w.lead.Start)
			leads = append(leads, max(w.lead.End.Sub(start).Seconds(), 0))
		}
	}
	return leads
}

// stages returns the median of each stage over the changes for which it is known
// alone, then that of each longer stretch that swallowed a stage which did not
// happen, by name.
func (ws wayfarers) stages() []Figure {
	whole, merged := map[timeline.Stage][]float64{}, map[string][]float64{}
	for _, w := range ws {
		for _, stage := range w.lead.Stages {
			if stage.Whole {
				whole[stage.Stage] = append(whole[stage.Stage], stage.Duration.Seconds())
			} else {
				merged[stage.Label()] = append(merged[stage.Label()], stage.Duration.Seconds())
			}
		}
	}
	var figures []Figure
	for _, stage := range timeline.StageNames {
		figures = append(figures, medianFigure("median "+stageWords[stage], Seconds, whole[stage], "Changes for which both its ends were seen."))
	}
	for _, label := range sortedKeys(merged) {
		figures = append(figures, medianFigure("median "+label, Seconds, merged[label], "Changes for which a boundary between was not seen."))
	}
	return figures
}

// stageWords names the stages for readers.
var stageWords = map[timeline.Stage]string{
	timeline.Coding:     "coding",
	timeline.Pickup:     "pickup",
	timeline.Review:     "review",
	timeline.MergeWait:  "merge wait",
	timeline.DeployWait: "deploy wait",
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// waitingFigures counts the merged changes that are not delivered.
func waitingFigures(items []Item) []Figure {
	n, oldest := 0, Figure{Name: oldestUndelivered, Unit: Seconds, Note: "No merged change is waiting."}
	for _, item := range items {
		if item.Excluded != notDelivered {
			continue
		}
		n++
		if oldest.Value == nil || item.Value > *oldest.Value {
			oldest.Value, oldest.N, oldest.Note = ptr(item.Value), 1, "Since its merge."
		}
	}
	return []Figure{countFigure(undelivered, n, "When the report is told; never part of the median."), oldest}
}

// troubles returns how many changes had a clock to mend and what the 90th
// percentile would be without the cap, then how many were direct commits.
func (ws wayfarers) troubles() []Figure {
	var uncapped []float64
	mended, direct := 0, 0
	for _, w := range ws {
		uncapped = append(uncapped, w.lead.Uncapped.Seconds())
		if w.lead.Trouble != timeline.NoTrouble {
			mended++
		}
		if w.change.Direct() {
			direct++
		}
	}
	return []Figure{
		countFigure("changes with clock trouble", mended, "Counted, flagged, outside coverage."),
		quantileFigure("90th percentile, uncapped", Seconds, uncapped, 0.9, "Without moving starts more than 365 days before the merge."),
		countFigure("direct commits", direct, "Changes without a pull request."),
	}
}
