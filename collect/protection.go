package collect

import (
	"context"
	"fmt"
	"slices"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// protectionNode is a branch protection rule, see
// https://docs.github.com/en/graphql/reference/objects#branchprotectionrule
type protectionNode struct {
	DatabaseID                     int64 `graphql:"databaseId"`
	Pattern                        string
	RequiresApprovingReviews       bool
	RequiredApprovingReviewCount   int
	RequiresCodeOwnerReviews       bool
	DismissesStaleReviews          bool
	RequireLastPushApproval        bool
	RequiresConversationResolution bool
	RequiresStatusChecks           bool
	RequiredStatusCheckContexts    []string
	RequiresStrictStatusChecks     bool
	RequiresDeployments            bool
	RequiredDeploymentEnvironments []string
	RequiresCommitSignatures       bool
	RequiresLinearHistory          bool
	AllowsForcePushes              bool
	AllowsDeletions                bool
	IsAdminEnforced                bool
}

func (n *protectionNode) control() shipshape.Control {
	c := shipshape.Control{
		Kind:                   shipshape.BranchProtection,
		Name:                   n.Pattern,
		ID:                     n.DatabaseID,
		RequiresReview:         &n.RequiresApprovingReviews,
		CodeOwnerReview:        &n.RequiresCodeOwnerReviews,
		DismissStale:           &n.DismissesStaleReviews,
		LastPushApproval:       &n.RequireLastPushApproval,
		ConversationResolution: &n.RequiresConversationResolution,
		RequiresChecks:         &n.RequiresStatusChecks,
		StrictChecks:           &n.RequiresStrictStatusChecks,
		RequiresDeployments:    &n.RequiresDeployments,
		Signatures:             &n.RequiresCommitSignatures,
		LinearHistory:          &n.RequiresLinearHistory,
		ForcePushes:            &n.AllowsForcePushes,
		Deletions:              &n.AllowsDeletions,
		AdminEnforcement:       &n.IsAdminEnforced,
	}
	if n.RequiresApprovingReviews {
		c.Reviews = &n.RequiredApprovingReviewCount
	}
	if n.RequiresStatusChecks {
		c.Checks = names(n.RequiredStatusCheckContexts)
	}
	if n.RequiresDeployments {
		c.Deployments = names(n.RequiredDeploymentEnvironments)
	}
	return c
}

// names returns the names that are given, sorted, each once.
func names(given []string) []string {
	given = slices.DeleteFunc(slices.Clone(given), func(s string) bool { return s == "" })
	if len(given) == 0 {
		return nil
	}
	slices.Sort(given)
	return slices.Compact(given)
}

// refUpdateNode is what everybody may read of the rule that a branch falls under.
type refUpdateNode struct {
	RequiredApprovingReviewCount   int
	RequiredStatusCheckContexts    []string
	RequiresCodeOwnerReviews       bool
	RequiresConversationResolution bool
	RequiresLinearHistory          bool
	RequiresSignatures             bool
	AllowsForcePushes              bool
	AllowsDeletions                bool
}

func (n *refUpdateNode) control(branch string) shipshape.Control {
	c := shipshape.Control{
		Kind:                   shipshape.RefUpdate,
		Name:                   branch,
		RequiresReview:         new(n.RequiredApprovingReviewCount > 0),
		CodeOwnerReview:        &n.RequiresCodeOwnerReviews,
		ConversationResolution: &n.RequiresConversationResolution,
		Checks:                 names(n.RequiredStatusCheckContexts),
		Signatures:             &n.RequiresSignatures,
		LinearHistory:          &n.RequiresLinearHistory,
		ForcePushes:            &n.AllowsForcePushes,
		Deletions:              &n.AllowsDeletions,
	}
	c.RequiresChecks = new(len(c.Checks) > 0)
	if n.RequiredApprovingReviewCount > 0 {
		c.Reviews = &n.RequiredApprovingReviewCount
	}
	return c
}

// protection reads branch protection. To a token that may not read it GitHub says
// nothing, or that there is none. What protects the default branch everybody may
// read, but for a part.
func (r *reader) protection(ctx context.Context, first *settingsNode, wanted map[string]bool) error {
	before := len(r.h.Controls)
	err := settingList(ctx, r, "branchProtectionRules", first, wanted,
		func(n *settingsNode) github.Connection[protectionNode] { return n.Protection }, nil,
		func(n *protectionNode) { r.h.Controls = append(r.h.Controls, n.control()) })
	if err != nil {
		return err
	}
	if len(r.h.Controls) > before || first.DefaultBranchRef == nil || first.DefaultBranchRef.RefUpdateRule == nil {
		return nil
	}
	branch := first.DefaultBranchRef.Name
	c := first.DefaultBranchRef.RefUpdateRule.control(branch)
	r.h.Controls = append(r.h.Controls, c)
	r.gap(shipshape.Gap{Entity: shipshape.ControlEntity, ID: c.Key(), Reason: shipshape.Forbidden,
		Why: fmt.Sprintf("The token may read only a part of the rule that protects %s: not whether it binds administrators, "+
			"dismisses stale reviews, asks for approval of the last push or for deployments, or is strict about checks.", branch),
		Remedy: remedy("administration: read")})
	return nil
}
