package timeline

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// The wordings of a cherry-pick. The first is what `git cherry-pick -x` writes, the
// second what people and backport robots write into titles and descriptions.
var (
	pickedCommit = regexp.MustCompile(`(?i)\bcherry[- ]picked from (?:commit )?(?:https://\S{1,200}/commit/)?([0-9a-f]{7,64})\b`)
	pickedNumber = regexp.MustCompile(`(?i)\b(?:cherry[- ]?pick(?:ed|s)?|back-?ports?|backported)(?: (?:of|from))?:? (?:(?:PR|pull request) )?([\w.-]{1,100}/[\w.-]{1,100})?#([1-9]\d{0,8})\b`)
)

// pickedFrom returns the commits that a message says it was picked from, the
// original first: a pick of a pick adds a line.
func pickedFrom(message string) []shipshape.OID {
	if !mentionsPick(message) {
		return nil
	}
	var origins []shipshape.OID
	for _, m := range pickedCommit.FindAllStringSubmatch(message, -1) {
		origins = append(origins, shipshape.OID(strings.ToLower(m[1])))
	}
	return origins
}

// pickedChange returns the number of the pull request of this repository that a
// text says it is a pick of; 0 if it says none.
func pickedChange(text string, name shipshape.RepositoryName) int {
	if !mentionsPick(text) {
		return 0
	}
	for _, m := range pickedNumber.FindAllStringSubmatch(text, -1) {
		if m[1] == "" || m[1] == string(name) {
			return number(m[2])
		}
	}
	return 0
}

// mentionsPick is a cheap first look, as most messages mention no pick.
func mentionsPick(text string) bool {
	return containsFold(text, "cherry") || containsFold(text, "backport") || containsFold(text, "back-port")
}

// containsFold reports whether a text contains a lower-case ASCII word in any case.
func containsFold(text, word string) bool {
	for i := 0; i+len(word) <= len(text); i++ {
		if text[i]|0x20 == word[0] && strings.EqualFold(text[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// originOf returns what a commit of no pull request was picked from: what its
// message says, else the known pull request in whose number its subject ends. It
// is "" for a commit that is no cherry-pick.
func (a *attribution) originOf(commit *shipshape.Commit) string {
	if origins := pickedFrom(commit.Body); len(origins) > 0 {
		return a.origin(origins, nil)
	}
	n, _ := lastNumber(commit.Headline)
	// A number given out after the commit was made belongs to another repository's
	// history that was brought in.
	if facts := a.numbers[n]; facts != nil && !facts.CreatedAt.After(commit.CommittedAt) {
		return "#" + strconv.Itoa(n)
	}
	return ""
}

// origin names the first origin that belongs to a pull request other than not,
// else the first commit. It is "" where all belong to not.
func (a *attribution) origin(origins []shipshape.OID, not *Change) string {
	name := ""
	for _, o := range origins {
		full, known := a.known.find(o)
		if !known {
			full = o
		}
		c := a.known.owner(full, a.owner)
		switch {
		case c == not && not != nil:
		case c != nil && c.Number > 0:
			return "#" + strconv.Itoa(c.Number)
		case name == "":
			name = full.Short()
		}
	}
	return name
}

// pullOrigin returns what a pull request was picked from: what all of its commits
// say, else what its title or description says. It is "" for any other.
func (a *attribution) pullOrigin(c *Change, own []int32) string {
	if name := a.commitsOrigin(c, own); name != "" {
		return name
	}
	n := pickedChange(c.Title, a.r.Facts.Name)
	if n == 0 {
		n, _ = lastNumber(c.Title) // "[3.1] Title (#12)"
	}
	if n == 0 {
		n = pickedChange(c.Facts.Body, a.r.Facts.Name)
	}
	if n == c.Number || a.numbers[n] == nil {
		return ""
	}
	return "#" + strconv.Itoa(n)
}

// commitsOrigin returns the origin of the first own commit where every one of them
// says that it is a pick: one among others does not make a cherry-pick of all.
func (a *attribution) commitsOrigin(c *Change, own []int32) string {
	name := ""
	for _, i := range own {
		if a.g.merge(i) {
			continue
		}
		origins := pickedFrom(a.g.commit(i).Body)
		if len(origins) == 0 {
			return ""
		}
		if name == "" {
			name = a.origin(origins, c)
		}
	}
	return name
}
