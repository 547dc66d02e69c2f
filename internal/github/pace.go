package github

// growAfter is how many good answers in a row at a reduced size let it grow again.
const growAfter = 8

// pace is how much is asked for at a time: half as much once GitHub found it too
// big, and twice as much again after a while without trouble.
type pace struct {
	full, size, run int
}

// newPace begins at a size, at least 1.
func newPace(size int) pace {
	size = max(size, 1)
	return pace{full: size, size: size}
}

// tooBig halves what was asked for, which can be less than the size.
func (p *pace) tooBig(asked int) { p.size, p.run = max(asked/2, 1), 0 }

// good notes an answer that was not too big.
func (p *pace) good() {
	if p.size == p.full {
		return
	}
	if p.run++; p.run == growAfter {
		p.size, p.run = min(2*p.size, p.full), 0
	}
}
