package shipshape_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/shipshape-report/shipshape/internal/actions"
)

// workflowFile is a workflow.
type workflowFile struct {
	On          any
	Permissions *map[string]string
	Jobs        map[string]jobOf
}

type jobOf struct {
	Needs       any
	Strategy    struct{ Matrix map[string][]int }
	Permissions map[string]string
	Timeout     int `yaml:"timeout-minutes"`
	Environment struct{ Name string }
	Concurrency *struct {
		Group  string
		Cancel *bool `yaml:"cancel-in-progress"`
	}
	Steps []stepOf
}

// ours is the action as an example names it: a tag that moves with releases, so
// that an example stays right. Within the repository it is the folder.
const ours = "shipshape-report/shipshape@v1"

// granted is what a job may do, by the step that needs it.
var granted = map[string]string{
	"":                     "contents: read",
	ours:                   "actions: read, checks: read, contents: read, deployments: read, issues: read, pull-requests: read",
	"./":                   "actions: read, checks: read, contents: read, deployments: read, issues: read, pull-requests: read",
	"actions/deploy-pages": "id-token: write, pages: write",
	byAnother:              "",
}

// byAnother is the action where it reads nothing with the workflow's own token.
const byAnother = "the action with another's rights"

// whose is the right that a step with the action needs.
func whose(s stepOf) string {
	_, token := s.With["github-token"]
	if token || s.Env["SHIPSHAPE_APP_ID"] != "" || s.With["offline"] == true {
		return byAnother
	}
	return s.Uses
}

// wrongWithWorkflow says what is wrong with the text of a workflow.
func wrongWithWorkflow(text string, except ...string) complaints {
	var c complaints
	var w workflowFile
	if err := yaml.Unmarshal([]byte(text), &w); err != nil {
		c.add("it does not parse: %v", err)
		return c
	}
	if w.Permissions == nil || len(*w.Permissions) > 0 {
		c.add("the workflow as a whole has permissions")
	}
	for _, event := range []string{"pull_request_target", "workflow_run"} {
		if strings.Contains(fmt.Sprint(w.On), event) {
			c.add("%s runs code of strangers with rights", event)
		}
	}
	c.pins(text, except)
	for _, name := range slices.Sorted(maps.Keys(w.Jobs)) {
		c.job(name, w.Jobs[name])
	}
	return c
}

func (c *complaints) job(name string, j jobOf) {
	if j.Timeout == 0 {
		c.add("job %s may run for six hours", name)
	}
	c.steps(j.Steps)
	needed, action := "", false
	for _, s := range j.Steps {
		uses, _, _ := strings.Cut(s.Uses, "@")
		switch {
		case s.Uses == ours || s.Uses == "./":
			needed, action = whose(s), true
			c.with(name, s)
		case uses == "actions/deploy-pages":
			needed = uses
			c.deploys(name, j)
		}
	}
	for _, s := range j.Steps {
		if strings.HasPrefix(s.Uses, "actions/checkout@") {
			c.checkout(name, s, action)
		}
	}
	if got := rights(j.Permissions); got != granted[needed] {
		c.add("job %s may %q, and needs %q", name, got, granted[needed])
	}
}

// rights are permissions in a line, sorted.
func rights(permissions map[string]string) string {
	var words []string
	for _, scope := range slices.Sorted(maps.Keys(permissions)) {
		words = append(words, scope+": "+permissions[scope])
	}
	return strings.Join(words, ", ")
}

// with holds that a step that uses the action names inputs that are there.
func (c *complaints) with(job string, s stepOf) {
	for _, name := range slices.Sorted(maps.Keys(s.With)) {
		if !slices.ContainsFunc(actions.Inputs, func(p actions.Parameter) bool { return p.Name == name }) {
			c.add("job %s gives the action an input %s", job, name)
		}
	}
}

// checkout holds that no token stays on the disk, and that the commit graph is
// whole where the action reads it.
func (c *complaints) checkout(job string, s stepOf, action bool) {
	if s.With["persist-credentials"] != false {
		c.add("job %s leaves a token on the disk", job)
	}
	if action && (fmt.Sprint(s.With["fetch-depth"]) != "0" || s.With["filter"] != "tree:0") {
		c.add("job %s checks out a part of the commit graph", job)
	}
}

// deploys holds that two deployments of pages never meet.
func (c *complaints) deploys(name string, j jobOf) {
	if j.Environment.Name != "github-pages" {
		c.add("job %s deploys to the environment %q", name, j.Environment.Name)
	}
	if j.Concurrency == nil || j.Concurrency.Group != "pages" || j.Concurrency.Cancel == nil || *j.Concurrency.Cancel {
		c.add("job %s can meet or cancel another deployment", name)
	}
}

func TestWorkflowsKeepTheirRules(t *testing.T) {
	n := 0
	for pattern, except := range map[string]string{".github/workflows/*.y*ml": "./", "examples/*.y*ml": ours} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		n += len(names)
		for _, name := range names {
			for _, wrong := range wrongWithWorkflow(fileText(t, name), except) {
				t.Errorf("%s: %s", name, wrong)
			}
		}
	}
	if n < 3 {
		t.Errorf("%d workflows: not all of them", n)
	}
}

// The workflow of this repository uses the action as it is here, so that
// actionlint looks at action.yml, and does what the example does.
func TestOwnReportIsMadeAsTheExample(t *testing.T) {
	own := fileText(t, ".github/workflows/site.yml")
	if !strings.Contains(own, "uses: ./\n") {
		t.Error("site.yml does not use the action of this folder")
	}
	var a, b workflowFile
	for text, w := range map[string]*workflowFile{own: &a, fileText(t, "examples/pages.yml"): &b} {
		if err := yaml.Unmarshal([]byte(text), w); err != nil {
			t.Fatal(err)
		}
	}
	for name, job := range b.Jobs {
		for i := range job.Steps {
			if job.Steps[i].Uses == ours {
				job.Steps[i].Uses = "./"
				job.Steps[i].With = map[string]any{"history-dir": "_history"} // history is a package here
			}
		}
		if fmt.Sprint(job.Steps, rights(job.Permissions)) != fmt.Sprint(a.Jobs[name].Steps, rights(a.Jobs[name].Permissions)) {
			t.Errorf("job %s differs", name)
		}
	}
}

func TestABrokenRuleOfWorkflowsIsNoticed(t *testing.T) {
	text := fileText(t, "examples/pages.yml")
	if wrong := wrongWithWorkflow(text, ours); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	for _, m := range []change{
		{"rights for all jobs", "permissions: {}", "permissions: {contents: read}", "the workflow as a whole has permissions"},
		{"rights by default", "permissions: {}\n", "", "the workflow as a whole has permissions"},
		{"a right too many", "      contents: read", "      contents: write", `job collect may "actions: read, checks: read, contents: write`},
		{"a right too few", "      checks: read\n", "", `job collect may "actions: read, contents: read`},
		{"a token to deploy in the job that reads", "      checks: read", "      checks: read\n      id-token: write", "job collect may"},
		{"a token on the disk", "persist-credentials: false", "persist-credentials: true", "leaves a token"},
		{"a token on the disk by default", "          persist-credentials: false\n", "", "leaves a token"},
		{"one commit", "          fetch-depth: 0\n", "", "a part of the commit graph"},
		{"all files", "          filter: tree:0\n", "", "a part of the commit graph"},
		{"a tag", "checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "checkout@v7", `"actions/checkout@v7" is not a commit`},
		{"a branch of the action", ours, "shipshape-report/shipshape@main", "is not a commit"},
		{"an unknown input", "        id: report\n", "        id: report\n        with:\n          gate: report\n", "an input gate"},
		{"bundled data", "        id: report\n", "        id: report\n        with:\n          history-dir: testdata\n", "knows bundled data"},
		{"cancelling a deployment", "cancel-in-progress: false", "cancel-in-progress: true", "can meet or cancel"},
		{"a group of its own", "group: pages", "group: report", "can meet or cancel"},
		{"another environment", "name: github-pages", "name: production", "deploys to the environment"},
		{"no limit", "    timeout-minutes: 90\n", "", "job collect may run"},
		{"code of strangers", "  workflow_dispatch:", "  pull_request_target:", "runs code of strangers"},
		{"an expression in a script", "      - uses: actions/upload", "      - run: echo ${{ github.event.head_commit.message }}\n      - uses: actions/upload", "an expression in the script"},
	} {
		t.Run(m.name, func(t *testing.T) { noticed(t, wrongWithWorkflow(m.in(t, text), ours), m.want) })
	}
}
