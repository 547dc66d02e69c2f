package shipshape

import (
	"cmp"
	"time"
)

// Entity names a kind of record: the value is also the name of its files in the
// store.
type Entity string

// The kinds of record.
const (
	RepositoryEntity Entity = "repository"
	CommitEntity     Entity = "commits"
	RefEntity        Entity = "refs"
	ChangeEntity     Entity = "changes"
	IssueEntity      Entity = "issues"
	ReleaseEntity    Entity = "releases"
	DeploymentEntity Entity = "deployments"
	RunEntity        Entity = "runs"
	MilestoneEntity  Entity = "milestones"
	ControlEntity    Entity = "controls"
)

// GapReason is why something could not be seen.
type GapReason string

// The reasons for a gap. Forbidden, absent, unsupported and derived mean that the
// fact is unknown for the whole of the gap's subject; truncated and not reached
// mean that what was read is right but is not all.
const (
	Forbidden   GapReason = "forbidden"   // the token may not read it
	Absent      GapReason = "absent"      // the source does not record it
	Unsupported GapReason = "unsupported" // this server does not know it
	Derived     GapReason = "derived"     // the source holds a stand-in, not a record
	Truncated   GapReason = "truncated"   // a list was longer than could be read, or was left out in part
	NotReached  GapReason = "not reached" // collecting ended before it
)

// Gap is something that is not known. It travels with the data to the page.
type Gap struct {
	Entity Entity `json:"entity"`
	// Field is the field of the entity in its own spelling ("statuses",
	// "createdAt"); empty for the entity as a whole.
	Field string `json:"field,omitempty"`
	// ID is the one record concerned: a number, tag or object id; empty for all
	// records of the repository.
	ID     string    `json:"id,omitempty"`
	Reason GapReason `json:"reason"`
	// After is the instant after which nothing of the entity was read, for a source
	// whose parts end at different times; zero where the gap is not about time.
	After time.Time `json:"after,omitzero"`
	// Before is the instant before which nothing of the entity was read, where
	// collecting was cut short on its way back; zero where it was not.
	Before time.Time `json:"before,omitzero"`
	Why    string    `json:"why"`    // a sentence
	Remedy string    `json:"remedy"` // a sentence: what would make it known
}

// Covers reports whether the gap leaves the field unknown in every record of the
// entity. Field "" asks for the entity as a whole. Partial gaps cover nothing:
// what was read is used, and the gap is shown.
func (g Gap) Covers(e Entity, field string) bool {
	if g.Entity != e || g.ID != "" || g.Reason == Truncated || g.Reason == NotReached {
		return false
	}
	return g.Field == "" || g.Field == field
}

// Compare orders gaps by entity, field, id, reason, instants and text.
func (g Gap) Compare(o Gap) int {
	return cmp.Or(cmp.Compare(g.Entity, o.Entity), cmp.Compare(g.Field, o.Field), cmp.Compare(g.ID, o.ID),
		cmp.Compare(g.Reason, o.Reason), g.After.Compare(o.After), g.Before.Compare(o.Before), cmp.Compare(g.Why, o.Why))
}
