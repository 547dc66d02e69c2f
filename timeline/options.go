package timeline

import (
	"time"

	"github.com/shipshape-report/shipshape"
)

// Options are the rules of linking that a repository may set. The zero value is
// not useful: start from [Defaults].
type Options struct {
	// AsOf is the instant everything is told from; what happened later does not
	// exist.
	AsOf time.Time
	// Source forces a deployment source; "" chooses per repository.
	Source SourceKind
	// Workflow names the workflow whose runs are deployments, for SourceWorkflow.
	Workflow string
	// Production are globs, matched without regard to case, for environments that
	// are production. github-pages never is.
	Production []string
	// RolloutWithin is how far apart the same commit may reach several production
	// environments to be one rollout.
	RolloutWithin time.Duration
	// RepeatWithin is how soon after a success the same commit's next one counts
	// as a repetition.
	RepeatWithin time.Duration
	// EstateWithin is how close together steps back in several repositories are
	// one event.
	EstateWithin time.Duration
	// StartCap is how long before its merge a change may have started.
	StartCap time.Duration
	// ApprovalWords are words that approve when they begin a line, as written.
	ApprovalWords []string
	// Machines and People are logins that are, or are not, machines whatever they
	// look like.
	Machines, People []shipshape.Login
	// Classes are tried in order; the first match decides.
	Classes []ClassRule
	// Teams maps a team to globs of repository names ("owner/*").
	Teams []TeamRule
}

// ClassRule puts changes into a class. A change matches if any of the conditions
// does.
type ClassRule struct {
	Class          Class
	Labels         []string // worn, without regard to case
	BranchPrefixes []string // of the head branch: "hotfix" matches hotfix, hotfix/x and hotfix-x
	DependencyBot  bool     // made by dependabot or renovate
}

// TeamRule gives repositories to a team.
type TeamRule struct {
	Team         string
	Repositories []string
}

// Defaults returns the rules that hold where nothing is configured.
func Defaults(asOf time.Time) Options {
	return Options{
		AsOf:          asOf,
		Production:    []string{"production", "production-*", "prod", "prod-*", "prd", "live"},
		RolloutWithin: 24 * time.Hour,
		RepeatWithin:  10 * time.Minute,
		EstateWithin:  15 * time.Minute,
		StartCap:      365 * 24 * time.Hour,
		ApprovalWords: []string{"ACK", "utACK", "tACK", "LGTM"},
		Classes: []ClassRule{
			{Class: Emergency, Labels: []string{"hotfix", "emergency"}, BranchPrefixes: []string{"hotfix", "emergency"}},
			{Class: Standard, Labels: []string{"standard-change"}, DependencyBot: true},
		},
	}
}

// IsProduction reports whether deployments to an environment are to production.
// What GitHub makes for its pages never is, whatever the configuration says.
func (o Options) IsProduction(environment string) bool {
	return newGlobs(o.Production).production(environment)
}
