package dataset

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/shipshape-report/shipshape"
)

// wireProtection is a line of branchProtectionRules.jsonl. A setting that is not
// stated is unknown.
type wireProtection struct {
	Pattern                        string          `json:"pattern" need:"value"`
	AllowsDeletions                *bool           `json:"allowsDeletions"`
	AllowsForcePushes              *bool           `json:"allowsForcePushes"`
	BlocksCreations                *bool           `json:"blocksCreations"` // unread, as all that no noun has
	DatabaseID                     int64           `json:"databaseId"`
	DismissesStaleReviews          *bool           `json:"dismissesStaleReviews"`
	IsAdminEnforced                *bool           `json:"isAdminEnforced"`
	LockAllowsFetchAndMerge        *bool           `json:"lockAllowsFetchAndMerge"`
	LockBranch                     *bool           `json:"lockBranch"`
	RequireLastPushApproval        *bool           `json:"requireLastPushApproval"`
	RequiredApprovingReviewCount   *int            `json:"requiredApprovingReviewCount"`
	RequiredDeploymentEnvironments []string        `json:"requiredDeploymentEnvironments"`
	RequiredStatusCheckContexts    []string        `json:"requiredStatusCheckContexts"`
	RequiredStatusChecks           json.RawMessage `json:"requiredStatusChecks"`
	RequiresApprovingReviews       *bool           `json:"requiresApprovingReviews"`
	RequiresCodeOwnerReviews       *bool           `json:"requiresCodeOwnerReviews"`
	RequiresCommitSignatures       *bool           `json:"requiresCommitSignatures"`
	RequiresConversationResolution *bool           `json:"requiresConversationResolution"`
	RequiresDeployments            *bool           `json:"requiresDeployments"`
	RequiresLinearHistory          *bool           `json:"requiresLinearHistory"`
	RequiresStatusChecks           *bool           `json:"requiresStatusChecks"`
	RequiresStrictStatusChecks     *bool           `json:"requiresStrictStatusChecks"`
	RestrictsPushes                *bool           `json:"restrictsPushes"`
	RestrictsReviewDismissals      *bool           `json:"restrictsReviewDismissals"`
}

func (w wireProtection) control() (shipshape.Control, error) {
	c := shipshape.Control{
		Kind:                   shipshape.BranchProtection,
		Name:                   w.Pattern,
		ID:                     w.DatabaseID,
		RequiresReview:         w.RequiresApprovingReviews,
		CodeOwnerReview:        w.RequiresCodeOwnerReviews,
		DismissStale:           w.DismissesStaleReviews,
		LastPushApproval:       w.RequireLastPushApproval,
		ConversationResolution: w.RequiresConversationResolution,
		RequiresChecks:         w.RequiresStatusChecks,
		StrictChecks:           w.RequiresStrictStatusChecks,
		RequiresDeployments:    w.RequiresDeployments,
		Signatures:             w.RequiresCommitSignatures,
		LinearHistory:          w.RequiresLinearHistory,
		ForcePushes:            w.AllowsForcePushes,
		Deletions:              w.AllowsDeletions,
		AdminEnforcement:       w.IsAdminEnforced,
	}
	if on(w.RequiresApprovingReviews) {
		c.Reviews = w.RequiredApprovingReviewCount
	}
	if on(w.RequiresStatusChecks) {
		c.Checks = sorted(w.RequiredStatusCheckContexts)
	}
	if on(w.RequiresDeployments) {
		c.Deployments = sorted(w.RequiredDeploymentEnvironments)
	}
	return c, nil
}

func on(setting *bool) bool { return setting != nil && *setting }

// sorted returns the names in their order, each once.
func sorted(names []string) []string { return slices.Compact(slices.Sorted(slices.Values(names))) }

// wireRuleset is a line of rulesets.jsonl.
type wireRuleset struct {
	Name        string      `json:"name" need:"value"`
	Enforcement string      `json:"enforcement" need:"value"`
	Target      string      `json:"target" need:"value"`
	Rules       *[]wireRule `json:"rules"`
	DatabaseID  int64       `json:"databaseId"`
	Include     []string    `json:"include"`
	Exclude     []string    `json:"exclude"`
}

// wireRule is a rule of a ruleset; which parameters it has depends on its type.
type wireRule struct {
	Type       string          `json:"type" need:"value"`
	Parameters json.RawMessage `json:"parameters"`
}

func (w wireRuleset) control() (shipshape.Control, error) {
	c := shipshape.Control{
		Kind: shipshape.Ruleset, Name: w.Name, ID: w.DatabaseID, Target: w.Target, Enforcement: w.Enforcement,
		Include: w.Include, Exclude: w.Exclude,
	}
	if err := oneOf("enforcement", w.Enforcement, "ACTIVE", "DISABLED", "EVALUATE"); err != nil {
		return c, err
	}
	if w.Rules == nil {
		return c, nil
	}
	requireNothing(&c)
	for i, rule := range *w.Rules {
		if err := rule.apply(&c); err != nil {
			return c, within(fmt.Sprintf("rules[%d]", i), err)
		}
	}
	return c, nil
}

// requireNothing is what a ruleset without rules says.
func requireNothing(c *shipshape.Control) {
	for _, setting := range []**bool{
		&c.RequiresReview, &c.CodeOwnerReview, &c.DismissStale, &c.LastPushApproval, &c.ConversationResolution,
		&c.RequiresChecks, &c.StrictChecks, &c.RequiresDeployments, &c.Signatures, &c.LinearHistory, &c.Queue,
	} {
		*setting = new(bool)
	}
	c.ForcePushes, c.Deletions = is(true), is(true)
}

func is(v bool) *bool { return &v }

// wireParameters are those of the rules that a noun has something of.
type wireParameters struct {
	RequiredApprovingReviewCount     int      `json:"requiredApprovingReviewCount"`
	RequireCodeOwnerReview           bool     `json:"requireCodeOwnerReview"`
	DismissStaleReviewsOnPush        bool     `json:"dismissStaleReviewsOnPush"`
	RequireLastPushApproval          bool     `json:"requireLastPushApproval"`
	RequiredReviewThreadResolution   bool     `json:"requiredReviewThreadResolution"`
	StrictRequiredStatusChecksPolicy bool     `json:"strictRequiredStatusChecksPolicy"`
	RequiredDeploymentEnvironments   []string `json:"requiredDeploymentEnvironments"`
	RequiredStatusChecks             []struct {
		Context string `json:"context"`
	} `json:"requiredStatusChecks"`
}

// apply sets what the rule asks for.
func (w wireRule) apply(c *shipshape.Control) error {
	var p wireParameters
	if len(w.Parameters) > 0 {
		if err := json.Unmarshal(w.Parameters, &p); err != nil {
			return wrong("parameters", "something else", "an object with the parameters of "+w.Type)
		}
	}
	switch w.Type {
	case "PULL_REQUEST":
		if n := p.RequiredApprovingReviewCount; n > 0 {
			c.RequiresReview, c.Reviews = is(true), &n
		}
		c.CodeOwnerReview, c.DismissStale = is(p.RequireCodeOwnerReview), is(p.DismissStaleReviewsOnPush)
		c.LastPushApproval, c.ConversationResolution = is(p.RequireLastPushApproval), is(p.RequiredReviewThreadResolution)
	case "REQUIRED_STATUS_CHECKS":
		c.RequiresChecks, c.StrictChecks = is(true), is(p.StrictRequiredStatusChecksPolicy)
		for _, check := range p.RequiredStatusChecks {
			c.Checks = append(c.Checks, check.Context)
		}
		c.Checks = sorted(c.Checks)
	case "REQUIRED_DEPLOYMENTS":
		c.RequiresDeployments, c.Deployments = is(true), sorted(p.RequiredDeploymentEnvironments)
	case "REQUIRED_SIGNATURES":
		c.Signatures = is(true)
	case "REQUIRED_LINEAR_HISTORY":
		c.LinearHistory = is(true)
	case "NON_FAST_FORWARD":
		c.ForcePushes = is(false)
	case "DELETION":
		c.Deletions = is(false)
	case "MERGE_QUEUE":
		c.Queue = is(true)
	}
	return nil
}

// wireEnvironment is a line of environments.jsonl.
type wireEnvironment struct {
	Name            string      `json:"name" need:"value"`
	ProtectionRules *[]wireGate `json:"protectionRules"`
}

// wireGate is a protection rule of an environment.
type wireGate struct {
	Type              string   `json:"type" need:"value"`
	Timeout           int      `json:"timeout"` // minutes
	Reviewers         []string `json:"reviewers"`
	PreventSelfReview *bool    `json:"preventSelfReview"`
}

// environment is the control that the environment is, nil where nothing is said of
// its rules.
func (w wireEnvironment) environment() (environment, error) {
	e := environment{Name: w.Name}
	if w.ProtectionRules == nil {
		return e, nil
	}
	c := &shipshape.Control{Kind: shipshape.EnvironmentControl, Name: w.Name,
		RequiresApproval: is(false), WaitMinutes: new(int), BranchPolicy: is(false)}
	for i, gate := range *w.ProtectionRules {
		switch gate.Type {
		case "REQUIRED_REVIEWERS":
			c.RequiresApproval, c.Reviewers, c.PreventSelfReview = is(true), sorted(gate.Reviewers), gate.PreventSelfReview
		case "WAIT_TIMER":
			c.WaitMinutes = &gate.Timeout
		case "BRANCH_POLICY":
			c.BranchPolicy = is(true)
		default:
			return e, within(fmt.Sprintf("protectionRules[%d]", i),
				oneOf("type", gate.Type, "BRANCH_POLICY", "REQUIRED_REVIEWERS", "WAIT_TIMER"))
		}
	}
	e.Control = c
	return e, nil
}

// environment is an environment, with what is known of its rules.
type environment struct {
	Name    string
	Control *shipshape.Control
}
