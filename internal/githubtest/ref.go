package githubtest

import (
	"crypto/sha1"
	"fmt"
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
	"branchProtectionRule": func(c call[ref]) any { return nil },
	"refUpdateRule":        func(c call[ref]) any { return nil },
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

// annotated reports whether a tag is an object of its own.
func annotated(f shipshape.Ref) bool {
	return f.Kind == shipshape.Tag && (!f.TaggedAt.IsZero() || f.Tagger != "" || f.Message != "")
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

// tagObject is the object of an annotated tag, or of a tag of a tag.
type tagObject struct {
	ref
	depth int // how many tag objects there are down to the commit
}

func (t tagObject) oid() shipshape.OID {
	return digest(fmt.Sprintf("tag %s %d %d %s", t.Name, t.depth, t.repo.id, t.Target))
}

// digest makes up an object id.
func digest(text string) shipshape.OID {
	return shipshape.OID(fmt.Sprintf("%x", sha1.Sum([]byte(text))))
}

var tagFields = gitObjectFields(tagObject.oid, func(t tagObject) *repository { return t.repo }, "Tag").
	with(fields[tagObject]{
		"name":    func(c call[tagObject]) any { return c.of.Name },
		"message": func(c call[tagObject]) any { return c.of.Message },
		"tagger":  func(c call[tagObject]) any { return c.of.tagger() },
		"target":  func(c call[tagObject]) any { return c.of.inner() },
	})

// inner is the next object on the way to the commit.
func (t tagObject) inner() any {
	if t.depth > 1 {
		return object{"Tag", tagObject{t.ref, t.depth - 1}}
	}
	return t.repo.named(shipshape.ChangeCommit{OID: t.Target})
}

// tagObject finds a tag object by its id.
func (r *repository) tagObject(oid shipshape.OID) any {
	for _, f := range r.Refs {
		if !annotated(f) {
			continue
		}
		t := tagObject{ref{f, r}, max(r.NestedTags[f.Name], 1)}
		for ; t.depth > 0; t.depth-- {
			if t.oid() == oid {
				return object{"Tag", t}
			}
		}
	}
	return nil
}

func (t tagObject) tagger() any {
	if t.TaggedAt.IsZero() && t.Tagger == "" {
		return nil
	}
	a := gitActor{name: t.Tagger, email: slug(t.Tagger) + "@example.org", world: t.repo.world}
	if !t.TaggedAt.IsZero() {
		a.date = t.TaggedAt.UTC().Format(time.RFC3339)
	}
	return object{"GitActor", a}
}

var treeFields = gitObjectFields(func(f ref) shipshape.OID { return digest("tree " + f.Name) }, func(f ref) *repository { return f.repo }, "Tree")

// repositoryObject finds an object by id or by an expression: a ref, "HEAD", or a
// path of the default branch's head as "HEAD:path".
func repositoryObject(c call[*repository]) any {
	r := c.of
	if oid := shipshape.OID(c.args.text("oid")); oid != "" {
		found := r.commit(oid)
		if found == nil {
			found = r.tagObject(oid)
		}
		return found
	}
	at, path, file := strings.Cut(c.args.text("expression"), ":")
	if file {
		return r.blob(at, path)
	}
	if at == "HEAD" {
		at = "refs/heads/" + r.noun().DefaultBranch
	}
	if found := r.commit(shipshape.OID(at)); found != nil {
		return found
	}
	if found, ok := r.ref(at).(object); ok {
		return found.of.(ref).target()
	}
	return nil
}

// blob finds a file at the head of the default branch.
func (r *repository) blob(at, path string) any {
	if at != "HEAD" && at != r.noun().DefaultBranch && at != "refs/heads/"+r.noun().DefaultBranch {
		return nil
	}
	text := r.Files[path]
	if path == ".github/CODEOWNERS" && text == "" {
		text = r.noun().Codeowners
	}
	if text == "" {
		return nil
	}
	return object{"Blob", blob{path, text, r}}
}

// blob is a text file.
type blob struct {
	path, text string
	repo       *repository
}

var blobFields = gitObjectFields(func(b blob) shipshape.OID { return digest("blob " + b.text) }, func(b blob) *repository { return b.repo }, "Blob").
	with(fields[blob]{
		"text":        func(c call[blob]) any { return c.of.text },
		"byteSize":    func(c call[blob]) any { return len(c.of.text) },
		"isBinary":    func(c call[blob]) any { return false },
		"isTruncated": func(c call[blob]) any { return false },
	})
