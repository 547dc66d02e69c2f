package timeline

import (
	"fmt"
	"slices"

	"github.com/shipshape-report/shipshape"
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

// candidates returns the sources in the order in which they are tried. Tags are
// read only where they can be chosen.
func (b *builder) candidates(r *Repository, h *shipshape.RepositoryHistory, production, runs []*Deployment) []candidate {
	cs := []candidate{{SourceDeployments, "deployments to production", production}}
	if b.Workflow != "" {
		cs = append(cs, candidate{SourceWorkflow, "runs of the workflow " + b.Workflow, runs})
	}
	published := slices.DeleteFunc(slices.Clone(r.Releases), func(o *Release) bool { return o.FromTag })
	cs = append(cs, candidate{SourceReleases, "releases", b.releasesAsDeployments(SourceReleases, published)})
	found := slices.ContainsFunc(cs, func(c candidate) bool { return c.distinct() >= enough })
	if b.Source == SourceTags || b.Source == "" && !found {
		tags := b.releasesAsDeployments(SourceTags, r.tagsAsReleases(h, b.Options))
		cs = append(cs, candidate{SourceTags, "version tags", tags})
	}
	for _, c := range cs {
		if c.kind == SourceReleases || c.kind == SourceTags {
			markRepeats(c.items, b.RepeatWithin)
		}
	}
	return cs
}

// tagsAsReleases returns what the version tags amount to as releases, whether or
// not something was published too. What was published stays what the repository's
// releases are, and those of its changes.
func (r *Repository) tagsAsReleases(h *shipshape.RepositoryHistory, o Options) []*Release {
	releases, first := r.Releases, make([]*Release, len(r.Changes))
	for i, c := range r.Changes {
		first[i], c.Release = c.Release, nil
	}
	bare := *h
	bare.Releases = nil
	r.linkReleases(&bare, o)
	tags := r.Releases
	r.Releases = releases
	for i, c := range r.Changes {
		c.Release = first[i]
	}
	return tags
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
		why += fmt.Sprintf("; %s: %d", b.noun, b.distinct())
	}
	return why
}
