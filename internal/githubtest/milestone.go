package githubtest

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// milestone is a milestone of a repository.
type milestone struct {
	*shipshape.Milestone
	repo *repository
}

// milestone finds a milestone by number.
func (r *repository) milestone(number int) any {
	i, found := r.milestones[number]
	if !found {
		return nil
	}
	return object{"Milestone", milestone{&r.Milestones[i], r}}
}

var milestoneFields = fields[milestone]{
	"id":          func(c call[milestone]) any { return newID("Milestone", c.of.repo, strconv.Itoa(c.of.Number)) },
	"number":      func(c call[milestone]) any { return c.of.Number },
	"title":       func(c call[milestone]) any { return c.of.Title },
	"state":       func(c call[milestone]) any { return c.of.State },
	"createdAt":   func(c call[milestone]) any { return c.of.CreatedAt },
	"updatedAt":   func(c call[milestone]) any { return c.of.touched() },
	"dueOn":       func(c call[milestone]) any { return c.of.DueOn },
	"closedAt":    func(c call[milestone]) any { return c.of.ClosedAt },
	"closed":      func(c call[milestone]) any { return c.of.State == "CLOSED" },
	"description": func(c call[milestone]) any { return c.of.Description },
	"creator":     func(c call[milestone]) any { return nil },
	"url":         func(c call[milestone]) any { return c.of.url() },
	"repository":  func(c call[milestone]) any { return object{"Repository", c.of.repo} },
}

func (m milestone) url() string {
	return m.repo.noun().URL + "/milestone/" + strconv.Itoa(m.Number)
}

// touched is the last instant that is known of the milestone.
func (m milestone) touched() time.Time {
	if m.ClosedAt.After(m.CreatedAt) {
		return m.ClosedAt
	}
	return m.CreatedAt
}

func repositoryMilestones(c call[*repository]) any {
	r := c.of
	if c.args.has("query") {
		return unserved("milestones filtered by a query")
	}
	states := c.args.texts("states")
	field, direction := c.args.order("NUMBER", "ASC")
	key := func(i int) string {
		m := milestone{&r.Milestones[i], r}
		at := map[string]time.Time{"CREATED_AT": m.CreatedAt, "DUE_DATE": m.DueOn, "UPDATED_AT": m.touched()}[field]
		return instantKey(at, numberKey(int64(m.Number)))
	}
	keep := func(i int) bool { return len(states) == 0 || slices.Contains(states, r.Milestones[i].State) }
	positions := r.order("milestones "+field+strings.Join(states, ","), len(r.Milestones), keep, key)
	return ordered(positions, direction, key, func(i int) any { return object{"Milestone", milestone{&r.Milestones[i], r}} })
}
