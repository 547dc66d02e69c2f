package timeline

import "github.com/shipshape-report/shipshape"

// The rules that leave a commit of a pull request out of a release's list.
const (
	ruleInPrevious = "its pull request is contained in the previous release already"
	ruleNotIn      = "its pull request's result and head are not in the release"
	ruleTooLate    = "merged or committed after the instant of the report"
)

// ledgerRules are the rules in the order in which a ledger shows them.
var ledgerRules = []string{ruleInPrevious, ruleNotIn, ruleTooLate}

// fillContents finds the changes of a release among its Commits and accounts for
// every one of them.
func (r *Repository) fillContents(release *Release) {
	ids := r.idsOf(release.Commits)
	listed := map[*Change]bool{}
	for _, c := range r.changesAt(ids) {
		switch {
		case c.Number > 0 && r.inPrevious(c, release):
		case c.Number > 0:
			release.Changes = append(release.Changes, c)
			listed[c] = true
		case c.CherryPickOf == "":
			release.Direct = append(release.Direct, c)
		}
	}
	for _, i := range ids {
		if r.accounts[i] == picked {
			release.CherryPicks = append(release.CherryPicks, CherryPick{OID: r.graph.oid(i), Origin: r.owner[i].CherryPickOf})
		}
	}
	release.Ledger = r.ledger(ids, listed, release)
}

// idsOf returns the ids of commits of the graph.
func (r *Repository) idsOf(oids []shipshape.OID) []int32 {
	ids := make([]int32, len(oids))
	for k, o := range oids {
		ids[k], _ = r.graph.id(o)
	}
	return ids
}

// inPrevious reports whether one of the pull request's anchors is contained in the
// previous release.
func (r *Repository) inPrevious(c *Change, release *Release) bool {
	if release.Previous == nil {
		return false
	}
	previous, _ := r.graph.id(release.Previous.Commit)
	at := r.anchors[c]
	return r.graph.ancestor(at.result, previous) || r.graph.ancestor(at.head, previous)
}

// ledger counts each commit of a release once.
func (r *Repository) ledger(ids []int32, listed map[*Change]bool, release *Release) Ledger {
	l := Ledger{Commits: len(ids)}
	excluded := map[string]int{}
	for _, i := range ids {
		switch r.accounts[i] {
		case owned:
			if c := r.owner[i]; listed[c] {
				l.Listed++
			} else if r.inPrevious(c, release) {
				excluded[ruleInPrevious]++
			} else {
				excluded[ruleNotIn]++
			}
		case picked:
			l.CherryPicks++
		case direct:
			l.Direct++
		case mergeOnly:
			l.MergeOnly++
		case tooLate:
			excluded[ruleTooLate]++
		}
	}
	l.Explained = l.Listed + l.CherryPicks + l.Direct + l.MergeOnly
	for _, rule := range ledgerRules {
		if n := excluded[rule]; n > 0 {
			l.Excluded = append(l.Excluded, Exclusion{Rule: rule, N: n})
			l.Explained += n
		}
	}
	return l
}
