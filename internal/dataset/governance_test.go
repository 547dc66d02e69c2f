package dataset

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// controlsWith are the controls of the fixture with other lines in one of its files.
func controlsWith(t *testing.T, name, lines string) []shipshape.Control {
	t.Helper()
	fsys := fixture()
	for _, file := range []string{"environments.jsonl", "branchProtectionRules.jsonl", "rulesets.jsonl"} {
		delete(fsys, "o/r/"+file)
	}
	fsys["o/r/"+name] = fixture()["o/r/"+name]
	fsys["o/r/"+name].Data = []byte(lines)
	h, err := ReadFS(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return h.Repositories[0].Controls
}

func count(n int) *int { return &n }

func TestControlsAreRead(t *testing.T) {
	for _, test := range []struct {
		name, file, lines string
		want              []shipshape.Control
	}{
		{"what is not stated is unknown", "branchProtectionRules.jsonl",
			`{"pattern":"main","isAdminEnforced":false,"requiresStatusChecks":true,"requiredStatusCheckContexts":["b","a"],"databaseId":7}`,
			[]shipshape.Control{{Kind: shipshape.BranchProtection, Name: "main", ID: 7, AdminEnforcement: is(false),
				RequiresChecks: is(true), Checks: []string{"a", "b"}}}},
		{"a number of reviews counts where they are required", "branchProtectionRules.jsonl",
			`{"pattern":"a","requiresApprovingReviews":false,"requiredApprovingReviewCount":2}
{"pattern":"b","requiresApprovingReviews":true,"requiredApprovingReviewCount":2}`,
			[]shipshape.Control{{Kind: shipshape.BranchProtection, Name: "a", RequiresReview: is(false)},
				{Kind: shipshape.BranchProtection, Name: "b", RequiresReview: is(true), Reviews: count(2)}}},
		{"environments with rules, with none, and of which it is not known", "environments.jsonl",
			`{"name":"production","protectionRules":[{"type":"WAIT_TIMER","timeout":10},{"type":"REQUIRED_REVIEWERS","reviewers":["o/crew","ann"],"preventSelfReview":true},{"type":"BRANCH_POLICY"}]}
{"name":"staging","protectionRules":[]}
{"name":"test"}`,
			[]shipshape.Control{
				{Kind: shipshape.EnvironmentControl, Name: "production", RequiresApproval: is(true), Reviewers: []string{"ann", "o/crew"},
					PreventSelfReview: is(true), WaitMinutes: count(10), BranchPolicy: is(true)},
				{Kind: shipshape.EnvironmentControl, Name: "staging", RequiresApproval: is(false), WaitMinutes: count(0), BranchPolicy: is(false)}}},
		{"a ruleset whose rules are not known", "rulesets.jsonl", `{"name":"all","enforcement":"EVALUATE","target":"TAG","include":["~ALL"]}`,
			[]shipshape.Control{{Kind: shipshape.Ruleset, Name: "all", Enforcement: "EVALUATE", Target: "TAG", Include: []string{"~ALL"}}}},
		{"a ruleset with rules", "rulesets.jsonl", `{"name":"all","enforcement":"ACTIVE","target":"BRANCH","rules":[{"type":"DELETION"},{"type":"UPDATE"},
{"type":"PULL_REQUEST","parameters":{"requiredApprovingReviewCount":1,"requireCodeOwnerReview":true,"allowedMergeMethods":["SQUASH"]}},
{"type":"REQUIRED_STATUS_CHECKS","parameters":{"requiredStatusChecks":[{"context":"test","integrationId":1}],"strictRequiredStatusChecksPolicy":true}}]}`,
			[]shipshape.Control{{Kind: shipshape.Ruleset, Name: "all", Enforcement: "ACTIVE", Target: "BRANCH",
				RequiresReview: is(true), Reviews: count(1), CodeOwnerReview: is(true), DismissStale: is(false), LastPushApproval: is(false),
				ConversationResolution: is(false), RequiresChecks: is(true), Checks: []string{"test"}, StrictChecks: is(true),
				RequiresDeployments: is(false), Signatures: is(false), LinearHistory: is(false), Queue: is(false),
				ForcePushes: is(true), Deletions: is(false)}}},
	} {
		lines := test.lines
		if test.file == "rulesets.jsonl" {
			lines = oneLine(lines)
		}
		if diff := cmp.Diff(test.want, controlsWith(t, test.file, lines)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

// oneLine joins lines that were broken for the reader's sake.
func oneLine(text string) string {
	joined := ""
	for _, r := range text {
		if r != '\n' {
			joined += string(r)
		}
	}
	return joined
}

func TestDeploymentReviewsAreRead(t *testing.T) {
	h, err := ReadFS(with("workflowRuns.jsonl", `"event":"push"`,
		`"event":"push","deploymentReviews":[{"state":"APPROVED","user":"ann","comment":"ship it","environments":["production","canary"]}]`))
	if err != nil {
		t.Fatal(err)
	}
	want := []shipshape.DeploymentReview{{State: "APPROVED", User: "ann", Comment: "ship it", Environments: []string{"canary", "production"}}}
	if diff := cmp.Diff(want, h.Repositories[0].Runs[0].Reviews); diff != "" {
		t.Errorf("reviews (-want +got)\n%s", diff)
	}
}
