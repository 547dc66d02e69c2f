package history

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// The functions of this file say what keeps a record from being used, or return
// "": it must say what it is, when it was, and of what kind. All else may be
// unknown. Words of ours must be known ones, since a typing error in them would
// pass unseen; GitHub's words may be new. The schemas ask for the same, and a
// test holds the two together.

func flawOfRepository(r *shipshape.Repository) string {
	return cmp.Or(
		text("name", r.Name),
		flawIn("labels", r.Labels, func(l *shipshape.Label) string { return text("name", l.Name) }))
}

func flawOfOrigin(o *shipshape.Origin) string {
	return cmp.Or(moment("until", o.Until), text("source", o.Source))
}

func flawOfCommit(c *shipshape.Commit) string {
	return cmp.Or(text("oid", c.OID), moment("committedAt", c.CommittedAt))
}

func flawOfRef(r *shipshape.Ref) string {
	return cmp.Or(oneOf("kind", r.Kind, refKinds), text("name", r.Name), text("target", r.Target))
}

func flawOfChange(c *shipshape.Change) string {
	return cmp.Or(
		number("number", c.Number),
		text("state", c.State),
		moment("createdAt", c.CreatedAt),
		flawIn("commits", c.Commits, func(c *shipshape.ChangeCommit) string { return text("oid", c.OID) }),
		flawIn("reviews", c.Reviews, flawOfReview),
		flawIn("comments", c.Comments, flawOfComment),
		flawIn("events", c.Events, flawOfEvent),
		flawIn("threads", c.Threads, func(t *shipshape.Thread) string { return moment("at", t.At) }))
}

func flawOfIssue(i *shipshape.Issue) string {
	return cmp.Or(
		number("number", i.Number),
		text("state", i.State),
		moment("createdAt", i.CreatedAt),
		flawIn("comments", i.Comments, flawOfComment),
		flawIn("events", i.Events, flawOfEvent))
}

func flawOfReview(r *shipshape.Review) string {
	return cmp.Or(text("state", r.State), moment("at", r.At))
}

func flawOfComment(c *shipshape.Comment) string { return moment("at", c.At) }

func flawOfEvent(e *shipshape.Event) string {
	return cmp.Or(text("kind", e.Kind), moment("at", e.At))
}

func flawOfRelease(r *shipshape.Release) string {
	return cmp.Or(
		text("tag", r.Tag),
		moment("createdAt", r.CreatedAt),
		flawIn("assets", r.Assets, func(a *shipshape.Asset) string { return text("name", a.Name) }))
}

func flawOfDeployment(d *shipshape.Deployment) string {
	return cmp.Or(number("id", d.ID), moment("createdAt", d.CreatedAt),
		flawIn("statuses", d.Statuses, flawOfStatus))
}

func flawOfStatus(s *shipshape.DeploymentStatus) string {
	return cmp.Or(text("state", s.State), moment("at", s.At))
}

func flawOfRun(r *shipshape.Run) string {
	return cmp.Or(number("id", r.ID), moment("createdAt", r.CreatedAt),
		flawIn("reviews", r.Reviews, func(d *shipshape.DeploymentReview) string { return text("state", d.State) }))
}

func flawOfControl(c *shipshape.Control) string { return oneOf("kind", c.Kind, controlKinds) }

func flawOfMilestone(m *shipshape.Milestone) string {
	return cmp.Or(number("number", m.Number), moment("createdAt", m.CreatedAt))
}

func flawOfGap(g *shipshape.Gap) string {
	return cmp.Or(oneOf("entity", g.Entity, gapEntities), oneOf("reason", g.Reason, gapReasons), text("why", g.Why))
}

// flawIn returns the first flaw of the items of a list, as "reviews[2].at is
// missing".
func flawIn[T any](list string, items []T, flaw func(*T) string) string {
	for i := range items {
		if f := flaw(&items[i]); f != "" {
			return fmt.Sprintf("%s[%d].%s", list, i, f)
		}
	}
	return ""
}

func text[S ~string](field string, s S) string { return absentUnless(s != "", field) }

func moment(field string, t time.Time) string { return absentUnless(!t.IsZero(), field) }

// number asks for more than zero: GitHub counts from 1.
func number[N int | int64](field string, n N) string { return absentUnless(n > 0, field) }

func absentUnless(there bool, field string) string {
	if there {
		return ""
	}
	return field + " is missing"
}

func oneOf[S ~string](field string, s S, known []S) string {
	if s == "" || slices.Contains(known, s) {
		return text(field, s)
	}
	return fmt.Sprintf("%s is %q, want one of %q", field, string(s), known)
}

var refKinds = []shipshape.RefKind{shipshape.Branch, shipshape.Tag}

var gapReasons = []shipshape.GapReason{
	shipshape.Forbidden, shipshape.Absent, shipshape.Unsupported,
	shipshape.Derived, shipshape.Truncated, shipshape.NotReached,
}

var gapEntities = []shipshape.Entity{
	shipshape.RepositoryEntity, shipshape.CommitEntity, shipshape.RefEntity, shipshape.ChangeEntity,
	shipshape.IssueEntity, shipshape.ReleaseEntity, shipshape.DeploymentEntity, shipshape.RunEntity,
	shipshape.MilestoneEntity, shipshape.ControlEntity,
}

var controlKinds = []shipshape.ControlKind{
	shipshape.EnvironmentControl, shipshape.BranchProtection, shipshape.RefUpdate,
	shipshape.Ruleset, shipshape.MergeQueue, shipshape.SecurityControl,
}
