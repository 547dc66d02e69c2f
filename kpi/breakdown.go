package kpi

import (
	"slices"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// The names of the slices by actor. Who made a change that names no author is not
// known: that it was no machine cannot be said.
const (
	byPeople   = "people"
	byMachines = "machines"
	byUnknown  = "not known"
)

// breakdown counts the items again by part of the scope. Repositories and teams
// without any item are there too; environments, classes and actors only where an
// item belongs to one.
func (k KPI) breakdown(items []Item, scope Scope) Breakdown {
	var repositories, teams []string
	for _, r := range scope.Repositories {
		repositories = append(repositories, string(r.Name()))
		teams = append(teams, r.Team)
	}
	cut := func(names []string, of func(Item) string) []Slice { return k.slices(items, scope, names, of) }
	perRepository := cut(repositories, func(i Item) string {
		if !slices.Contains(repositories, string(i.Repository)) {
			return "" // Left out: the result does not rest on it.
		}
		return string(i.Repository)
	})
	for i := range perRepository {
		perRepository[i].Step = k.DORA.stepOf(perRepository[i].Value)
	}
	return Breakdown{
		Repository:  perRepository,
		Team:        cut(teams, func(i Item) string { return i.Team }),
		Environment: cut(nil, func(i Item) string { return i.Environment }),
		Class:       cut(nil, func(i Item) string { return i.Class }),
		Actor:       cut(nil, Item.actor),
	}
}

// actor returns who made a change, "" for what is none.
func (i Item) actor() string {
	switch {
	case i.Kind != kindChange && i.Kind != kindCommit:
		return ""
	case i.Machine:
		return byMachines
	case i.Anonymous:
		return byUnknown
	}
	return byPeople
}

// slices returns one slice per name, sorted; to the names given come those of
// items that belong to the population.
func (k KPI) slices(items []Item, scope Scope, names []string, of func(Item) string) []Slice {
	parts := map[string][]Item{}
	for _, item := range items {
		if item.Excluded == "" || item.Missing || !item.Until.IsZero() {
			parts[of(item)] = append(parts[of(item)], item)
		}
	}
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	var cuts []Slice
	for _, name := range slices.Compact(names) {
		if name == "" {
			continue
		}
		a := k.amount(parts[name], scope.of(name))
		if a.n == 0 && a.missing > 0 {
			a.state, a.value = NotMeasured, nil // Nothing but what could not be measured is not 0.
		}
		cuts = append(cuts, Slice{Name: name, State: a.state, Value: a.value, N: a.n})
	}
	return cuts
}

// of narrows a scope to the repository of that name, if there is one.
func (s Scope) of(name string) Scope {
	for i, r := range s.Repositories {
		if r.Name() == shipshape.RepositoryName(name) {
			one := s
			one.Repositories = []*timeline.Repository{r}
			if s.stretches != nil {
				one.stretches = s.stretches[i : i+1]
			}
			return one
		}
	}
	return s
}
