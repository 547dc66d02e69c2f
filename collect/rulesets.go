package collect

import (
	"context"
	"slices"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// rulesetNode is a ruleset of the repository, or one of its organisation that is for
// the repository too.
type rulesetNode struct {
	ID          string
	DatabaseID  int64 `graphql:"databaseId"`
	Name        string
	Target      string
	Enforcement string
	Conditions  struct {
		RefName *struct{ Include, Exclude []string }
	}
	Rules github.Connection[ruleNode] `graphql:"rules(first: $rules)"`
}

// ruleNode is a rule, with the parameters that a noun has something of. Rules without
// parameters, and those that only bound what may be pushed, say what they are by their
// type.
type ruleNode struct {
	Type       string
	Parameters struct {
		PullRequest struct {
			RequiredApprovingReviewCount   int
			RequireCodeOwnerReview         bool
			DismissStaleReviewsOnPush      bool
			RequireLastPushApproval        bool
			RequiredReviewThreadResolution bool
		} `graphql:"... on PullRequestParameters"`
		Checks struct {
			RequiredStatusChecks             []struct{ Context string }
			StrictRequiredStatusChecksPolicy bool
		} `graphql:"... on RequiredStatusChecksParameters"`
		Deployments struct {
			RequiredDeploymentEnvironments []string
		} `graphql:"... on RequiredDeploymentsParameters"`
	}
}

// rulesets reads the rulesets, which everybody may read who may read the repository.
func (r *reader) rulesets(ctx context.Context, first *settingsNode, wanted map[string]bool) error {
	return settingList(ctx, r, "rulesets", first, wanted,
		func(n *settingsNode) github.Connection[rulesetNode] { return n.Rulesets },
		func(n *rulesetNode) []*tail {
			return rest(n.record(), nested{list: "rules"}, &n.Rules)
		},
		func(n *rulesetNode) { r.h.Controls = append(r.h.Controls, n.control()) })
}

// record is what gaps call the ruleset.
func (n *rulesetNode) record() record {
	return record{shipshape.ControlEntity, n.bare().Key(), "RepositoryRuleset", n.ID}
}

// bare is the ruleset without its rules.
func (n *rulesetNode) bare() shipshape.Control {
	c := shipshape.Control{Kind: shipshape.Ruleset, Name: n.Name, ID: n.DatabaseID, Target: n.Target, Enforcement: n.Enforcement}
	if refs := n.Conditions.RefName; refs != nil {
		c.Include, c.Exclude = given(refs.Include), given(refs.Exclude)
	}
	return c
}

// given is a list, nil where it is empty.
func given(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

// control is the ruleset with what its rules ask for. Where its rules are not all known,
// nothing is known of what those that are do not ask for.
func (n *rulesetNode) control() shipshape.Control {
	c := n.bare()
	if whole(&n.Rules) {
		asksNothing(&c)
	}
	for _, rule := range n.Rules.Nodes {
		if rule != nil {
			rule.apply(&c)
		}
	}
	return c
}

// whole reports whether a list was read to its end, with nothing kept back.
func whole[N any](c *github.Connection[N]) bool {
	return c.Nodes != nil && !c.PageInfo.HasNextPage && !slices.Contains(c.Nodes, nil)
}

// asksNothing is what a ruleset without rules says.
func asksNothing(c *shipshape.Control) {
	for _, setting := range []**bool{
		&c.RequiresReview, &c.CodeOwnerReview, &c.DismissStale, &c.LastPushApproval, &c.ConversationResolution,
		&c.RequiresChecks, &c.StrictChecks, &c.RequiresDeployments, &c.Signatures, &c.LinearHistory, &c.Queue,
	} {
		*setting = new(false)
	}
	c.ForcePushes, c.Deletions = new(true), new(true)
}

// apply sets what the rule asks for.
func (n *ruleNode) apply(c *shipshape.Control) {
	switch n.Type {
	case "PULL_REQUEST":
		n.applyReview(c)
	case "REQUIRED_STATUS_CHECKS":
		p := n.Parameters.Checks
		var checks []string
		for _, check := range p.RequiredStatusChecks {
			checks = append(checks, check.Context)
		}
		c.RequiresChecks, c.Checks, c.StrictChecks = new(true), names(checks), new(p.StrictRequiredStatusChecksPolicy)
	case "REQUIRED_DEPLOYMENTS":
		c.RequiresDeployments, c.Deployments = new(true), names(n.Parameters.Deployments.RequiredDeploymentEnvironments)
	case "REQUIRED_SIGNATURES":
		c.Signatures = new(true)
	case "REQUIRED_LINEAR_HISTORY":
		c.LinearHistory = new(true)
	case "NON_FAST_FORWARD":
		c.ForcePushes = new(false)
	case "DELETION":
		c.Deletions = new(false)
	case "MERGE_QUEUE":
		c.Queue = new(true)
	}
}

// applyReview sets what the rule that a pull request is needed asks of it.
func (n *ruleNode) applyReview(c *shipshape.Control) {
	p := n.Parameters.PullRequest
	if p.RequiredApprovingReviewCount > 0 {
		c.RequiresReview, c.Reviews = new(true), new(p.RequiredApprovingReviewCount)
	}
	c.CodeOwnerReview, c.DismissStale = new(p.RequireCodeOwnerReview), new(p.DismissStaleReviewsOnPush)
	c.LastPushApproval, c.ConversationResolution = new(p.RequireLastPushApproval), new(p.RequiredReviewThreadResolution)
}
