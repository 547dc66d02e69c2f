package githubtest

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// workflowRun is a run of a workflow, and also the one check suite that it has, and
// the one check run in that where the noun says when it started or completed.
type workflowRun struct {
	*shipshape.Run
	repo *repository
}

// run finds a run by its number, as the type that is asked for.
func (r *repository) run(typ string, id int64) any {
	i, ok := r.runs[id]
	if !ok {
		return nil
	}
	return object{typ, workflowRun{&r.Runs[i], r}}
}

// as is the run as another of its types.
func (w workflowRun) as(typ string) any { return object{typ, w} }

func (w workflowRun) id(typ string) any { return newID(typ, w.repo, strconv.FormatInt(w.ID, 10)) }

// commitSuites lists the check suites of a commit by creation.
func commitSuites(c call[commit]) any {
	r := c.of.repo
	if filter := c.args.object("filterBy"); len(filter) > 0 {
		return unserved("check suites with a filter")
	}
	key := func(i int) string { return instantKey(r.Runs[i].CreatedAt, numberKey(r.Runs[i].ID)) }
	suites := chosen(r.byCommit.runs[c.of.OID], func(int) bool { return true }, key)
	return ordered(suites, "ASC", key, func(i int) any { return object{"CheckSuite", workflowRun{&r.Runs[i], r}} })
}

var checkSuiteFields = fields[workflowRun]{
	"id":          func(c call[workflowRun]) any { return c.of.id("CheckSuite") },
	"databaseId":  func(c call[workflowRun]) any { return c.of.ID + 1 },
	"status":      func(c call[workflowRun]) any { return c.of.Status },
	"conclusion":  func(c call[workflowRun]) any { return c.of.Conclusion },
	"branch":      func(c call[workflowRun]) any { return c.of.repo.refNamed(c.of.Branch, c.of.Commit) },
	"commit":      func(c call[workflowRun]) any { return c.of.repo.named(shipshape.ChangeCommit{OID: c.of.Commit}) },
	"createdAt":   func(c call[workflowRun]) any { return c.of.CreatedAt },
	"updatedAt":   func(c call[workflowRun]) any { return c.of.UpdatedAt },
	"app":         func(c call[workflowRun]) any { return object{"App", c.of} },
	"creator":     func(c call[workflowRun]) any { return nil },
	"checkRuns":   suiteRuns,
	"workflowRun": func(c call[workflowRun]) any { return c.of.as("WorkflowRun") },
	"repository":  func(c call[workflowRun]) any { return object{"Repository", c.of.repo} },
	"url":         func(c call[workflowRun]) any { return c.of.suiteURL() },
}

func (w workflowRun) suiteURL() string {
	return w.repo.noun().URL + "/commit/" + string(w.Commit) + "/checks?check_suite_id=" + strconv.FormatInt(w.ID+1, 10)
}

// suiteRuns lists the one check run, if the noun tells of any.
func suiteRuns(c call[workflowRun]) any {
	if filter := c.args.object("filterBy"); len(filter) > 0 {
		return unserved("check runs with a filter")
	}
	if c.of.StartedAt.IsZero() && c.of.CompletedAt.IsZero() {
		return none()
	}
	return sliceOf([]workflowRun{c.of}, func(_ int, w workflowRun) any { return w.as("CheckRun") })
}

var checkRunFields = fields[workflowRun]{
	"id":          func(c call[workflowRun]) any { return c.of.id("CheckRun") },
	"databaseId":  func(c call[workflowRun]) any { return c.of.ID + 2 },
	"name":        func(c call[workflowRun]) any { return c.of.Workflow },
	"status":      func(c call[workflowRun]) any { return c.of.Status },
	"conclusion":  func(c call[workflowRun]) any { return c.of.Conclusion },
	"startedAt":   func(c call[workflowRun]) any { return c.of.StartedAt },
	"completedAt": func(c call[workflowRun]) any { return c.of.CompletedAt },
	"checkSuite":  func(c call[workflowRun]) any { return c.of.as("CheckSuite") },
	"deployment":  func(c call[workflowRun]) any { return nil },
	"isRequired":  func(c call[workflowRun]) any { return false },
	"url":         func(c call[workflowRun]) any { return c.of.URL },
	"detailsUrl":  func(c call[workflowRun]) any { return c.of.URL },
	"permalink":   func(c call[workflowRun]) any { return c.of.URL },
	"repository":  func(c call[workflowRun]) any { return object{"Repository", c.of.repo} },
}

var workflowRunFields = fields[workflowRun]{
	"id":                        func(c call[workflowRun]) any { return c.of.id("WorkflowRun") },
	"databaseId":                func(c call[workflowRun]) any { return c.of.ID },
	"event":                     func(c call[workflowRun]) any { return c.of.Event },
	"runNumber":                 func(c call[workflowRun]) any { return c.of.Number },
	"createdAt":                 func(c call[workflowRun]) any { return c.of.CreatedAt },
	"updatedAt":                 func(c call[workflowRun]) any { return c.of.UpdatedAt },
	"url":                       func(c call[workflowRun]) any { return c.of.URL },
	"workflow":                  func(c call[workflowRun]) any { return object{"Workflow", workflow{c.of.Workflow, c.of.repo}} },
	"checkSuite":                func(c call[workflowRun]) any { return c.of.as("CheckSuite") },
	"deploymentReviews":         func(c call[workflowRun]) any { return c.of.decisions() },
	"pendingDeploymentRequests": func(c call[workflowRun]) any { return none() },
}

// appFields are of the one app that makes check suites here.
var appFields = fields[workflowRun]{
	"id":         func(c call[workflowRun]) any { return newID("App", c.of.repo, "github-actions") },
	"databaseId": func(c call[workflowRun]) any { return 15368 },
	"name":       func(c call[workflowRun]) any { return "GitHub Actions" },
	"slug":       func(c call[workflowRun]) any { return "github-actions" },
	"url":        func(c call[workflowRun]) any { return "https://github.com/apps/github-actions" },
}

// workflow is what runs have in common.
type workflow struct {
	name string
	repo *repository
}

// workflow finds a workflow that has run.
func (r *repository) workflow(name string) any {
	if !slices.ContainsFunc(r.Runs, func(u shipshape.Run) bool { return u.Workflow == name }) {
		return nil
	}
	return object{"Workflow", workflow{name, r}}
}

// runs are the positions of the workflow's runs, by creation.
func (w workflow) runs() ([]int, func(int) string) {
	r := w.repo
	key := func(i int) string { return instantKey(r.Runs[i].CreatedAt, numberKey(r.Runs[i].ID)) }
	keep := func(i int) bool { return r.Runs[i].Workflow == w.name }
	return r.order("runs of "+w.name, len(r.Runs), keep, key), key
}

func workflowRuns(c call[workflow]) any {
	r := c.of.repo
	_, direction := c.args.order("CREATED_AT", "DESC")
	positions, key := c.of.runs()
	return ordered(positions, direction, key, func(i int) any { return object{"WorkflowRun", workflowRun{&r.Runs[i], r}} })
}

// span is when the workflow ran first and last.
func (w workflow) span() (first, last time.Time) {
	positions, _ := w.runs()
	if len(positions) == 0 {
		return
	}
	return w.repo.Runs[positions[0]].CreatedAt, w.repo.Runs[positions[len(positions)-1]].CreatedAt
}

func (w workflow) number() int64 {
	h := fnv.New32a()
	h.Write([]byte(w.name))
	return int64(h.Sum32())
}

var workflowFields = fields[workflow]{
	"id":         func(c call[workflow]) any { return newID("Workflow", c.of.repo, c.of.name) },
	"databaseId": func(c call[workflow]) any { return c.of.number() },
	"name":       func(c call[workflow]) any { return c.of.name },
	"state":      func(c call[workflow]) any { return "ACTIVE" },
	"createdAt":  func(c call[workflow]) any { first, _ := c.of.span(); return first },
	"updatedAt":  func(c call[workflow]) any { _, last := c.of.span(); return last },
	"url": func(c call[workflow]) any {
		return c.of.repo.noun().URL + "/actions/workflows/" + strings.ReplaceAll(c.of.name, " ", "-") + ".yml"
	},
	"runs": workflowRuns,
}
