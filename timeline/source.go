package timeline

import (
	"fmt"
)

// enough is how many items make a source preferable to a later one.
const enough = 3

// candidate is what a source would count as production deployments.
type candidate struct {
	kind  SourceKind
	noun  string // of its items, plural
	items []*Deployment
}

// distinct counts the items without repetitions; every attempt counts, whatever
// became of it.
func (c candidate) distinct() int {
	n := 0
	for _, d := range c.items {
		if d.DuplicateOf == nil {
			n++
		}
	}
	return n
}

// chooseSource returns the first candidate with enough items, else the first with
// any, and why. A forced source is taken whatever it holds.
func chooseSource(forced SourceKind, candidates []candidate) (Source, []*Deployment) {
	if forced != "" {
		return forcedSource(forced, candidates)
	}
	for _, least := range []int{enough, 1} {
		for i, c := range candidates {
			if n := c.distinct(); n >= least {
				return Source{Kind: c.kind, Items: n, Why: whyChosen(candidates[:i], c, least)}, c.items
			}
		}
	}
	return Source{Kind: SourceNone, Why: "there is no deployment to production, no release and no version tag"}, nil
}

func forcedSource(forced SourceKind, candidates []candidate) (Source, []*Deployment) {
	for _, c := range candidates {
		if c.kind == forced {
			return Source{Kind: forced, Items: c.distinct(), Why: "the configuration says so"}, c.items
		}
	}
	return Source{Kind: forced, Why: "the configuration says so"}, nil
}

// whyChosen words the choice of c, which had at least so many items, over those
// tried before it.
func whyChosen(before []candidate, c candidate, least int) string {
	why := fmt.Sprintf("it holds %d %s", c.distinct(), c.noun)
	if least < enough {
		return why + fmt.Sprintf(" and no source holds %d", enough)
	}
	for _, b := range before {
		why += fmt.Sprintf("; of %s there are %d", b.noun, b.distinct())
	}
	return why
}
