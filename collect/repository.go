package collect

import (
	"context"
	"errors"
	"fmt"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// Repository reads one repository's history. The name in the history is the one
// that GitHub calls the repository by now; a note says so where it was renamed.
//
// [ErrNoRepository], [github.ErrForbidden] and the like come without a history.
// When reading fails after something was read, the error is [*Incomplete] and the
// history comes with it, with gaps that say what was not reached.
func Repository(ctx context.Context, client *github.Client, name shipshape.RepositoryName, o Options) (*shipshape.RepositoryHistory, error) {
	return newReader(client, name, o).repository(ctx)
}

func (r *reader) repository(ctx context.Context) (*shipshape.RepositoryHistory, error) {
	if err := r.facts(ctx); err != nil {
		return nil, err
	}
	err := r.inOrder(ctx, r.steps())
	origin := &r.h.Origin
	origin.Until, origin.Since = r.o.Until.UTC(), r.o.Since.UTC()
	origin.Source, origin.URL = "GitHub GraphQL API", r.h.Repository.URL
	r.sayNulls()
	r.tidy()
	return r.h, err
}

// step is a part of the work, and what it reads.
type step struct {
	entity shipshape.Entity
	field  string // of the entity, where the step adds to what another read
	read   func(context.Context) error
}

// steps are the parts of the work in their order: what is delivered decides how far
// back changes are wanted, and they decide which commits are.
func (r *reader) steps() []step {
	return []step{
		{shipshape.MilestoneEntity, "", func(ctx context.Context) error { return r.listed(ctx, r.about) }},
		{shipshape.RefEntity, "", r.refs},
		{shipshape.ReleaseEntity, "", r.releases},
		{shipshape.DeploymentEntity, "", r.deployments},
		{shipshape.CommitEntity, "", r.graph},
		{shipshape.ChangeEntity, "", func(ctx context.Context) error { return r.changes(ctx, r.since()) }},
		{shipshape.IssueEntity, "", func(ctx context.Context) error { return r.issues(ctx, r.since()) }},
		{shipshape.CommitEntity, "additions", func(ctx context.Context) error { return r.sizes(ctx, r.wanted().Commits) }},
		{shipshape.ChangeEntity, "threads", func(ctx context.Context) error { return r.threads(ctx, r.wanted().Threads) }},
		{shipshape.IssueEntity, "subIssues", r.relations},
		{shipshape.ControlEntity, "", r.controls},
		{shipshape.RunEntity, "", func(ctx context.Context) error { return r.runs(ctx, r.wanted().Heads) }},
		{shipshape.RunEntity, "reviews", func(ctx context.Context) error { return r.approvals(ctx, r.wanted().Approvals) }},
	}
}

// inOrder takes the steps. What is wrong with one kind of record becomes a gap;
// any other failure ends the reading.
func (r *reader) inOrder(ctx context.Context, steps []step) error {
	for i, s := range steps {
		switch err := s.read(ctx); {
		case errors.Is(err, github.ErrRejected):
			r.gap(unsupported(s, err))
		case errors.Is(err, github.ErrTooBig), errors.Is(err, github.ErrNoProgress):
			r.gap(r.unanswered(s, err))
		case err != nil:
			return r.incomplete(steps, i, err)
		}
	}
	return nil
}

// unanswered is the gap of a list that GitHub fails to answer to its end.
func (r *reader) unanswered(s step, err error) shipshape.Gap {
	g := r.notReached(s)
	g.Why = fmt.Sprintf("GitHub could not answer for all %s: %v.", subject(s.entity, s.field), cause(err))
	g.Remedy = "Collect again at a quieter hour."
	return g
}

// cause is what went wrong, without text from the server.
func cause(err error) error {
	for _, known := range []error{github.ErrTooBig, github.ErrNoProgress} {
		if errors.Is(err, known) {
			return known
		}
	}
	return err
}

// unsupported is the gap of what a server refuses to be asked.
func unsupported(s step, err error) shipshape.Gap {
	lacks := "what is asked for"
	if e, ok := errors.AsType[*github.QueryError](err); ok && e.Field != "" {
		lacks = e.Field
	}
	return shipshape.Gap{Entity: s.entity, Field: s.field, Reason: shipshape.Unsupported,
		Why:    fmt.Sprintf("This server does not know %s, so the %s were not read.", lacks, subject(s.entity, s.field)),
		Remedy: "Update GitHub Enterprise Server."}
}

// incomplete notes what the step that failed, and those after it, did not read.
func (r *reader) incomplete(steps []step, failed int, err error) error {
	cut := &Incomplete{Repository: r.name, Err: err, Read: []shipshape.Entity{shipshape.RepositoryEntity}}
	for i, s := range steps {
		if i >= failed {
			r.gap(r.notReached(s))
		}
		switch {
		case s.field != "": // adds to what was read
		case i < failed:
			cut.Read = append(cut.Read, s.entity)
		default:
			cut.Left = append(cut.Left, s.entity)
		}
	}
	return cut
}

// notReached says that reading ended before a step did. A list by time was read
// back to some instant; of any other list nothing is known to be there.
func (r *reader) notReached(s step) shipshape.Gap {
	g := shipshape.Gap{Entity: s.entity, Field: s.field, Reason: shipshape.NotReached, Before: r.o.Until.UTC(),
		Why:    fmt.Sprintf("Collecting ended before the %s were read.", subject(s.entity, s.field)),
		Remedy: "Collect again; a token with a larger budget, or a longer limit on waiting, gets further."}
	if oldest, read := r.oldest[s.entity]; read {
		g.Before = oldest
		g.Why = fmt.Sprintf("Collecting ended before all %s were read.", subject(s.entity, s.field))
	}
	return g
}
