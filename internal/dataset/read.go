package dataset

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"

	"github.com/shipshape-report/shipshape"
)

// Read reads the dataset in a folder. Mistakes in it are of type [*Error].
func Read(dir string) (*shipshape.History, error) {
	h, err := ReadFS(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("dataset %s: %w", dir, err)
	}
	return h, nil
}

// ReadFS reads a dataset: every folder "owner/name" below the root is a
// repository. The order of lines decides nothing, the history comes sorted. A
// dataset without a repository is an error.
func ReadFS(fsys fs.FS) (*shipshape.History, error) {
	dirs, err := repositories(fsys)
	if err != nil {
		return nil, err
	}
	h := &shipshape.History{}
	for _, dir := range dirs {
		r, err := readRepository(fsys, dir)
		if err != nil {
			return nil, err
		}
		h.Repositories = append(h.Repositories, r)
	}
	h.Sort()
	return h, nil
}

// repositories lists the folders two levels down.
func repositories(fsys fs.FS) ([]string, error) {
	owners, err := folders(fsys, ".")
	if err != nil {
		return nil, err
	}
	var dirs []string
	for _, owner := range owners {
		names, err := folders(fsys, owner)
		if err != nil {
			return nil, err
		}
		dirs = append(dirs, names...)
	}
	if len(dirs) == 0 {
		return nil, errors.New("no repository: want folders owner/name")
	}
	return dirs, nil
}

// folders lists the folders in dir, which may hold nothing else but remarks.
func folders(fsys fs.FS, dir string) ([]string, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	var dirs []string
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		switch {
		case entry.IsDir():
			dirs = append(dirs, name)
		case !remark(entry.Name()):
			return nil, &Error{File: name, Found: "a file", Want: "only folders owner/name above the data"}
		}
	}
	return dirs, nil
}

// readRepository reads one repository's folder, "owner/name".
func readRepository(fsys fs.FS, dir string) (shipshape.RepositoryHistory, error) {
	f := openFolder(fsys, dir)
	r := shipshape.RepositoryHistory{
		Repository:  one(f, "repository.json", wireRepository.repository),
		Origin:      one(f, "origin.json", wireOrigin.origin),
		Commits:     many(f, "commits", wireCommit.commit, func(c shipshape.Commit) shipshape.OID { return c.OID }),
		Refs:        many(f, "refs", wireRef.ref, func(r shipshape.Ref) string { return string(r.Kind) + " " + r.Name }),
		Changes:     many(f, "pullRequests", wireChange.change, func(c shipshape.Change) int { return c.Number }),
		Issues:      many(f, "issues", wireIssue.issue, func(i shipshape.Issue) int { return i.Number }),
		Releases:    many(f, "releases", wireRelease.release, func(r shipshape.Release) string { return r.Tag }),
		Deployments: many(f, "deployments", wireDeployment.deployment, func(d shipshape.Deployment) int64 { return d.ID }),
		Runs:        many(f, "workflowRuns", wireRun.run, func(r shipshape.Run) int64 { return r.ID }),
		Milestones:  many(f, "milestones", wireMilestone.milestone, func(m shipshape.Milestone) int { return m.Number }),
		Gaps:        many(f, "gaps", wireGap.gap, func(g shipshape.Gap) shipshape.Gap { return g }),
	}
	r.Repository.Labels = many(f, "labels", wireLabel.label, func(l shipshape.Label) string { return l.Name })
	r.Controls = slices.Concat(
		many(f, "branchProtectionRules", wireProtection.control, shipshape.Control.Key),
		many(f, "rulesets", wireRuleset.control, shipshape.Control.Key))
	for _, e := range many(f, "environments", wireEnvironment.environment, func(e environment) string { return e.Name }) {
		r.Repository.Environments = append(r.Repository.Environments, e.Name)
		if e.Control != nil {
			r.Controls = append(r.Controls, *e.Control)
		}
	}
	if f.err == nil {
		f.err = belongs(r.Repository.Name, dir)
	}
	finish(&r)
	return r, f.err
}

// belongs reports an error unless the repository is the one its folder names.
func belongs(name shipshape.RepositoryName, dir string) error {
	file := path.Join(dir, "repository.json")
	switch string(name) {
	case dir:
		return nil
	case "":
		return &Error{File: file, Found: "no such file", Want: "it in every repository's folder"}
	}
	return &Error{File: file, Found: fmt.Sprintf("repository %s", name), Want: "the one its folder names"}
}

// finish adds what only the whole of a repository tells, and sorts.
func finish(r *shipshape.RepositoryHistory) {
	fillCommits(r.Changes, r.Commits)
	slices.SortFunc(r.Repository.Labels, func(a, b shipshape.Label) int { return cmp.Compare(a.Name, b.Name) })
	slices.Sort(r.Repository.Environments)
	r.Sort()
}
