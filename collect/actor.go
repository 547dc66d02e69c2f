package collect

import (
	"strings"

	"github.com/shipshape-report/shipshape"
)

// actor is who did something: a user, an app, an organisation. GitHub gives null
// for an account that was deleted.
type actor struct {
	Typename string `graphql:"__typename"`
	Login    string
}

// login returns the actor's login, "" for nobody. GraphQL leaves out the "[bot]"
// that ends an app's login everywhere else.
func (a *actor) login() shipshape.Login {
	switch {
	case a == nil:
		return ""
	case a.Typename == "Bot" && a.Login != "" && !strings.HasSuffix(a.Login, "[bot]"):
		return shipshape.Login(a.Login + "[bot]")
	}
	return shipshape.Login(a.Login)
}

// somebody is login for a field in which GitHub has to name an account: there the
// account https://github.com/ghost stands for those that were deleted.
func (a *actor) somebody() shipshape.Login {
	if login := a.login(); login != "ghost" {
		return login
	}
	return ""
}

// user is an account that can only be a person's.
type user struct{ Login string }

// login returns the user's login, "" for nobody.
func (u *user) login() shipshape.Login {
	if u == nil {
		return ""
	}
	return shipshape.Login(u.Login)
}
