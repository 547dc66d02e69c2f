package script

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// builder puts a script together, line by line.
type builder struct {
	script *Script
	clock  clock
	verbs  map[string]verb
	repos  []*repository
	repo   *repository // statements belong to it; nil before the first
	seen   map[string]bool
	errs   []error
}

// repository is a repository under construction.
type repository struct {
	history shipshape.RepositoryHistory
	commits map[string]int    // name to index
	listed  map[string]bool   // names of commits that only a pull request lists
	tips    map[string]string // name of the newest commit of each branch
	order   []string          // branches in order of appearance
	changes map[int]int       // number to index
	ids     map[string]bool   // what must not be stated twice, "deploy 1"
}

func newBuilder(name string) *builder {
	return &builder{
		script: &Script{
			Name:    name,
			History: &shipshape.History{},
			Zone:    time.UTC,
			names:   map[shipshape.OID]string{},
		},
		verbs: verbs(),
		seen:  map[string]bool{},
	}
}

// fail reports a mistake on a line.
func (b *builder) fail(line int, err error) {
	b.errs = append(b.errs, fmt.Errorf("%s: %w", b.script.At(line), err))
}

// line takes one line of the script.
func (b *builder) line(number int, text string) {
	all, err := words(text)
	if err != nil {
		b.fail(number, err)
		return
	}
	if len(all) == 0 {
		return
	}
	if err := b.statement(number, strings.TrimSpace(text), all); err != nil {
		b.fail(number, err)
	}
}

// statement takes a line of at least one word.
func (b *builder) statement(number int, text string, all []string) error {
	name, rest := all[0], all[1:]
	switch name {
	case "want":
		return b.want(number, text, rest)
	case "set":
		return b.set(number, rest)
	}
	v, known := b.verbs[name]
	if !known {
		return fmt.Errorf("no statement begins with %q", name)
	}
	s := &statement{line: number, verb: name, clock: b.clock}
	if err := v.take(s, rest); err != nil {
		return err
	}
	v.do(b, s)
	return s.err
}

func (b *builder) want(number int, text string, rest []string) error {
	if len(rest) == 0 {
		return errors.New("want what?")
	}
	b.script.Wants = append(b.script.Wants, Want{
		Line: number, Repository: b.here().history.Repository.Name, Words: rest, Text: text,
	})
	return nil
}

func (b *builder) set(number int, rest []string) error {
	if len(rest) < 2 {
		return errors.New("set needs a name and a value")
	}
	b.script.Settings = append(b.script.Settings, Setting{Line: number, Key: rest[0], Values: rest[1:]})
	return nil
}

// DefaultRepository is the repository of a script that names none.
const DefaultRepository shipshape.RepositoryName = "acme/shop"

// here returns the repository that statements belong to.
func (b *builder) here() *repository {
	if b.repo == nil {
		b.enter(DefaultRepository)
	}
	return b.repo
}

// enter goes to a repository, a new one if it was not there.
func (b *builder) enter(name shipshape.RepositoryName) {
	for _, r := range b.repos {
		if r.history.Repository.Name == name {
			b.repo = r
			return
		}
	}
	b.repo = &repository{
		commits: map[string]int{}, listed: map[string]bool{}, tips: map[string]string{},
		changes: map[int]int{}, ids: map[string]bool{},
	}
	b.repo.history.Repository = shipshape.Repository{Name: name, URL: "https://github.com/" + string(name), DefaultBranch: mainBranch}
	b.repos = append(b.repos, b.repo)
}

// url returns the address of something in the repository.
func (r *repository) url(path string) string { return r.history.Repository.URL + "/" + path }

// once fails when something with an identity of its own is stated twice.
func (r *repository) once(s *statement, what, id string) {
	if r.ids[what+" "+id] {
		s.fail(fmt.Errorf("%s %s is stated twice", what, id))
	}
	r.ids[what+" "+id] = true
}

// oid returns the id of a commit of this name: the same in every script.
func (b *builder) oid(name string) shipshape.OID {
	sum := sha256.Sum256([]byte(name))
	o := shipshape.OID(hex.EncodeToString(sum[:20]))
	b.script.names[o] = name
	return o
}

// known returns the id of a commit that was stated or listed before. A name with
// a question mark in front is that of a commit nobody has ever seen.
func (b *builder) known(s *statement, name string) shipshape.OID {
	unseen, unknown := strings.CutPrefix(name, "?")
	if unknown && unseen != "" {
		return b.oid(unseen)
	}
	if _, ok := b.here().commits[name]; !ok && !b.here().listed[name] {
		s.fail(fmt.Errorf("commit %s is not stated above; write ?%s for one that nobody has seen", name, name))
	}
	return b.oid(name)
}

// reference is a commit's id in a text, "{A}", or its first digits, "{A:7}".
var reference = regexp.MustCompile(`\{(\??[A-Za-z0-9_-]+)(:7)?\}`)

// text puts the ids of commits into a text.
func (b *builder) text(s *statement, text string) string {
	return reference.ReplaceAllStringFunc(text, func(found string) string {
		part := reference.FindStringSubmatch(found)
		o := b.known(s, part[1])
		if part[2] != "" {
			return o.Short()
		}
		return string(o)
	})
}

// finish fills in what follows from the whole.
func (b *builder) finish(lines int) {
	if b.script.AsOf.IsZero() {
		b.script.AsOf = b.script.Window.To
	}
	if b.script.AsOf.IsZero() {
		b.fail(lines, errors.New("the script states neither a window nor an asof"))
	}
	b.here()
	for _, r := range b.repos {
		r.finish(b)
		b.script.History.Repositories = append(b.script.History.Repositories, r.history)
	}
	b.script.History.Sort()
	b.script.year = b.clock.year
}

// finish adds what a repository has without being told: its branches, the
// environments deployed to, where it was read.
func (r *repository) finish(b *builder) {
	for _, branch := range r.order {
		r.history.Refs = append(r.history.Refs, shipshape.Ref{
			Kind: shipshape.Branch, Name: branch, Target: b.oid(r.tips[branch]),
		})
	}
	for _, d := range r.history.Deployments {
		r.history.Repository.Environments = append(r.history.Repository.Environments, d.Environment)
	}
	slices.Sort(r.history.Repository.Environments)
	r.history.Repository.Environments = slices.Compact(r.history.Repository.Environments)
	r.history.Origin.Source = "script " + b.script.Name
	if r.history.Origin.Until.IsZero() {
		r.history.Origin.Until = b.script.AsOf
	}
}
