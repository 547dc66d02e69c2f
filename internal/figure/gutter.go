package figure

import (
	"cmp"
	"slices"
)

// note is a label in the right-hand gutter.
type note struct {
	y     float64
	text  string
	class string
}

// spread moves notes apart until gap pixels lie between their base lines, in
// the order of their heights, and keeps them between top and bottom. Where they
// cannot all have the gap they share what there is.
func spread(notes []note, top, bottom, gap float64) []note {
	placed := slices.Clone(notes)
	slices.SortStableFunc(placed, func(a, b note) int { return cmp.Compare(a.y, b.y) })
	if n := len(placed); n > 1 {
		gap = min(gap, (bottom-top)/float64(n-1))
	}
	edge := top
	for i := range placed {
		placed[i].y = max(placed[i].y, edge)
		edge = placed[i].y + gap
	}
	edge = bottom
	for i := len(placed) - 1; i >= 0; i-- {
		placed[i].y = min(placed[i].y, edge)
		edge = placed[i].y - gap
	}
	return placed
}

// gutter draws the notes to the right of the plot.
func (c *canvas) gutter(f frame, notes []note) {
	room := float64(c.size.Width) - f.right - 8
	for _, n := range spread(notes, f.top, f.bottom, f.letter+2) {
		c.text(n.class, start, f.right+6, n.y+f.letter*0.35, fit(n.text, f.letter*bold, room))
	}
}
