package collect

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// suitesNode is a commit with the beginning of its list of check suites. GitHub has
// no list of a repository's workflow runs: they are found through these.
type suitesNode struct {
	Commit struct {
		ID     string
		Suites github.Connection[suiteNode] `graphql:"checkSuites(first: $suites)"`
	} `graphql:"... on Commit"`
}

// suiteNode is a check suite. One that a workflow did not make has no run.
type suiteNode struct {
	ID          string
	Status      string
	Conclusion  string
	Branch      *struct{ Name string }
	WorkflowRun *runNode
}

type runNode struct {
	ID         string
	DatabaseID int64 `graphql:"databaseId"`
	Event      string
	RunNumber  int
	URL        string
	CreatedAt  time.Time
	UpdatedAt  time.Time
	Workflow   struct{ Name string }
}

// branch is where the suite's commit was pushed to, "" once that is gone.
func (n *suiteNode) branch() string {
	if n.Branch == nil {
		return ""
	}
	return n.Branch.Name
}

// run returns the run of a suite of a commit, without the times of its checks.
func (n *suiteNode) run(of shipshape.OID) shipshape.Run {
	w := n.WorkflowRun
	return shipshape.Run{
		ID:         w.DatabaseID,
		Workflow:   w.Workflow.Name,
		Event:      w.Event,
		Branch:     n.branch(),
		Commit:     of,
		Number:     w.RunNumber,
		URL:        w.URL,
		CreatedAt:  w.CreatedAt.UTC(),
		UpdatedAt:  w.UpdatedAt.UTC(),
		Status:     n.Status,
		Conclusion: n.Conclusion,
	}
}

// A query asks for the suites of commitsAtOnce commits, or the checks of as many
// suites: with one list each, a point.
const (
	commitsAtOnce  = 100
	suitesAtFirst  = 20
	checksAtFirst  = 50
	suitesForCheck = 100
)

// runs reads the workflow runs of commits on lines of releases, from
// [Options.RunsSince] on, and of the heads that were delivered or released.
func (r *reader) runs(ctx context.Context, heads []shipshape.OID) error {
	head := map[shipshape.OID]bool{}
	for _, id := range heads {
		head[id] = isOID(id)
	}
	l := r.newLines()
	r.lostRuns(l)
	wanted := l.commits(head)
	w := &runReader{r: r, head: head, seen: map[int64]bool{}}
	for done := 0; done < len(wanted) && !w.refused(); {
		chunk := wanted[done:min(done+r.size(commitsAtOnce), len(wanted))]
		if err := w.read(ctx, chunk); err != nil {
			return err
		}
		if done += len(chunk); done < len(wanted) {
			r.oldest[shipshape.RunEntity] = wanted[done].until
		}
		r.progress(shipshape.RunEntity, done, len(wanted))
	}
	r.progress(shipshape.RunEntity, len(r.h.Runs), len(r.h.Runs)) // commits so far
	return nil
}

// runReader reads the runs of some commits after another.
type runReader struct {
	r    *reader
	head map[shipshape.OID]bool
	seen map[int64]bool // runs
}

// refused reports whether the token may not read runs at all.
func (w *runReader) refused() bool {
	return slices.ContainsFunc(w.r.h.Gaps, func(g shipshape.Gap) bool { return g.Covers(shipshape.RunEntity, "") })
}

// read reads the runs of a few commits.
func (w *runReader) read(ctx context.Context, commits []lineCommit) error {
	ids := make([]shipshape.OID, len(commits))
	for i, c := range commits {
		ids[i] = c.id
	}
	answers, err := listedObjects[suitesNode](ctx, w.r, shipshape.RunEntity, "", commitsAtOnce, ids,
		map[string]any{"suites": w.r.first(suitesAtFirst)})
	if err != nil {
		return err
	}
	var cut []*tail
	for i, answer := range answers {
		if answer != nil {
			of := record{shipshape.RunEntity, string(ids[i]), "Commit", answer.Commit.ID}
			cut = append(cut, rest(of, nested{list: "checkSuites"}, &answer.Commit.Suites)...)
		}
	}
	if err := w.r.tails(ctx, cut); err != nil {
		return err
	}
	var suites []string
	var runs []shipshape.Run
	for i, answer := range answers {
		if answer == nil {
			continue
		}
		for _, suite := range answer.Commit.Suites.Nodes {
			if w.wants(suite, ids[i]) {
				w.r.runNodes[suite.WorkflowRun.DatabaseID] = suite.WorkflowRun.ID
				suites, runs = append(suites, suite.ID), append(runs, suite.run(ids[i]))
			}
		}
	}
	err = w.times(ctx, suites, runs)
	w.r.h.Runs = append(w.r.h.Runs, runs...)
	return err
}

// wants reports whether a suite of a commit has a run that is to be kept and was
// not seen before. What ran on some other branch is of no line.
func (w *runReader) wants(suite *suiteNode, of shipshape.OID) bool {
	if suite == nil || suite.WorkflowRun == nil || !w.head[of] && !w.r.line(suite.branch()) {
		return false
	}
	id := suite.WorkflowRun.DatabaseID
	known := id != 0 && w.seen[id]
	w.seen[id] = true
	return !known
}

// checksNode is a check suite with the beginning of its list of check runs.
type checksNode struct {
	Suite struct {
		ID     string
		Checks github.Connection[checkNode] `graphql:"checkRuns(first: $checks)"`
	} `graphql:"... on CheckSuite"`
}

type checkNode struct{ StartedAt, CompletedAt time.Time }

// times adds to each run when its first check began and its last one ended. The
// runs stand in the order of their suites.
func (w *runReader) times(ctx context.Context, suites []string, runs []shipshape.Run) error {
	items := make([]map[string]any, len(suites))
	for i, id := range suites {
		items[i] = map[string]any{"id": githubv4.ID(id)}
	}
	answers, faults, err := github.Batch[checksNode]{
		Field:  "node(id: $id)",
		Items:  items,
		Shared: map[string]any{"checks": w.r.first(checksAtFirst)},
		Size:   w.r.size(suitesForCheck),
	}.Ask(ctx, w.r.client)
	if err != nil {
		return fmt.Errorf("check runs of %s: %w", w.r.name, err)
	}
	w.r.faults(shipshape.RunEntity, faults)
	if silent(answers, faults) {
		w.r.gap(saysNothing(shipshape.RunEntity, "completedAt"))
	}
	var cut []*tail
	for i, answer := range answers {
		if answer != nil {
			of := record{shipshape.RunEntity, fmt.Sprint(runs[i].ID), "CheckSuite", answer.Suite.ID}
			cut = append(cut, rest(of, nested{field: "completedAt", list: "checkRuns"}, &answer.Suite.Checks)...)
		}
	}
	if err := w.r.tails(ctx, cut); err != nil {
		return err
	}
	for i, answer := range answers {
		if answer != nil {
			span(&runs[i], answer.Suite.Checks.Nodes)
		}
	}
	return nil
}

// span sets when a run began and ended. While a check has not ended, neither has
// the run.
func span(run *shipshape.Run, checks []*checkNode) {
	ended := true
	for _, c := range checks {
		if c == nil {
			continue
		}
		if start := c.StartedAt.UTC(); !start.IsZero() && (run.StartedAt.IsZero() || start.Before(run.StartedAt)) {
			run.StartedAt = start
		}
		if end := c.CompletedAt.UTC(); end.After(run.CompletedAt) {
			run.CompletedAt = end
		}
		ended = ended && !c.CompletedAt.IsZero()
	}
	if !ended {
		run.CompletedAt = time.Time{}
	}
}
