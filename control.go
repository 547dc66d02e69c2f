package shipshape

import (
	"cmp"
	"strconv"
)

// ControlKind says where a control is set.
type ControlKind string

// The kinds of control.
const (
	// EnvironmentControl is a deployment environment and its protection rules.
	EnvironmentControl ControlKind = "environment"
	// BranchProtection is a branch protection rule, which only administrators see.
	BranchProtection ControlKind = "branch-protection"
	// RefUpdate is what GitHub tells everybody of the branch protection rule that a
	// branch falls under. What it leaves out is unknown, not off.
	RefUpdate ControlKind = "ref-update"
	// Ruleset is a ruleset of the repository or of its organisation.
	Ruleset ControlKind = "ruleset"
	// MergeQueue is a branch that pull requests reach through a merge queue only.
	MergeQueue ControlKind = "merge-queue"
	// SecurityControl is the repository's security settings. It has no name.
	SecurityControl ControlKind = "security"
)

// Control is a setting of a repository that was in force when it was read. What it
// was before nobody knows but who kept an earlier reading.
//
// A nil pointer is a setting that was not read, or that the kind does not have: it
// is unknown, which is not the same as off. A list means nothing unless the setting
// before it is on.
type Control struct {
	Kind ControlKind `json:"kind"`
	// Name is the name of an environment, of a ruleset or of a branch, or the pattern
	// of a branch protection rule.
	Name string `json:"name,omitempty"`
	// ID is GitHub's databaseId of a ruleset or a branch protection rule; 0 is
	// unknown. Two rulesets can have the same name.
	ID int64 `json:"id,omitempty"`

	// Target is what a ruleset is for: BRANCH, TAG or PUSH.
	Target string `json:"target,omitempty"`
	// Enforcement of a ruleset is ACTIVE, EVALUATE (it only reports) or DISABLED.
	Enforcement string `json:"enforcement,omitempty"`
	// Include and Exclude are the refs that a ruleset is for, as patterns of full
	// names, "~ALL" or "~DEFAULT_BRANCH".
	Include []string `json:"include,omitempty"`
	Exclude []string `json:"exclude,omitempty"`

	// RequiresReview says whether Reviews approvals are needed before merging.
	RequiresReview *bool `json:"requiresReview,omitempty"`
	// Reviews is how many approvals; nil where no review is required.
	Reviews *int `json:"reviews,omitempty"`
	// CodeOwnerReview says whether owners of the code must be among the approvers.
	CodeOwnerReview *bool `json:"codeOwnerReview,omitempty"`
	// DismissStale says whether a push dismisses the approvals before it.
	DismissStale *bool `json:"dismissStale,omitempty"`
	// LastPushApproval says whether somebody else must approve the last push.
	LastPushApproval *bool `json:"lastPushApproval,omitempty"`
	// ConversationResolution says whether threads of a review must be resolved.
	ConversationResolution *bool `json:"conversationResolution,omitempty"`
	// RequiresChecks says whether the Checks must have passed.
	RequiresChecks *bool    `json:"requiresChecks,omitempty"`
	Checks         []string `json:"checks,omitempty"` // names, sorted
	// StrictChecks says whether they must have passed on top of the newest base.
	StrictChecks *bool `json:"strictChecks,omitempty"`
	// RequiresDeployments says whether a change must have been deployed to the
	// Deployments, which are environments, before it is merged.
	RequiresDeployments *bool    `json:"requiresDeployments,omitempty"`
	Deployments         []string `json:"deployments,omitempty"` // sorted
	// Signatures says whether commits must be signed.
	Signatures *bool `json:"signatures,omitempty"`
	// LinearHistory says whether merge commits are refused.
	LinearHistory *bool `json:"linearHistory,omitempty"`
	// ForcePushes says whether force pushes are allowed.
	ForcePushes *bool `json:"forcePushes,omitempty"`
	// Deletions says whether deleting the ref is allowed.
	Deletions *bool `json:"deletions,omitempty"`
	// AdminEnforcement says whether administrators are bound too.
	AdminEnforcement *bool `json:"adminEnforcement,omitempty"`
	// Queue says whether merging goes through a merge queue.
	Queue *bool `json:"queue,omitempty"`

	// RequiresApproval says whether one of the Reviewers must approve a deployment
	// to the environment.
	RequiresApproval *bool `json:"requiresApproval,omitempty"`
	// Reviewers are logins, and teams as "owner/team", sorted.
	Reviewers []string `json:"reviewers,omitempty"`
	// PreventSelfReview says whether who started a deployment may not approve it.
	PreventSelfReview *bool `json:"preventSelfReview,omitempty"`
	// WaitMinutes is how long a deployment has to wait, 0 where it has not.
	WaitMinutes *int `json:"waitMinutes,omitempty"`
	// BranchPolicy says whether only some branches may be deployed.
	BranchPolicy *bool `json:"branchPolicy,omitempty"`

	// VulnerabilityAlerts says whether alerts about dependencies are on.
	VulnerabilityAlerts *bool `json:"vulnerabilityAlerts,omitempty"`
	// SecurityPolicy says whether the repository has one.
	SecurityPolicy *bool `json:"securityPolicy,omitempty"`
}

// Compare orders controls by kind, name and id.
func (c Control) Compare(o Control) int {
	return cmp.Or(cmp.Compare(c.Kind, o.Kind), cmp.Compare(c.Name, o.Name), cmp.Compare(c.ID, o.ID))
}

// Key is what tells a control from the others of its repository, as gaps name it:
// "ruleset main 7", "environment production", "security".
func (c Control) Key() string {
	key := string(c.Kind)
	if c.Name != "" {
		key += " " + c.Name
	}
	if c.ID != 0 {
		key += " " + strconv.FormatInt(c.ID, 10)
	}
	return key
}
