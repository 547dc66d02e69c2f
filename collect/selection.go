package collect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gobwas/glob"

	"github.com/shipshape-report/shipshape"
)

// Selection says which of an account's repositories are collected. The zero value
// takes all that are neither archived nor forks. Nothing tells upper case from lower.
type Selection struct {
	// Named are collected whatever the rest says, even if no account lists them.
	Named []shipshape.RepositoryName
	// Topics leave those that have one of them; none leaves all.
	Topics []string
	// Match leaves those whose name without the owner one of these globs matches as
	// a whole; none leaves all. Exclude takes away in the same way.
	Match, Exclude []string
	// Archived and Forks take such repositories too.
	Archived, Forks bool
}

// Reason is why a repository of the account is not collected.
type Reason string

// The reasons, in the order in which they are looked for.
const (
	LeftEmpty    Reason = "empty" // there is nothing to collect
	LeftArchived Reason = "archived"
	LeftFork     Reason = "a fork"
	LeftTopic    Reason = "without the topic"
	LeftName     Reason = "of another name"
	LeftExcluded Reason = "excluded"
)

// Reasons are all reasons in that order.
var Reasons = []Reason{LeftEmpty, LeftArchived, LeftFork, LeftTopic, LeftName, LeftExcluded}

// Selected is what a selection makes of a list of repositories.
type Selected struct {
	Repositories []shipshape.RepositoryName // by name, each once
	// Left are those left out, by name and by the first reason that applies.
	Left map[Reason][]shipshape.RepositoryName
}

// Check returns an error that names the first pattern that is no glob.
func (s Selection) Check() error {
	for _, pattern := range slices.Concat(s.Match, s.Exclude) {
		switch _, err := glob.Compile(pattern); {
		case pattern == "" || err != nil:
			return fmt.Errorf("%q is not a pattern of names", pattern)
		case strings.Contains(pattern, "/"):
			return fmt.Errorf("%q holds a slash: names are matched without their owner", pattern)
		}
	}
	return nil
}

// Of applies the selection, which [Selection.Check] has found right, to the
// repositories of an account. Their order does not matter.
func (s Selection) Of(listed []Listed) Selected {
	all := Selected{Left: map[Reason][]shipshape.RepositoryName{}}
	match, exclude := patterns(s.Match), patterns(s.Exclude)
	for _, r := range listed {
		if why := s.without(r, match, exclude); why != "" && !contains(s.Named, r.Name) {
			all.Left[why] = append(all.Left[why], r.Name)
			continue
		}
		all.Repositories = append(all.Repositories, r.Name)
	}
	for _, name := range s.Named {
		if !contains(all.Repositories, name) {
			all.Repositories = append(all.Repositories, name)
		}
	}
	slices.SortFunc(all.Repositories, compareNames)
	for _, names := range all.Left {
		slices.SortFunc(names, compareNames)
	}
	return all
}

// without returns why a repository is not collected, "" if it is.
func (s Selection) without(r Listed, match, exclude []*glob.Pattern) Reason {
	switch {
	case r.Empty:
		return LeftEmpty
	case r.Archived && !s.Archived:
		return LeftArchived
	case r.Fork && !s.Forks:
		return LeftFork
	case len(s.Topics) > 0 && !slices.ContainsFunc(r.Topics, s.wantsTopic):
		return LeftTopic
	case len(s.Match) > 0 && !fits(match, r.Name):
		return LeftName
	case fits(exclude, r.Name):
		return LeftExcluded
	}
	return ""
}

func (s Selection) wantsTopic(topic string) bool {
	return slices.ContainsFunc(s.Topics, func(wanted string) bool { return strings.EqualFold(wanted, topic) })
}

// patterns compiles globs, matched without regard to case.
func patterns(texts []string) []*glob.Pattern {
	var all []*glob.Pattern
	for _, text := range texts {
		if g, err := glob.Compile(strings.ToLower(text)); err == nil {
			all = append(all, g)
		}
	}
	return all
}

func fits(globs []*glob.Pattern, name shipshape.RepositoryName) bool {
	short := strings.ToLower(name.Short())
	return slices.ContainsFunc(globs, func(g *glob.Pattern) bool { return g.Match(short) })
}

func contains(names []shipshape.RepositoryName, name shipshape.RepositoryName) bool {
	return slices.ContainsFunc(names, func(n shipshape.RepositoryName) bool { return strings.EqualFold(string(n), string(name)) })
}
