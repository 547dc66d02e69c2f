package githubtest

import (
	"encoding/base64"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// account is a user, bot, organisation or the like.
type account struct {
	login shipshape.Login
	world *World
}

// bot reports whether a login is an app's.
func bot(login shipshape.Login) bool { return strings.HasSuffix(string(login), "[bot]") }

// kind is the type of an account.
func (w *World) kind(login shipshape.Login) string {
	switch {
	case w.Kinds[login] != "":
		return w.Kinds[login]
	case bot(login):
		return "Bot"
	}
	return "User"
}

// actor is an account as an Actor; nil for nobody.
func (w *World) actor(login shipshape.Login) any {
	if login == "" {
		return nil
	}
	return object{w.kind(login), account{login, w}}
}

// ghost is an account where the schema does not allow nobody: the user that GitHub
// shows for deleted ones.
func (w *World) ghost(login shipshape.Login) any {
	if login == "" {
		login = "ghost"
	}
	return w.actor(login)
}

// user is an account where the schema allows users only; nil for others.
func (w *World) user(login shipshape.Login) any {
	if login == "" || w.kind(login) != "User" {
		return nil
	}
	return w.actor(login)
}

// owner is an account that owns repositories: an organisation unless it is said to be
// a user.
func (w *World) owner(login shipshape.Login) object {
	if w.Kinds[login] == "User" {
		return object{"User", account{login, w}}
	}
	return object{"Organization", account{login, w}}
}

// users is a list of the accounts that are users.
func (w *World) users(logins []shipshape.Login) list {
	kept := slices.DeleteFunc(slices.Clone(logins), func(l shipshape.Login) bool { return w.user(l) == nil })
	return sliceOf(kept, func(_ int, l shipshape.Login) any { return w.user(l) })
}

// shown is the login as GraphQL shows it, without an app's "[bot]".
func (a account) shown() string { return strings.TrimSuffix(string(a.login), "[bot]") }

func (a account) id() string {
	return base64.RawURLEncoding.EncodeToString([]byte(a.world.kind(a.login) + " 0 " + string(a.login)))
}

func (a account) number() int64 {
	h := fnv.New32a()
	h.Write([]byte(a.login))
	return int64(h.Sum32())
}

func accountByID(w *World, typ, login string) any {
	return object{typ, account{shipshape.Login(login), w}}
}

func (a account) url() string {
	if bot(a.login) {
		return "https://github.com/apps/" + a.shown()
	}
	return "https://github.com/" + a.shown()
}

var enterpriseAccountFields = fields[account]{
	"id":    func(c call[account]) any { return c.of.id() },
	"login": func(c call[account]) any { return c.of.shown() },
	"url":   func(c call[account]) any { return c.of.url() },
}

var actorFields = enterpriseAccountFields.with(fields[account]{
	"databaseId": func(c call[account]) any { return c.of.number() },
})

var ownerFields = actorFields.with(fields[account]{
	"name":         func(c call[account]) any { return c.of.shown() },
	"repository":   ownedRepository,
	"repositories": ownedRepositories,
})

var userFields = ownerFields.with(fields[account]{
	"isViewer": func(c call[account]) any { return c.of.login == c.of.world.Viewer },
})

func ownedRepository(c call[account]) any {
	return c.repository(c.of.shown()+"/"+c.args.text("name"), c.args)
}

// ownedRepositories lists an account's repositories by name, or by creation.
func ownedRepositories(c call[account]) any {
	field, direction := c.args.order("NAME", "ASC")
	if field != "NAME" && field != "CREATED_AT" {
		return unserved("repositories ordered by %s", field)
	}
	for _, filter := range []string{"affiliations", "hasIssuesEnabled", "isLocked"} {
		if c.args.has(filter) {
			return unserved("repositories filtered by %s", filter)
		}
	}
	var owned []*repository
	for _, r := range c.index.repositories {
		if strings.EqualFold(r.name().Owner(), c.of.shown()) && !r.Hidden && fits(c.args, r) {
			owned = append(owned, r)
		}
	}
	key := func(r *repository) string { return strings.ToLower(r.name().Short()) }
	if field == "CREATED_AT" {
		key = func(r *repository) string {
			return instantKey(r.Repository.Repository.CreatedAt, numberKey(r.id))
		}
	}
	slices.SortFunc(owned, func(a, b *repository) int { return strings.Compare(key(a), key(b)) })
	if direction == "DESC" {
		slices.Reverse(owned)
	}
	return sliceOf(owned, func(_ int, r *repository) any { return object{"Repository", r.ready()} }).
		keyed(direction == "DESC", func(i int) string { return key(owned[i]) })
}

// fits applies the filters of a list of repositories.
func fits(args arguments, r *repository) bool {
	noun := r.Repository.Repository
	for name, is := range map[string]bool{"isArchived": noun.Archived, "isFork": r.Fork} {
		if args.has(name) && args.yes(name) != is {
			return false
		}
	}
	switch args.text("privacy") + args.text("visibility") {
	case "PUBLIC":
		return !noun.Private
	case "PRIVATE":
		return noun.Private
	}
	return true
}
