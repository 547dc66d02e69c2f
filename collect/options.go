package collect

import (
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/git"
)

// Options say how much of a repository's history is read.
type Options struct {
	// Until is the instant of reading, the origin's until.
	Until time.Time
	// Since is how far back changes, issues and deployments are read: those that
	// changed since (deployments: were created since). Zero reads everything.
	// Releases, tags, milestones and the commit graph are always read whole.
	Since time.Time
	// RunsSince is how far back workflow runs are read, by when their commits were on
	// a line of releases: pushed to it since, or its head since. Zero reads those of
	// all commits.
	RunsSince time.Time
	// Production reports whether deployments to an environment are deliveries.
	// Deployments are read further back than Since until each such environment has
	// Predecessors that succeeded before Since.
	Production func(environment string) bool
	// Predecessors is how many deployments before Since linking wants of each such
	// environment; less than 1 is 1.
	Predecessors int
	// ReleaseBranch reports whether a branch other than the default one is a line
	// of releases, whose commits and runs are read.
	ReleaseBranch func(branch string) bool
	// Clone is a local clone that the commit graph and the refs are read from, at
	// no cost; nil asks GitHub.
	Clone *git.Clone
	// Wanted says what deserves a second look in what was read so far. It is
	// called twice: before changes are read, when releases, deployments and the
	// graph are there, and once all is there.
	Wanted func(*shipshape.RepositoryHistory) Wanted
	// Progress is told what was read; nil tells nobody.
	Progress func(Step)
}

// Wanted is what linking needs beyond Since.
type Wanted struct {
	// Since is how far back changes and issues must be read so that what was
	// delivered in the window is known. Zero asks for no more than Options.Since.
	Since time.Time
	// Commits are those whose size and author matter: delivered without a pull
	// request.
	Commits []shipshape.OID
	// Heads are delivered and released commits, whose workflow runs are read.
	Heads []shipshape.OID
	// Approvals are commits that were delivered to production, of whose runs the
	// reviews of deployments are read.
	Approvals []shipshape.OID
	// Threads are numbers of changes that were delivered, whose discussions on lines
	// are read.
	Threads []int
}

// Step is how far reading has come.
type Step struct {
	Repository shipshape.RepositoryName
	Entity     shipshape.Entity
	Done       int
	Total      int // 0: not known
}
