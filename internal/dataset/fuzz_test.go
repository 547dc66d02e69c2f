package dataset

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// fuzzLines tries lines of one list on its decoder: a line is read the same way
// twice, or refused with an Error that says what was wanted. Seeds are the
// fixture's lines and broken ones.
func fuzzLines[W, N any](f *testing.F, file string, convert func(W) (N, error), check func(*testing.T, N)) {
	for line := range bytes.Lines(fixture()["o/r/"+file].Data) {
		f.Add(line)
		f.Add(line[:len(line)/2])
		f.Add(bytes.ReplaceAll(line, []byte(`"`), []byte(`1`)))
		f.Add(bytes.ReplaceAll(line, []byte(`2026`), []byte(`0001`)))
	}
	f.Add([]byte(`{"x_remark":[{}],"":null}`))
	f.Add([]byte(`[[[[{"a":`))
	f.Fuzz(func(t *testing.T, line []byte) {
		first, err := record(line, convert)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Found == "" || e.Want == "" {
				t.Fatalf("error %#v does not say what was found and wanted", err)
			}
			return
		}
		second, err := record(line, convert)
		if err != nil {
			t.Fatalf("the second reading fails: %v", err)
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("second reading (-first +second):\n%s", diff)
		}
		check(t, first)
	})
}

// readable fails unless an object id that must be there has the right form.
func readable(t *testing.T, id shipshape.OID) {
	t.Helper()
	if !wellFormedOID.MatchString(string(id)) {
		t.Errorf("object id %q was let through", id)
	}
}

func FuzzRepository(f *testing.F) {
	fuzzLines(f, "repository.json", wireRepository.repository, func(t *testing.T, r shipshape.Repository) {
		if r.Name.Owner()+"/"+r.Name.Short() != string(r.Name) {
			t.Errorf("name %q does not come apart", r.Name)
		}
	})
}

func FuzzOrigin(f *testing.F) {
	fuzzLines(f, "origin.json", wireOrigin.origin, func(t *testing.T, o shipshape.Origin) {
		if o.Until.IsZero() {
			t.Error("an origin without an instant was let through")
		}
	})
}

func FuzzCommit(f *testing.F) {
	fuzzLines(f, "commits.jsonl", wireCommit.commit, func(t *testing.T, c shipshape.Commit) {
		readable(t, c.OID)
		for _, p := range c.Parents {
			readable(t, p)
		}
		if c.CommittedAt.IsZero() || c.AuthoredAt.IsZero() {
			t.Error("a commit without times was let through")
		}
	})
}

func FuzzRef(f *testing.F) {
	fuzzLines(f, "refs.jsonl", wireRef.ref, func(t *testing.T, r shipshape.Ref) {
		readable(t, r.Target)
		if r.Kind != shipshape.Branch && r.Kind != shipshape.Tag {
			t.Errorf("kind %q", r.Kind)
		}
	})
}

func FuzzChange(f *testing.F) {
	fuzzLines(f, "pullRequests.jsonl", wireChange.change, func(t *testing.T, c shipshape.Change) {
		if c.State == shipshape.ChangeMerged && c.MergedAt.IsZero() {
			t.Error("merged at no time")
		}
		for _, listed := range c.Commits {
			readable(t, listed.OID)
		}
		for i, r := range c.Reviews {
			if r.At.IsZero() || i > 0 && r.At.Before(c.Reviews[i-1].At) {
				t.Error("reviews are not by time")
			}
		}
	})
}

func FuzzIssue(f *testing.F) {
	fuzzLines(f, "issues.jsonl", wireIssue.issue, func(t *testing.T, i shipshape.Issue) {
		if i.State == "CLOSED" && i.ClosedAt.IsZero() {
			t.Error("closed at no time")
		}
		for n, e := range i.Events {
			if n > 0 && e.At.Before(i.Events[n-1].At) {
				t.Error("events are not by time")
			}
		}
	})
}

func FuzzRelease(f *testing.F) {
	fuzzLines(f, "releases.jsonl", wireRelease.release, func(t *testing.T, r shipshape.Release) {
		if r.CreatedAt.IsZero() {
			t.Error("created at no time")
		}
	})
}

func FuzzDeployment(f *testing.F) {
	fuzzLines(f, "deployments.jsonl", wireDeployment.deployment, func(t *testing.T, d shipshape.Deployment) {
		readable(t, d.Commit)
		for i, s := range d.Statuses {
			if i > 0 && s.At.Before(d.Statuses[i-1].At) {
				t.Error("statuses are not by time")
			}
		}
	})
}

func FuzzRun(f *testing.F) {
	fuzzLines(f, "workflowRuns.jsonl", wireRun.run, func(t *testing.T, r shipshape.Run) { readable(t, r.Commit) })
}

func FuzzMilestone(f *testing.F) {
	fuzzLines(f, "milestones.jsonl", wireMilestone.milestone, func(t *testing.T, m shipshape.Milestone) {
		if m.State != "OPEN" && m.State != "CLOSED" {
			t.Errorf("state %q", m.State)
		}
	})
}

func FuzzLabel(f *testing.F) {
	fuzzLines(f, "labels.jsonl", wireLabel.label, func(*testing.T, shipshape.Label) {})
}

func FuzzEnvironment(f *testing.F) {
	fuzzLines(f, "environments.jsonl", wireEnvironment.environment, func(t *testing.T, e environment) {
		if e.Control != nil && e.Control.Name != e.Name {
			t.Errorf("control %q of environment %q", e.Control.Name, e.Name)
		}
	})
}

func FuzzProtection(f *testing.F) {
	fuzzLines(f, "branchProtectionRules.jsonl", wireProtection.control, func(*testing.T, shipshape.Control) {})
}

func FuzzRuleset(f *testing.F) {
	fuzzLines(f, "rulesets.jsonl", wireRuleset.control, func(*testing.T, shipshape.Control) {})
}

func FuzzGap(f *testing.F) {
	fuzzLines(f, "gaps.jsonl", wireGap.gap, func(t *testing.T, g shipshape.Gap) {
		if knownEntity(string(g.Entity)) != nil || knownField(g.Entity, g.Field) != nil {
			t.Errorf("gap about %q %q", g.Entity, g.Field)
		}
	})
}
