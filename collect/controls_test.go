package collect

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// governed is a repository with controls of all kinds: those that administrators see.
func governed() shipshape.RepositoryHistory {
	h := shipshape.RepositoryHistory{
		Repository: shipshape.Repository{
			Name: "octo/gov", URL: "https://github.com/octo/gov", DefaultBranch: "main", CreatedAt: day(1),
			Environments: []string{"production", "staging", "test"},
		},
		Commits: linear(3),
		Refs:    []shipshape.Ref{{Kind: shipshape.Branch, Name: "main", Target: numbered40(2)}},
		Controls: []shipshape.Control{
			protected("main"), protected("release/*"),
			{Kind: shipshape.EnvironmentControl, Name: "production", RequiresApproval: new(true), Reviewers: []string{"ann", "octo/crew"},
				PreventSelfReview: new(true), WaitMinutes: new(30), BranchPolicy: new(true)},
			{Kind: shipshape.EnvironmentControl, Name: "staging", RequiresApproval: new(true), Reviewers: []string{"bob"},
				PreventSelfReview: new(false), WaitMinutes: new(0), BranchPolicy: new(false)},
			{Kind: shipshape.EnvironmentControl, Name: "test", RequiresApproval: new(false), WaitMinutes: new(0), BranchPolicy: new(false)},
			{Kind: shipshape.MergeQueue, Name: "main", Queue: new(true)},
			{Kind: shipshape.SecurityControl, VulnerabilityAlerts: new(true), SecurityPolicy: new(false)},
		},
	}
	lax := shipshape.Control{Kind: shipshape.Ruleset, Name: "same name", ID: 7, Target: "TAG", Enforcement: "EVALUATE"}
	asksNothing(&lax)
	strict := shipshape.Control{Kind: shipshape.Ruleset, Name: "same name", ID: 8, Target: "BRANCH", Enforcement: "ACTIVE",
		Include: []string{"~DEFAULT_BRANCH", "refs/heads/release/*"}, Exclude: []string{"refs/heads/x"},
		RequiresReview: new(true), Reviews: new(2), CodeOwnerReview: new(true), DismissStale: new(true), LastPushApproval: new(true),
		ConversationResolution: new(true), RequiresChecks: new(true), Checks: []string{"lint", "test"}, StrictChecks: new(true),
		RequiresDeployments: new(true), Deployments: []string{"staging"}, Signatures: new(true), LinearHistory: new(true),
		Queue: new(true), ForcePushes: new(false), Deletions: new(false)}
	h.Controls = append(h.Controls, lax, strict)
	h.Sort()
	return h
}

// protected is a branch protection rule with every setting on that can be.
func protected(pattern string) shipshape.Control {
	return shipshape.Control{Kind: shipshape.BranchProtection, Name: pattern, ID: int64(len(pattern)),
		RequiresReview: new(true), Reviews: new(1), CodeOwnerReview: new(false), DismissStale: new(true), LastPushApproval: new(true),
		ConversationResolution: new(true), RequiresChecks: new(true), Checks: []string{"build", "test"}, StrictChecks: new(true),
		RequiresDeployments: new(true), Deployments: []string{"staging"}, Signatures: new(true), LinearHistory: new(true),
		ForcePushes: new(false), Deletions: new(true), AdminEnforcement: new(true)}
}

func diffControls(want, got []shipshape.Control) string {
	return cmp.Diff(want, got, cmpopts.EquateEmpty())
}

func TestAnAdministratorReadsEverySetting(t *testing.T) {
	want := governed()
	server, name := served(t, want, func(r *githubtest.Repository) { r.Permission = githubtest.Admin })
	for _, size := range []int{0, 1, 2} {
		got, err := collected(t, server, name, everything(), size)
		if err != nil {
			t.Fatal(err)
		}
		if diff := diffControls(want.Controls, got.Controls); diff != "" || len(got.Gaps) > 0 {
			t.Errorf("pages of %d: gaps %v, controls (-want +got)\n%s", size, got.Gaps, diff)
		}
	}
}

// What everybody may read of a rule is less than the rule, and a gap says what is
// missing: nothing of it may pass for off.
func TestOthersReadAPartOfBranchProtection(t *testing.T) {
	h := governed()
	part := shipshape.Control{Kind: shipshape.RefUpdate, Name: "main",
		RequiresReview: new(true), Reviews: new(1), CodeOwnerReview: new(false), ConversationResolution: new(true),
		RequiresChecks: new(true), Checks: []string{"build", "test"}, Signatures: new(true), LinearHistory: new(true),
		ForcePushes: new(false), Deletions: new(true)}
	for name, forbidden := range map[string][]string{
		"GitHub says that there is none":     nil,
		"GitHub says that it is not allowed": {"Repository.branchProtectionRules"},
	} {
		server, repository := served(t, h, func(r *githubtest.Repository) { r.Forbidden = forbidden })
		got, err := collected(t, server, repository, everything(), 0)
		if err != nil {
			t.Fatal(err)
		}
		var read []shipshape.Control
		for _, c := range got.Controls {
			if c.Kind == shipshape.RefUpdate || c.Kind == shipshape.BranchProtection {
				read = append(read, c)
			}
		}
		if diff := diffControls([]shipshape.Control{part}, read); diff != "" {
			t.Errorf("%s: controls (-want +got)\n%s", name, diff)
		}
		if len(got.Gaps) != 1+len(forbidden) {
			t.Errorf("%s: gaps %v, want %d", name, got.Gaps, 1+len(forbidden))
		}
		for _, g := range got.Gaps {
			if g.Entity != shipshape.ControlEntity || g.Reason != shipshape.Forbidden || g.ID == "" || !strings.Contains(g.Remedy, "administration") {
				t.Errorf("%s: gap %v, want one of a control that names the permission", name, g)
			}
		}
	}
}

// Each part of the settings is refused in turn: the rest is read, and a gap names the
// permission.
func TestRefusedSettingsAreGaps(t *testing.T) {
	h := governed()
	for _, test := range []struct {
		field, id, permission string
		kind                  shipshape.ControlKind
	}{
		{"environments", "environment", "actions: read", shipshape.EnvironmentControl},
		{"rulesets", "ruleset", "contents: read", shipshape.Ruleset},
		{"mergeQueue", "merge-queue", "contents: read", shipshape.MergeQueue},
		{"branchProtectionRules", "branch-protection", "administration", shipshape.BranchProtection},
	} {
		server, name := served(t, h, func(r *githubtest.Repository) {
			r.Permission, r.Forbidden = githubtest.Admin, []string{"Repository." + test.field}
		})
		got, err := collected(t, server, name, everything(), 0)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, g := range got.Gaps {
			found = found || g.Entity == shipshape.ControlEntity && g.ID == test.id && strings.Contains(g.Remedy, test.permission)
		}
		if !found {
			t.Errorf("%s: gaps %v, want one with the id %s that names %s", test.field, got.Gaps, test.id, test.permission)
		}
		kinds := map[shipshape.ControlKind]int{}
		for _, c := range got.Controls {
			kinds[c.Kind]++
		}
		if kinds[test.kind] != 0 || kinds[shipshape.SecurityControl] != 1 || len(kinds) < 5-1 {
			t.Errorf("%s: kinds %v, want all but %s", test.field, kinds, test.kind)
		}
	}
}

func TestAServerWithoutRulesetsHasAGap(t *testing.T) {
	server := host(t, githubtest.Options{Without: []string{"Repository.rulesets"}}, governed())
	got, err := collected(t, server, "octo/gov", everything(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Controls) > 0 || len(got.Gaps) != 1 || got.Gaps[0].Reason != shipshape.Unsupported || got.Gaps[0].Entity != shipshape.ControlEntity {
		t.Errorf("controls %v, gaps %v, want one gap: unsupported", got.Controls, got.Gaps)
	}
}

// spentOn sums the points of the queries that ask for a field.
func spentOn(server *githubtest.Server, field string) int {
	spent := 0
	for _, r := range server.Log() {
		if r.Fields[field] > 0 {
			spent += r.Cost
		}
	}
	return spent
}

// All settings are a point, and who may approve is another where somebody has to.
func TestSettingsCostOneOrTwoPoints(t *testing.T) {
	for _, admin := range []bool{true, false} {
		server, name := served(t, governed(), func(r *githubtest.Repository) {
			if admin {
				r.Permission = githubtest.Admin
			}
		})
		if _, err := collected(t, server, name, everything(), 0); err != nil {
			t.Fatal(err)
		}
		if settings, approvers := spentOn(server, "Repository.isSecurityPolicyEnabled"), spentOn(server, "DeploymentProtectionRule.reviewers"); settings != 1 || approvers != 1 {
			t.Errorf("administrator %v: settings %d points, approvers %d, want 1 and 1", admin, settings, approvers)
		}
	}
	server, name := served(t, fleet(), nil)
	if _, err := collected(t, server, name, everything(), 0); err != nil {
		t.Fatal(err)
	}
	if approvers := spentOn(server, "DeploymentProtectionRule.reviewers"); approvers != 0 {
		t.Errorf("approvers of unguarded environments: %d points, want none", approvers)
	}
}

func TestDeploymentReviewsAreReadOfProductionOnly(t *testing.T) {
	h := fleet()
	long := 150
	for i := range h.Runs {
		for n := range []int{0, 1, 3, long}[i%4] {
			h.Runs[i].Reviews = append(h.Runs[i].Reviews, shipshape.DeploymentReview{State: "APPROVED", User: "ann",
				Environments: []string{"production", "staging ⛵"}, Comment: fmt.Sprint("review ", n)})
		}
	}
	h.Sort()
	server, name := served(t, h, nil)
	o := everything()
	approved := []shipshape.OID{numbered40(0), numbered40(1), numbered40(2), numbered40(3)}
	o.Wanted = func(*shipshape.RepositoryHistory) Wanted { return Wanted{Approvals: approved} }
	for _, size := range []int{0, 1, 2} {
		got, err := collected(t, server, name, o, size)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range h.Runs {
			reviews := want.Reviews[:min(len(want.Reviews), decisionsAtMost)]
			if want.Commit > approved[3] {
				reviews = nil
			}
			if diff := cmp.Diff(reviews, got.Runs[i].Reviews, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("pages of %d: run %d (-want +got)\n%s", size, i, diff)
			}
		}
		if len(got.Gaps) != 3 || got.Gaps[0].Field != "reviews" || got.Gaps[0].ID == "" || got.Gaps[0].Reason != shipshape.Truncated {
			t.Errorf("pages of %d: gaps %v, want one of each of the three runs with %d reviews", size, got.Gaps, long)
		}
	}
}

func TestThreadsAreReadOfDeliveredChangesOnly(t *testing.T) {
	h := generated(3, 12).Repositories[0]
	var wanted []int
	for i := range h.Changes {
		c := &h.Changes[i]
		for n := range []int{0, 1, 25}[i%3] {
			c.Threads = append(c.Threads, shipshape.Thread{Author: "ann", At: day(1 + n), Comments: 1 + n%3, Resolved: n%2 == 0})
		}
		if i < 6 {
			wanted = append(wanted, c.Number)
		}
	}
	server, name := served(t, h, func(r *githubtest.Repository) { r.Teams = generatedTeams })
	o := everything()
	o.Wanted = func(*shipshape.RepositoryHistory) Wanted { return Wanted{Threads: append(wanted, 9999)} }
	for _, size := range []int{0, 2} {
		got, err := collected(t, server, name, o, size)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range h.Changes {
			if i >= 6 {
				want.Threads = nil
			}
			if diff := cmp.Diff(want.Threads, got.Changes[i].Threads, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("pages of %d: change %d (-want +got)\n%s", size, want.Number, diff)
			}
		}
		if len(got.Gaps) > 0 {
			t.Errorf("pages of %d: gaps %v", size, got.Gaps)
		}
	}
	first := 0
	for _, r := range server.Log() {
		if r.Fields["Repository.pullRequest"] > 0 {
			first += r.Fields["PullRequest.reviewThreads"]
		}
	}
	if first != 2*4 {
		t.Errorf("%d pull requests were asked for threads in two runs, want 8: those without comments on lines are not", first)
	}
}

// related is a history of issues with parts and blockers, here and elsewhere.
func relatedIssues() shipshape.RepositoryHistory {
	h := shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: "octo/rel", URL: "https://github.com/octo/rel", DefaultBranch: "main", CreatedAt: day(1)}}
	for n := 1; n <= 70; n++ {
		i := shipshape.Issue{Number: n, State: "OPEN", URL: fmt.Sprintf("https://github.com/octo/rel/issues/%d", n), CreatedAt: day(n), UpdatedAt: day(n),
			Association: "NONE"}
		if n > 1 {
			i.Parent = "octo/rel#1"
		}
		h.Issues = append(h.Issues, i)
	}
	for n := 2; n <= 70; n++ {
		h.Issues[0].SubIssues = append(h.Issues[0].SubIssues, fmt.Sprintf("octo/rel#%d", n))
	}
	h.Issues[1].BlockedBy = []string{"octo/rel#3", "other/place#9"}
	h.Issues[2].Parent = "other/place#1"
	return h
}

func TestPartsAndBlockersOfIssuesAreRead(t *testing.T) {
	want := relatedIssues()
	server, name := served(t, want, nil)
	for _, size := range []int{0, 1, 7} {
		got, err := collected(t, server, name, everything(), size)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Issues, got.Issues, cmpopts.EquateEmpty()); diff != "" || len(got.Gaps) > 0 {
			t.Errorf("pages of %d: gaps %v, issues (-want +got)\n%s", size, got.Gaps, diff)
		}
	}
}

// An older server lacks some of what is asked of issues: the rest is read, and gaps
// name the fields.
func TestIssuesOfOlderServers(t *testing.T) {
	for _, test := range []struct {
		name    string
		without []string
		fields  string
	}{
		{"dependencies", []string{"Issue.issueDependenciesSummary", "Issue.blockedBy"}, "blockedBy"},
		{"parts", []string{"Issue.parent", "Issue.subIssues", "Issue.subIssuesSummary"}, "parent subIssues"},
		{"types", []string{"Issue.issueType"}, "type"},
		{"types and dependencies", []string{"Issue.issueType", "Issue.issueDependenciesSummary"}, "blockedBy type"},
		{"all", []string{"Issue.issueType", "Issue.issueDependenciesSummary", "Issue.parent", "Issue.subIssuesSummary"}, "blockedBy parent subIssues type"},
	} {
		want := relatedIssues()
		got, err := collected(t, host(t, githubtest.Options{Without: test.without}, want), "octo/rel", everything(), 0)
		if err != nil {
			t.Fatal(err)
		}
		var fields []string
		for _, g := range got.Gaps {
			if g.Entity == shipshape.IssueEntity && g.Reason == shipshape.Unsupported && !strings.Contains(strings.Join(fields, " "), g.Field) {
				fields = append(fields, g.Field)
			}
		}
		if strings.Join(fields, " ") != test.fields || len(got.Issues) != len(want.Issues) {
			t.Errorf("without %s: %d issues, gaps of %q, want %d and %q: %v", test.name, len(got.Issues), fields, len(want.Issues), test.fields, got.Gaps)
		}
		for i := range want.Issues {
			if strings.Contains(test.fields, "parent") {
				want.Issues[i].Parent, want.Issues[i].SubIssues = "", nil
			}
			if strings.Contains(test.fields, "blockedBy") {
				want.Issues[i].BlockedBy = nil
			}
		}
		if diff := cmp.Diff(want.Issues, got.Issues, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("without %s: issues (-want +got)\n%s", test.name, diff)
		}
	}
}

// A rule that was not read may ask for anything.
func TestWhatUnreadRulesAskForIsUnknown(t *testing.T) {
	n := rulesetNode{Name: "main", Rules: github.Connection[ruleNode]{Nodes: []*ruleNode{{Type: "DELETION"}}}}
	if c := n.control(); c.Signatures == nil || *c.Signatures || c.Deletions == nil || *c.Deletions {
		t.Errorf("all rules were read: signatures %v, deletions %v, want both off", c.Signatures, c.Deletions)
	}
	environment := gatedNode{Name: "production", Rules: github.Connection[gateNode]{Nodes: []*gateNode{{Type: "WAIT_TIMER", Timeout: 5}}}}
	for name, cut := range map[string]func(){
		"the list goes on": func() { n.Rules.PageInfo.HasNextPage, environment.Rules.PageInfo.HasNextPage = true, true },
		"a rule was kept back": func() {
			n.Rules.Nodes, environment.Rules.Nodes = append(n.Rules.Nodes, nil), append(environment.Rules.Nodes, nil)
		},
	} {
		cut()
		if c := n.control(); c.Signatures != nil || c.Deletions == nil {
			t.Errorf("%s: signatures %v, deletions %v, want the first unknown", name, c.Signatures, c.Deletions)
		}
		if c := environment.control(); c.RequiresApproval != nil || c.WaitMinutes == nil {
			t.Errorf("%s: approval %v, wait %v, want the first unknown", name, c.RequiresApproval, c.WaitMinutes)
		}
	}
}
