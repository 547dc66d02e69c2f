package timeline

// From which side a walker came to a commit.
const (
	fromTip uint8 = 1 << iota
	fromNot
)

// walker visits commits from the newest down. Its scratch space is cleared after
// each walk at the cost of what the walk touched.
type walker struct {
	g       *graph
	flags   []uint8
	touched []int32
	queue   descending
	open    int // queued commits that only the tip leads to so far
}

func newWalker(g *graph) *walker { return &walker{g: g, flags: make([]uint8, g.len())} }

// difference visits the commits that tip reaches and not does not, newest first,
// until visit returns false.
func (w *walker) difference(not, tip int32, visit func(int32) bool) {
	w.mark(tip, fromTip)
	if not >= 0 {
		w.mark(not, fromNot)
	}
	for w.open > 0 {
		i, from := w.pop()
		if from == fromTip && !visit(i) {
			break
		}
		for _, p := range w.g.parentsOf(i) {
			if p >= 0 {
				w.mark(p, from)
			}
		}
	}
	w.reset()
}

// mark adds flags to a commit and queues it when it is seen for the first time.
// Ids are topological, so a commit has all its flags when it is taken out.
func (w *walker) mark(i int32, flags uint8) {
	old := w.flags[i]
	now := old | flags
	if now == old {
		return
	}
	w.flags[i] = now
	if old == 0 {
		w.touched = append(w.touched, i)
		w.queue.push(i)
	}
	if old == fromTip {
		w.open--
	}
	if now == fromTip {
		w.open++
	}
}

// pop takes out the newest queued commit with its flags.
func (w *walker) pop() (int32, uint8) {
	i := w.queue.pop()
	if w.flags[i] == fromTip {
		w.open--
	}
	return i, w.flags[i]
}

// reset clears what the last walk left.
func (w *walker) reset() {
	for _, i := range w.touched {
		w.flags[i] = 0
	}
	w.touched, w.queue, w.open = w.touched[:0], w.queue[:0], 0
}

// ancestor reports whether a is b or an ancestor of b.
func (w *walker) ancestor(a, b int32) bool {
	defer w.reset()
	stack := append(w.touched[:0], b)
	for next := 0; next < len(stack); next++ {
		if stack[next] == a {
			w.touched = stack
			return true
		}
		for _, p := range w.g.parentsOf(stack[next]) {
			between := p == a || p > a && w.g.generation[p] > w.g.generation[a]
			if between && w.flags[p] == 0 {
				w.flags[p] = fromTip
				stack = append(stack, p)
			}
		}
	}
	w.touched = stack
	return false
}

// descending is a heap of ids, largest first.
type descending []int32

// push adds an id.
func (d *descending) push(i int32) {
	h := append(*d, i)
	at := len(h) - 1
	for at > 0 {
		up := (at - 1) / 2
		if h[up] >= i {
			break
		}
		h[at] = h[up]
		at = up
	}
	h[at] = i
	*d = h
}

// pop removes the largest id. The heap must not be empty.
func (d *descending) pop() int32 {
	h := *d
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	*d = h
	if len(h) == 0 {
		return top
	}
	at := 0
	for {
		child := 2*at + 1
		if child >= len(h) {
			break
		}
		if child+1 < len(h) && h[child+1] > h[child] {
			child++
		}
		if h[child] <= last {
			break
		}
		h[at] = h[child]
		at = child
	}
	h[at] = last
	return top
}
