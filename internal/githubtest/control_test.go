package githubtest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shipshape-report/shipshape"
)

// governed is the small history with settings, reviews and relations.
func governed() *shipshape.History {
	h := small()
	r := &h.Repositories[0]
	r.Controls = []shipshape.Control{
		{Kind: shipshape.BranchProtection, Name: "ma*", ID: 5, RequiresReview: new(true), Reviews: new(2), AdminEnforcement: new(true), LinearHistory: new(true)},
		{Kind: shipshape.EnvironmentControl, Name: "production", RequiresApproval: new(true), Reviewers: []string{"ann", "o/crew"}, WaitMinutes: new(15)},
		{Kind: shipshape.MergeQueue, Name: "main"},
		{Kind: shipshape.Ruleset, Name: "rules", ID: 6, Target: "BRANCH", Enforcement: "ACTIVE", Include: []string{"~ALL"}, RequiresChecks: new(true), Checks: []string{"test"}, Deletions: new(false)},
		{Kind: shipshape.SecurityControl, VulnerabilityAlerts: new(true)},
	}
	r.Runs[0].Reviews = []shipshape.DeploymentReview{{State: "REJECTED", User: "ann", Comment: "no", Environments: []string{"production"}}}
	r.Changes[0].Threads = []shipshape.Thread{{Author: "zoe", At: day(3), Comments: 2, Resolved: true}}
	r.Issues[0].Parent, r.Issues[0].BlockedBy = "else/where#9", []string{"o/r#3"}
	return h
}

// answer is an object of an answer.
type answer = map[string]any

func nodes(items ...any) answer { return answer{"nodes": items} }

func TestSettingsInGitHubsForm(t *testing.T) {
	s := serve(t, governed(), Options{})
	s.Edit(func(w *World) { w.Repositories[0].Permission = Admin })
	for _, test := range []struct {
		name, selection string
		want            any
	}{
		{"branch protection", `branchProtectionRules(first: 9) {nodes {pattern databaseId requiredApprovingReviewCount isAdminEnforced allowsDeletions matchingRefs(first: 9) {nodes {name}}}}`,
			nodes(answer{"pattern": "ma*", "databaseId": 5., "requiredApprovingReviewCount": 2., "isAdminEnforced": true, "allowsDeletions": false, "matchingRefs": nodes(answer{"name": "main"})})},
		{"environments", `environments(first: 9) {nodes {name protectionRules(first: 9) {nodes {type timeout reviewers(first: 9) {nodes {... on User {login} ... on Team {combinedSlug}}}}}}}`,
			nodes(answer{"name": "production", "protectionRules": nodes(
				answer{"type": "REQUIRED_REVIEWERS", "timeout": 0., "reviewers": nodes(answer{"login": "ann"}, answer{"combinedSlug": "o/crew"})},
				answer{"type": "WAIT_TIMER", "timeout": 15., "reviewers": nodes()})},
				answer{"name": "staging area", "protectionRules": nodes()})},
		{"rulesets", `rulesets(first: 9) {nodes {name target enforcement conditions {refName {include exclude}} rules(first: 9) {nodes {type parameters {... on RequiredStatusChecksParameters {requiredStatusChecks {context}}}}}}}`,
			nodes(answer{"name": "rules", "target": "BRANCH", "enforcement": "ACTIVE", "conditions": answer{"refName": answer{"include": []any{"~ALL"}, "exclude": []any{}}},
				"rules": nodes(answer{"type": "REQUIRED_STATUS_CHECKS", "parameters": answer{"requiredStatusChecks": []any{answer{"context": "test"}}}}, answer{"type": "DELETION", "parameters": nil})})},
		{"the merge queue of a branch without one", `mergeQueue(branch: "release/1") {url}`, nil},
		{"the merge queue of the default branch", `mergeQueue {url}`, answer{"url": "https://github.com/o/r/queue/main"}},
		{"reviews of deployments", `object(expression: "main") {... on Commit {checkSuites(first: 1) {nodes {workflowRun {deploymentReviews(first: 9) {nodes {state comment user {login} environments(first: 9) {nodes {name}}}}}}}}}`,
			answer{"checkSuites": nodes(answer{"workflowRun": answer{"deploymentReviews": nodes(answer{"state": "REJECTED", "comment": "no", "user": answer{"login": "ann"}, "environments": nodes(answer{"name": "production"})})}})}},
		{"threads", `pullRequest(number: 1) {totalCommentsCount reviewThreads(first: 9) {nodes {isResolved comments(first: 1) {totalCount nodes {author {login} createdAt}}}}}`,
			answer{"totalCommentsCount": 4., "reviewThreads": nodes(answer{"isResolved": true, "comments": answer{"totalCount": 2., "nodes": []any{answer{"author": answer{"login": "zoe"}, "createdAt": "2026-01-03T00:00:00Z"}}}})}},
		{"relations of an issue", `issue(number: 3) {parent {number repository {nameWithOwner}} subIssuesSummary {total} issueDependenciesSummary {totalBlockedBy} blockedBy(first: 9) {nodes {number}}}`,
			answer{"parent": answer{"number": 9., "repository": answer{"nameWithOwner": "else/where"}}, "subIssuesSummary": answer{"total": 0.},
				"issueDependenciesSummary": answer{"totalBlockedBy": 1.}, "blockedBy": nodes(answer{"number": 3.})}},
	} {
		if diff := cmp.Diff(test.want, dig(t, of(t, s, "x: "+test.selection), "x"), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// To everybody but administrators GitHub shows no branch protection, but a part of it
// on the branch.
func TestBranchProtectionIsForAdministrators(t *testing.T) {
	const selection = `branchProtectionRules(first: 9) {totalCount} ref(qualifiedName: "main") {branchProtectionRule {pattern} refUpdateRule {requiredApprovingReviewCount requiresLinearHistory}}
		hasVulnerabilityAlertsEnabled isSecurityPolicyEnabled`
	part := answer{"requiredApprovingReviewCount": 2., "requiresLinearHistory": true}
	s := serve(t, governed(), Options{})
	for _, test := range []struct {
		permission Permission
		total      float64
		rule       any
	}{{Read, 0, nil}, {Write, 0, nil}, {Admin, 1, answer{"pattern": "ma*"}}} {
		s.Edit(func(w *World) { w.Repositories[0].Permission = test.permission })
		want := answer{"branchProtectionRules": answer{"totalCount": test.total}, "ref": answer{"branchProtectionRule": test.rule, "refUpdateRule": part},
			"hasVulnerabilityAlertsEnabled": true, "isSecurityPolicyEnabled": nil}
		if diff := cmp.Diff(want, of(t, s, selection)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.permission, diff)
		}
	}
}
