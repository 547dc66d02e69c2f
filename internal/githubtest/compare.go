package githubtest

import (
	"time"

	"github.com/shipshape-report/shipshape"
)

// comparison is what separates two commits: those that only the head has, oldest
// first, and how many only the base has.
type comparison struct {
	base, head shipshape.OID
	ahead      []int32
	behind     int
	repo       *repository
}

// compare compares a ref with another, named or given as a commit.
func compare(base ref, headRef string) any {
	r := base.repo
	head := shipshape.OID(headRef)
	if found, ok := r.ref(headRef).(object); ok {
		head = found.of.(ref).Target
	}
	if r.commit(head) == nil || r.commit(base.Target) == nil {
		return nil
	}
	mine, theirs := r.reach(base.Target), r.reach(head)
	c := comparison{base: base.Target, head: head, repo: r}
	all := r.walkFrom(head, time.Time{}, time.Time{})
	for i := all.count() - 1; i >= 0; i-- {
		if !mine[all.listed[i]] {
			c.ahead = append(c.ahead, all.listed[i])
		}
	}
	for i := range mine {
		if !theirs[i] {
			c.behind++
		}
	}
	return object{"Comparison", c}
}

// reach is the set of a commit and its ancestors.
func (r *repository) reach(oid shipshape.OID) map[int32]bool {
	w := r.walkFrom(oid, time.Time{}, time.Time{})
	w.count()
	return w.seen
}

func (c comparison) status() string {
	switch {
	case len(c.ahead) == 0 && c.behind == 0:
		return "IDENTICAL"
	case c.behind == 0:
		return "AHEAD"
	case len(c.ahead) == 0:
		return "BEHIND"
	}
	return "DIVERGED"
}

var comparisonFields = fields[comparison]{
	"id":         func(c call[comparison]) any { return newID("Comparison", c.of.repo, string(c.of.base+"..."+c.of.head)) },
	"aheadBy":    func(c call[comparison]) any { return len(c.of.ahead) },
	"behindBy":   func(c call[comparison]) any { return c.of.behind },
	"status":     func(c call[comparison]) any { return c.of.status() },
	"baseTarget": func(c call[comparison]) any { return c.of.repo.commit(c.of.base) },
	"headTarget": func(c call[comparison]) any { return c.of.repo.commit(c.of.head) },
	"commits":    comparisonCommits,
}

func comparisonCommits(c call[comparison]) any {
	r := c.of.repo
	return sliceOf(c.of.ahead, func(_ int, i int32) any { return object{"Commit", commit{&r.Commits[i], r}} })
}
