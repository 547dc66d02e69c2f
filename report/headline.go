package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

// headline is the finding that matters most, in one sentence without a full
// stop: a clear change, else how often and how fast, else the flow of changes up
// to the merge.
func (b *book) headline() string {
	if b.several() {
		return b.servicesHeadline()
	}
	if changed := b.changedWords(); changed != "" {
		return changed
	}
	var clauses []string
	for _, id := range []string{"deployment-frequency", "lead-time-for-changes"} {
		clauses = append(clauses, b.clause(id)...)
	}
	if len(clauses) == 0 {
		for _, id := range []string{"changes-merged", "coding-time", "pickup-time", "merge-wait"} {
			clauses = append(clauses, b.clause(id)...)
		}
	}
	if len(clauses) == 0 {
		return "Nothing in this history can be measured yet"
	}
	return upper(strings.Join(clauses[:min(len(clauses), 2)], ", "))
}

// changedWords names up to two results that are clearly better or worse than in
// the period before; "" for none.
func (b *book) changedWords() string {
	changed := b.changed()
	if slices.ContainsFunc(b.leading(), func(r kpi.Result) bool { return slices.Contains(deliveryKPIs, r.KPI.ID) }) {
		changed = slices.DeleteFunc(changed, func(r kpi.Result) bool { return !slices.Contains(deliveryKPIs, r.KPI.ID) })
	}
	return b.verdictWords(changed)
}

// deliveryKPIs decide the headline wherever they are known: how large changes are
// matters less than how they reach production.
var deliveryKPIs = []string{"deployment-frequency", "lead-time-for-changes", "deployment-success-rate", "deployment-duration"}

// changed are the leading results that are clearly better or worse than before.
func (b *book) changed() []kpi.Result {
	return slices.DeleteFunc(b.leading(), func(r kpi.Result) bool { return !clearlyChanged(r) })
}

// clearlyChanged reports whether a result is better or worse than before.
func clearlyChanged(r kpi.Result) bool {
	verdict := verdictOf(r)
	return (verdict == string(kpi.BetterNow) || verdict == string(kpi.WorseNow)) && r.Value != nil && r.Previous.Value != nil
}

// verdictWords word up to two results that changed: "lead time is better: 14.1 h
// now, 16.2 h before; but …".
func (b *book) verdictWords(changed []kpi.Result) string {
	var clauses []string
	for i, r := range changed[:min(len(changed), 2)] {
		m := b.measureOf(r)
		clause := fmt.Sprintf("%s is %s: %s now, %s before", lower(r.KPI.Name), verdictOf(r), m.words(*r.Value, r.N), m.words(*r.Previous.Value, r.Previous.N))
		if i > 0 && verdictOf(r) != verdictOf(changed[0]) {
			clause = "but " + clause
		}
		clauses = append(clauses, clause)
	}
	return upper(strings.Join(clauses, "; "))
}

// clause words one result for the headline: none where it has no value.
func (b *book) clause(id string) []string {
	r, ok := b.score.Result(id)
	if !ok || !known(r) || r.Value == nil {
		return nil
	}
	m := b.measureOf(r)
	if r.KPI.Statistic == kpi.Rate {
		return []string{count(r.N, m.noun) + " in " + dayWords(b.score.Window.Days())}
	}
	if spreadEnds[id] == "" || r.N == 0 {
		return nil
	}
	end := spreadEnds[id]
	if id == "lead-time-for-changes" && b.fromReleases(r) {
		end = "released"
	}
	return []string{"half of the changes " + end + " within " + m.words(*r.Value, r.N)}
}

// lede follows the headline in up to three sentences: what each of several services
// did, the findings behind a clear change, or how the first results compare with
// before; and the steps back of the period.
func (b *book) lede() string {
	shown := b.leading()
	if len(shown) == 0 {
		return "Nothing was found that a KPI could rest on. The page on what is missing says what would change that."
	}
	var sentences []string
	switch words := b.verdictWords(b.changed()); {
	case b.several():
		sentences = append(sentences, b.servicesLede())
	case b.changedWords() != "":
		sentences = append(sentences, sentence(shown[0].Finding))
	case words != "":
		sentences = append(sentences, words+".")
	default:
		sentences = append(sentences, b.steadyWords(shown))
	}
	if words := b.stepsWords(); words != "" {
		sentences = append(sentences, words)
	}
	return strings.Join(sentences, " ")
}

// steadyWords say that nothing changed clearly, or that nothing can be compared.
func (b *book) steadyWords(shown []kpi.Result) string {
	var compared []string
	for _, r := range shown {
		if verdictOf(r) == "same" && r.Previous.Value != nil && *r.Previous.Value > 0 && len(compared) < 2 {
			m := b.measureOf(r)
			compared = append(compared, fmt.Sprintf("%s was %s", lower(r.KPI.Name), m.words(*r.Previous.Value, r.Previous.N)))
		}
	}
	if len(compared) == 0 {
		return sentence(shown[0].Finding)
	}
	return fmt.Sprintf("Nothing is clearly better or worse than in the %s days before, when %s.", figures(b.score.Window.Days(), fewCases), list(compared))
}

// stepsWords count the steps back of the period; "" for none.
func (b *book) stepsWords() string {
	rolledBack, raced := 0, 0
	for _, s := range b.shelves {
		rolledBack += len(b.steps(s, timeline.Rollback))
		raced += len(b.steps(s, timeline.OutOfOrder))
	}
	var words []string
	if rolledBack > 0 {
		words = append(words, count(rolledBack, "rollback"))
	}
	if raced > 0 {
		words = append(words, count(raced, "race between builds"))
	}
	if len(words) == 0 {
		return ""
	}
	first := rolledBack
	if first == 0 {
		first = raced
	}
	return "There " + either(first, "was ", "were ") + list(words) + "."
}
