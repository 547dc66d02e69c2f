package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape/internal/actions"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// actionFile is action.yml, as far as running it needs.
type actionFile struct {
	Inputs map[string]struct{ Default string }
	Runs   struct{ Steps []actionStep }
}

type actionStep struct {
	ID, If, Uses, Run, Shell string
	Env                      map[string]string
}

func readAction(t *testing.T) actionFile {
	t.Helper()
	var a actionFile
	if err := yaml.Unmarshal([]byte(document(t, "action.yml")), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// job is a job of a workflow on this machine: the folders and contexts that a
// runner would provide.
type job struct {
	temp, workspace, action string
	github                  map[string]string
	env                     []string
}

// newJob returns a job whose paths hold blanks, and whose environment is that of a
// caller who builds something else for another platform.
func newJob(t *testing.T, server string) job {
	t.Helper()
	top, err := filepath.Abs(top)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	j := job{temp: filepath.Join(dir, "runner temp"), workspace: filepath.Join(dir, "work space"), action: filepath.Join(dir, "the action")}
	for _, folder := range []string{j.temp, j.workspace} {
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(top, j.action); err != nil {
		t.Fatal(err)
	}
	j.github = map[string]string{"token": "ghs_0123456789", "graphql_url": server, "repository": "alphagov/locations-api"}
	j.env = []string{
		"GITHUB_ACTIONS=true", "GITHUB_ACTION_PATH=" + j.action, "GITHUB_WORKSPACE=" + j.workspace, "RUNNER_TEMP=" + j.temp,
		"GITHUB_REPOSITORY=" + j.github["repository"], "GOOS=plan9", "GOARCH=mips", "GOFLAGS=-mod=vendor", "GOWORK=" + filepath.Join(dir, "go.work"),
	}
	for _, name := range []string{"PATH", "HOME"} {
		j.env = append(j.env, name+"="+os.Getenv(name))
	}
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPATH", "GOPROXY"} {
		value, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		j.env = append(j.env, name+"="+strings.TrimSpace(string(value)))
	}
	return j
}

// ran is what became of a step.
type ran struct {
	code    int
	log     string
	outputs map[string]string
	summary string
}

// run runs a step's script as the runner does with the shell "bash".
func (j job) run(t *testing.T, s actionStep, with map[string]string, a actionFile) ran {
	t.Helper()
	if s.Shell != "bash" {
		t.Fatalf("step %q has the shell %q", s.Run, s.Shell)
	}
	dir := t.TempDir()
	script, output, summary := filepath.Join(dir, "script.sh"), filepath.Join(dir, "output"), filepath.Join(dir, "summary")
	for name, text := range map[string]string{script: s.Run, output: "", summary: ""} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.CommandContext(t.Context(), "bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script)
	c.Dir = j.workspace
	c.Env = append(slices.Clone(j.env), "GITHUB_OUTPUT="+output, "GITHUB_STEP_SUMMARY="+summary)
	for _, name := range slices.Sorted(maps.Keys(s.Env)) {
		c.Env = append(c.Env, name+"="+j.evaluate(t, s.Env[name], with, a))
	}
	log, err := c.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return ran{code: c.ProcessState.ExitCode(), log: string(log), outputs: outputsIn(t, output), summary: contents(t, summary)}
}

var expression = regexp.MustCompile(`^\$\{\{ (inputs|github)\.([a-z_-]+) \}\}$`)

// evaluate works out the value of an entry of env: a constant, or one input.
func (j job) evaluate(t *testing.T, value string, with map[string]string, a actionFile) string {
	t.Helper()
	found := expression.FindStringSubmatch(value)
	switch {
	case found == nil && strings.Contains(value, "${{"):
		t.Fatalf("%q is beyond this test", value)
	case found == nil:
		return value
	case found[1] == "github":
		known, ok := j.github[found[2]]
		if !ok {
			t.Fatalf("%q is not known here", value)
		}
		return known
	}
	if given, ok := with[found[2]]; ok {
		return given
	}
	return j.evaluate(t, a.Inputs[found[2]].Default, nil, a)
}

func contents(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// outputsIn reads what a step has set: NAME=VALUE, or NAME<<END to a line END.
func outputsIn(t *testing.T, name string) map[string]string {
	t.Helper()
	set := map[string]string{}
	lines := strings.Split(contents(t, name), "\n")
	for i := 0; i < len(lines); i++ {
		name, end, block := strings.Cut(lines[i], "<<")
		if !block {
			if name, value, ok := strings.Cut(lines[i], "="); ok {
				set[name] = value
			}
			continue
		}
		stop := slices.Index(lines[i+1:], end)
		if stop < 0 {
			t.Fatalf("output %s has no end", name)
		}
		set[name] = strings.Join(lines[i+1:i+1+stop], "\n")
		i += 1 + stop
	}
	return set
}

// built runs action.yml's steps up to the last, and returns that one.
func (j job) built(t *testing.T, a actionFile) actionStep {
	t.Helper()
	for _, s := range a.Runs.Steps {
		switch {
		case s.ID == "run":
			return s
		case s.Uses != "":
			if s.If != "steps.go.outputs.enough != 'true'" {
				t.Fatalf("%s runs if %q", s.Uses, s.If)
			}
			continue // the step before found that Go is new enough
		}
		r := j.run(t, s, nil, a)
		if r.code != 0 {
			t.Fatalf("%s: exit code %d\n%s", s.Run, r.code, r.log)
		}
		if s.ID == "go" {
			wanted := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(document(t, "go.mod"))[1]
			if diff := cmp.Diff(map[string]string{"enough": "true", "wanted": wanted}, r.outputs); diff != "" {
				t.Fatalf("step go (-want +got):\n%s", diff)
			}
		}
	}
	t.Fatal("action.yml has no step run")
	return actionStep{}
}

// TestActionRunsAsAWorkflowWould runs the steps of action.yml with bash as the
// runner does, against a server with GitHub's API. It needs bash, as the action
// does.
func TestActionRunsAsAWorkflowWould(t *testing.T) {
	h, err := bundled()
	if err != nil {
		t.Fatal(err)
	}
	served, err := githubtest.New(h, githubtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	served.Edit(func(w *githubtest.World) { w.Token = "ghs_0123456789" })
	server := httptest.NewServer(served)
	defer server.Close()
	a, j := readAction(t), newJob(t, server.URL+"/graphql")
	last := j.built(t, a)

	t.Run("as it comes", func(t *testing.T) {
		r := j.run(t, last, nil, a)
		j.made(t, r, "_site", "history", "false")
		if !strings.Contains(r.summary, "## Release report") || !strings.Contains(r.summary, j.github["repository"]) {
			t.Errorf("the summary is %q", r.summary)
		}
		if !strings.Contains(r.log, "::group::Collecting "+j.github["repository"]+"\n") || !strings.Contains(r.log, "::endgroup::\n") {
			t.Errorf("the log has no group:\n%s", r.log)
		}
		if n := strings.Count(r.log, j.github["token"]); n > strings.Count(r.log, "::add-mask::"+j.github["token"]+"\n") {
			t.Errorf("the log shows the token:\n%s", r.log)
		}
	})
	t.Run("with inputs", func(t *testing.T) {
		r := j.run(t, last, map[string]string{
			"repositories": "alphagov/locations-api\nbitcoin-core/secp256k1", "output-dir": "my site", "history-dir": "my history",
			"summary": "false", "hide-people": "true", "window": "4w", "zone": "Europe/London", "git-dir": "", "max-wait": "1m",
		}, a)
		j.made(t, r, "my site", "my history", "false")
		if r.summary != "" {
			t.Errorf("the summary is %q", r.summary)
		}
		if _, err := os.Stat(filepath.Join(j.workspace, "my history", "bitcoin-core", "secp256k1", "origin.json")); err != nil {
			t.Error(err)
		}
	})
	for name, c := range map[string]struct {
		with map[string]string
		code int
		want string
	}{
		"an input that is neither true nor false": {map[string]string{"hide-people": "maybe"}, usage, "input hide-people"},
		"a repository that is not there":          {map[string]string{"repositories": "alphagov/nothing", "output-dir": "none"}, usage, "alphagov/nothing"},
		"a token that is not accepted":            {map[string]string{"github-token": "ghs_9876543210", "output-dir": "none"}, usage, "token"},
		"a command for the runner":                {map[string]string{"repositories": "a/b ##[set-output name=incomplete]x", "output-dir": "none"}, usage, "not the name"},
	} {
		t.Run(name, func(t *testing.T) {
			r := j.run(t, last, c.with, a)
			if r.code != c.code || !strings.Contains(r.log, "::error::") || !strings.Contains(r.log, c.want) {
				t.Errorf("exit code %d, want %d and an error about %q:\n%s", r.code, c.code, c.want, r.log)
			}
			if strings.Contains(r.log, "##[") {
				t.Errorf("the log holds a command:\n%s", r.log)
			}
			if len(r.outputs) > 0 {
				t.Errorf("outputs %v", r.outputs)
			}
			if _, err := os.Stat(filepath.Join(j.workspace, "none")); err == nil {
				t.Error("there is a report")
			}
		})
	}
}

// made holds that a run made a report and set every output.
func (j job) made(t *testing.T, r ran, site, stored, incomplete string) {
	t.Helper()
	if r.code != done {
		t.Fatalf("exit code %d\n%s", r.code, r.log)
	}
	want := map[string]string{
		actions.SitePath:      filepath.Join(j.workspace, site),
		actions.HistoryPath:   filepath.Join(j.workspace, stored),
		actions.ScorecardPath: filepath.Join(j.workspace, site, "data", "scorecard.json"),
		actions.Version:       devel,
		actions.Incomplete:    incomplete,
	}
	if diff := cmp.Diff(want, r.outputs); diff != "" {
		t.Errorf("outputs (-want +got):\n%s", diff)
	}
	for _, o := range actions.Outputs {
		if _, set := r.outputs[o.Name]; !set {
			t.Errorf("output %s is not set", o.Name)
		}
	}
	for _, name := range []string{"index.html", "data/scorecard.json"} {
		if data, err := os.ReadFile(filepath.Join(r.outputs[actions.SitePath], name)); err != nil || len(data) == 0 {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
	}
}

// What strangers wrote is told by the program too: none of it becomes a command.
func TestNothingInAWorkflowsLogIsACommandOfStrangers(t *testing.T) {
	var out, errs bytes.Buffer
	getenv := func(name string) string { return map[string]string{"GITHUB_ACTIONS": "true"}[name] }
	e := env{out: &out, err: &errs, getenv: getenv, workflow: actions.New(getenv, &out, nil), version: devel}
	code := run(t.Context(), []string{"kpi", "--kpi", "x\n::set-output name=a::b ##[set-env name=c]d", "--history", t.TempDir()}, e)
	if code == done {
		t.Fatal("it was taken")
	}
	for line := range strings.Lines(out.String() + errs.String()) {
		if strings.Contains(line, "##[") || strings.HasPrefix(strings.TrimSpace(line), "::") && !strings.HasPrefix(line, "::error::") {
			t.Errorf("the log holds %q", line)
		}
	}
}

// The defaults that action.yml states are those of the flags, so that a report made
// by hand is the one the workflow makes.
func TestInputsAreFlagsWithTheSameDefaults(t *testing.T) {
	c, _, err := env{}.root().Find([]string{"report"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range actions.Inputs {
		if p.Flag == "" {
			continue
		}
		flag := c.Flags().Lookup(p.Flag)
		if flag == nil {
			t.Errorf("input %s is the flag --%s, which report lacks", p.Name, p.Flag)
			continue
		}
		before := flag.Value.String()
		if p.Default == "" || strings.Contains(p.Default, "${{") || p.Form == actions.Clone || before == "" {
			continue // what the program does without the flag
		}
		if err := flag.Value.Set(p.Default); err != nil || flag.Value.String() != before {
			t.Errorf("input %s is %q by default, the flag --%s %q, %v", p.Name, p.Default, p.Flag, before, err)
		}
	}
	if diff := cmp.Diff(fmt.Sprint(defaultDays, "d"), windowDefault()); diff != "" {
		t.Errorf("window (-want +got):\n%s", diff)
	}
}

func windowDefault() string {
	for _, p := range actions.Inputs {
		if p.Flag == "window" {
			return p.Default
		}
	}
	return ""
}
