package shipshape_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/shipshape-report/shipshape/internal/actions"
)

// metadata is action.yml.
type metadata struct {
	Inputs map[string]struct {
		Description string
		Default     string
	}
	Outputs map[string]struct {
		Description string
		Value       string
	}
	Runs struct {
		Using string
		Steps []stepOf
	}
}

// stepOf is a step of the action or of a workflow.
type stepOf struct {
	ID    string
	If    string
	Uses  string
	Run   string
	Shell string
	Env   map[string]string
	With  map[string]any
}

func fileText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// complaints collects what is wrong with a file.
type complaints []string

func (c *complaints) add(format string, args ...any) { *c = append(*c, fmt.Sprintf(format, args...)) }

// wrongWithAction says what is wrong with the text of action.yml.
func wrongWithAction(text string) complaints {
	var c complaints
	var m metadata
	if err := yaml.Unmarshal([]byte(text), &m); err != nil {
		c.add("it does not parse: %v", err)
		return c
	}
	if m.Runs.Using != "composite" {
		c.add("it runs using %q", m.Runs.Using)
	}
	c.steps(m.Runs.Steps)
	c.pins(text, nil)
	c.inputs(m)
	c.outputs(m)
	for _, s := range m.Runs.Steps {
		if s.Run != "" && s.Shell != "bash" {
			c.add("step %q has the shell %q", s.Run, s.Shell)
		}
	}
	return c
}

// steps holds what is true of every step, in the action and in workflows.
func (c *complaints) steps(steps []stepOf) {
	for _, s := range steps {
		if strings.Contains(s.Run, "${{") {
			c.add("an expression in the script %q", s.Run)
		}
		for _, word := range []string{"demo", "testdata", "--offline"} {
			if strings.Contains(fmt.Sprint(s.Run, s.Env, s.With), word) {
				c.add("%q knows bundled data: %s", s.Run, word)
			}
		}
	}
}

var (
	usesLine = regexp.MustCompile(`(?m)^[\s-]*uses:\s*(.*)$`)
	pinned   = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
)

// pins holds that everything used is pinned, except what is listed.
func (c *complaints) pins(text string, except []string) {
	for _, found := range usesLine.FindAllStringSubmatch(text, -1) {
		if !pinned.MatchString(found[1]) && !slices.Contains(except, found[1]) {
			c.add("%q is not a commit with its version beside it", found[1])
		}
	}
}

// inputs holds that each input is the program's, and reaches it.
func (c *complaints) inputs(m metadata) {
	env := map[string]string{}
	for _, s := range m.Runs.Steps {
		if s.ID == "run" {
			env = maps.Clone(s.Env)
			if s.Run != `"$RUNNER_TEMP/shipshape/shipshape" "$INPUT_MODE"` {
				c.add("the last step runs %q", s.Run)
			}
		}
	}
	for _, p := range actions.Inputs {
		in, declared := m.Inputs[p.Name]
		switch variable := actions.Variable(p.Name); {
		case !declared:
			c.add("input %s is not declared", p.Name)
		case in.Default != p.Default:
			c.add("input %s has the default %q, the program %q", p.Name, in.Default, p.Default)
		case in.Description != plain(p.Doc):
			c.add("input %s is described as %q, want %q", p.Name, in.Description, plain(p.Doc))
		case env[variable] != "${{ inputs."+p.Name+" }}":
			c.add("input %s reaches the program as %q", p.Name, env[variable])
		default:
			delete(env, variable)
		}
		delete(m.Inputs, p.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Inputs)) {
		c.add("input %s is unknown to the program", name)
	}
	for _, name := range slices.Sorted(maps.Keys(env)) {
		c.add("%s is no input", name)
	}
}

// outputs holds that each output is one that the program sets.
func (c *complaints) outputs(m metadata) {
	for _, o := range actions.Outputs {
		out, declared := m.Outputs[o.Name]
		switch {
		case !declared:
			c.add("output %s is not declared", o.Name)
		case out.Value != "${{ steps.run.outputs."+o.Name+" }}":
			c.add("output %s is %q", o.Name, out.Value)
		case out.Description != plain(o.Doc):
			c.add("output %s is described as %q, want %q", o.Name, out.Description, plain(o.Doc))
		}
		delete(m.Outputs, o.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Outputs)) {
		c.add("output %s is set by nobody", name)
	}
}

// plain is a phrase of Markdown without the marks of code.
func plain(doc string) string { return strings.ReplaceAll(doc, "`", "") }

func TestActionKeepsItsRules(t *testing.T) {
	for _, wrong := range wrongWithAction(fileText(t, "action.yml")) {
		t.Error(wrong)
	}
}

// change replaces the first of two texts in a file by the second.
type change struct{ name, old, new, want string }

func (m change) in(t *testing.T, text string) string {
	t.Helper()
	if !strings.Contains(text, m.old) {
		t.Fatalf("%q is not there to be changed", m.old)
	}
	return strings.Replace(text, m.old, m.new, 1)
}

// noticed holds that a check of files finds a mistake.
func noticed(t *testing.T, found complaints, want string) {
	t.Helper()
	if !slices.ContainsFunc(found, func(wrong string) bool { return strings.Contains(wrong, want) }) {
		t.Errorf("nobody noticed; want %q in %q", want, found)
	}
}

func TestABrokenRuleOfTheActionIsNoticed(t *testing.T) {
	text := fileText(t, "action.yml")
	for _, m := range []change{
		{"an expression in a script", `run: '"$RUNNER_TEMP/shipshape/shipshape" "$INPUT_MODE"'`, "run: shipshape ${{ inputs.org }}", "an expression in the script"},
		{"another command", `shipshape" "$INPUT_MODE"'`, `shipshape" demo'`, "knows bundled data: demo"},
		{"a history on disk", `shipshape" "$INPUT_MODE"'`, `shipshape" "$INPUT_MODE" --offline'`, "knows bundled data: --offline"},
		{"an argument", `shipshape" "$INPUT_MODE"'`, `shipshape" "$INPUT_MODE" --out x'`, "the last step runs"},
		{"no shell", "      id: run\n      shell: bash\n", "      id: run\n", `has the shell ""`},
		{"another shell", "      id: go\n      shell: bash\n", "      id: go\n      shell: pwsh\n", `has the shell "pwsh"`},
		{"a tag", "setup-go@b7ad1dad31e06c5925ef5d2fc7ad053ef454303e", "setup-go@v7", "is not a commit"},
		{"a commit without its version", "454303e # v7.0.0", "454303e", "is not a commit"},
		{"a commit with a vague version", "454303e # v7.0.0", "454303e # v7", "is not a commit"},
		{"an input that does not arrive", "        INPUT_SINCE: ${{ inputs.since }}\n", "", `input since reaches the program as ""`},
		{"an input that arrives as another", "INPUT_SINCE: ${{ inputs.since }}", "INPUT_SINCE: ${{ inputs.window }}", "input since reaches the program as"},
		{"an input that is not declared", "  zone:\n", "  timezone:\n", "input zone is not declared"},
		{"an input that nobody knows", "  zone:\n", "  gate: {}\n  zone:\n", "input gate is unknown to the program"},
		{"a variable that is no input", "        INPUT_ORG:", "        INPUT_GATE: x\n        INPUT_ORG:", "INPUT_GATE is no input"},
		{"another default", "default: _site", "default: public", `input output-dir has the default "public"`},
		{"another description", "Folder for the report.", "Folder of the report.", "input output-dir is described"},
		{"an output of another step", "value: ${{ steps.run.outputs.version }}", "value: ${{ steps.go.outputs.version }}", "output version is"},
		{"an output that nobody sets", "outputs:\n", "outputs:\n  verdict: {}\n", "output verdict is set by nobody"},
		{"an output that is not declared", "  incomplete:\n", "  partial:\n", "output incomplete is not declared"},
		{"an image", "using: composite", "using: docker", `it runs using "docker"`},
	} {
		t.Run(m.name, func(t *testing.T) { noticed(t, wrongWithAction(m.in(t, text)), m.want) })
	}
}
