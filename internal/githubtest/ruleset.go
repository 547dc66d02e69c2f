package githubtest

import (
	"slices"

	"github.com/shipshape-report/shipshape"
)

// rule is a rule of a ruleset. Rulesets are nouns of settings, so that their rules
// are made of those that are on.
type rule struct {
	control
	typ string
}

// rulesets lists them, all or those for a target. Everybody may see them.
func rulesets(c call[*repository]) any {
	targets := c.args.texts("targets")
	found := slices.DeleteFunc(c.of.controlsOf(shipshape.Ruleset), func(s control) bool {
		return len(targets) > 0 && !slices.Contains(targets, s.Target)
	})
	return sliceOf(found, func(_ int, s control) any { return object{"RepositoryRuleset", s} })
}

// ruleset finds one by its number.
func ruleset(c call[*repository]) any {
	for _, s := range c.of.controlsOf(shipshape.Ruleset) {
		if s.ID == int64(c.args.number("databaseId")) {
			return object{"RepositoryRuleset", s}
		}
	}
	return nil
}

var rulesetFields = fields[control]{
	"id":           func(c call[control]) any { return c.of.id("RepositoryRuleset") },
	"databaseId":   func(c call[control]) any { return c.of.databaseID() },
	"name":         func(c call[control]) any { return c.of.Name },
	"target":       func(c call[control]) any { return c.of.Target },
	"enforcement":  func(c call[control]) any { return c.of.Enforcement },
	"conditions":   func(c call[control]) any { return object{"RepositoryRuleConditions", c.of} },
	"source":       func(c call[control]) any { return object{"Repository", c.of.repo} },
	"bypassActors": func(c call[control]) any { return none() },
	"createdAt":    func(c call[control]) any { return c.of.repo.noun().CreatedAt },
	"updatedAt":    func(c call[control]) any { return c.of.repo.noun().CreatedAt },
	"rules":        rulesetRules,
}

func rulesetRules(c call[control]) any {
	typ := c.args.text("type")
	rules := slices.DeleteFunc(c.of.rules(), func(r rule) bool { return typ != "" && r.typ != typ })
	return sliceOf(rules, func(_ int, r rule) any { return object{"RepositoryRule", r} })
}

// rules are those that are on.
func (c control) rules() []rule {
	var rules []rule
	add := func(on bool, typ string) {
		if on {
			rules = append(rules, rule{c, typ})
		}
	}
	add(is(c.RequiresReview) || is(c.CodeOwnerReview) || is(c.DismissStale) || is(c.LastPushApproval) || is(c.ConversationResolution), "PULL_REQUEST")
	add(is(c.RequiresChecks), "REQUIRED_STATUS_CHECKS")
	add(is(c.RequiresDeployments), "REQUIRED_DEPLOYMENTS")
	add(is(c.Signatures), "REQUIRED_SIGNATURES")
	add(is(c.LinearHistory), "REQUIRED_LINEAR_HISTORY")
	add(c.ForcePushes != nil && !*c.ForcePushes, "NON_FAST_FORWARD")
	add(c.Deletions != nil && !*c.Deletions, "DELETION")
	add(is(c.Queue), "MERGE_QUEUE")
	return rules
}

var conditionFields = fields[control]{
	"refName": func(c call[control]) any { return object{"RefNameConditionTarget", c.of} },
}

var refConditionFields = fields[control]{
	"include": func(c call[control]) any { return texts(c.of.Include) },
	"exclude": func(c call[control]) any { return texts(c.of.Exclude) },
}

var ruleFields = fields[rule]{
	"id":                func(c call[rule]) any { return newID("RepositoryRule", c.of.repo, c.of.Key()+" "+c.of.typ) },
	"type":              func(c call[rule]) any { return c.of.typ },
	"parameters":        func(c call[rule]) any { return c.of.parameters() },
	"repositoryRuleset": func(c call[rule]) any { return object{"RepositoryRuleset", c.of.control} },
}

// parameters are null for a rule that has none.
func (r rule) parameters() any {
	typ := map[string]string{
		"PULL_REQUEST": "PullRequestParameters", "REQUIRED_STATUS_CHECKS": "RequiredStatusChecksParameters",
		"REQUIRED_DEPLOYMENTS": "RequiredDeploymentsParameters", "MERGE_QUEUE": "MergeQueueParameters",
	}[r.typ]
	if typ == "" {
		return nil
	}
	return object{typ, r.control}
}

var pullRequestParameterFields = fields[control]{
	"allowedMergeMethods":            func(c call[control]) any { return nil },
	"dismissStaleReviewsOnPush":      func(c call[control]) any { return is(c.of.DismissStale) },
	"requireCodeOwnerReview":         func(c call[control]) any { return is(c.of.CodeOwnerReview) },
	"requireLastPushApproval":        func(c call[control]) any { return is(c.of.LastPushApproval) },
	"requiredApprovingReviewCount":   func(c call[control]) any { return c.of.approvals() },
	"requiredReviewThreadResolution": func(c call[control]) any { return is(c.of.ConversationResolution) },
}

func (c control) approvals() int {
	if !is(c.RequiresReview) || c.Reviews == nil {
		return 0
	}
	return *c.Reviews
}

var checksParameterFields = fields[control]{
	"doNotEnforceOnCreate":             func(c call[control]) any { return false },
	"strictRequiredStatusChecksPolicy": func(c call[control]) any { return is(c.of.StrictChecks) },
	"requiredStatusChecks": func(c call[control]) any {
		checks := make([]any, len(c.of.Checks))
		for i, name := range c.of.Checks {
			checks[i] = object{"StatusCheckConfiguration", check{name, c.of.repo}}
		}
		return checks
	},
}

var deploymentsParameterFields = fields[control]{
	"requiredDeploymentEnvironments": func(c call[control]) any { return texts(c.of.Deployments) },
}

var queueParameterFields = fields[control]{
	"checkResponseTimeoutMinutes":  func(c call[control]) any { return 60 },
	"groupingStrategy":             func(c call[control]) any { return "ALLGREEN" },
	"maxEntriesToBuild":            func(c call[control]) any { return 5 },
	"maxEntriesToMerge":            func(c call[control]) any { return 5 },
	"mergeMethod":                  func(c call[control]) any { return "MERGE" },
	"minEntriesToMerge":            func(c call[control]) any { return 1 },
	"minEntriesToMergeWaitMinutes": func(c call[control]) any { return 5 },
}
