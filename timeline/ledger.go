package timeline

import (
	"cmp"
	"slices"
)

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
	p := packing{r: r, ids: make([]int32, len(release.Commits)), previous: none, rules: map[*Change]string{}}
	for k, o := range release.Commits {
		p.ids[k], _ = r.graph.id(o)
	}
	if release.Previous != nil {
		p.previous, _ = r.graph.id(release.Previous.Commit)
	}
	for _, c := range r.changesAt(p.ids) {
		switch {
		case c.Number > 0 && p.rule(c) == "":
			release.Changes = append(release.Changes, c)
		case c.Number == 0 && c.CherryPickOf == "":
			release.Direct = append(release.Direct, c)
		}
	}
	for _, i := range p.ids {
		if r.accounts[i] == picked {
			release.CherryPicks = append(release.CherryPicks, CherryPick{OID: r.graph.oid(i), Origin: r.owner[i].CherryPickOf})
		}
	}
	release.Ledger = p.ledger()
}

// packing is the work of telling what the commits of a release belong to.
type packing struct {
	r        *Repository
	ids      []int32 // newest first
	previous int32
	rules    map[*Change]string // found so far
}

// rule returns the rule that leaves the pull request out of the release; "" where
// it is listed.
func (p *packing) rule(c *Change) string {
	rule, known := p.rules[c]
	if !known {
		rule = p.judge(c)
		p.rules[c] = rule
	}
	return rule
}

func (p *packing) judge(c *Change) string {
	at := p.r.anchors[c]
	result, head := p.holds(at.result), p.holds(at.head)
	if !result && p.r.graph.ancestor(at.result, p.previous) || !head && p.r.graph.ancestor(at.head, p.previous) {
		return ruleInPrevious
	}
	if !result && !head {
		return ruleNotIn
	}
	return ""
}

// holds reports whether commit i is one of the release's.
func (p *packing) holds(i int32) bool {
	_, ok := slices.BinarySearchFunc(p.ids, i, func(a, b int32) int { return cmp.Compare(b, a) })
	return ok
}

// ledger counts each commit once.
func (p *packing) ledger() Ledger {
	l := Ledger{Commits: len(p.ids)}
	excluded := map[string]int{}
	for _, i := range p.ids {
		switch p.r.accounts[i] {
		case owned:
			if rule := p.rule(p.r.owner[i]); rule != "" {
				excluded[rule]++
			} else {
				l.Listed++
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
