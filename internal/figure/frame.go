package figure

// frame is the plot inside a drawing: what is left after the key above, the
// tick labels on the left, the period names below and the labels on the right.
type frame struct {
	left, right, top, bottom float64
	y                        scale
	letter                   float64
}

// newFrame makes room for the labels. Neither gutter takes more than a
// quarter of the width; longer labels are shortened.
func newFrame(s Size, a axis, right []string, k key) frame {
	w, h, letter := float64(s.Width), float64(s.Height), s.text()
	f := frame{letter: letter, bottom: h - letter - 12}
	f.left = min(widest(a.labels, letter), w/4) + 10
	f.right = w - 4
	if len(right) > 0 {
		f.right = w - min(widest(right, letter*bold), w/4) - 12
	}
	f.top = k.height() + letter/2 + 2
	f.y = scale{lo: a.lo, hi: a.hi, from: f.bottom, to: f.top}
	return f
}

// slot is the middle of bucket i of n and the room each bucket has.
func (f frame) slot(i, n int) (x, room float64) {
	room = (f.right - f.left) / float64(max(n, 1))
	return f.left + (float64(i)+0.5)*room, room
}

// grid draws the ticks of the vertical axis, zero stronger than the others.
func (c *canvas) grid(f frame, a axis) {
	for i, t := range a.ticks {
		y := f.y.at(t)
		class := "fig-grid"
		if t == 0 {
			class = "fig-axis"
		}
		c.line(class, f.left, y, f.right, y)
		c.text("fig-text", end, f.left-6, y+f.letter*0.35, fit(a.labels[i], f.letter, f.left-8))
	}
}

// periods names as many buckets as have room, always the last one.
func (c *canvas) periods(f frame, names []string) {
	n := len(names)
	if n == 0 {
		c.text("fig-text", middle, (f.left+f.right)/2, (f.top+f.bottom)/2, wordNoData)
		return
	}
	longest := min(widest(names, f.letter), (f.right-f.left)/2)
	_, room := f.slot(0, n)
	stride := 1
	for float64(stride)*room < longest+6 && stride < n {
		stride++
	}
	for i := (n - 1) % stride; i < n; i += stride {
		x, _ := f.slot(i, n)
		name := fit(names[i], f.letter, longest)
		half := width(name, f.letter) / 2
		x = min(max(x, half), float64(c.size.Width)-half)
		c.text("fig-text", middle, x, f.bottom+f.letter+6, name)
	}
}

// axisNames are the names under the axis.
func axisNames(periods []Period) []string {
	names := make([]string, len(periods))
	for i, p := range periods {
		names[i] = p.axisName()
	}
	return names
}
