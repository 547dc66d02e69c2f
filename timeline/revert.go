package timeline

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// linkReverts fills Reverts and RevertedBy. It wants the changes linked.
//
// A change takes back what its title, its description or the messages of its
// commits say, by commit, by number, or else by title. What is taken back was
// merged before. Of equal titles it is the latest that is still in force, one below
// the revert in the graph before any other.
func (r *Repository) linkReverts() {
	l := r.newReverts()
	for _, c := range r.Changes {
		for _, target := range l.targets(c) {
			c.Reverts = append(c.Reverts, target)
			target.RevertedBy = append(target.RevertedBy, c)
		}
		l.remember(c)
	}
}

// reverts is the work of finding what is taken back. It goes through the changes by
// merge and knows those before.
type reverts struct {
	r       *Repository
	known   *commitIndex
	numbers map[int]*Change
	own     map[*Change][]int32 // commits of the graph whose message speaks of reverting
	titles  map[string][]*Change
	bare    map[string][]*Change // by title without its conventional type
	starts  map[string][]keyed   // by the beginning of the title, for those that are cut
}

// keyed is a change under its title's key.
type keyed struct {
	key    string
	change *Change
}

func (r *Repository) newReverts() *reverts {
	l := &reverts{
		r: r, numbers: map[int]*Change{}, own: map[*Change][]int32{},
		titles: map[string][]*Change{}, bare: map[string][]*Change{}, starts: map[string][]keyed{},
	}
	var merged []*Change
	for _, c := range r.Changes {
		if c.Number > 0 {
			l.numbers[c.Number] = c
			merged = append(merged, c)
		}
	}
	slices.SortFunc(merged, innermostFirst)
	l.known = newCommitIndex(r.graph, merged)
	for i, c := range r.owner {
		if c == nil {
			continue
		}
		if commit := r.graph.commit(int32(i)); containsFold(commit.Body, "revert") {
			l.own[c] = append(l.own[c], int32(i))
		}
	}
	return l
}

// targets returns the changes that c takes back, by merge.
func (l *reverts) targets(c *Change) []*Change {
	var body string
	if c.Facts != nil {
		body = c.Facts.Body
	}
	said := takenBack(c.Title, body, l.r.Facts.Name)
	for _, i := range l.own[c] {
		of := takenBack("", l.r.graph.commit(i).Body, l.r.Facts.Name)
		said.commits = append(said.commits, of.commits...)
		said.numbers = append(said.numbers, of.numbers...)
	}
	if l.suffixNames(c, said) {
		said.numbers = append(said.numbers, said.suffix)
	}
	targets := l.named(c, said)
	if said.title != "" && len(targets) == 0 {
		if target := l.titled(c, said.title); target != nil {
			targets = append(targets, target)
		}
	}
	slices.SortFunc(targets, compareChanges)
	return slices.Compact(targets)
}

// suffixNames reports whether the number at the end of a pull request's reverting
// title is that of what it takes back: not its own, and not that of the revert it
// is a backport of.
func (l *reverts) suffixNames(c *Change, said takeback) bool {
	target := l.numbers[said.suffix]
	return c.Number > 0 && target != nil && target != c && revertedTitle(target.Title) != said.title
}

// named returns the changes that are named by commit or number and were merged
// before c. One of several commits names itself only: taking it back leaves the
// rest of its change in force.
func (l *reverts) named(c *Change, said takeback) []*Change {
	var targets []*Change
	commits := map[*Change][]shipshape.OID{}
	for _, o := range said.commits {
		full, ok := l.known.find(o)
		if !ok {
			continue
		}
		t := l.known.owner(full, l.r.owner)
		commits[t] = append(commits[t], full)
		if t != nil && t.wholeIn(commits[t]) {
			targets = append(targets, t)
		}
	}
	for _, n := range said.numbers {
		targets = append(targets, l.numbers[n])
	}
	return slices.DeleteFunc(targets, func(t *Change) bool { return t == nil || !l.before(t, c) })
}

// wholeIn reports whether the commits are the result of merging the change, or all
// that it consists of.
func (c *Change) wholeIn(commits []shipshape.OID) bool {
	result := slices.Contains(commits, c.Commit)
	for _, own := range c.Commits {
		if own.OID == c.Commit {
			result = false // a rebase: the last of them
		}
	}
	return result || !slices.ContainsFunc(c.Commits, func(own OwnCommit) bool {
		return !own.Merge && !slices.Contains(commits, own.OID)
	})
}

// before reports whether a was merged before b; at the same second the graph
// decides.
func (l *reverts) before(a, b *Change) bool {
	if !a.Merged.Equal(b.Merged) {
		return a.Merged.Before(b.Merged)
	}
	x, _ := l.r.graph.id(a.Commit)
	y, _ := l.r.graph.id(b.Commit)
	return x < y
}

// titled returns the change before c that has the title, or nil.
func (l *reverts) titled(c *Change, title string) *Change {
	if start, ok := cutTitle(title); ok {
		return l.choose(c, l.beginning(start))
	}
	if found := l.choose(c, l.titles[titleKey(title)]); found != nil {
		return found
	}
	return l.choose(c, l.bare[bareKey(title)])
}

// beginning returns the changes remembered whose titles begin so.
func (l *reverts) beginning(start string) []*Change {
	var out []*Change
	for _, k := range l.starts[start[:cutLength]] {
		if strings.HasPrefix(k.key, start) {
			out = append(out, k.change)
		}
	}
	return out
}

// choose returns the latest candidate that is in force and lies below c, else the
// latest in force, else nil. The candidates are in order of merge.
func (l *reverts) choose(c *Change, candidates []*Change) *Change {
	var elsewhere *Change
	for _, candidate := range slices.Backward(candidates) {
		if !l.before(candidate, c) || !candidate.Effective() {
			continue
		}
		if l.below(candidate, c) {
			return candidate
		}
		if elsewhere == nil {
			elsewhere = candidate
		}
	}
	return elsewhere
}

// below reports whether a's commit is contained in b's.
func (l *reverts) below(a, b *Change) bool {
	x, _ := l.r.graph.id(a.Commit)
	y, _ := l.r.graph.id(b.Commit)
	return l.r.graph.ancestor(x, y)
}

// remember makes a change findable by its title.
func (l *reverts) remember(c *Change) {
	key, bare := titleKey(c.Title), bareKey(c.Title)
	l.titles[key] = append(l.titles[key], c)
	l.bare[bare] = append(l.bare[bare], c)
	if len(key) >= cutLength {
		l.starts[key[:cutLength]] = append(l.starts[key[:cutLength]], keyed{key: key, change: c})
	}
}
