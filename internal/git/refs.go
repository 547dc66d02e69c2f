package git

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// The folders of a clone that branches and tags lie in.
const (
	remoteBranches = "refs/remotes/origin/"
	localBranches  = "refs/heads/"
	tags           = "refs/tags/"
)

// Refs returns the branches and tags as the clone knows those of its remote
// (refs/remotes/origin/*, or refs/heads/* where there are none) and tags that lead
// to commits, peeled, sorted.
func (c *Clone) Refs(ctx context.Context) ([]shipshape.Ref, error) {
	var found []namedRef
	err := c.run(ctx, nil, func(out io.Reader) (err error) {
		found, err = parseRefs(out)
		return err
	}, "for-each-ref", "--format="+refFormat, remoteBranches, localBranches, tags)
	if err != nil {
		return nil, err
	}
	if err := c.peel(ctx, found); err != nil {
		return nil, err
	}
	return refs(found), nil
}

// refFormat asks for the fields that parseRefs reads, in its order, each ended by
// a NUL. What an annotated tag points at is taken from the tag itself: looking at
// the object would fetch it where the clone left it out.
const refFormat = "%(refname)%00%(objecttype)%00%(objectname)%00%(type)%00%(object)%00" +
	"%(taggerdate:unix)%00%(taggername)%00%(contents)%00"

// namedRef is a ref as git names it, with the kind of object that its target is.
type namedRef struct {
	shipshape.Ref
	kind string // "commit", "tag", "tree" or "blob"
}

// parseRefs reads what refFormat asks for. Kind is left for [refs] to tell.
func parseRefs(r io.Reader) ([]namedRef, error) {
	in := fields{bufio.NewReader(r)}
	var found []namedRef
	for {
		name, err := in.next()
		name = strings.TrimPrefix(name, "\n") // the end of the one before
		if errors.Is(err, io.EOF) || name == "" && errors.Is(err, io.ErrUnexpectedEOF) {
			return found, nil
		}
		var rest [7]string
		for i := range rest {
			if err == nil {
				rest[i], err = in.next()
			}
		}
		if err != nil {
			return nil, fmt.Errorf("ref %q is cut short: %w", name, err)
		}
		ref := namedRef{Ref: shipshape.Ref{Name: name, Target: shipshape.OID(rest[1])}, kind: rest[0]}
		if ref.kind == "tag" {
			ref.kind, ref.Target = rest[2], shipshape.OID(rest[3])
			ref.TaggedAt, ref.Tagger, ref.Message = instant(rest[4]), normal(rest[5]), TagMessage(rest[6])
		}
		found = append(found, ref)
	}
}

// refs returns the branches and tags among what git lists, sorted.
func refs(found []namedRef) []shipshape.Ref {
	branches := localBranches
	if slices.ContainsFunc(found, isRemoteBranch) {
		branches = remoteBranches
	}
	var out []shipshape.Ref
	for _, f := range found {
		ref := f.Ref
		if name, ok := strings.CutPrefix(f.Name, branches); ok {
			ref.Kind, ref.Name = shipshape.Branch, name
		} else if name, ok := strings.CutPrefix(f.Name, tags); ok {
			ref.Kind, ref.Name = shipshape.Tag, name
		}
		if ref.Kind != "" && f.kind == "commit" && f.Name != remoteHead {
			ref.Name = normal(ref.Name)
			out = append(out, ref)
		}
	}
	slices.SortFunc(out, shipshape.Ref.Compare)
	return out
}

// remoteHead is no branch: it says which one is the default.
const remoteHead = remoteBranches + "HEAD"

func isRemoteBranch(f namedRef) bool {
	return strings.HasPrefix(f.Name, remoteBranches) && f.Name != remoteHead
}
