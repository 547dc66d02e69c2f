package dataset

import (
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireGap is a line of gaps.jsonl.
type wireGap struct {
	Entity string    `json:"entity" need:"value"`
	Field  string    `json:"field"`
	ID     string    `json:"id"`
	Reason string    `json:"reason" need:"value"`
	After  time.Time `json:"after"`
	Before time.Time `json:"before"`
	Why    string    `json:"why" need:"value"`
	Remedy string    `json:"remedy"`
}

func (w wireGap) gap() (shipshape.Gap, error) {
	g := shipshape.Gap{
		Entity: shipshape.Entity(w.Entity),
		Field:  w.Field,
		ID:     w.ID,
		Reason: shipshape.GapReason(w.Reason),
		After:  w.After,
		Before: w.Before,
		Why:    w.Why,
		Remedy: w.Remedy,
	}
	if err := knownEntity(w.Entity); err != nil {
		return g, err
	}
	if err := knownField(g.Entity, w.Field); err != nil {
		return g, err
	}
	if !(w.After.IsZero() && w.Before.IsZero()) && g.Reason != shipshape.NotReached {
		return g, wrong("reason", strconv.Quote(w.Reason), string(shipshape.NotReached)+" beside after and before")
	}
	return g, oneOf("reason", w.Reason, string(shipshape.Absent), string(shipshape.Derived),
		string(shipshape.Forbidden), string(shipshape.NotReached), string(shipshape.Truncated),
		string(shipshape.Unsupported))
}

// nouns are the kinds of record that a gap may be about, in the order in which
// an error lists them.
var nouns = []struct {
	entity shipshape.Entity
	noun   reflect.Type
}{
	{shipshape.ChangeEntity, reflect.TypeFor[shipshape.Change]()},
	{shipshape.CommitEntity, reflect.TypeFor[shipshape.Commit]()},
	{shipshape.ControlEntity, reflect.TypeFor[shipshape.Control]()},
	{shipshape.DeploymentEntity, reflect.TypeFor[shipshape.Deployment]()},
	{shipshape.IssueEntity, reflect.TypeFor[shipshape.Issue]()},
	{shipshape.MilestoneEntity, reflect.TypeFor[shipshape.Milestone]()},
	{shipshape.RefEntity, reflect.TypeFor[shipshape.Ref]()},
	{shipshape.ReleaseEntity, reflect.TypeFor[shipshape.Release]()},
	{shipshape.RepositoryEntity, reflect.TypeFor[shipshape.Repository]()},
	{shipshape.RunEntity, reflect.TypeFor[shipshape.Run]()},
}

func knownEntity(entity string) error {
	var names []string
	for _, n := range nouns {
		names = append(names, string(n.entity))
	}
	return oneOf("entity", entity, names...)
}

// knownField refuses a field that the entity's noun does not have, in the noun's
// own spelling: a gap with a slip of the pen in it would silently cover nothing.
func knownField(entity shipshape.Entity, name string) error {
	if name == "" {
		return nil
	}
	for _, n := range nouns {
		if n.entity != entity {
			continue
		}
		fields := fieldsOf(n.noun)
		if !slices.ContainsFunc(fields, func(f field) bool { return f.key == name }) {
			return wrong("field", strconv.Quote(name), "one of "+keysOf(fields))
		}
	}
	return nil
}
