package figure

// notes is the label of the level, or nothing.
func (r Reference) notes() []note {
	if !r.Value.checked().Known {
		return nil
	}
	return []note{{text: or(r.Label, wordMedian), class: "fig-strong"}}
}

// reference draws the level and its name.
func (c *canvas) reference(f frame, r Reference) {
	notes := r.notes()
	if len(notes) == 0 {
		return
	}
	y := f.y.at(r.Value.Number)
	c.line("fig-reference", f.left, y, f.right, y)
	notes[0].y = y
	c.gutter(f, notes)
}

// texts are the words of the notes.
func texts(notes []note) []string {
	words := make([]string, len(notes))
	for i, n := range notes {
		words[i] = n.text
	}
	return words
}
