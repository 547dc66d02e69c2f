package collect

import (
	"context"
	"fmt"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// settingsNode is what is asked of a repository's settings, all at one point: three
// lists of settingsPage, two of them with a list in each item, are 1+1+1+2·30 units.
// Who may approve is a list one deeper, so it is asked for where approval is required
// only. A part that the token may not read is not asked again, as in [factsNode].
type settingsNode struct {
	DefaultBranchRef *struct {
		Name          string
		RefUpdateRule *refUpdateNode
	} `graphql:"defaultBranchRef @include(if: $first)"`
	VulnerabilityAlerts *bool                             `graphql:"hasVulnerabilityAlertsEnabled @include(if: $hasVulnerabilityAlertsEnabled)"`
	SecurityPolicy      *bool                             `graphql:"isSecurityPolicyEnabled @include(if: $isSecurityPolicyEnabled)"`
	MergeQueue          *bare                             `graphql:"mergeQueue @include(if: $mergeQueue)"`
	Protection          github.Connection[protectionNode] `graphql:"branchProtectionRules(first: $size, after: $after) @include(if: $branchProtectionRules)"`
	Rulesets            github.Connection[rulesetNode]    `graphql:"rulesets(first: $size, after: $after) @include(if: $rulesets)"`
	Environments        github.Connection[gatedNode]      `graphql:"environments(first: $size, after: $after) @include(if: $environments)"`
}

// settingsQuery asks for the settings.
type settingsQuery struct {
	github.Meter
	Repository *settingsNode `graphql:"repository(owner: $owner, name: $name)"`
}

const (
	settingsPage = 30
	rulesAtFirst = 50 // of a ruleset, and of an environment, which has three at most
)

// settingParts are the parts that can be refused one by one. Their field is the kind
// of control that they tell of.
var settingParts = []part{
	{"hasVulnerabilityAlertsEnabled", shipshape.ControlEntity, string(shipshape.SecurityControl)},
	{"isSecurityPolicyEnabled", shipshape.ControlEntity, string(shipshape.SecurityControl)},
	{"mergeQueue", shipshape.ControlEntity, string(shipshape.MergeQueue)},
	{"branchProtectionRules", shipshape.ControlEntity, string(shipshape.BranchProtection)},
	{"rulesets", shipshape.ControlEntity, string(shipshape.Ruleset)},
	{"environments", shipshape.ControlEntity, string(shipshape.EnvironmentControl)},
}

// controls reads the settings that are in force.
func (r *reader) controls(ctx context.Context) error {
	wanted := map[string]bool{"first": true}
	for _, p := range settingParts {
		wanted[p.key] = true
	}
	node, err := r.askSettings(ctx, wanted)
	if err != nil || node == nil {
		return err
	}
	r.security(node, wanted)
	if err := r.environmentRules(ctx, node, wanted); err != nil {
		return err
	}
	if err := r.rulesets(ctx, node, wanted); err != nil {
		return err
	}
	if err := r.protection(ctx, node, wanted); err != nil {
		return err
	}
	r.progress(shipshape.ControlEntity, len(r.h.Controls), len(r.h.Controls))
	return nil
}

// askSettings asks for the settings, without the parts that turn out to be refused;
// those are taken off what is wanted.
func (r *reader) askSettings(ctx context.Context, wanted map[string]bool) (*settingsNode, error) {
	for range settingParts {
		node, faults, err := r.askSettingParts(ctx, wanted, r.size(settingsPage), nil)
		if err != nil {
			return nil, fmt.Errorf("settings of %s: %w", r.name, err)
		}
		again := r.refuseSettings(faults, wanted)
		switch {
		case node != nil:
			return node, nil
		case !again:
			r.gap(r.refused(shipshape.ControlEntity, "", github.Fault{}))
			return nil, nil
		}
	}
	return nil, nil
}

func (r *reader) askSettingParts(ctx context.Context, wanted map[string]bool, size int, after *string) (*settingsNode, []github.Fault, error) {
	variables := r.variables(size, after, "first", githubv4.Boolean(wanted["first"]), "rules", r.first(rulesAtFirst))
	for _, p := range settingParts {
		variables[p.key] = githubv4.Boolean(wanted[p.key])
	}
	var q settingsQuery
	faults, err := r.query(ctx, &q, variables)
	return q.Repository, faults, err
}

// refuseSettings notes the parts that an answer refuses, and reports whether there
// was one that was still wanted.
func (r *reader) refuseSettings(faults []github.Fault, wanted map[string]bool) bool {
	found := false
	for _, f := range faults {
		for _, p := range settingParts {
			if len(f.Path) == 2 && f.Path[1] == p.key && wanted[p.key] {
				found = true
				delete(wanted, p.key)
				r.gap(r.withheldControl(p.field, f))
			}
		}
	}
	return found
}

// withheldControl is the gap of all controls of a kind.
func (r *reader) withheldControl(kind string, f github.Fault) shipshape.Gap {
	g := r.refused(shipshape.ControlEntity, kind, f)
	g.Field, g.ID = "", kind
	return g
}

// security keeps the settings that are no list.
func (r *reader) security(n *settingsNode, wanted map[string]bool) {
	c := shipshape.Control{Kind: shipshape.SecurityControl}
	if wanted["hasVulnerabilityAlertsEnabled"] {
		c.VulnerabilityAlerts = n.VulnerabilityAlerts
	}
	if wanted["isSecurityPolicyEnabled"] {
		c.SecurityPolicy = n.SecurityPolicy
	}
	if c.VulnerabilityAlerts != nil || c.SecurityPolicy != nil {
		r.h.Controls = append(r.h.Controls, c)
	}
	if n.MergeQueue != nil && n.DefaultBranchRef != nil {
		r.h.Controls = append(r.h.Controls, shipshape.Control{Kind: shipshape.MergeQueue, Name: n.DefaultBranchRef.Name, Queue: new(true)})
	}
}

// settingList reads the list that a part of the settings is. Its first page came with
// the others.
func settingList[N any](ctx context.Context, r *reader, key string, first *settingsNode, wanted map[string]bool, pick func(*settingsNode) github.Connection[N], rest func(*N) []*tail, keep func(*N)) error {
	if !wanted[key] {
		return nil
	}
	return readAll(ctx, r, list[N]{
		entity: shipshape.ControlEntity,
		size:   settingsPage,
		ask: func(ctx context.Context, size int, after *string) (github.Connection[N], []github.Fault, error) {
			if after == nil {
				return pick(first), nil, nil
			}
			node, faults, err := r.askSettingParts(ctx, map[string]bool{key: true}, size, after)
			if node == nil {
				return github.Connection[N]{}, faults, err
			}
			return pick(node), faults, err
		},
		rest: rest,
		take: func(n *N) (bool, error) {
			keep(n)
			return true, nil
		},
	})
}
