package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
)

// header begins the file that is written.
const header = `# Cut out of GitHub's public GraphQL schema by internal/githubtest/cmd/prune: do
# not edit. Copyright (c) GitHub, MIT licence, see LICENSE.md.

`

// prune returns the schema with the listed fields only. A field keeps all its
// arguments. Enumerations, scalars and input objects that a kept field or argument
// needs are kept whole, unions with those of their members of which a field is
// listed. An object that implements a kept interface keeps that interface's fields.
func prune(full, list string) (string, error) {
	doc, err := parser.ParseSchema(&ast.Source{Name: "schema", Input: full})
	if err != nil {
		return "", fmt.Errorf("full schema: %w", err)
	}
	p := pruning{types: map[string]*ast.Definition{}, keep: map[string][]string{}, whole: map[string]bool{}}
	for _, def := range doc.Definitions {
		p.types[def.Name] = def
	}
	p.read(list)
	p.inherit()
	kept := p.definitions()
	if len(p.errs) > 0 {
		return "", errors.Join(p.errs...)
	}
	var text strings.Builder
	text.WriteString(header)
	formatter.NewFormatter(&text, formatter.WithIndent("  "), formatter.WithoutDescription()).
		FormatSchemaDocument(&ast.SchemaDocument{Definitions: kept})
	return text.String(), nil
}

// A pruning knows what of a schema is kept.
type pruning struct {
	types map[string]*ast.Definition
	keep  map[string][]string // fields by type
	whole map[string]bool     // enumerations, scalars, inputs and unions that are needed
	errs  []error
}

// read notes the listed fields. Empty lines and lines that begin with # are
// remarks.
func (p *pruning) read(list string) {
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, field, _ := strings.Cut(line, ".")
		if def := p.types[name]; def == nil || def.Fields.ForName(field) == nil {
			p.errs = append(p.errs, fmt.Errorf("%s: the full schema has no such field", line))
			continue
		}
		p.keep[name] = append(p.keep[name], field)
	}
}

// inherit gives every kept object the kept fields of its interfaces.
func (p *pruning) inherit() {
	for name := range p.keep {
		for _, face := range p.types[name].Interfaces {
			for _, field := range p.keep[face] {
				if !slices.Contains(p.keep[name], field) {
					p.keep[name] = append(p.keep[name], field)
				}
			}
		}
	}
}

// definitions returns what is kept, by name.
func (p *pruning) definitions() ast.DefinitionList {
	var kept ast.DefinitionList
	for _, name := range sorted(p.keep) {
		kept = append(kept, p.composite(p.types[name]))
	}
	for done := 0; done < len(p.whole); {
		names := sorted(p.whole)
		done = len(names)
		for _, name := range names {
			p.need(p.types[name])
		}
	}
	for _, name := range sorted(p.whole) {
		kept = append(kept, p.leaf(p.types[name]))
	}
	slices.SortFunc(kept, func(a, b *ast.Definition) int { return strings.Compare(a.Name, b.Name) })
	return kept
}

// composite returns an object or interface with its kept fields only.
func (p *pruning) composite(def *ast.Definition) *ast.Definition {
	cut := &ast.Definition{Kind: def.Kind, Name: def.Name}
	for _, face := range def.Interfaces {
		if len(p.keep[face]) > 0 {
			cut.Interfaces = append(cut.Interfaces, face)
		}
	}
	for _, field := range def.Fields {
		if !slices.Contains(p.keep[def.Name], field.Name) {
			continue
		}
		p.reach(def.Name+"."+field.Name, field.Type)
		for _, arg := range field.Arguments {
			p.reach(def.Name+"."+field.Name, arg.Type)
			arg.Directives = nil
		}
		field.Directives = deprecation(field.Directives)
		cut.Fields = append(cut.Fields, field)
	}
	return cut
}

// leaf returns a type that is kept whole, a union cut to the kept members.
func (p *pruning) leaf(def *ast.Definition) *ast.Definition {
	cut := &ast.Definition{Kind: def.Kind, Name: def.Name, Fields: def.Fields, EnumValues: def.EnumValues}
	for _, field := range cut.Fields {
		field.Directives = nil
	}
	for _, value := range cut.EnumValues {
		value.Directives = deprecation(value.Directives)
	}
	for _, member := range def.Types {
		if len(p.keep[member]) > 0 {
			cut.Types = append(cut.Types, member)
		}
	}
	if def.Kind == ast.Union && len(cut.Types) == 0 {
		p.errs = append(p.errs, fmt.Errorf("union %s: no field of a member is listed", def.Name))
	}
	return cut
}

// need notes the types of an input object's fields.
func (p *pruning) need(def *ast.Definition) {
	if def.Kind != ast.InputObject {
		return
	}
	for _, field := range def.Fields {
		p.reach(def.Name+"."+field.Name, field.Type)
	}
}

// reach notes the type that a field or argument leads to.
func (p *pruning) reach(from string, t *ast.Type) {
	name := t.Name()
	def := p.types[name]
	switch {
	case def == nil: // built in: Int, String …
	case def.Kind == ast.Object || def.Kind == ast.Interface:
		if len(p.keep[name]) == 0 {
			p.errs = append(p.errs, fmt.Errorf("%s leads to %s, of which no field is listed", from, name))
		}
	default:
		p.whole[name] = true
	}
}

// deprecation keeps the one directive that a reader of the schema needs.
func deprecation(list ast.DirectiveList) ast.DirectiveList {
	return slices.DeleteFunc(slices.Clone(list), func(d *ast.Directive) bool { return d.Name != "deprecated" })
}

// sorted returns a map's keys in order.
func sorted[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
