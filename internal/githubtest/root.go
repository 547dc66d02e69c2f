package githubtest

import (
	"strings"
	"time"
)

// root is the value that queries begin at.
type root struct{}

// rateLimit is the budget after a query, and what the query cost.
type rateLimit struct {
	cost, limit, remaining, used, nodes int
	reset                               time.Time
	unlimited                           bool
}

var queryFields = fields[root]{
	"id":              func(c call[root]) any { return "query" },
	"node":            func(c call[root]) any { return c.nodeOr(c.args.text("id")) },
	"nodes":           func(c call[root]) any { return c.nodes(c.args.texts("ids")) },
	"rateLimit":       func(c call[root]) any { return c.rate(c.args) },
	"viewer":          func(c call[root]) any { return object{"User", account{c.index.world.Viewer, c.index.world}} },
	"organization":    func(c call[root]) any { return c.owner("Organization", c.args.text("login")) },
	"user":            func(c call[root]) any { return c.owner("User", c.args.text("login")) },
	"repositoryOwner": func(c call[root]) any { return c.owner("", c.args.text("login")) },
	"repository": func(c call[root]) any {
		return c.repository(c.args.text("owner")+"/"+c.args.text("name"), c.args)
	},
	"__schema": func(c call[root]) any { return object{"__Schema", c.schema} },
	"__type":   func(c call[root]) any { return c.schema.named(c.args.text("name")) },
}

var rateLimitFields = fields[rateLimit]{
	"cost":      func(c call[rateLimit]) any { return c.of.cost },
	"limit":     func(c call[rateLimit]) any { return c.of.limit },
	"nodeCount": func(c call[rateLimit]) any { return c.of.nodes },
	"remaining": func(c call[rateLimit]) any { return c.of.remaining },
	"resetAt":   func(c call[rateLimit]) any { return c.of.reset },
	"used":      func(c call[rateLimit]) any { return c.of.used },
}

// rate is the budget; nil for a server without a limit.
func (x *execution) rate(args arguments) any {
	switch {
	case args.yes("dryRun"):
		return unserved("a dry run")
	case x.limit.unlimited:
		return nil
	}
	return object{"RateLimit", x.limit}
}

// repository finds a repository by a present or former name.
func (x *execution) repository(name string, args arguments) any {
	r := x.index.names[strings.ToLower(name)]
	renamed := r != nil && !strings.EqualFold(string(r.name()), name)
	follow, given := args["followRenames"].(bool)
	switch {
	case r == nil || r.Hidden || (renamed && given && !follow):
		return faultf("NOT_FOUND", "Could not resolve to a Repository with the name '%s'.", name)
	case r.SAML:
		x.saml = r.name().Owner()
		return samlRequired()
	}
	return object{"Repository", r.ready()}
}

// owner finds an account that owns repositories, or the viewer. Typ, if not "", is
// the type that is asked for.
func (x *execution) owner(typ, login string) any {
	w := x.index.world
	if found, ok := x.index.logins[strings.ToLower(login)]; ok {
		if o := w.owner(found); typ == "" || o.typ == typ {
			return o
		}
	}
	if typ != "Organization" && strings.EqualFold(login, string(w.Viewer)) {
		return object{"User", account{w.Viewer, w}}
	}
	if typ == "" {
		return nil
	}
	return faultf("NOT_FOUND", "Could not resolve to a %s with the login of '%s'.", typ, login)
}

// nodeOr finds a node by its id, or faults as GitHub does.
func (x *execution) nodeOr(id string) any {
	if found := x.node(id); found != nil {
		return found
	}
	return faultf("NOT_FOUND", "Could not resolve to a node with the global id of '%s'", id)
}

// maxIDs is how many ids GitHub takes in one nodes(ids:).
const maxIDs = 100

func (x *execution) nodes(ids []string) any {
	if len(ids) > maxIDs {
		return faultf("ARGUMENT_LIMIT", "You may not provide more than %d node ids; you provided %d.", maxIDs, len(ids))
	}
	found := make([]any, len(ids))
	for i, id := range ids {
		found[i] = x.nodeOr(id)
	}
	return found
}
