package figure

// across draws the ticks of a horizontal axis, and the labels of those that
// have room, from the left.
func (c *canvas) across(f frame, x scale, ticks []float64, format Format) {
	c.line("fig-axis", f.left, f.bottom, f.right, f.bottom)
	free := 0.0
	for _, t := range ticks {
		at := x.at(t)
		c.line("fig-grid", at, f.top, at, f.bottom)
		label := fit(format.number(Of(t), ""), f.letter, float64(c.size.Width)/3)
		half := width(label, f.letter) / 2
		centre := min(max(at, half), float64(c.size.Width)-half)
		if centre-half < free {
			continue
		}
		c.text("fig-text", middle, centre, f.bottom+f.letter+6, label)
		free = centre + half + 8
	}
}
