package githubtest

import (
	"container/heap"
	"time"

	"github.com/shipshape-report/shipshape"
)

// walk lists the ancestors of a commit as `git log` does: of the commits that can be
// reached by what was listed so far, the youngest by commit date comes next. It goes
// only as far as it is asked to.
type walk struct {
	repository *repository
	since      time.Time // zero: no bound
	until      time.Time
	seen       map[int32]bool
	queue      waiting
	listed     []int32
}

// walkFrom returns the walk from a commit of the graph. Walks are kept, so that the
// next page goes on where the last one ended.
func (r *repository) walkFrom(start shipshape.OID, since, until time.Time) *walk {
	key := string(start) + since.String() + until.String()
	if w := r.walks[key]; w != nil {
		return w
	}
	w := &walk{repository: r, since: since, until: until, seen: map[int32]bool{}}
	w.push(start)
	if len(r.walks) >= maxWalks {
		clear(r.walks)
	}
	r.walks[key] = w
	return w
}

// maxWalks bounds the walks that are kept, and with them the memory.
const maxWalks = 256

// has reports whether there is an i-th ancestor, walking there if need be.
func (w *walk) has(i int) bool {
	for len(w.listed) <= i && len(w.queue) > 0 {
		w.step()
	}
	return i < len(w.listed)
}

// count walks to the end.
func (w *walk) count() int {
	for len(w.queue) > 0 {
		w.step()
	}
	return len(w.listed)
}

// at returns the i-th ancestor, which must be there.
func (w *walk) at(i int) *shipshape.Commit {
	w.has(i)
	return &w.repository.Commits[w.listed[i]]
}

// step lists the next commit and queues its parents.
func (w *walk) step() {
	next := heap.Pop(&w.queue).(waiter)
	c := &w.repository.Commits[next.commit]
	if !c.CommittedAt.Before(w.since) && (w.until.IsZero() || !c.CommittedAt.After(w.until)) {
		w.listed = append(w.listed, next.commit)
	}
	for _, parent := range c.Parents {
		w.push(parent)
	}
}

// push queues a commit unless it was seen, or is outside the graph.
func (w *walk) push(oid shipshape.OID) {
	i, ok := w.repository.commits[oid]
	if !ok || w.seen[i] {
		return
	}
	w.seen[i] = true
	heap.Push(&w.queue, waiter{i, w.repository.Commits[i].CommittedAt, len(w.seen)})
}

// waiter is a commit that waits to be listed.
type waiter struct {
	commit  int32
	at      time.Time
	arrival int // among commits of one instant, first come first served
}

// waiting is a heap, the youngest on top.
type waiting []waiter

func (q waiting) Len() int { return len(q) }

func (q waiting) Less(i, j int) bool {
	if c := q[i].at.Compare(q[j].at); c != 0 {
		return c > 0
	}
	return q[i].arrival < q[j].arrival
}

func (q waiting) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

func (q *waiting) Push(x any) { *q = append(*q, x.(waiter)) }

func (q *waiting) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}
