package githubtest

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// label is a label of a repository.
type label struct {
	shipshape.Label
	repo *repository
}

// label finds a label by name. One that is worn, or was once, and is not listed is a
// label all the same.
func (r *repository) label(name string) any {
	if l := r.labels[name]; l != nil {
		return object{"Label", label{*l, r}}
	}
	return object{"Label", label{shipshape.Label{Name: name, Color: "ededed"}, r}}
}

// knownLabel finds a label that is listed.
func (r *repository) knownLabel(name string) any {
	if r.labels[name] == nil {
		return nil
	}
	return r.label(name)
}

var labelFields = fields[label]{
	"id":          func(c call[label]) any { return newID("Label", c.of.repo, c.of.Name) },
	"name":        func(c call[label]) any { return c.of.Name },
	"color":       func(c call[label]) any { return c.of.Color },
	"description": func(c call[label]) any { return c.of.Description },
	"createdAt":   func(c call[label]) any { return nil },
	"updatedAt":   func(c call[label]) any { return nil },
	"isDefault":   func(c call[label]) any { return false },
	"url":         func(c call[label]) any { return c.of.repo.noun().URL + "/labels/" + c.of.Name },
	"repository":  func(c call[label]) any { return object{"Repository", c.of.repo} },
}

func repositoryLabels(c call[*repository]) any {
	if c.args.has("query") {
		return unserved("labels filtered by a query")
	}
	var names []string
	for _, l := range c.of.noun().Labels {
		names = append(names, l.Name)
	}
	return c.of.labelList(names, c.args)
}

// labelList is a list of labels. The order of creation is the one they stand in.
func (r *repository) labelList(names []string, args arguments) list {
	names = slices.Clone(names)
	field, direction := args.order("CREATED_AT", "ASC")
	if field == "NAME" {
		slices.SortFunc(names, func(a, b string) int { return strings.Compare(labelKey(a), labelKey(b)) })
	}
	if direction == "DESC" {
		slices.Reverse(names)
	}
	l := sliceOf(names, func(_ int, name string) any { return r.label(name) })
	if field == "NAME" {
		l = l.keyed(direction == "DESC", func(i int) string { return labelKey(names[i]) })
	}
	return l
}

// labelKey orders labels by name whatever their case, as GitHub does.
func labelKey(name string) string { return strings.ToLower(name) + "\x00" + name }
