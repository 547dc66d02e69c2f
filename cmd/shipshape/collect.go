package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/spf13/cobra"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/collect"
	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/internal/git"
	"github.com/shipshape-report/shipshape/timeline"
)

func (e env) collect() *cobra.Command {
	f := &flags{}
	c := &cobra.Command{
		Use:   "collect --repo owner/name | --org name",
		Short: "Collect the history of repositories from GitHub",
		Long: `Collect asks GitHub for the history of repositories and keeps it on disk, in the
form that docs/history.md describes: for report --offline, kpi, check, and for
programs of your own. What an earlier run collected stays.

With --shard 2/8 it collects the second of eight parts of the repositories, so
that eight jobs can do the work side by side. Each writes a folder of its own;
copied into one, they are the history of all.

` + liveHelp,
		Example: `  GITHUB_TOKEN=$(gh auth token) shipshape collect --repo octocat/hello-world
  shipshape collect --org octo-org --topic service --exclude '*-sandbox' --shard 2/8`,
		RunE: func(c *cobra.Command, _ []string) error {
			gathered, err := f.gather(c.Context(), e)
			if gathered == nil {
				return err
			}
			for _, r := range gathered.Repositories {
				fmt.Fprintf(e.out, "%s\n", inventory(&r))
			}
			if len(gathered.Repositories) == 0 && err == nil {
				fmt.Fprintf(e.out, "No repository falls into part %s: there is nothing to collect.\n", f.shard)
			} else {
				fmt.Fprintf(e.out, "The history is in %s.\n", f.history)
			}
			return errors.Join(err, e.tellCollected(f, err != nil))
		},
	}
	f.addStore(c)
	f.addScope(c)
	f.addLive(c)
	c.Flags().StringVar(&f.shard, "shard", "", "collect one of several `parts` of the repositories only: 2/8")
	return c
}

// liveHelp is what all commands that ask GitHub have in common.
const liveHelp = `The token comes from GITHUB_TOKEN or GH_TOKEN. It needs to read only: contents,
metadata, pull requests, issues, deployments, checks and actions. What it may not
read becomes a gap that the report shows; the rest goes on. A GitHub App
authenticates by SHIPSHAPE_APP_ID and SHIPSHAPE_APP_PRIVATE_KEY instead.`

// gather collects the repositories that the flags name, keeps each in the store
// as soon as it is there, and returns them as the store then has them. Where
// collecting was cut short, they come with the error.
func (f *flags) gather(ctx context.Context, e env) (*shipshape.History, error) {
	now := e.now().UTC().Truncate(time.Second)
	span, err := f.reach(now)
	if err != nil {
		return nil, err
	}
	if len(f.repositories) == 0 && f.organisation == "" {
		return nil, misuse(errors.New("no repository is named"), "give --repo owner/name or --org name; --offline uses what is on disk")
	}
	if f.history == "" {
		return nil, misuse(errors.New("--history is empty"), "name the folder to keep the history in")
	}
	part, err := collect.ParseShard(f.shard)
	if err != nil {
		return nil, misuse(fmt.Errorf("--shard %w", err), "the first of eight is 1/8")
	}
	if _, err := f.selected(); err != nil {
		return nil, err
	}
	stored, err := f.stored()
	if err != nil {
		return nil, err
	}
	run, err := e.connect(ctx, &f.liveFlags, f.installed())
	if err != nil {
		return nil, err
	}
	names, err := run.targets(ctx, f)
	if err != nil {
		return nil, err
	}
	if err := run.unused(names, f.clones); err != nil {
		return nil, err
	}
	run.alone = len(names) == 1
	if part.Of > 0 {
		all := len(names)
		names = part.Pick(names)
		run.progress.say(fmt.Sprintf("Part %s holds %d of %s", part, len(names), number(all, "repository", "repositories")))
	}
	return run.all(ctx, f.history, names, span, stored)
}

// all collects repository by repository. One that cannot be collected at all ends
// the run: a report without it would pass for one of everything.
func (run *live) all(ctx context.Context, dir string, names []shipshape.RepositoryName, s span, stored *shipshape.History) (*shipshape.History, error) {
	gathered := &shipshape.History{}
	var cut error
	for _, name := range names {
		run.progress.begin(string(name))
		r, err := collect.Repository(ctx, run.client, name, run.options(s, run.cloneOf(name)))
		run.progress.end()
		if r == nil {
			return nil, run.explain(err)
		}
		merged, mergeErr := mergeStored(stored, r, dir)
		if mergeErr != nil {
			return nil, mergeErr
		}
		if err := history.Write(dir, &shipshape.History{Repositories: []shipshape.RepositoryHistory{*merged}}); err != nil {
			return nil, err
		}
		if err := history.Record(dir, r); err != nil {
			return nil, err
		}
		gathered.Repositories = append(gathered.Repositories, *merged)
		if err != nil {
			cut = errors.Join(cut, err)
			break
		}
	}
	run.progress.spent(run.client.Spent())
	if cut != nil {
		cut = run.explain(cut)
	}
	gathered.Sort()
	return gathered, cut
}

// span is how far back a run reads.
type span struct {
	until  time.Time        // the instant of reading
	since  time.Time        // of what changed since
	window shipshape.Window // the report's window and the one before it, as one
	asOf   time.Time        // what the report is told from
}

// reach is worked out from the flags before anything is asked, so that a slip costs
// nothing.
func (f *flags) reach(now time.Time) (span, error) {
	zone, err := zoneNamed(f.zone)
	if err != nil {
		return span{}, err
	}
	asOf, err := f.asOfBy(now, "the present: what will happen is not known", zone)
	if err != nil {
		return span{}, err
	}
	w, err := f.window(asOf, zone)
	if err != nil {
		return span{}, err
	}
	s := span{until: now, since: w.Previous().From, window: shipshape.Window{From: w.Previous().From, To: w.To}, asOf: asOf}
	if f.since == "" {
		return s, nil
	}
	if s.since, err = instantIn(f.since, "--since", zone); err != nil {
		return span{}, err
	}
	if s.since.After(w.From) {
		return span{}, misuse(fmt.Errorf("--since %s is later than %s, where the window begins", f.since, stamp(w.From)), "give an earlier one, or leave it out")
	}
	return s, nil
}

// options are what collecting is told, with the rules of linking that hold where
// nothing is configured.
func (run *live) options(s span, clone *git.Clone) collect.Options {
	rules := timeline.Defaults(s.asOf)
	return collect.Options{
		Until: s.until, Since: s.since, RunsSince: s.since, Clone: clone,
		Production: rules.IsProduction, Predecessors: timeline.Predecessors, ReleaseBranch: timeline.ReleaseBranch,
		Progress: run.progress.step,
		Wanted:   func(r *shipshape.RepositoryHistory) collect.Wanted { return wanted(r, rules, s.window) },
	}
}

// wanted is what linking would like to know beyond what was read.
func wanted(r *shipshape.RepositoryHistory, rules timeline.Options, window shipshape.Window) collect.Wanted {
	t := timeline.Build(&shipshape.History{Repositories: []shipshape.RepositoryHistory{*r}}, rules)
	w := t.Repositories[0].Wanted(window)
	return collect.Wanted{Since: w.Since, Commits: w.Commits, Heads: w.Heads, Approvals: w.Approvals, Threads: w.Threads}
}

// stored is the history on disk, empty where there is none yet.
func (f *flags) stored() (*shipshape.History, error) {
	h, err := history.Read(f.history)
	if errors.Is(err, fs.ErrNotExist) {
		return &shipshape.History{}, nil
	}
	return h, f.misnamed(err)
}

// mergeStored adds what an earlier run still knows of the repository.
func mergeStored(stored *shipshape.History, r *shipshape.RepositoryHistory, dir string) (*shipshape.RepositoryHistory, error) {
	for i := range stored.Repositories {
		if stored.Repositories[i].Repository.Name != r.Repository.Name {
			continue
		}
		merged, err := history.Merge(&stored.Repositories[i], r)
		if err != nil {
			return nil, misuse(fmt.Errorf("--history %s: %w", dir, err), "name another folder with --history")
		}
		return merged, nil
	}
	return r, nil
}

// installed is where an app is installed: the organisation, or the first repository.
func (f *flags) installed() shipshape.RepositoryName {
	if f.organisation != "" || len(f.repositories) == 0 {
		return shipshape.RepositoryName(f.organisation)
	}
	return shipshape.RepositoryName(f.repositories[0])
}

// inventory says what was collected of a repository.
func inventory(r *shipshape.RepositoryHistory) string {
	return fmt.Sprintf("%s: %s, %s, %s, %s, %s, %s, %s", r.Repository.Name,
		number(len(r.Commits), "commit", "commits"), number(len(r.Changes), "pull request", "pull requests"),
		number(len(r.Issues), "issue", "issues"), number(len(r.Releases), "release", "releases"),
		number(len(r.Deployments), "deployment", "deployments"), number(len(r.Runs), "workflow run", "workflow runs"),
		number(len(r.Gaps), "gap", "gaps"))
}
