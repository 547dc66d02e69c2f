package shipshape_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// wrongWithOrganisation says where a workflow whose jobs share the work would lose a
// part of it, or count one twice.
func wrongWithOrganisation(text string) complaints {
	var c complaints
	var w workflowFile
	if err := yaml.Unmarshal([]byte(text), &w); err != nil {
		c.add("it does not parse: %v", err)
		return c
	}
	c.parts(w.Jobs["collect"])
	c.joined(w.Jobs["report"], w.Jobs["collect"])
	return c
}

// using returns the step of a job that uses an action, which one that is not there
// lacks everything of.
func (j jobOf) using(action string) stepOf {
	for _, s := range j.Steps {
		if name, _, _ := strings.Cut(s.Uses, "@"); s.Uses == action || name == action {
			return s
		}
	}
	return stepOf{}
}

// parts holds that each job of the matrix collects a part of its own and leaves it
// under a name of its own.
func (c *complaints) parts(collect jobOf) {
	parts := collect.Strategy.Matrix["part"]
	for i, part := range parts {
		if part != i+1 {
			c.add("the parts are %v", parts)
		}
	}
	if len(parts) < 2 || len(collect.Strategy.Matrix) != 1 {
		c.add("the matrix is %v", collect.Strategy.Matrix)
	}
	step := collect.using(ours)
	if step.With["mode"] != "collect" || step.With["shard"] != "${{ matrix.part }}/${{ strategy.job-total }}" {
		c.add("a job collects %v", step.With)
	}
	kept := collect.using("actions/upload-artifact").With
	if kept["name"] != "history-${{ matrix.part }}" || kept["path"] != "${{ steps."+step.ID+".outputs.history-path }}" || kept["include-hidden-files"] != true {
		c.add("a job leaves %v", kept)
	}
}

// joined holds that all parts come together in the folder that the report is made of,
// for the time that was collected.
func (c *complaints) joined(report, collect jobOf) {
	if fmt.Sprint(report.Needs) != "collect" {
		c.add("the report waits for %v", report.Needs)
	}
	brought := report.using("actions/download-artifact").With
	step := report.using(ours)
	folder, named := step.With["history-dir"]
	if !named {
		folder = "history"
	}
	if brought["pattern"] != "history-*" || brought["merge-multiple"] != true || brought["path"] != folder {
		c.add("the report is made of %v, which is %v", folder, brought)
	}
	if step.With["offline"] != true {
		c.add("the report is made with %v", step.With)
	}
	for _, input := range []string{"window", "zone"} {
		if collect.using(ours).With[input] != step.With[input] {
			c.add("the input %s is not that of collecting", input)
		}
	}
}

func TestTheJobsOfAnOrganisationShareTheWork(t *testing.T) {
	text := fileText(t, "examples/organisation.yml")
	if wrong := wrongWithOrganisation(text); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	for _, m := range []change{
		{"a part left out", "[1, 2, 3, 4]", "[1, 2, 4]", "the parts are [1 2 4]"},
		{"a part of another split", "}}/${{ strategy.job-total }}", "}}/8", "a job collects"},
		{"a report of a part", "mode: collect", "mode: report", "a job collects"},
		{"one name for all parts", "name: history-${{ matrix.part }}", "name: history-all", "a job leaves"},
		{"hidden folders left behind", "          include-hidden-files: true\n", "", "a job leaves"},
		{"a folder a part", "          merge-multiple: true\n", "", "the report is made of"},
		{"another folder", "          path: history\n", "          path: parts\n", "the report is made of"},
		{"before all parts are there", "    needs: collect\n", "", "the report waits for"},
		{"collected again", "          offline: true\n", "          summary: true\n", "the report is made with"},
		{"another window", "          offline: true\n", "          offline: true\n          window: 26w\n", "the input window"},
	} {
		t.Run(m.name, func(t *testing.T) { noticed(t, wrongWithOrganisation(m.in(t, text)), m.want) })
	}
}

// Both examples publish in the same way.
func TestExamplesPublishAlike(t *testing.T) {
	var pages, organisation workflowFile
	for name, w := range map[string]*workflowFile{"examples/pages.yml": &pages, "examples/organisation.yml": &organisation} {
		if err := yaml.Unmarshal([]byte(fileText(t, name)), w); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := pages.Jobs["deploy"], organisation.Jobs["deploy"]; !slices.EqualFunc(a.Steps, b.Steps, func(x, y stepOf) bool { return fmt.Sprint(x) == fmt.Sprint(y) }) {
		t.Errorf("the steps are %v and %v", a.Steps, b.Steps)
	}
}
