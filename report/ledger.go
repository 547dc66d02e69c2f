package report

import (
	"fmt"

	"github.com/shipshape-report/shipshape/timeline"
)

// ledger accounts for every commit of a release: the table, a sentence that says
// whether it adds up, and whether it does. A release whose commit is missing has
// none.
func ledger(r *timeline.Release) (Table, string, bool) {
	if r.Missing {
		return Table{}, "", false
	}
	l := r.Ledger
	t := Table{Caption: "Every commit, counted once", Head: []Cell{{Text: "Commits", Header: true}, {Text: "Number", Header: true, Numeric: true}}}
	add := func(name string, n int) {
		t.Rows = append(t.Rows, []Cell{{Text: Hostile(name), Header: true}, {Text: Hostile(whole(n)), Numeric: true}})
	}
	add("of the changes listed", l.Listed)
	add("cherry-picks", l.CherryPicks)
	add("without a pull request", l.Direct)
	add("merges that belong to no change", l.MergeOnly)
	for _, e := range l.Excluded {
		add("left out: "+e.Rule, e.N)
	}
	add("accounted for", l.Explained)
	add("in the release", l.Commits)
	return t, ledgerLine(l, len(r.Changes)), ledgerWhole(r)
}

// ledgerLine says in words that a ledger adds up, or what is missing.
func ledgerLine(l timeline.Ledger, changes int) string {
	if l.Commits == 0 {
		return "The release holds no commit that the one before did not hold."
	}
	parts := []string{fmt.Sprintf("%s in %s", whole(l.Listed), count(changes, "change"))}
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, whole(n)+" "+what)
		}
	}
	add(l.CherryPicks, either(l.CherryPicks, "cherry-pick", "cherry-picks"))
	add(l.Direct, "without a pull request")
	add(l.MergeOnly, either(l.MergeOnly, "merge of its own", "merges of their own"))
	left := 0
	for _, e := range l.Excluded {
		left += e.N
	}
	add(left, "left out by a rule")
	line := count(l.Commits, "commit") + ": " + list(parts) + "."
	switch missing := l.Commits - l.Explained; {
	case missing == 0:
		return line + " Every commit is accounted for."
	case missing < 0:
		return line + fmt.Sprintf(" That is %s too many.", whole(-missing))
	default:
		return line + fmt.Sprintf(" Not accounted for: %s.", count(missing, "commit"))
	}
}
