package history

import (
	"strconv"
	"time"

	"github.com/shipshape-report/shipshape"
)

// kind is one kind of record of a repository, whatever its Go type.
type kind interface {
	entity() shipshape.Entity
	// monthly reports whether its records are filed by month of creation.
	monthly() bool
	// sheets files the records of a repository. It refuses what could not be
	// read back.
	sheets(r *shipshape.RepositoryHistory) ([]sheet, error)
	// decode reads the records of one file.
	decode(at location, data []byte) (any, error)
	// grows reports whether a reading may leave out old records, so that those of an
	// earlier reading still count; join adds them.
	grows() bool
	join(r, older *shipshape.RepositoryHistory)
	// gather puts what decode returned into the repository, sorted.
	gather(r *shipshape.RepositoryHistory, batches []batch) error
}

// kinds is everything that is kept of a repository beside its two single
// objects, in the order in which it is written.
var kinds = []kind{
	table[shipshape.Commit]{
		name:    shipshape.CommitEntity,
		born:    func(c *shipshape.Commit) time.Time { return c.CommittedAt },
		partial: true,
		key:     func(c *shipshape.Commit) string { return string(c.OID) },
		flaw:    flawOfCommit,
		compare: shipshape.Commit.Compare,
		of:      func(r *shipshape.RepositoryHistory) *[]shipshape.Commit { return &r.Commits },
	},
	table[shipshape.Ref]{
		name:    shipshape.RefEntity,
		key:     func(r *shipshape.Ref) string { return string(r.Kind) + " " + r.Name },
		flaw:    flawOfRef,
		compare: shipshape.Ref.Compare,
		of:      func(r *shipshape.RepositoryHistory) *[]shipshape.Ref { return &r.Refs },
	},
	table[shipshape.Change]{
		name:    shipshape.ChangeEntity,
		born:    func(c *shipshape.Change) time.Time { return c.CreatedAt },
		partial: true,
		key:     func(c *shipshape.Change) string { return strconv.Itoa(c.Number) },
		flaw:    flawOfChange,
		compare: shipshape.Change.Compare,
		of:      func(r *shipshape.RepositoryHistory) *[]shipshape.Change { return &r.Changes },
	},
	table[shipshape.Issue]{
		name:    shipshape.IssueEntity,
		born:    func(i *shipshape.Issue) time.Time { return i.CreatedAt },
		partial: true,
		key:     func(i *shipshape.Issue) string { return strconv.Itoa(i.Number) },
		flaw:    flawOfIssue,
		compare: shipshape.Issue.Compare,
		of:      func(r *shipshape.RepositoryHistory) *[]shipshape.Issue { return &r.Issues },
	},
	table[shipshape.Release]{
		name:    shipshape.ReleaseEntity,
		born:    func(r *shipshape.Release) time.Time { return r.CreatedAt },
		key:     releaseKey,
		flaw:    flawOfRelease,
		compare: shipshape.Release.Compare,
		of:      func(r *shipshape.RepositoryHistory) *[]shipshape.Release { return &r.Releases },
	},
	table[shipshape.Deployment]{
		name:    shipshape.DeploymentEntity,
		born:    func(d *shipshape.Deployment) time.Time { return d.CreatedAt },
		partial: true,
		key:     func(d *shipshape.Deployment) string { return strconv.FormatInt(d.ID, 10) },
		flaw:    flawOfDeployment,
		compare: shipshape.Deployment.Compare,
		of:      func(r *shipshape.RepositoryHistory) *[]shipshape.Deployment { return &r.Deployments },
	},
	table[shipshape.Run]{
		name:    shipshape.RunEntity,
		born:    func(r *shipshape.Run) time.Time { return r.CreatedAt },
		partial: true,
		key:     func(r *shipshape.Run) string { return strconv.FormatInt(r.ID, 10) },
		flaw:    flawOfRun,
		compare: shipshape.Run.Compare,
		of:      func(r *shipshape.RepositoryHistory) *[]shipshape.Run { return &r.Runs },
	},
	table[shipshape.Milestone]{
		name:    shipshape.MilestoneEntity,
		born:    func(m *shipshape.Milestone) time.Time { return m.CreatedAt },
		key:     func(m *shipshape.Milestone) string { return strconv.Itoa(m.Number) },
		flaw:    flawOfMilestone,
		compare: shipshape.Milestone.Compare,
		of:      func(r *shipshape.RepositoryHistory) *[]shipshape.Milestone { return &r.Milestones },
	},
	table[shipshape.Control]{
		name:    shipshape.ControlEntity,
		key:     func(c *shipshape.Control) string { return c.Key() },
		flaw:    flawOfControl,
		compare: shipshape.Control.Compare,
		of:      func(r *shipshape.RepositoryHistory) *[]shipshape.Control { return &r.Controls },
	},
	table[shipshape.Gap]{
		name:    "gaps",
		key:     gapKey,
		flaw:    flawOfGap,
		compare: shipshape.Gap.Compare,
		of:      func(r *shipshape.RepositoryHistory) *[]shipshape.Gap { return &r.Gaps },
	},
}

// kindNamed returns the kind whose files have that name, or nil.
func kindNamed(name string, monthly bool) kind {
	for _, k := range kinds {
		if string(k.entity()) == name && k.monthly() == monthly {
			return k
		}
	}
	return nil
}

// releaseKey tells releases apart. A tag has one release, but any number of
// drafts may be meant for it; only the address of a draft is its own.
func releaseKey(r *shipshape.Release) string {
	if r.Draft {
		return "draft " + r.Tag + " " + r.URL
	}
	return r.Tag
}

// gapKey is what a gap says, without its instant and its remedy: these may not
// differ where all else is the same.
func gapKey(g *shipshape.Gap) string {
	return string(g.Entity) + "." + g.Field + " " + g.ID + " " + string(g.Reason) + " " + g.Why
}
