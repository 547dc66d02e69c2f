package kpi

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// monday is the first instant of ISO week 2026-W10.
var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// at returns so many days and hours after monday.
func at(days int, hours float64) time.Time {
	return monday.Add(time.Duration(days)*shipshape.Day + time.Duration(hours*float64(time.Hour)))
}

// scene grows a history of one repository with a straight line of commits.
type scene struct {
	shipshape.RepositoryHistory
	serial int64
}

func newScene(name string) *scene {
	s := &scene{}
	s.Repository = shipshape.Repository{
		Name: shipshape.RepositoryName(name), URL: "https://github.com/" + name, DefaultBranch: "main",
		CreatedAt: at(-400, 0),
	}
	s.Origin = shipshape.Origin{Source: "test", Until: at(1000, 0)}
	return s
}

// commit adds a commit on top of main.
func (s *scene) commit(authored time.Time) shipshape.OID {
	s.serial++
	oid := shipshape.OID(fmt.Sprintf("%040x", s.serial))
	c := shipshape.Commit{OID: oid, AuthoredAt: authored, CommittedAt: authored, Headline: fmt.Sprintf("step %d", s.serial), Author: "ann"}
	if n := len(s.Commits); n > 0 {
		c.Parents = []shipshape.OID{s.Commits[n-1].OID}
	}
	s.Commits = append(s.Commits, c)
	s.Refs = []shipshape.Ref{{Kind: shipshape.Branch, Name: "main", Target: oid}}
	return oid
}

// change adds a squashed pull request, begun and merged at the times given.
func (s *scene) change(begun, merged time.Time) *shipshape.Change {
	oid := s.commit(merged)
	number := len(s.Changes) + 1
	s.Commits[len(s.Commits)-1].Headline = fmt.Sprintf("Change (#%d)", number)
	own := shipshape.OID(fmt.Sprintf("a%039x", s.serial))
	s.Changes = append(s.Changes, shipshape.Change{
		Number: number, Title: fmt.Sprintf("Change %d", number), State: shipshape.ChangeMerged, Author: "ann",
		URL:       fmt.Sprintf("https://github.com/%s/pull/%d", s.Repository.Name, number),
		CreatedAt: begun, MergedAt: merged, ClosedAt: merged, Base: "main", Head: "topic",
		HeadOID: own, MergeCommit: oid, Additions: number, Deletions: number,
		Commits: []shipshape.ChangeCommit{{OID: own, AuthoredAt: begun, CommittedAt: begun}},
	})
	return &s.Changes[len(s.Changes)-1]
}

// deploy deploys the head of main to production: created at a time and ended
// minutes later with the state given; "" leaves it pending.
func (s *scene) deploy(created time.Time, minutes float64, end shipshape.DeploymentState) *shipshape.Deployment {
	s.serial++
	d := shipshape.Deployment{
		ID: 1<<33 + s.serial, Environment: "production", Commit: s.Commits[len(s.Commits)-1].OID,
		Ref: "main", Creator: "ann", CreatedAt: created,
		Statuses: []shipshape.DeploymentStatus{{State: shipshape.DeploymentInProgress, At: created}},
	}
	if end != "" {
		ended := created.Add(time.Duration(minutes * float64(time.Minute)))
		d.Statuses = append(d.Statuses, shipshape.DeploymentStatus{State: end, At: ended})
	}
	s.Deployments = append(s.Deployments, d)
	return &s.Deployments[len(s.Deployments)-1]
}

// release publishes the head of main.
func (s *scene) release(tag string, published time.Time) {
	oid := s.Commits[len(s.Commits)-1].OID
	s.Releases = append(s.Releases, shipshape.Release{Tag: tag, Commit: oid, CreatedAt: published, PublishedAt: published,
		URL: fmt.Sprintf("https://github.com/%s/releases/tag/%s", s.Repository.Name, tag)})
}

// run adds a completed run that took so many minutes.
func (s *scene) run(created time.Time, event, conclusion string, minutes float64) {
	s.serial++
	s.Runs = append(s.Runs, shipshape.Run{
		ID: s.serial, Workflow: "CI", Event: event, Branch: "main", Commit: s.Commits[len(s.Commits)-1].OID,
		Number: int(s.serial), CreatedAt: created, Status: "COMPLETED", Conclusion: conclusion,
		StartedAt: created, CompletedAt: created.Add(time.Duration(minutes * float64(time.Minute))),
	})
}

// compute returns the scorecard of scenes over the days after monday.
func compute(from, to int, scenes ...*scene) Scorecard {
	return computeAt(from, to, at(to, 0), scenes...)
}

func computeAt(from, to int, asOf time.Time, scenes ...*scene) Scorecard {
	return Compute(timeline.Build(historyOf(scenes...), timeline.Defaults(asOf)),
		Options{Window: shipshape.Window{From: at(from, 0), To: at(to, 0)}, Zone: time.UTC})
}

func historyOf(scenes ...*scene) *shipshape.History {
	h := &shipshape.History{}
	for _, s := range scenes {
		h.Repositories = append(h.Repositories, s.RepositoryHistory)
	}
	h.Sort()
	return h
}

// only returns the result of a KPI over the scope.
func only(t *testing.T, s Scorecard, id string) Result {
	t.Helper()
	r, known := s.Result(id)
	if !known {
		t.Fatalf("no KPI is called %q", id)
	}
	return r
}

// randomScene grows 240 days of a repository, from 120 days before monday on,
// with everything the KPIs look at. The same seed gives the same scene.
func randomScene(name string, seed uint64) *scene {
	random := rand.New(rand.NewPCG(seed, 7))
	s := newScene(name)
	s.commit(at(-121, 0))
	for day := -120; day < 120; day++ {
		for range random.IntN(3) {
			s.randomChange(random, day)
		}
		if random.IntN(9) == 0 {
			s.commit(at(day, 11))
		}
		if random.IntN(3) == 0 {
			s.randomDeploy(random, day)
		}
		if random.IntN(20) == 0 {
			s.release(fmt.Sprintf("v1.%d.0", len(s.Releases)), at(day, 20))
		}
		for range random.IntN(3) {
			s.run(at(day, 10*random.Float64()), []string{"push", "schedule", "workflow_dispatch"}[random.IntN(3)],
				[]string{"SUCCESS", "SUCCESS", "FAILURE"}[random.IntN(3)], 20*random.Float64())
		}
	}
	return s
}

func (s *scene) randomChange(random *rand.Rand, day int) {
	merged := at(day, 1+8*random.Float64())
	c := s.change(merged.Add(-time.Duration(random.IntN(100))*time.Hour-time.Minute), merged)
	if random.IntN(4) == 0 {
		c.Author = "dependabot[bot]"
	}
	if random.IntN(12) == 0 {
		c.Labels = []string{"hotfix"}
	}
	span := merged.Sub(c.CreatedAt)
	if random.IntN(3) > 0 {
		c.Reviews = append(c.Reviews, shipshape.Review{Author: "bob", State: shipshape.Commented, At: c.CreatedAt.Add(span / 4)})
	}
	if random.IntN(3) > 0 {
		c.Reviews = append(c.Reviews, shipshape.Review{Author: "cy", State: shipshape.Approved, At: c.CreatedAt.Add(span / 2)})
	}
}

func (s *scene) randomDeploy(random *rand.Rand, day int) {
	end := []shipshape.DeploymentState{shipshape.DeploymentSuccess, shipshape.DeploymentSuccess, shipshape.DeploymentSuccess,
		shipshape.DeploymentFailure, shipshape.DeploymentInactive, ""}[random.IntN(6)]
	d := s.deploy(at(day, 12+4*random.Float64()), 1+30*random.Float64(), end)
	switch random.IntN(6) {
	case 0: // A step back, or a branch of builds racing.
		d.Commit = s.Commits[random.IntN(len(s.Commits))].OID
	case 1: // Recorded when it was done.
		d.Statuses = []shipshape.DeploymentStatus{{State: shipshape.DeploymentSuccess, At: d.CreatedAt}}
	case 2: // The same commit to a second production environment.
		twin := *d
		twin.ID, twin.Environment = d.ID+1<<20, "production-eu"
		s.Deployments = append(s.Deployments, twin)
	}
}
