package githubtest

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// index finds what queries ask for. It is made anew after every edit; the orders and
// walks within it are made when they are first asked for.
type index struct {
	world        *World
	names        map[string]*repository // in lower case: GitHub does not tell case apart
	repositories []*repository          // by name
	ids          map[int64]*repository
	logins       map[string]shipshape.Login // in lower case, owners of repositories
}

// newIndex numbers new repositories and finds names, former ones included.
func newIndex(w *World) *index {
	ix := &index{world: w, names: map[string]*repository{}, ids: map[int64]*repository{}, logins: map[string]shipshape.Login{}}
	last := int64(0)
	for _, r := range w.Repositories {
		last = max(last, r.id)
	}
	for _, r := range w.Repositories {
		if r.id == 0 {
			last++
			r.id = last
		}
		ix.add(&repository{Repository: r, world: w})
	}
	slices.SortFunc(ix.repositories, func(a, b *repository) int {
		return strings.Compare(string(a.name()), string(b.name()))
	})
	return ix
}

func (ix *index) add(r *repository) {
	for _, former := range r.FormerNames {
		ix.names[strings.ToLower(string(former))] = r
	}
	ix.names[strings.ToLower(string(r.name()))] = r
	ix.ids[r.id] = r
	ix.repositories = append(ix.repositories, r)
	owner := r.name().Owner()
	ix.logins[strings.ToLower(owner)] = shipshape.Login(owner)
}

// repository is a repository with what is found in it.
type repository struct {
	*Repository
	world *World

	commits     map[shipshape.OID]int32
	refs        map[string]int // by "refs/heads/main"
	changes     map[int]int    // by number
	issues      map[int]int
	milestones  map[int]int
	releases    map[string]int // by tag
	labels      map[string]*shipshape.Label
	deployments map[int64]int
	runs        map[int64]int

	byCommit struct {
		changes     map[shipshape.OID][]int
		deployments map[shipshape.OID][]int
		runs        map[shipshape.OID][]int
	}
	closers map[int][]int // changes that close an issue, by its number

	orders map[string][]int // positions in an order, by its name
	walks  map[string]*walk
}

func (r *repository) name() shipshape.RepositoryName { return r.Repository.Repository.Name }

// ready builds the index of a repository once.
func (r *repository) ready() *repository {
	if r.commits != nil {
		return r
	}
	r.commits = make(map[shipshape.OID]int32, len(r.Commits))
	for i, c := range r.Commits {
		r.commits[c.OID] = int32(i)
	}
	r.refs = positions(r.Refs, qualified)
	r.changes = positions(r.Changes, func(c shipshape.Change) int { return c.Number })
	r.issues = positions(r.Issues, func(i shipshape.Issue) int { return i.Number })
	r.milestones = positions(r.Milestones, func(m shipshape.Milestone) int { return m.Number })
	r.releases = positions(r.Releases, func(l shipshape.Release) string { return l.Tag })
	r.deployments = positions(r.Deployments, func(d shipshape.Deployment) int64 { return d.ID })
	r.runs = positions(r.Runs, func(u shipshape.Run) int64 { return u.ID })
	r.labels = map[string]*shipshape.Label{}
	for i, l := range r.Repository.Repository.Labels {
		r.labels[l.Name] = &r.Repository.Repository.Labels[i]
	}
	r.orders, r.walks = map[string][]int{}, map[string]*walk{}
	r.link()
	return r
}

// link finds what belongs to a commit, and which changes close an issue.
func (r *repository) link() {
	r.byCommit.changes, r.closers = map[shipshape.OID][]int{}, map[int][]int{}
	for i, c := range r.Changes {
		for _, oid := range ownCommits(c) {
			r.byCommit.changes[oid] = append(r.byCommit.changes[oid], i)
		}
		for _, n := range c.ClosesIssues {
			r.closers[n] = append(r.closers[n], i)
		}
	}
	r.byCommit.deployments = gather(r.Deployments, func(d shipshape.Deployment) shipshape.OID { return d.Commit })
	r.byCommit.runs = gather(r.Runs, func(u shipshape.Run) shipshape.OID { return u.Commit })
}

// ownCommits are a pull request's commits and the one it was merged as, each once.
func ownCommits(c shipshape.Change) []shipshape.OID {
	var oids []shipshape.OID
	for _, listed := range c.Commits {
		oids = append(oids, listed.OID)
	}
	if c.MergeCommit != "" && !slices.Contains(oids, c.MergeCommit) {
		oids = append(oids, c.MergeCommit)
	}
	return oids
}

// order returns the positions of the items that are kept, sorted by key, under a
// name that stands for both choices.
func (r *repository) order(name string, n int, keep func(i int) bool, key func(i int) string) []int {
	if cached, ok := r.orders[name]; ok {
		return cached
	}
	type keyed struct {
		key string
		i   int
	}
	var items []keyed
	for i := range n {
		if keep == nil || keep(i) {
			items = append(items, keyed{key(i), i})
		}
	}
	slices.SortFunc(items, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	sorted := make([]int, len(items))
	for i, item := range items {
		sorted[i] = item.i
	}
	r.orders[name] = sorted
	return sorted
}

// ordered is a list in an order of [repository.order], turned round where the
// direction is DESC.
func ordered(positions []int, direction string, key func(i int) string, at func(i int) any) list {
	desc := direction == "DESC"
	turn := func(i int) int {
		if desc {
			i = len(positions) - 1 - i
		}
		return positions[i]
	}
	return sliceOf(positions, func(i, _ int) any { return at(turn(i)) }).
		keyed(desc, func(i int) string { return key(turn(i)) })
}

// qualified is the full name of a ref.
func qualified(r shipshape.Ref) string { return prefixes[r.Kind] + r.Name }

var prefixes = map[shipshape.RefKind]string{shipshape.Branch: "refs/heads/", shipshape.Tag: "refs/tags/"}

// positions finds items by key.
func positions[T any, K comparable](items []T, key func(T) K) map[K]int {
	found := make(map[K]int, len(items))
	for i, item := range items {
		found[key(item)] = i
	}
	return found
}

// gather finds all items with a key.
func gather[T any, K comparable](items []T, key func(T) K) map[K][]int {
	found := map[K][]int{}
	for i, item := range items {
		found[key(item)] = append(found[key(item)], i)
	}
	return found
}
