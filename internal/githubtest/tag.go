package githubtest

import (
	"crypto/sha1"
	"fmt"
	"time"

	"github.com/shipshape-report/shipshape"
)

// annotated reports whether a tag is an object of its own.
func annotated(f shipshape.Ref) bool {
	return f.Kind == shipshape.Tag && (!f.TaggedAt.IsZero() || f.Tagger != "" || f.Message != "")
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
