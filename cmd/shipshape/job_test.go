package main

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
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
