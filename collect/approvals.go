package collect

import (
	"context"
	"fmt"
	"strconv"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// batch asks for a batch of selections of an entity's field. What GitHub keeps back
// becomes a gap.
func batch[T any](ctx context.Context, r *reader, e shipshape.Entity, field string, b github.Batch[T]) ([]*T, error) {
	answers, faults, err := b.Ask(ctx, r.client)
	if err == nil {
		err = missing(r.name, faults)
	}
	if err != nil {
		return nil, fmt.Errorf("%s of %s: %w", subject(e, field), r.name, err)
	}
	r.faults(e, faults)
	for _, f := range faults {
		if _, item := f.Item(); item && len(f.Path) == 1 && f.Type != github.FaultNotFound {
			g := r.lacking(e, field, f)
			if f.Type == github.FaultForbidden {
				g.Remedy = remedy(permission(e, field, nil))
			}
			r.gap(g)
		}
	}
	if silent(answers, faults) {
		r.gap(saysNothing(e, field))
	}
	return answers, nil
}

// decidedNode is a run with the reviews of its deployments.
type decidedNode struct {
	Run struct {
		Reviews github.Connection[decisionNode] `graphql:"deploymentReviews(first: $decisions)"`
	} `graphql:"... on WorkflowRun"`
}

// decisionNode is a review of deployments. GitHub keeps no time of it.
type decisionNode struct {
	State        string
	Comment      string
	User         *user
	Environments github.Connection[environmentNode] `graphql:"environments(first: $environments)"`
}

func (n *decisionNode) review() shipshape.DeploymentReview {
	review := shipshape.DeploymentReview{State: n.State, User: n.User.login(), Comment: n.Comment}
	if review.User == "ghost" { // an account that was deleted
		review.User = ""
	}
	var all []string
	for _, e := range n.Environments.Nodes {
		if e != nil {
			all = append(all, e.Name)
		}
	}
	review.Environments = names(all)
	return review
}

// A run is 1+decisionsAtFirst units, so that 49 of them cost a point. The few with
// more reviews are asked for again, one for a point.
const (
	decisionsAtFirst  = 2
	decidedAtOnce     = 49
	decisionsAtMost   = 100
	environmentsOfOne = 20
)

// approvals reads the reviews of deployments, of the runs of commits that reached
// production. Of all runs it would cost more than everything else together.
func (r *reader) approvals(ctx context.Context, commits []shipshape.OID) error {
	wanted := map[shipshape.OID]bool{}
	for _, id := range commits {
		wanted[id] = true
	}
	var runs []int // positions
	for i, run := range r.h.Runs {
		if wanted[run.Commit] && r.runNodes[run.ID] != "" {
			runs = append(runs, i)
		}
	}
	long, err := r.decisions(ctx, runs, decisionsAtFirst, decidedAtOnce)
	if err != nil {
		return err
	}
	endless, err := r.decisions(ctx, long, decisionsAtMost, 1)
	for _, i := range endless {
		id := strconv.FormatInt(r.h.Runs[i].ID, 10)
		r.gap(shipshape.Gap{Entity: shipshape.RunEntity, Field: "reviews", ID: id, Reason: shipshape.Truncated,
			Why:    fmt.Sprintf("Run %s has more than %d reviews of deployments; the first were read.", id, decisionsAtMost),
			Remedy: "Nothing: no more are asked for."})
	}
	return err
}

// decisions reads up to first reviews of each of some runs and returns the runs that
// have more.
func (r *reader) decisions(ctx context.Context, runs []int, first, atOnce int) (more []int, err error) {
	items := make([]map[string]any, len(runs))
	for i, at := range runs {
		items[i] = map[string]any{"id": githubv4.ID(r.runNodes[r.h.Runs[at].ID])}
	}
	answers, err := batch(ctx, r, shipshape.RunEntity, "reviews", github.Batch[decidedNode]{
		Field: "node(id: $id)", Items: items, Size: r.size(atOnce),
		Shared: map[string]any{"decisions": githubv4.Int(first), "environments": githubv4.Int(environmentsOfOne)},
	})
	if err != nil {
		return nil, err
	}
	for i, answer := range answers {
		if answer == nil {
			continue
		}
		run := &r.h.Runs[runs[i]]
		run.Reviews = nil
		for _, n := range answer.Run.Reviews.Nodes {
			if n != nil {
				run.Reviews = append(run.Reviews, n.review())
			}
		}
		if answer.Run.Reviews.PageInfo.HasNextPage {
			more = append(more, runs[i])
		}
	}
	return more, nil
}
