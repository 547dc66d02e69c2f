package collect

import (
	"context"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// gatedNode is an environment with its protection rules.
type gatedNode struct {
	ID    string
	Name  string
	Rules github.Connection[gateNode] `graphql:"protectionRules(first: $rules)"`
}

// gateNode is a protection rule of an environment.
type gateNode struct {
	Type              string
	Timeout           int
	PreventSelfReview *bool
}

// environmentRules reads what protects the environments, and who may approve where
// somebody has to.
func (r *reader) environmentRules(ctx context.Context, first *settingsNode, wanted map[string]bool) error {
	var guarded []string // environments that ask for approval
	err := settingList(ctx, r, "environments", first, wanted,
		func(n *settingsNode) github.Connection[gatedNode] { return n.Environments },
		func(n *gatedNode) []*tail {
			of := record{shipshape.ControlEntity, string(shipshape.EnvironmentControl) + " " + n.Name, "Environment", n.ID}
			return rest(of, nested{list: "protectionRules"}, &n.Rules)
		},
		func(n *gatedNode) {
			c := n.control()
			r.h.Controls = append(r.h.Controls, c)
			if c.RequiresApproval != nil && *c.RequiresApproval {
				guarded = append(guarded, n.Name)
			}
		})
	if err != nil {
		return err
	}
	return r.approvers(ctx, guarded)
}

// control is the environment. Where its rules are not all known, nothing is known of
// what those that are do not ask for.
func (n *gatedNode) control() shipshape.Control {
	c := shipshape.Control{Kind: shipshape.EnvironmentControl, Name: n.Name}
	if whole(&n.Rules) {
		c.RequiresApproval, c.WaitMinutes, c.BranchPolicy = new(false), new(0), new(false)
	}
	for _, rule := range n.Rules.Nodes {
		switch {
		case rule == nil:
		case rule.Type == "REQUIRED_REVIEWERS":
			c.RequiresApproval, c.PreventSelfReview = new(true), rule.PreventSelfReview
		case rule.Type == "WAIT_TIMER":
			c.WaitMinutes = new(rule.Timeout)
		case rule.Type == "BRANCH_POLICY":
			c.BranchPolicy = new(true)
		}
	}
	return c
}

// approversNode are the reviewers of an environment. GitHub has no more than three
// rules of an environment, and six reviewers of a rule, see
// https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
type approversNode struct {
	Rules struct {
		Nodes []*struct {
			Reviewers github.Connection[approverNode] `graphql:"reviewers(first: $approvers)"`
		}
	} `graphql:"protectionRules(first: $gates)"`
}

type approverNode struct {
	User user                          `graphql:"... on User"`
	Team struct{ CombinedSlug string } `graphql:"... on Team"`
}

// An environment is 1+gatesOfOne units, so that 24 of them cost a point.
const (
	gatesOfOne      = 5
	approversOfRule = 50
	guardedAtOnce   = 24
)

// approvers reads who may approve deployments to environments.
func (r *reader) approvers(ctx context.Context, guarded []string) error {
	items := make([]map[string]any, len(guarded))
	for i, name := range guarded {
		items[i] = map[string]any{"environment": githubv4.String(name)}
	}
	answers, err := batch(ctx, r, shipshape.ControlEntity, "reviewers", github.Batch[approversNode]{
		Owner: r.name.Owner(), Name: r.name.Short(),
		Field: "environment(name: $environment)", Items: items, Size: r.size(guardedAtOnce),
		Shared: map[string]any{"gates": githubv4.Int(gatesOfOne), "approvers": githubv4.Int(approversOfRule)},
	})
	if err != nil {
		return err
	}
	by := map[string][]string{}
	for i, answer := range answers {
		if answer != nil {
			by[guarded[i]] = answer.names()
		}
	}
	for i := range r.h.Controls {
		if c := &r.h.Controls[i]; c.Kind == shipshape.EnvironmentControl {
			c.Reviewers = by[c.Name]
		}
	}
	return nil
}

// names are logins, and teams with their organisation.
func (n *approversNode) names() []string {
	var all []string
	for _, rule := range n.Rules.Nodes {
		if rule == nil {
			continue
		}
		for _, a := range rule.Reviewers.Nodes {
			if a != nil {
				all = append(all, a.User.Login, a.Team.CombinedSlug)
			}
		}
	}
	return names(all)
}
