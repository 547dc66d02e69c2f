package githubtest

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// control is a setting of a repository: a branch protection rule, a ruleset, or what
// an environment is protected by.
type control struct {
	*shipshape.Control
	repo *repository
}

// controls are those of a kind, in the order of the history.
func (r *repository) controlsOf(kind shipshape.ControlKind) []control {
	var found []control
	for i := range r.Controls {
		if r.Controls[i].Kind == kind {
			found = append(found, control{&r.Controls[i], r})
		}
	}
	return found
}

// controlNamed finds the control of a kind and name; nil if there is none.
func (r *repository) controlNamed(kind shipshape.ControlKind, name string) *shipshape.Control {
	for _, c := range r.controlsOf(kind) {
		if c.Name == name {
			return c.Control
		}
	}
	return nil
}

// controlKeyed finds a control by its key, as the type that is asked for.
func (r *repository) controlKeyed(typ, key string) any {
	for i := range r.Controls {
		if r.Controls[i].Key() == key {
			return object{typ, control{&r.Controls[i], r}}
		}
	}
	return nil
}

// is is a setting that GitHub always states; what no noun knows is off.
func is(setting *bool) bool { return setting != nil && *setting }

func number(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

func texts(list []string) []any {
	values := make([]any, len(list))
	for i, s := range list {
		values[i] = s
	}
	return values
}

func (c control) id(typ string) any { return newID(typ, c.repo, c.Key()) }

// databaseID is null where it is not known.
func (c control) databaseID() any {
	if c.ID == 0 {
		return nil
	}
	return c.ID
}

// protectionRules lists branch protection to administrators; to everybody else there
// is none.
func protectionRules(c call[*repository]) any {
	if c.of.Permission != Admin {
		return none()
	}
	return sliceOf(c.of.controlsOf(shipshape.BranchProtection), func(_ int, p control) any { return object{"BranchProtectionRule", p} })
}

// protectionOf is the rule that a branch falls under, nil without one. Everybody may
// see a part of it.
func (r *repository) protectionOf(branch string) *shipshape.Control {
	if c := r.controlNamed(shipshape.RefUpdate, branch); c != nil {
		return c
	}
	for _, c := range r.controlsOf(shipshape.BranchProtection) {
		if match, err := path.Match(c.Name, branch); match && err == nil {
			return c.Control
		}
	}
	return nil
}

func (f ref) updateRule() any {
	c := f.repo.protectionOf(f.Name)
	if c == nil || f.Kind != shipshape.Branch {
		return nil
	}
	return object{"RefUpdateRule", control{c, f.repo}}
}

func (f ref) protection() any {
	c := f.repo.protectionOf(f.Name)
	if c == nil || f.repo.Permission != Admin || f.Kind != shipshape.Branch {
		return nil
	}
	return object{"BranchProtectionRule", control{c, f.repo}}
}

var refUpdateFields = fields[control]{
	"pattern":                        func(c call[control]) any { return c.of.Name },
	"allowsDeletions":                func(c call[control]) any { return is(c.of.Deletions) },
	"allowsForcePushes":              func(c call[control]) any { return is(c.of.ForcePushes) },
	"blocksCreations":                func(c call[control]) any { return false },
	"requiredApprovingReviewCount":   func(c call[control]) any { return number(c.of.Reviews) },
	"requiredStatusCheckContexts":    func(c call[control]) any { return c.of.contexts() },
	"requiresCodeOwnerReviews":       func(c call[control]) any { return is(c.of.CodeOwnerReview) },
	"requiresConversationResolution": func(c call[control]) any { return is(c.of.ConversationResolution) },
	"requiresLinearHistory":          func(c call[control]) any { return is(c.of.LinearHistory) },
	"requiresSignatures":             func(c call[control]) any { return is(c.of.Signatures) },
	"viewerAllowedToDismissReviews":  func(c call[control]) any { return c.of.repo.Permission == Admin },
	"viewerCanPush":                  func(c call[control]) any { return c.of.repo.writes() },
}

// contexts are the names of the checks, null where none are required.
func (c control) contexts() any {
	if !is(c.RequiresChecks) {
		return nil
	}
	return texts(c.Checks)
}

func (c control) checks() any {
	if !is(c.RequiresChecks) {
		return nil
	}
	checks := make([]any, len(c.Checks))
	for i, name := range c.Checks {
		checks[i] = object{"RequiredStatusCheckDescription", check{name, c.repo}}
	}
	return checks
}

// check is a status check that a rule asks for.
type check struct {
	name string
	repo *repository
}

var requiredCheckFields = fields[check]{
	"context": func(c call[check]) any { return c.of.name },
	"app":     func(c call[check]) any { return nil },
}

var checkConfigurationFields = fields[check]{
	"context":       func(c call[check]) any { return c.of.name },
	"integrationId": func(c call[check]) any { return nil },
}

var protectionFields = fields[control]{
	"id":                             func(c call[control]) any { return c.of.id("BranchProtectionRule") },
	"databaseId":                     func(c call[control]) any { return c.of.databaseID() },
	"pattern":                        func(c call[control]) any { return c.of.Name },
	"repository":                     func(c call[control]) any { return object{"Repository", c.of.repo} },
	"creator":                        func(c call[control]) any { return nil },
	"matchingRefs":                   matchingRefs,
	"allowsDeletions":                func(c call[control]) any { return is(c.of.Deletions) },
	"allowsForcePushes":              func(c call[control]) any { return is(c.of.ForcePushes) },
	"blocksCreations":                func(c call[control]) any { return false },
	"bypassForcePushAllowances":      func(c call[control]) any { return none() },
	"bypassPullRequestAllowances":    func(c call[control]) any { return none() },
	"pushAllowances":                 func(c call[control]) any { return none() },
	"reviewDismissalAllowances":      func(c call[control]) any { return none() },
	"dismissesStaleReviews":          func(c call[control]) any { return is(c.of.DismissStale) },
	"isAdminEnforced":                func(c call[control]) any { return is(c.of.AdminEnforcement) },
	"lockAllowsFetchAndMerge":        func(c call[control]) any { return false },
	"lockBranch":                     func(c call[control]) any { return false },
	"requireLastPushApproval":        func(c call[control]) any { return is(c.of.LastPushApproval) },
	"requiredApprovingReviewCount":   func(c call[control]) any { return number(c.of.Reviews) },
	"requiredDeploymentEnvironments": func(c call[control]) any { return texts(c.of.Deployments) },
	"requiredStatusCheckContexts":    func(c call[control]) any { return c.of.contexts() },
	"requiredStatusChecks":           func(c call[control]) any { return c.of.checks() },
	"requiresApprovingReviews":       func(c call[control]) any { return is(c.of.RequiresReview) },
	"requiresCodeOwnerReviews":       func(c call[control]) any { return is(c.of.CodeOwnerReview) },
	"requiresCommitSignatures":       func(c call[control]) any { return is(c.of.Signatures) },
	"requiresConversationResolution": func(c call[control]) any { return is(c.of.ConversationResolution) },
	"requiresDeployments":            func(c call[control]) any { return is(c.of.RequiresDeployments) },
	"requiresLinearHistory":          func(c call[control]) any { return is(c.of.LinearHistory) },
	"requiresStatusChecks":           func(c call[control]) any { return is(c.of.RequiresChecks) },
	"requiresStrictStatusChecks":     func(c call[control]) any { return is(c.of.StrictChecks) },
	"restrictsPushes":                func(c call[control]) any { return false },
	"restrictsReviewDismissals":      func(c call[control]) any { return false },
}

func matchingRefs(c call[control]) any {
	var found []shipshape.Ref
	for _, f := range c.of.repo.Refs {
		if match, err := path.Match(c.of.Name, f.Name); match && err == nil && f.Kind == shipshape.Branch {
			found = append(found, f)
		}
	}
	return sliceOf(found, func(_ int, f shipshape.Ref) any { return object{"Ref", ref{f, c.of.repo}} })
}

// mergeQueue is the merge queue of a branch, the default one unless another is named.
func mergeQueue(c call[*repository]) any {
	branch := c.args.text("branch")
	if branch == "" {
		branch = c.of.noun().DefaultBranch
	}
	queue := c.of.controlNamed(shipshape.MergeQueue, branch)
	if queue == nil {
		return nil
	}
	return object{"MergeQueue", control{queue, c.of}}
}

var mergeQueueFields = fields[control]{
	"id":                            func(c call[control]) any { return c.of.id("MergeQueue") },
	"configuration":                 func(c call[control]) any { return nil },
	"nextEntryEstimatedTimeToMerge": func(c call[control]) any { return nil },
	"repository":                    func(c call[control]) any { return object{"Repository", c.of.repo} },
	"url":                           func(c call[control]) any { return c.of.repo.noun().URL + "/queue/" + c.of.Name },
}

// security are the security settings; off where the history has none.
func (r *repository) security() shipshape.Control {
	if c := r.controlNamed(shipshape.SecurityControl, ""); c != nil {
		return *c
	}
	return shipshape.Control{}
}

// policy is whether there is a security policy, null where it is not known.
func (r *repository) policy() any {
	if p := r.security().SecurityPolicy; p != nil {
		return *p
	}
	return nil
}

// gate is a protection rule of an environment.
type gate struct {
	control
	typ string
}

// gates are the rules of an environment.
func (e environment) gates() any {
	c := e.repo.controlNamed(shipshape.EnvironmentControl, e.name)
	if c == nil {
		return none()
	}
	var gates []gate
	if is(c.RequiresApproval) {
		gates = append(gates, gate{control{c, e.repo}, "REQUIRED_REVIEWERS"})
	}
	if c.WaitMinutes != nil && *c.WaitMinutes > 0 {
		gates = append(gates, gate{control{c, e.repo}, "WAIT_TIMER"})
	}
	if is(c.BranchPolicy) {
		gates = append(gates, gate{control{c, e.repo}, "BRANCH_POLICY"})
	}
	return sliceOf(gates, func(_ int, g gate) any { return object{"DeploymentProtectionRule", g} })
}

var gateFields = fields[gate]{
	"databaseId":        func(c call[gate]) any { return nil },
	"type":              func(c call[gate]) any { return c.of.typ },
	"timeout":           func(c call[gate]) any { return c.of.timeout() },
	"preventSelfReview": func(c call[gate]) any { return c.of.preventsSelfReview() },
	"reviewers":         func(c call[gate]) any { return c.of.reviewers() },
}

func (g gate) timeout() int {
	if g.typ != "WAIT_TIMER" {
		return 0
	}
	return *g.WaitMinutes
}

func (g gate) preventsSelfReview() any {
	if g.typ != "REQUIRED_REVIEWERS" || g.PreventSelfReview == nil {
		return nil
	}
	return *g.PreventSelfReview
}

// reviewers are users, and teams where the name has a slash.
func (g gate) reviewers() any {
	if g.typ != "REQUIRED_REVIEWERS" {
		return none()
	}
	return sliceOf(g.Reviewers, func(_ int, name string) any {
		if _, slug, isTeam := strings.Cut(name, "/"); isTeam {
			return object{"Team", team{slug, g.repo}}
		}
		return g.repo.world.actor(shipshape.Login(name))
	})
}

// decision is a review of the deployments of a run.
type decision struct {
	workflowRun
	i int
}

func (w workflowRun) decisions() any {
	return sliceOf(w.Reviews, func(i int, _ shipshape.DeploymentReview) any { return object{"DeploymentReview", decision{w, i}} })
}

func (d decision) noun() shipshape.DeploymentReview { return d.Reviews[d.i] }

var decisionFields = fields[decision]{
	"id": func(c call[decision]) any {
		return newID("DeploymentReview", c.of.repo, strconv.FormatInt(c.of.ID, 10)+"/"+strconv.Itoa(c.of.i))
	},
	"databaseId": func(c call[decision]) any { return nil },
	"state":      func(c call[decision]) any { return c.of.noun().State },
	"comment":    func(c call[decision]) any { return c.of.noun().Comment },
	"user":       func(c call[decision]) any { return c.of.repo.world.ghost(c.of.noun().User) },
	"environments": func(c call[decision]) any {
		names := slices.Clone(c.of.noun().Environments)
		return sliceOf(names, func(_ int, name string) any { return object{"Environment", environment{name, c.of.repo}} })
	},
}
