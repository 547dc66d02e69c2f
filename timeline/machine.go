package timeline

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// actors tells people and machines apart by their accounts.
type actors struct {
	machines, people []shipshape.Login
}

// machine reports whether the account is a machine's: configured so, or by the
// look of its login unless configured as a person's. The empty login is nobody's
// and no machine. GitHub's logins differ in more than case.
func (a actors) machine(l shipshape.Login) bool {
	switch {
	case l == "" || contains(a.people, l):
		return false
	case contains(a.machines, l):
		return true
	}
	return looksMachine(l)
}

func contains(logins []shipshape.Login, l shipshape.Login) bool {
	return slices.ContainsFunc(logins, func(o shipshape.Login) bool { return sameLogin(o, l) })
}

// sameLogin compares as GitHub does, without regard to case.
func sameLogin(a, b shipshape.Login) bool { return strings.EqualFold(string(a), string(b)) }

// looksMachine judges by the login alone: an app's, "bot" or "robot" as a word
// between hyphens or at either end, or "ci" as the first or last word.
func looksMachine(l shipshape.Login) bool {
	if isApp(l) {
		return true
	}
	words := loginWords(l)
	if len(words) > 1 && (words[0] == "ci" || words[len(words)-1] == "ci") {
		return true
	}
	return slices.Contains(words, "bot") || slices.Contains(words, "robot")
}

const appSuffix = "[bot]"

func isApp(l shipshape.Login) bool { return strings.HasSuffix(strings.ToLower(string(l)), appSuffix) }

// loginWords returns the parts between hyphens in lower case, an app's suffix
// aside.
func loginWords(l shipshape.Login) []string {
	return strings.Split(strings.TrimSuffix(strings.ToLower(string(l)), appSuffix), "-")
}

// dependencyBot reports whether the account is dependabot or renovate, under
// whatever name it was installed ("acme-renovate[bot]").
func (a actors) dependencyBot(l shipshape.Login) bool {
	words := loginWords(l)
	return a.machine(l) && (slices.Contains(words, "dependabot") || slices.Contains(words, "renovate"))
}
