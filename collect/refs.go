package collect

import (
	"context"
	"time"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/git"
	"github.com/shipshape-report/shipshape/internal/github"
)

// refNode is a branch or a tag.
type refNode struct {
	Name   string
	Target struct {
		target
		Tag tagNode `graphql:"... on Tag"`
	}
}

// target is a git object that something points at.
type target struct {
	Typename string        `graphql:"__typename"`
	OID      shipshape.OID `graphql:"oid"`
}

// tagNode is an annotated tag. It can point at another one.
type tagNode struct {
	Message string
	Tagger  struct {
		Name string
		Date time.Time
	}
	Target struct {
		target
		Tag innerTag `graphql:"... on Tag"`
	}
}

// innerTag is a tag that a tag points at.
type innerTag struct{ Target target }

// refs reads branches and tags, from the clone if there is one. Tags are peeled to
// their commits; one that leads to none is left out, as a tag of a file is.
func (r *reader) refs(ctx context.Context) error {
	if r.o.Clone != nil {
		refs, err := r.o.Clone.Refs(ctx)
		r.h.Refs = refs
		return err
	}
	unpeeled, err := r.refsBelow(ctx, "refs/heads/", shipshape.Branch, nil)
	if err == nil {
		unpeeled, err = r.refsBelow(ctx, "refs/tags/", shipshape.Tag, unpeeled)
	}
	if err != nil {
		return err
	}
	return r.peel(ctx, unpeeled)
}

// refsBelow reads the refs whose names begin with prefix. Those that lead further
// than the answer are added to unpeeled, with the tag reached as target.
func (r *reader) refsBelow(ctx context.Context, prefix string, kind shipshape.RefKind, unpeeled []shipshape.Ref) ([]shipshape.Ref, error) {
	err := readAll(ctx, r, list[refNode]{
		entity: shipshape.RefEntity,
		size:   100,
		ask:    askRefs[refNode](r, prefix),
		stub:   askRefs[bare](r, prefix),
		take: func(n *refNode) (bool, error) {
			ref, to := n.ref(kind)
			if to.Typename == "Tag" {
				ref.Target = to.OID
				unpeeled = append(unpeeled, ref)
			}
			r.addRef(ref, to)
			return true, nil
		},
	})
	return unpeeled, err
}

// refsQuery asks for a page of branches or tags.
type refsQuery[N any] struct {
	github.Meter
	Repository struct {
		Refs github.Connection[N] `graphql:"refs(refPrefix: $prefix, first: $size, after: $after, orderBy: {field: ALPHABETICAL, direction: ASC})"`
	} `graphql:"repository(owner: $owner, name: $name)"`
}

func askRefs[N any](r *reader, prefix string) asker[N] {
	return func(ctx context.Context, size int, after *string) (github.Connection[N], []github.Fault, error) {
		var q refsQuery[N]
		faults, err := r.query(ctx, &q, r.variables(size, after, "prefix", githubv4.String(prefix)))
		return q.Repository.Refs, faults, err
	}
}

// addRef keeps a ref if the object it leads to is a commit.
func (r *reader) addRef(ref shipshape.Ref, to target) {
	if to.Typename == "Commit" {
		ref.Target = to.OID
		r.h.Refs = append(r.h.Refs, ref)
	}
}

// ref returns the noun without its target, and the object that it leads to as far
// as the answer goes.
func (n *refNode) ref(kind shipshape.RefKind) (shipshape.Ref, target) {
	ref := shipshape.Ref{Kind: kind, Name: n.Name}
	if n.Target.Typename != "Tag" {
		return ref, n.Target.target
	}
	t := n.Target.Tag
	ref.Message = git.TagMessage(t.Message)
	ref.Tagger, ref.TaggedAt = t.Tagger.Name, t.Tagger.Date.UTC()
	if t.Target.Typename == "Tag" {
		return ref, t.Target.Tag.Target
	}
	return ref, t.Target.target
}

// deepest is how many tags of tags are followed behind those that the list of refs
// shows.
const deepest = 32

// peel follows tags that lead to further tags, one step at a time for all.
func (r *reader) peel(ctx context.Context, unpeeled []shipshape.Ref) error {
	for range deepest {
		if len(unpeeled) == 0 {
			return nil
		}
		at := make([]shipshape.OID, len(unpeeled))
		for i, ref := range unpeeled {
			at[i] = ref.Target
		}
		tags, err := listedObjects[struct {
			Tag innerTag `graphql:"... on Tag"`
		}](ctx, r, shipshape.RefEntity, "", 100, at, nil)
		if err != nil {
			return err
		}
		var deeper []shipshape.Ref
		for i, ref := range unpeeled {
			if tags[i] == nil {
				continue
			}
			to := tags[i].Tag.Target
			if ref.Target = to.OID; to.Typename == "Tag" {
				deeper = append(deeper, ref)
			}
			r.addRef(ref, to)
		}
		unpeeled = deeper
	}
	return nil
}
