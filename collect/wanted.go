package collect

import (
	"context"
	"time"

	"github.com/shipshape-report/shipshape"
)

// since is how far back changes and issues are read. It is asked for when all that
// was delivered is known.
func (r *reader) since() time.Time {
	if !r.looked {
		r.wants, r.looked = r.look(), true
	}
	if since := r.wants.Since; !r.o.Since.IsZero() && !since.IsZero() && since.Before(r.o.Since) {
		return since.UTC()
	}
	return r.o.Since.UTC()
}

// wanted is what deserves a second look in all that was read.
func (r *reader) wanted() Wanted {
	if !r.lookedAgain {
		r.wants, r.lookedAgain = r.look(), true
	}
	return r.wants
}

// look asks what is wanted of the history so far.
func (r *reader) look() Wanted {
	if r.o.Wanted == nil {
		return Wanted{}
	}
	r.tidy()
	return r.o.Wanted(r.h)
}

// sizeNode is what GitHub has to work out for a commit. It takes it long: a few at
// a time.
type sizeNode struct {
	Commit struct {
		Additions    int
		Deletions    int
		ChangedFiles int `graphql:"changedFilesIfAvailable"`
		Author       struct{ User *user }
	} `graphql:"... on Commit"`
}

// sizesAtOnce is how many commits one query asks the sizes of.
const sizesAtOnce = 25

// sizes reads the sizes of the commits that were delivered without a pull request.
// Those of other commits are not known, and nothing asks for them.
func (r *reader) sizes(ctx context.Context, ids []shipshape.OID) error {
	at := r.positions()
	known := make([]shipshape.OID, 0, len(ids))
	for _, id := range ids {
		if _, ok := at[id]; ok {
			known = append(known, id)
		}
	}
	answers, err := listedObjects[sizeNode](ctx, r, shipshape.CommitEntity, "additions", sizesAtOnce, known, nil)
	for i, answer := range answers {
		if answer == nil {
			continue
		}
		c := &r.h.Commits[at[known[i]]]
		c.Additions, c.Deletions, c.Files = answer.Commit.Additions, answer.Commit.Deletions, answer.Commit.ChangedFiles
		if login := answer.Commit.Author.User.login(); login != "" {
			c.Author = login
		}
	}
	return err
}

// positions tells where each commit of the history stands.
func (r *reader) positions() map[shipshape.OID]int {
	at := make(map[shipshape.OID]int, len(r.h.Commits))
	for i, c := range r.h.Commits {
		at[c.OID] = i
	}
	return at
}
