package timeline

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// teamOf names the team of a repository: the first configured rule that names
// it, else the team that CODEOWNERS gives everything to, else the repository
// itself.
func teamOf(r shipshape.Repository, rules []TeamRule) string {
	for _, rule := range rules {
		if newGlobs(rule.Repositories).match(string(r.Name)) {
			return rule.Team
		}
	}
	if team := ownerOfAll(r.Codeowners); team != "" {
		return team
	}
	return string(r.Name)
}

// ownerOfAll returns the first team on the last line for every file, which is
// the one that counts: "acme/shop" for "* @acme/shop". It is "" where there is no
// such line, or where it names single people: they are no team.
func ownerOfAll(codeowners string) string {
	var teams []string
	for line := range strings.Lines(codeowners) {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) > 0 && slices.Contains([]string{"*", "**", "/**"}, fields[0]) {
			teams = teamsAmong(fields[1:])
		}
	}
	if len(teams) == 0 {
		return ""
	}
	return teams[0]
}

// teamsAmong returns the owners that are teams, without the at sign.
func teamsAmong(owners []string) []string {
	var teams []string
	for _, o := range owners {
		if name, found := strings.CutPrefix(o, "@"); found && strings.Contains(name, "/") {
			teams = append(teams, name)
		}
	}
	return teams
}
