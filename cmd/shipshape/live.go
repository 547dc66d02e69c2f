package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/collect"
	"github.com/shipshape-report/shipshape/internal/git"
	"github.com/shipshape-report/shipshape/internal/github"
)

// liveFlags say what is asked of GitHub, and how.
type liveFlags struct {
	organisation string
	selection    collect.Selection
	since        string
	clones       []string
	graphqlURL   string
	maxWait      time.Duration
}

// addLive registers them. --repo is among those that say what is looked at.
func (l *liveFlags) addLive(c *cobra.Command) {
	c.Flags().StringVar(&l.organisation, "org", "", "collect the repositories of this `organisation`")
	l.addSelection(c)
	c.Flags().StringVar(&l.since, "since", "", "collect what changed since this `instant` (default what the window and the one before it need)")
	c.Flags().StringArrayVar(&l.clones, "git", nil, "read the commit graph from the clone in this `folder`, at no cost; may be repeated")
	l.addServer(c)
}

// addSelection registers which of an organisation's repositories are meant.
func (l *liveFlags) addSelection(c *cobra.Command) {
	s := &l.selection
	c.Flags().StringArrayVar(&s.Topics, "topic", nil, "of --org, only repositories with this `topic`; may be repeated, one of them is enough")
	c.Flags().StringArrayVar(&s.Match, "match", nil, "of --org, only repositories whose name this `pattern` matches, such as 'api-*'; may be repeated")
	c.Flags().StringArrayVar(&s.Exclude, "exclude", nil, "of --org, no repository whose name this `pattern` matches; may be repeated")
	c.Flags().BoolVar(&s.Archived, "archived", false, "of --org, archived repositories too")
	c.Flags().BoolVar(&s.Forks, "forks", false, "of --org, forks too")
}

// selected is what the flags say of repositories, checked before anything is asked.
func (f *flags) selected() (collect.Selection, error) {
	s := f.selection
	if err := s.Check(); err != nil {
		return s, misuse(fmt.Errorf("--match or --exclude: %w", err), "give one such as 'api-*'")
	}
	narrows := len(s.Topics)+len(s.Match)+len(s.Exclude) > 0 || s.Archived || s.Forks
	if narrows && f.organisation == "" {
		return s, misuse(errors.New("--topic, --match, --exclude, --archived and --forks choose among the repositories of --org"), "name the organisation, or leave them out")
	}
	named, err := f.names()
	s.Named = named
	return s, err
}

// addServer registers how to reach GitHub.
func (l *liveFlags) addServer(c *cobra.Command) {
	c.Flags().StringVar(&l.graphqlURL, "graphql-url", "", "`address` of the GraphQL API (default $GITHUB_GRAPHQL_URL, else GitHub's)")
	c.Flags().DurationVar(&l.maxWait, "max-wait", time.Hour, "wait no longer than this for GitHub's limits, all waits taken together")
}

// live is a run that asks GitHub.
type live struct {
	env
	endpoint string
	client   *github.Client
	progress *progress
	clones   []*git.Clone
	alone    bool // one repository is collected, whose clones need no remote
}

// connect prepares a run; nothing is asked yet but of clones on the disk.
func (e env) connect(ctx context.Context, l *liveFlags, of shipshape.RepositoryName) (*live, error) {
	endpoint, err := github.Endpoint(l.graphqlURL, e.getenv)
	if err != nil {
		return nil, misuse(err, "")
	}
	token, err := e.token(endpoint, of.Owner(), of.Short())
	if err != nil {
		return nil, err
	}
	run := &live{env: e, endpoint: endpoint, progress: e.newProgress()}
	run.client, err = github.New(github.Options{
		Endpoint: endpoint, Token: token, Transport: e.transport, UserAgent: e.agent(),
		Now: e.now, Sleep: e.sleep, MaxWait: l.maxWait, Notice: run.progress.notice,
	})
	if err != nil {
		return nil, misuse(err, "")
	}
	for _, dir := range l.clones {
		clone, err := git.Open(ctx, dir)
		if err != nil {
			return nil, misuse(fmt.Errorf("--git %w", err), "")
		}
		run.clones = append(run.clones, clone)
	}
	return run, nil
}

// agent names the program to GitHub.
func (e env) agent() string { return "shipshape/" + e.version }

// repositoryName is GitHub's alphabet, loosely: a slip is told before anything is
// asked.
var repositoryName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+$`)

// names returns the repositories to ask for, as they were named, each once.
func (f *flags) names() ([]shipshape.RepositoryName, error) {
	var names []shipshape.RepositoryName
	for _, name := range f.repositories {
		if !repositoryName.MatchString(name) {
			return nil, misuse(fmt.Errorf("--repo %q is not the name of a repository", name), "give one such as octocat/hello-world")
		}
		if !slices.ContainsFunc(names, func(n shipshape.RepositoryName) bool { return strings.EqualFold(string(n), name) }) {
			names = append(names, shipshape.RepositoryName(name))
		}
	}
	return names, nil
}

// targets returns all repositories to be collected: those named, and those of the
// organisation that are selected.
func (run *live) targets(ctx context.Context, f *flags) ([]shipshape.RepositoryName, error) {
	selection, err := f.selected()
	if err != nil || f.organisation == "" {
		return selection.Named, err
	}
	found, err := collect.Organisation(ctx, run.client, f.organisation)
	if err != nil {
		return nil, run.explain(err)
	}
	chosen := selection.Of(found.Repositories)
	run.progress.chosen(chosen, found.Withheld)
	if len(chosen.Repositories) == 0 {
		remedy := "check the name, and that the token may see its repositories"
		if len(found.Repositories) > 0 {
			remedy = "choose others with --topic, --match, --exclude, --archived and --forks"
		}
		return nil, misuse(fmt.Errorf("--org %q has no repository to report on", f.organisation), remedy)
	}
	return chosen.Repositories, nil
}

// cloneOf returns the clone of a repository among those given; nil for none.
func (run *live) cloneOf(name shipshape.RepositoryName) *git.Clone {
	for _, c := range run.clones {
		if strings.EqualFold(string(c.Repository), string(name)) || c.Repository == "" && run.alone {
			return c
		}
	}
	return nil
}

// unused names the clones that belong to none of the repositories: a mistake that
// would silently cost points.
func (run *live) unused(names []shipshape.RepositoryName, dirs []string) error {
	for i, c := range run.clones {
		if c.Repository == "" && len(names) == 1 {
			continue
		}
		if c.Repository == "" {
			return misuse(fmt.Errorf("--git %s has no remote named origin, so it cannot be told whose clone it is", filepath.Clean(dirs[i])),
				"name one repository, or give the clone its remote")
		}
		if !slices.ContainsFunc(names, func(n shipshape.RepositoryName) bool { return strings.EqualFold(string(n), string(c.Repository)) }) {
			return misuse(fmt.Errorf("--git %s is a clone of %s, which is not collected", filepath.Clean(dirs[i]), c.Repository), "leave it out, or name the repository with --repo")
		}
	}
	return nil
}

// explain gives an error of asking GitHub its exit code and what to do.
func (run *live) explain(err error) error {
	var cut *collect.Incomplete
	switch {
	case errors.Is(err, context.Canceled):
		return &failure{code: incomplete, err: errors.New("interrupted; what was collected so far is kept")}
	case errors.As(err, &cut):
		return &failure{code: incomplete, err: err}
	case errors.Is(err, collect.ErrNoRepository), errors.Is(err, collect.ErrNoOwner):
		return misuse(err, "")
	case errors.Is(err, github.ErrUnauthorized), errors.Is(err, github.ErrForbidden):
		return misuse(err, "")
	case errors.Is(err, github.ErrNotGraphQL):
		return misuse(err, "check --graphql-url")
	case errors.Is(err, github.ErrMaxWait):
		return &failure{code: incomplete, err: err}
	}
	return err
}
