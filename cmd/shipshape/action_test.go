package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape/internal/actions"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// TestActionRunsAsAWorkflowWould runs the steps of action.yml with bash as the
// runner does, against a server with GitHub's API. It needs bash, as the action
// does.
func TestActionRunsAsAWorkflowWould(t *testing.T) {
	a, j := readAction(t), newJob(t, listening(t, githubtest.Options{}))
	last := j.built(t, a)

	t.Run("as it comes", func(t *testing.T) {
		r := j.run(t, last, nil, a)
		j.made(t, r, done, "_site", "history", "false")
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
		j.made(t, r, done, "my site", "my history", "false")
		if r.summary != "" {
			t.Errorf("the summary is %q", r.summary)
		}
		if _, err := os.Stat(filepath.Join(j.workspace, "my history", "bitcoin-core", "secp256k1", "origin.json")); err != nil {
			t.Error(err)
		}
	})
	t.Run("in parts", func(t *testing.T) {
		for _, part := range []string{"1/2", "2/2"} {
			r := j.run(t, last, map[string]string{"mode": "collect", "org": "alphagov", "shard": part, "git-dir": "", "history-dir": "parts"}, a)
			want := map[string]string{actions.HistoryPath: filepath.Join(j.workspace, "parts"), actions.Version: devel, actions.Incomplete: "false"}
			if diff := cmp.Diff(want, r.outputs); diff != "" || r.code != done {
				t.Errorf("exit code %d, outputs (-want +got):\n%s\n%s", r.code, diff, r.log)
			}
		}
		r := j.run(t, last, map[string]string{"offline": "true", "history-dir": "parts", "output-dir": "joined", "github-token": ""}, a)
		j.made(t, r, done, "joined", "parts", "false")
		if _, err := os.Stat(filepath.Join(j.workspace, "parts", "alphagov", "locations-api", "origin.json")); err != nil {
			t.Error(err)
		}
	})
	t.Run("cut short", func(t *testing.T) {
		poor := listening(t, githubtest.Options{Budget: 20, Now: time.Now})
		r := j.run(t, last, map[string]string{"graphql-url": poor, "max-wait": "1s", "output-dir": "part", "history-dir": "some"}, a)
		j.made(t, r, incomplete, "part", "some", "true")
		if !strings.Contains(r.log, "::error::") || !strings.Contains(r.summary, "cut short") {
			t.Errorf("nothing tells that it was cut short:\n%s\n%s", r.log, r.summary)
		}
	})
	for name, c := range map[string]struct {
		with map[string]string
		code int
		want string
	}{
		"an input that is neither true nor false": {map[string]string{"hide-people": "maybe"}, usage, "input hide-people"},
		"a repository that is not there":          {map[string]string{"repositories": "alphagov/nothing", "output-dir": "none"}, usage, "alphagov/nothing"},
		"a mode that is no mode":                  {map[string]string{"mode": "demo", "output-dir": "none"}, usage, "input mode"},
		"a part of a report":                      {map[string]string{"shard": "1/2", "output-dir": "none"}, usage, "input shard"},
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

// listening serves the bundled histories as GitHub would, and returns where.
func listening(t *testing.T, o githubtest.Options) string {
	t.Helper()
	h, err := bundled()
	if err != nil {
		t.Fatal(err)
	}
	served, err := githubtest.New(h, o)
	if err != nil {
		t.Fatal(err)
	}
	served.Edit(func(w *githubtest.World) { w.Token = "ghs_0123456789" })
	server := httptest.NewServer(served)
	t.Cleanup(server.Close)
	return server.URL + "/graphql"
}

// made holds that a run made a report, ended with a code, and set every output.
func (j job) made(t *testing.T, r ran, code int, site, stored, cut string) {
	t.Helper()
	if r.code != code {
		t.Fatalf("exit code %d\n%s", r.code, r.log)
	}
	want := map[string]string{
		actions.SitePath:      filepath.Join(j.workspace, site),
		actions.HistoryPath:   filepath.Join(j.workspace, stored),
		actions.ScorecardPath: filepath.Join(j.workspace, site, "data", "scorecard.json"),
		actions.Version:       devel,
		actions.Incomplete:    cut,
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
	report, collect := env{}.report().Flags(), env{}.collect().Flags()
	for _, p := range actions.Inputs {
		if p.Flag == "" {
			continue
		}
		flag := report.Lookup(p.Flag)
		if flag == nil {
			flag = collect.Lookup(p.Flag)
		}
		if flag == nil {
			t.Errorf("input %s is the flag --%s, which no command has", p.Name, p.Flag)
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
