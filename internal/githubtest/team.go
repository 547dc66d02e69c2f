package githubtest

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// team is a team that was asked for a review.
type team struct {
	name string
	repo *repository
}

func (t team) slug() string { return strings.ReplaceAll(strings.ToLower(t.name), " ", "-") }

var teamFields = fields[team]{
	"id":           func(c call[team]) any { return newID("Team", c.of.repo, c.of.name) },
	"databaseId":   func(c call[team]) any { return databaseID(c.of.repo, 0) },
	"name":         func(c call[team]) any { return c.of.name },
	"slug":         func(c call[team]) any { return c.of.slug() },
	"combinedSlug": func(c call[team]) any { return c.of.repo.name().Owner() + "/" + c.of.slug() },
	"url": func(c call[team]) any {
		return "https://github.com/orgs/" + c.of.repo.name().Owner() + "/teams/" + c.of.slug()
	},
}

// reviewer is who was asked for a review: a team, or an account.
func (r *repository) reviewer(name string) any {
	if slices.Contains(r.Teams, name) {
		return object{"Team", team{name, r}}
	}
	return r.world.actor(shipshape.Login(name))
}
