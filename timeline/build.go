package timeline

import (
	"cmp"
	"slices"

	"github.com/shipshape-report/shipshape"
)

// Build works out what belongs to what in a history, as of o.AsOf and by the
// rules of o. The history stays as it is, and the order of its slices does not
// matter. Repositories and pull requests of the timeline refer to the history's
// records, which must not change afterwards.
func Build(h *shipshape.History, o Options) *Timeline {
	b := newBuilder(o)
	t := &Timeline{AsOf: o.AsOf}
	for i := range h.Repositories {
		t.Repositories = append(t.Repositories, b.repository(&h.Repositories[i]))
	}
	slices.SortFunc(t.Repositories, func(x, y *Repository) int { return cmp.Compare(x.Name(), y.Name()) })
	t.Estate = linkEstate(t.Repositories, o.EstateWithin)
	return t
}

// builder holds the rules in the form that linking uses.
type builder struct {
	Options
	actors     actors
	reviews    reviewer
	production globs
}

func newBuilder(o Options) *builder {
	a := actors{machines: o.Machines, people: o.People}
	return &builder{
		Options: o, actors: a,
		reviews:    reviewer{actors: a, words: o.ApprovalWords},
		production: newGlobs(o.Production),
	}
}

// repository links one repository. The order of the steps is that of their needs:
// changes need the delivered lines, releases need changes, the choice of a source
// needs releases, and what a deployment brought needs all of them.
func (b *builder) repository(whole *shipshape.RepositoryHistory) *Repository {
	h := historyAt(whole, b.AsOf)
	r := &Repository{
		Facts: h.Repository, Origin: h.Origin, Gaps: h.Gaps,
		Team:           teamOf(h.Repository, b.Teams),
		ReviewRecorded: b.reviews.recorded(h.Changes),
		Runs:           runsOnKeptBranches(h),
		graph:          newGraph(h.Commits),
		startCap:       b.StartCap,
	}
	deployments, runs := b.deploymentsOf(r, h), b.runsOf(r, h)
	for _, ds := range append(byEnvironment(deployments), runs) {
		markRepeats(ds, b.RepeatWithin)
		markFailedAfter(ds)
	}
	production := slices.DeleteFunc(slices.Clone(deployments), func(d *Deployment) bool { return !b.production.production(d.Environment) })

	r.linkChanges(h, b.Options, r.delivered(append(slices.Clone(production), runs...)))
	r.linkReverts()
	markTakingBack(r.Changes)
	r.linkReleases(h, b.Options)
	b.describe(r.Changes)

	var chosen []*Deployment
	r.Source, chosen = chooseSource(b.Source, b.candidates(r, h, production, runs))
	r.Deployments = withSource(deployments, chosen)
	r.link(b)
	r.Gaps = append(r.Gaps, r.markUnreachable(whole.Refs)...)
	slices.SortFunc(r.Gaps, shipshape.Gap.Compare)
	return r
}

// delivered returns the commits of the successes.
func (r *Repository) delivered(ds []*Deployment) []int32 {
	var tips []int32
	for _, d := range succeeded(ds) {
		if id, known := r.graph.id(d.Commit); known {
			tips = append(tips, id)
		}
	}
	return tips
}

// describe fills in what the people around a change did, and its class.
func (b *builder) describe(changes []*Change) {
	for _, c := range changes {
		c.ByMachine = b.actors.machine(c.Author)
		if c.Facts != nil {
			c.Labels = c.Facts.Labels
			c.Ready = readyAt(c)
		}
		b.reviews.review(c)
		classify(c, b.Classes, b.actors)
	}
}

// withSource returns the deployments together with what the source counts as such,
// which is production and nothing else is.
func withSource(deployments, chosen []*Deployment) []*Deployment {
	all := slices.Clone(deployments)
	for _, d := range chosen {
		d.Production = true
		if d.Source != SourceDeployments {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, byStart)
	return all
}

// link links the deployments of every environment, then groups those of
// production and finds what each delivered.
func (r *Repository) link(b *builder) {
	heads := r.headsNotInGraph()
	releases := byCommit(r.Releases)
	var environments, released []*Deployment
	for _, d := range r.Deployments {
		if d.Source == SourceReleases || d.Source == SourceTags {
			released = append(released, d)
			continue
		}
		environments = append(environments, d)
		nameRelease(d, releases)
	}
	for _, ds := range byEnvironment(environments) {
		r.linkEnvironment(ds, heads)
	}
	r.linkReleasedDeployments(released, heads)
	production := r.Production()
	r.Rollouts = rolloutsOf(production, b.RolloutWithin)
	r.deliver(production, heads)
}
