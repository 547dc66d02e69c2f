package dataset

import "encoding/json"

// A history has no noun for settings, so the lines of these two files are read
// only to see that they are well formed.

// wireProtection is a line of branchProtectionRules.jsonl.
type wireProtection struct {
	Pattern                        string          `json:"pattern" need:"value"`
	AllowsDeletions                bool            `json:"allowsDeletions"`
	AllowsForcePushes              bool            `json:"allowsForcePushes"`
	BlocksCreations                bool            `json:"blocksCreations"`
	DatabaseID                     int64           `json:"databaseId"`
	DismissesStaleReviews          bool            `json:"dismissesStaleReviews"`
	IsAdminEnforced                bool            `json:"isAdminEnforced"`
	LockAllowsFetchAndMerge        bool            `json:"lockAllowsFetchAndMerge"`
	LockBranch                     bool            `json:"lockBranch"`
	RequireLastPushApproval        bool            `json:"requireLastPushApproval"`
	RequiredApprovingReviewCount   int             `json:"requiredApprovingReviewCount"`
	RequiredDeploymentEnvironments []string        `json:"requiredDeploymentEnvironments"`
	RequiredStatusCheckContexts    []string        `json:"requiredStatusCheckContexts"`
	RequiredStatusChecks           json.RawMessage `json:"requiredStatusChecks"`
	RequiresApprovingReviews       bool            `json:"requiresApprovingReviews"`
	RequiresCodeOwnerReviews       bool            `json:"requiresCodeOwnerReviews"`
	RequiresCommitSignatures       bool            `json:"requiresCommitSignatures"`
	RequiresConversationResolution bool            `json:"requiresConversationResolution"`
	RequiresDeployments            bool            `json:"requiresDeployments"`
	RequiresLinearHistory          bool            `json:"requiresLinearHistory"`
	RequiresStatusChecks           bool            `json:"requiresStatusChecks"`
	RequiresStrictStatusChecks     bool            `json:"requiresStrictStatusChecks"`
	RestrictsPushes                bool            `json:"restrictsPushes"`
	RestrictsReviewDismissals      bool            `json:"restrictsReviewDismissals"`
}

func (w wireProtection) pattern() (string, error) { return w.Pattern, nil }

// wireRuleset is a line of rulesets.jsonl.
type wireRuleset struct {
	Name        string          `json:"name" need:"value"`
	Enforcement string          `json:"enforcement" need:"value"`
	Target      string          `json:"target" need:"value"`
	Rules       json.RawMessage `json:"rules"`
}

func (w wireRuleset) name() (string, error) {
	return w.Name, oneOf("enforcement", w.Enforcement, "ACTIVE", "DISABLED", "EVALUATE")
}
