package githubtest

import (
	"slices"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// ref is a branch or tag.
type ref struct {
	shipshape.Ref
	repo *repository
}

// ref finds a ref by its full name; a short name is looked for among branches, then
// tags.
func (r *repository) ref(name string) any {
	for _, prefix := range []string{"", "refs/", "refs/heads/", "refs/tags/"} {
		if i, ok := r.refs[prefix+name]; ok {
			return object{"Ref", ref{r.Refs[i], r}}
		}
	}
	return nil
}

// refNamed finds the branch or tag that something names, or makes one up that leads
// to target: the noun has kept the name of a ref that may be gone.
func (r *repository) refNamed(name string, target shipshape.OID) any {
	if name == "" {
		return nil
	}
	for _, prefix := range []string{"refs/heads/", "refs/tags/"} {
		if i, ok := r.refs[prefix+name]; ok {
			return object{"Ref", ref{r.Refs[i], r}}
		}
	}
	return object{"Ref", ref{shipshape.Ref{Kind: shipshape.Branch, Name: name, Target: target}, r}}
}

func (r *repository) defaultBranch() any {
	name := r.noun().DefaultBranch
	if i, ok := r.refs["refs/heads/"+name]; ok && name != "" {
		return object{"Ref", ref{r.Refs[i], r}}
	}
	return nil
}

var refFields = fields[ref]{
	"id":         func(c call[ref]) any { return newID("Ref", c.of.repo, qualified(c.of.Ref)) },
	"name":       func(c call[ref]) any { return c.of.Name },
	"prefix":     func(c call[ref]) any { return prefixes[c.of.Kind] },
	"target":     func(c call[ref]) any { return c.of.target() },
	"repository": func(c call[ref]) any { return object{"Repository", c.of.repo} },
	"associatedPullRequests": func(c call[ref]) any {
		return c.of.repo.pullRequests(c.args, "from "+c.of.Name, c.of.repo.from(c.of.Name))
	},
	"branchProtectionRule": func(c call[ref]) any { return c.of.protection() },
	"refUpdateRule":        func(c call[ref]) any { return c.of.updateRule() },
	"rules":                func(c call[ref]) any { return none() },
	"compare":              func(c call[ref]) any { return compare(c.of, c.args.text("headRef")) },
}

// from lists the pull requests that came from a branch.
func (r *repository) from(branch string) []int {
	found := []int{}
	for i, c := range r.Changes {
		if c.Head == branch {
			found = append(found, i)
		}
	}
	return found
}

// repositoryRefs lists the refs below a prefix, by name unless tags are wanted by
// the dates of their commits.
func repositoryRefs(c call[*repository]) any {
	r, prefix := c.of, c.args.text("refPrefix")
	if c.args.has("query") {
		return unserved("refs filtered by a query")
	}
	field, direction := c.args.order("ALPHABETICAL", "ASC")
	if given := c.args.text("direction"); given != "" && !c.args.has("orderBy") {
		direction = given
	}
	all := r.allRefs()
	key := func(i int) string { return all[i].Name }
	if field == "TAG_COMMIT_DATE" {
		key = func(i int) string { return instantKey(r.dateOf(all[i]), all[i].Name) }
	}
	keep := func(i int) bool { return strings.HasPrefix(qualified(all[i]), strings.TrimSuffix(prefix, "/")+"/") }
	positions := r.order("refs "+field+" "+prefix, len(all), keep, key)
	return ordered(positions, direction, key, func(i int) any { return object{"Ref", ref{all[i], r}} })
}

// allRefs are the refs of the history and the tags that lead to no commit.
func (r *repository) allRefs() []shipshape.Ref {
	all := slices.Clip(r.Refs)
	for _, name := range r.TreeTags {
		all = append(all, shipshape.Ref{Kind: shipshape.Tag, Name: name})
	}
	return all
}

// dateOf is the date of the commit that a ref leads to.
func (r *repository) dateOf(f shipshape.Ref) time.Time {
	if i, ok := r.commits[f.Target]; ok {
		return r.Commits[i].CommittedAt
	}
	return time.Time{}
}

// target is what a ref points at: a commit, or the outermost of its tag objects.
func (f ref) target() any {
	switch {
	case f.Target == "":
		return object{"Tree", f}
	case annotated(f.Ref):
		return object{"Tag", tagObject{f, max(f.repo.NestedTags[f.Name], 1)}}
	}
	return f.repo.named(shipshape.ChangeCommit{OID: f.Target})
}
