package timeline

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// release publishes a tag's commit.
func release(h *shipshape.RepositoryHistory, tag, commit string, at int) {
	h.Releases = append(h.Releases, shipshape.Release{Tag: tag, Commit: shipshape.OID(commit), Author: "ann",
		CreatedAt: minute(at), PublishedAt: minute(at), URL: "https://github.com/acme/shop/releases/tag/" + tag})
}

func tag(h *shipshape.RepositoryHistory, name, commit string, at int) {
	h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: name, Target: shipshape.OID(commit), TaggedAt: minute(at)})
}

func TestSourceIsTheFirstWithThreeItems(t *testing.T) {
	for _, tt := range []struct {
		name                        string
		deployments, releases, tags int
		want                        string
	}{
		{"three deployments", 3, 4, 4, "deployments 3: it holds 3 deployments to production"},
		{"two deployments, three releases", 2, 3, 4, "releases 3: it holds 3 releases; deployments to production: 2"},
		{"two of each, three tags", 2, 2, 3, "tags 3: it holds 3 version tags; deployments to production: 2; releases: 2"},
		{"two of each", 2, 2, 2, "deployments 2: it holds 2 deployments to production and no source holds 3"},
		{"a release and two tags", 0, 1, 2, "releases 1: it holds 1 releases and no source holds 3"},
		{"tags only", 0, 0, 1, "tags 1: it holds 1 version tags and no source holds 3"},
		{"nothing", 0, 0, 0, "none 0: there is no deployment to production, no release and no version tag"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := historyOf("A B<A C<B D<C")
			for i := range tt.deployments {
				deploy(h, "production", string(rune('A'+i)), 60*i)
			}
			for i := range tt.releases {
				release(h, fmt.Sprintf("v1.%d.0", i), string(rune('A'+i)), 60*i)
			}
			for i := range tt.tags {
				tag(h, fmt.Sprintf("v1.%d.0", i), string(rune('A'+i)), 60*i)
			}
			s := build(t, h).Repositories[0].Source
			if got := fmt.Sprintf("%s %d: %s", s.Kind, s.Items, s.Why); got != tt.want {
				t.Errorf("source is %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSourceCountsDistinctAttemptsToProduction(t *testing.T) {
	h := historyOf("A B<A")
	deployAll(h, "eu A 0, eu A 5, us A 6") // the second repeats the first
	deploy(h, "staging", "A", 9)
	deploy(h, "github-pages", "A", 9)
	h.Deployments = append(h.Deployments, shipshape.Deployment{ID: 9, Environment: "PROD", Commit: "B", CreatedAt: minute(60)})
	r := build(t, h).Repositories[0]
	if r.Source.Items != 3 || len(r.Production()) != 4 {
		t.Errorf("source holds %d items of %d rows, want 3 of 4", r.Source.Items, len(r.Production()))
	}
	if diff := cmp.Diff([]string{"PROD", "production-eu", "production-us"}, r.Environments()); diff != "" {
		t.Errorf("environments (-want +got):\n%s", diff)
	}
}

func TestGitHubPagesIsNeverProduction(t *testing.T) {
	h := historyOf("A")
	deploy(h, "github-pages", "A", 0)
	o := Defaults(noon.AddDate(0, 1, 0))
	o.Production = []string{"*"}
	r := Build(&shipshape.History{Repositories: []shipshape.RepositoryHistory{*h}}, o).Repositories[0]
	if r.Source.Kind != SourceNone || len(r.Production()) != 0 {
		t.Errorf("source %s with %d production deployments, want none", r.Source.Kind, len(r.Production()))
	}
}

func TestForcedSourceLeavesOtherDeploymentsOutOfProduction(t *testing.T) {
	h := historyOf("A B<A C<B")
	deployAll(h, "eu A 0, eu B 60, eu C 120")
	release(h, "v1.0.0", "B", 200)
	o := Defaults(noon.AddDate(0, 1, 0))
	o.Source = SourceReleases
	r := Build(&shipshape.History{Repositories: []shipshape.RepositoryHistory{*h}}, o).Repositories[0]
	if diff := cmp.Diff("B first", kinds(r.Production())); diff != "" {
		t.Errorf("production (-want +got):\n%s", diff)
	}
	if len(r.Deployments) != 4 || r.Source.Why != "the configuration says so" {
		t.Errorf("%d rows, source because %s", len(r.Deployments), r.Source.Why)
	}
}

func TestReleasesAsSourceAreJudgedAgainstTheirOwnPrevious(t *testing.T) {
	// Two lines from B: 1.0.1 and 1.0.2 on the old one, 1.1.0 and 1.1.1 on main.
	h := historyOf("A B<A X<B C<B Y<X D<C")
	pull(h, 1, "X")
	pull(h, 2, "C")
	release(h, "v1.0.0", "B", 0)
	release(h, "v1.1.0", "C", 60)
	release(h, "v1.0.1", "X", 120)
	release(h, "v1.0.2-rc1", "Y", 150)
	release(h, "v1.1.1", "D", 180)
	release(h, "v1.0.2", "Y", 240)
	r := build(t, h).Repositories[0]
	if diff := cmp.Diff("B first, C forward, X forward, D forward, Y forward", kinds(r.Production())); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
	previous := words(r.Production(), func(d *Deployment) string {
		if d.Previous == nil {
			return d.ID
		}
		return d.ID + " after " + d.Previous.ID
	})
	if diff := cmp.Diff("v1.0.0, v1.1.0 after v1.0.0, v1.0.1 after v1.0.0, v1.1.1 after v1.1.0, v1.0.2 after v1.0.1", previous); diff != "" {
		t.Errorf("previous (-want +got):\n%s", diff)
	}
	delivered := words(r.Rollouts, func(o *Rollout) string { return changes(o.Changes) })
	if diff := cmp.Diff("A B, #2, #1, D, Y", delivered); diff != "" {
		t.Errorf("delivered (-want +got):\n%s", diff)
	}
	for _, d := range r.Production() {
		if d.Timed || d.Environment != "" || !d.Finished.Equal(d.Release.Published) {
			t.Errorf("%s: timed %v, environment %q, finished %v", d.ID, d.Timed, d.Environment, d.Finished)
		}
	}
}

func TestReleaseBehindItsPreviousIsNoStepBack(t *testing.T) {
	h := historyOf("A B<A C<B")
	release(h, "v1.0.0", "C", 0)
	release(h, "v2.0.0", "B", 60)
	release(h, "v2.0.1", "B", 120)
	r := build(t, h).Repositories[0]
	if diff := cmp.Diff("C first, B return, B redeploy", kinds(r.Production())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTwoFamiliesReleasedFromOneCommitAreTwoDeliveries(t *testing.T) {
	h := historyOf("A B<A")
	release(h, "core/v1.0.0", "A", 0)
	release(h, "cli/v3.0.0", "A", 60)
	release(h, "core/v1.1.0", "B", 120)
	release(h, "cli/v3.1.0", "B", 180)
	r := build(t, h).Repositories[0]
	if got := kinds(r.Production()[2:]); got != "B forward, B forward" {
		t.Errorf("kinds are %s, want each forward from its own previous", got)
	}
	if got := rollouts(r.Deliveries()); !strings.HasSuffix(got, "B forward 1, B forward 1") {
		t.Errorf("deliveries are %s", got)
	}
}

func TestReleaseOfAMissingCommitIsNotTheFirst(t *testing.T) {
	h := historyOf("A B<A")
	release(h, "v1.0.0", "A", 0)
	release(h, "v1.1.0", "X", 60)
	release(h, "v1.2.0", "B", 120)
	r := build(t, h).Repositories[0]
	if diff := cmp.Diff("A first, X sideways, B forward", kinds(r.Production())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d := r.Production()[1]; !d.Unreachable || len(d.Commits) != 0 {
		t.Errorf("unreachable %v, brought %v", d.Unreachable, d.Commits)
	}
}

func TestRepositoryIsFoundByName(t *testing.T) {
	tl := build(t, historyOf("A"))
	if r := tl.Repository("acme/shop"); r == nil || r.Name() != "acme/shop" {
		t.Errorf("found %v", r)
	}
	if r := tl.Repository("acme/other"); r != nil {
		t.Errorf("found %v, which is not there", r.Name())
	}
}

func TestLightweightTagsAreUndated(t *testing.T) {
	h := historyOf("A B<A")
	h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: "v1.0.0", Target: "A"})
	tag(h, "v1.1.0", "B", 60)
	ds := build(t, h).Repositories[0].Production()
	if !ds[0].Undated || ds[1].Undated || !ds[0].Finished.Equal(h.Commits[0].CommittedAt) {
		t.Errorf("undated %v at %v, %v", ds[0].Undated, ds[0].Finished, ds[1].Undated)
	}
}

func TestRunsOfANamedWorkflowAreDeployments(t *testing.T) {
	h := historyOf("A B<A C<B")
	run := func(id int64, workflow, commit, conclusion string, created, completed int) {
		r := shipshape.Run{ID: id, Workflow: workflow, Event: "push", Branch: "main", Commit: shipshape.OID(commit),
			CreatedAt: minute(created), Conclusion: conclusion, Status: "COMPLETED"}
		if completed >= 0 {
			r.CompletedAt = minute(completed)
		}
		h.Runs = append(h.Runs, r)
	}
	run(1, "Deploy", "A", "SUCCESS", 0, 8)
	run(2, "Test", "B", "SUCCESS", 50, 55)
	run(3, "Deploy", "B", "FAILURE", 60, 65)
	run(4, "Deploy", "C", "SUCCESS", 120, 130)
	run(5, "Deploy", "C", "SKIPPED", 140, 141)
	run(6, "Deploy", "C", "CANCELLED", 150, 151)
	run(7, "Deploy", "C", "", 160, -1)
	run(8, "Deploy", "C", "SUCCESS", 170, -1)
	h.Runs[0].Event = "workflow_dispatch"

	unasked := build(t, h).Repositories[0]
	if unasked.Source.Kind != SourceNone {
		t.Errorf("unasked source is %s", unasked.Source.Kind)
	}
	o := Defaults(noon.AddDate(0, 1, 0))
	o.Workflow = "Deploy"
	r := Build(&shipshape.History{Repositories: []shipshape.RepositoryHistory{*h}}, o).Repositories[0]
	got := words(r.Production(), func(d *Deployment) string {
		return fmt.Sprint(d.ID, " ", d.Outcome, " ", d.Kind, " ", d.ByMachine)
	})
	want := "1 succeeded first false, 3 failed  true, 4 succeeded forward true, 6 inactive  true, 7 pending  true"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if r.Source.Kind != SourceWorkflow || len(r.Gaps) != 1 || r.Gaps[0].Field != "completedAt" {
		t.Errorf("source %s with gaps %v, want the workflow and one for the run without an end", r.Source.Kind, r.Gaps)
	}
}

func TestDeploymentNamesItsRelease(t *testing.T) {
	h := historyOf("A B<A C<B")
	deployAll(h, "eu A 0, eu B 60, eu C 120")
	release(h, "v1.0.0", "A", -10)
	release(h, "v1.0.1", "A", -5)
	release(h, "v1.0.2", "A", 30)
	release(h, "v1.1.0", "B", 90)
	got := words(build(t, h).Repositories[0].Production(), func(d *Deployment) string {
		if d.Release == nil {
			return "none"
		}
		return d.Release.Tag
	})
	if diff := cmp.Diff("v1.0.1, v1.1.0, none", got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDeploymentOfACommitReachableFromNothingIsKeptWithAGap(t *testing.T) {
	h := historyOf("A O B<A") // O is an orphan
	deployAll(h, "eu A 0, eu O 60, eu X 120")
	deploy(h, "staging", "O", 130)
	deploy(h, "staging", "B", 140)
	r := build(t, h).Repositories[0]
	if diff := cmp.Diff("A first, O sideways, X sideways, O first, B sideways", kinds(r.Deployments)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var got []string
	for _, g := range r.Gaps {
		got = append(got, fmt.Sprintf("%s %s %s %s: %s", g.Entity, g.Field, g.ID, g.Reason, g.Why))
		if _, unknown := r.Unknown(g.Entity, g.Field); unknown {
			t.Errorf("the gap %v makes all deployments unknown", g)
		}
	}
	want := []string{
		"deployments commit  truncated: No branch or tag leads to what was deployed to staging; deployments there: 1.",
		"deployments commit 5000000001 truncated: No branch or tag leads to commit O, which deployment 5000000001 brought to production.",
		"deployments commit 5000000002 truncated: The commit of deployment 5000000002 (X) is not in the history: what it brought is not known, nor how it stands to its neighbours.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}
