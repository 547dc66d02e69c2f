package collect

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// factsNode is what is asked of the repository itself, all at one point. A part
// that the token may not read is not asked again: where GitHub's schema promises a
// list, refusing it takes the whole repository out of the answer.
type factsNode struct {
	NameWithOwner    shipshape.RepositoryName
	URL              string
	CreatedAt        time.Time
	IsPrivate        bool
	IsArchived       bool
	DefaultBranchRef *struct {
		Name   string
		Target target
	}
	Labels       github.Connection[labelNode]       `graphql:"labels(first: $size, after: $after, orderBy: {field: NAME, direction: ASC}) @include(if: $labels)"`
	Environments github.Connection[environmentNode] `graphql:"environments(first: $size, after: $after) @include(if: $environments)"`
	Milestones   github.Connection[milestoneNode]   `graphql:"milestones(first: $size, after: $after, orderBy: {field: NUMBER, direction: ASC}) @include(if: $milestones)"`
	codeowners
}

// codeowners are the places where GitHub looks for the file, the first found is in
// force: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
type codeowners struct {
	Hidden *file `graphql:"hidden: object(expression: \"HEAD:.github/CODEOWNERS\") @include(if: $hidden)"`
	Root   *file `graphql:"root: object(expression: \"HEAD:CODEOWNERS\") @include(if: $root)"`
	Docs   *file `graphql:"docs: object(expression: \"HEAD:docs/CODEOWNERS\") @include(if: $docs)"`
}

type file struct {
	Typename string `graphql:"__typename"`
	Blob     struct {
		Text        string
		IsTruncated bool
	} `graphql:"... on Blob"`
}

// inForce returns the file in force, an empty one where there is none.
func (c codeowners) inForce() *file {
	for _, f := range []*file{c.Hidden, c.Root, c.Docs} {
		if f != nil && f.Typename == "Blob" {
			return f
		}
	}
	return &file{}
}

// part is a part of the facts that can be refused by itself.
type part struct {
	key    string // in the answer, and the variable that asks for it
	entity shipshape.Entity
	field  string
}

var factParts = []part{
	{"labels", shipshape.RepositoryEntity, "labels"},
	{"environments", shipshape.RepositoryEntity, "environments"},
	{"milestones", shipshape.MilestoneEntity, ""},
	{"hidden", shipshape.RepositoryEntity, "codeowners"},
	{"root", shipshape.RepositoryEntity, "codeowners"},
	{"docs", shipshape.RepositoryEntity, "codeowners"},
}

// facts reads the repository itself. From here on it goes by the name that GitHub
// calls it by: an old one of a repository that was renamed still finds it.
func (r *reader) facts(ctx context.Context) error {
	node, faults, err := r.askFacts(ctx)
	if err != nil {
		return err
	}
	asked := r.name
	if strings.Count(string(node.NameWithOwner), "/") == 1 {
		r.name = node.NameWithOwner
	}
	if !strings.EqualFold(string(asked), string(r.name)) {
		r.note("The history was asked for as %s; GitHub calls the repository %s now.", asked, r.name)
	}
	if node.IsArchived {
		r.note("The repository is archived: nothing in it changes any more.")
	}
	if node.inForce().Blob.IsTruncated {
		r.gap(shipshape.Gap{Entity: shipshape.RepositoryEntity, Field: "codeowners", Reason: shipshape.Truncated,
			Why:    "The CODEOWNERS file is too large for GitHub to give whole.",
			Remedy: "Make it smaller: GitHub itself does not read one of more than 3 MB."})
	}
	r.h.Repository = node.repository(r.name)
	if node.DefaultBranchRef != nil && node.DefaultBranchRef.Target.Typename == "Commit" {
		r.head = node.DefaultBranchRef.Target.OID
	}
	r.lostBranch(node, faults)
	r.about = node
	r.progress(shipshape.RepositoryEntity, 1, 1)
	return nil
}

// note keeps a sentence that the reader of the report must know.
func (r *reader) note(format string, a ...any) {
	r.h.Origin.Notes = append(r.h.Origin.Notes, fmt.Sprintf(format, a...))
}

// lostBranch notes that GitHub does not give the default branch, or what is on it. A
// clone makes up for that, if only the branch's name is known.
func (r *reader) lostBranch(node *factsNode, faults []github.Fault) {
	for _, f := range faults {
		if len(f.Path) < 2 || f.Path[1] != "defaultBranchRef" {
			continue
		}
		if node.DefaultBranchRef == nil {
			r.gap(r.refused(shipshape.RepositoryEntity, "defaultBranch", f))
		}
		if node.DefaultBranchRef == nil || r.o.Clone == nil {
			r.gap(r.refused(shipshape.CommitEntity, "", f))
		}
	}
}

// askFacts asks for the facts, without the parts that turn out to be refused. The
// faults are those that came with them.
func (r *reader) askFacts(ctx context.Context) (*factsNode, []github.Fault, error) {
	wanted := map[string]bool{}
	for _, p := range factParts {
		wanted[p.key] = true
	}
	for range factParts {
		node, faults, err := r.askParts(ctx, wanted, r.size(100), nil)
		if err != nil {
			return nil, nil, fmt.Errorf("facts of %s: %w", r.name, err)
		}
		if refused := r.refuse(faults, wanted); node != nil || !refused {
			return node, faults, r.noAnswer(node != nil, faults)
		}
	}
	return nil, nil, r.noAnswer(false, nil)
}

// factsQuery asks for the facts.
type factsQuery struct {
	github.Meter
	Repository *factsNode `graphql:"repository(owner: $owner, name: $name)"`
}

// askParts asks for the facts and some of the parts; after concerns them all. The
// node is nil where GitHub answers nothing of the repository.
func (r *reader) askParts(ctx context.Context, wanted map[string]bool, size int, after *string) (*factsNode, []github.Fault, error) {
	variables := r.variables(size, after)
	for _, p := range factParts {
		variables[p.key] = githubv4.Boolean(wanted[p.key])
	}
	var q factsQuery
	faults, err := r.query(ctx, &q, variables)
	return q.Repository, faults, err
}

// refuse notes the parts that an answer refuses, and reports whether there was one
// that is still wanted: asking again without it may help.
func (r *reader) refuse(faults []github.Fault, wanted map[string]bool) bool {
	found := false
	for _, f := range faults {
		for _, p := range factParts {
			if len(f.Path) < 2 || f.Path[1] != p.key {
				continue
			}
			if len(f.Path) == 2 {
				found = found || wanted[p.key]
				delete(wanted, p.key)
				r.shut[p.key] = true
			}
			r.gap(r.refused(p.entity, p.field, f))
		}
	}
	return found
}

// noAnswer says why GitHub answers nothing of a repository; nil if it does.
func (r *reader) noAnswer(answered bool, faults []github.Fault) error {
	if answered {
		return nil
	}
	for _, f := range faults {
		switch {
		case f.SAML:
			return fmt.Errorf("%s: %w: %s", r.name, github.ErrForbidden, lowerFirst(signOn(r.name)))
		case f.Type == github.FaultForbidden:
			return fmt.Errorf("%s: %w: give the token access to it", r.name, github.ErrForbidden)
		}
	}
	return fmt.Errorf("%s: %w", r.name, ErrNoRepository)
}

func (n *factsNode) repository(name shipshape.RepositoryName) shipshape.Repository {
	repository := shipshape.Repository{
		Name:       name,
		URL:        n.URL,
		CreatedAt:  n.CreatedAt.UTC(),
		Private:    n.IsPrivate,
		Archived:   n.IsArchived,
		Codeowners: n.inForce().Blob.Text,
	}
	if n.DefaultBranchRef != nil {
		repository.DefaultBranch = n.DefaultBranchRef.Name
	}
	return repository
}
