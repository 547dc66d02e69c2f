package timeline

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// settle decides how every commit is accounted for, makes changes of those that
// belong to no pull request, and takes back what was merged after asOf.
func (a *attribution) settle(asOf time.Time) {
	for i := range int32(a.g.len()) {
		commit := a.g.commit(i)
		switch c := a.owner[i]; {
		case c != nil && c.Merged.After(asOf):
			a.owner[i], a.r.accounts[i] = nil, tooLate
		case c != nil:
			a.r.accounts[i] = owned
		case !a.lines.reached.has(i):
		case a.g.merge(i):
			a.r.accounts[i] = mergeOnly
		case commit.CommittedAt.After(asOf):
			a.r.accounts[i] = tooLate
		default:
			a.r.accounts[i] = direct
		}
	}
	for i, kind := range a.r.accounts {
		if kind != direct {
			continue
		}
		c := a.r.newDirect(a.g.commit(int32(i)))
		if c.CherryPickOf = a.originOf(a.g.commit(int32(i))); c.CherryPickOf != "" {
			a.r.accounts[i] = picked
		}
		a.owner[i] = c
	}
}

// newDirect makes the change that a commit of no pull request is.
func (r *Repository) newDirect(commit *shipshape.Commit) *Change {
	return &Change{
		Repo: r, Commit: commit.OID, Title: commit.Headline,
		URL:    r.Facts.URL + "/commit/" + string(commit.OID),
		Author: commit.Author, Merged: commit.CommittedAt, FirstAuthored: commit.AuthoredAt,
		Additions: commit.Additions, Deletions: commit.Deletions,
		SizeKnown: r.sizeKnown(shipshape.CommitEntity) && commit.Additions+commit.Deletions+commit.Files > 0,
		Commits:   []OwnCommit{{OID: commit.OID, AuthoredAt: commit.AuthoredAt}},
		InGraph:   true,
	}
}

// sizeKnown reports whether lines are stated. GitHub states them of every pull
// request, and some change none. Of commits it need not: a local checkout without
// trees gives 0 for everything, and a real change of binary files still has files.
func (r *Repository) sizeKnown(e shipshape.Entity) bool {
	_, unknown := r.Unknown(e, "additions")
	return !unknown
}

// changes returns all changes up to asOf, with their facts filled in.
func (a *attribution) changes(asOf time.Time) []*Change {
	var out []*Change
	own := map[*Change][]int32{}
	for i, c := range a.owner {
		switch {
		case c == nil:
		case c.Number > 0:
			own[c] = append(own[c], int32(i))
		default:
			out = append(out, c)
		}
	}
	_, openedUnknown := a.r.Unknown(shipshape.ChangeEntity, "createdAt")
	for _, c := range a.merged {
		if c.Merged.After(asOf) {
			a.forget(c)
			continue
		}
		a.fill(c, own[c])
		if !openedUnknown {
			c.Opened = c.Facts.CreatedAt
		}
		out = append(out, c)
	}
	for _, at := range a.r.anchored {
		slices.SortFunc(at, compareChanges)
	}
	slices.SortFunc(out, compareChanges)
	return out
}

// forget removes what was linked of a pull request that was merged too late.
func (a *attribution) forget(c *Change) {
	at := a.r.anchors[c]
	for _, i := range []int32{at.result, at.head} {
		if i != none {
			a.r.anchored[i] = slices.DeleteFunc(a.r.anchored[i], func(x *Change) bool { return x == c })
		}
	}
	delete(a.r.anchors, c)
}

// fill copies the facts of a pull request, and what the graph says of it: own are
// the commits it owns there.
func (a *attribution) fill(c *Change, own []int32) {
	f, at := c.Facts, a.r.anchors[c]
	c.Head, c.Title, c.URL, c.Author = headOf(f), f.Title, f.URL, f.Author
	c.Additions, c.Deletions = f.Additions, f.Deletions
	c.SizeKnown = a.r.sizeKnown(shipshape.ChangeEntity) && !a.r.lacks(shipshape.ChangeEntity, "additions", strconv.Itoa(f.Number))
	c.InGraph = at.result != none || at.head != none
	c.Commit = c.Head
	if at.result != none {
		c.Commit = a.g.oid(at.result)
	}
	c.Commits = a.ownCommits(c, own)
	for _, commit := range c.Commits {
		if t := commit.AuthoredAt; !t.IsZero() && (c.FirstAuthored.IsZero() || t.Before(c.FirstAuthored)) {
			c.FirstAuthored = t
		}
	}
	c.CherryPickOf = a.pullOrigin(c, own)
}

// ownCommits returns the commits that a pull request consists of: as it lists
// them, else those of the graph that are its own, without its merge.
func (a *attribution) ownCommits(c *Change, own []int32) []OwnCommit {
	var out []OwnCommit
	for _, f := range c.Facts.Commits {
		merge := strings.HasPrefix(f.Headline, "Merge branch ") || strings.HasPrefix(f.Headline, "Merge remote-tracking branch ")
		if i, ok := a.g.id(f.OID); ok {
			merge = a.g.merge(i)
		}
		out = append(out, OwnCommit{OID: f.OID, AuthoredAt: f.AuthoredAt, Merge: merge})
	}
	if len(out) > 0 {
		return out
	}
	for _, i := range own {
		if i != a.r.anchors[c].result || !a.g.merge(i) {
			commit := a.g.commit(i)
			out = append(out, OwnCommit{OID: commit.OID, AuthoredAt: commit.AuthoredAt, Merge: a.g.merge(i)})
		}
	}
	return out
}
