package shipshape

import (
	"cmp"
	"time"
)

// OID is the object id of a commit, in lower-case hexadecimal.
type OID string

// Short returns the first seven digits, as GitHub shows a commit.
func (o OID) Short() string { return string(o[:min(len(o), 7)]) }

// Commit is one commit of the graph.
type Commit struct {
	OID         OID       `json:"oid"`
	Parents     []OID     `json:"parents,omitempty"` // in git's order
	AuthoredAt  time.Time `json:"authoredAt,omitzero"`
	CommittedAt time.Time `json:"committedAt"`
	Headline    string    `json:"headline"`         // first line of the message
	Body        string    `json:"body,omitempty"`   // the rest of it
	Author      Login     `json:"author,omitempty"` // account of the author
	AuthorName  string    `json:"authorName,omitempty"`
	Additions   int       `json:"additions,omitempty"`
	Deletions   int       `json:"deletions,omitempty"`
	Files       int       `json:"files,omitempty"` // files changed
}

// Merge reports whether the commit has more than one parent.
func (c Commit) Merge() bool { return len(c.Parents) > 1 }

// Compare orders commits by commit time, then object id.
func (c Commit) Compare(o Commit) int {
	return cmp.Or(c.CommittedAt.Compare(o.CommittedAt), cmp.Compare(c.OID, o.OID))
}

// RefKind tells branches and tags apart.
type RefKind string

// The kinds of ref that are kept.
const (
	Branch RefKind = "branch"
	Tag    RefKind = "tag"
)

// Ref is a branch or a tag.
type Ref struct {
	Kind   RefKind `json:"kind"`
	Name   string  `json:"name"`   // without refs/heads/ or refs/tags/
	Target OID     `json:"target"` // the commit, annotated tags peeled
	// TaggedAt is when an annotated tag was made. A lightweight tag and a branch
	// have no time of their own, so it is zero for them.
	TaggedAt time.Time `json:"taggedAt,omitzero"`
	// Tagger is the name an annotated tag was signed with.
	Tagger  string `json:"tagger,omitempty"`
	Message string `json:"message,omitempty"` // of an annotated tag
}

// Compare orders refs by kind, then name.
func (r Ref) Compare(o Ref) int {
	return cmp.Or(cmp.Compare(r.Kind, o.Kind), cmp.Compare(r.Name, o.Name))
}
