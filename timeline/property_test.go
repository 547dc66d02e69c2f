package timeline

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// randomHistory makes repositories whose pull requests, reverts, deployments and
// releases follow no plan.
func randomHistory(random *rand.Rand) *shipshape.History {
	h := &shipshape.History{}
	for i := range 3 {
		r := randomRepository(random)
		r.Repository.Name = shipshape.RepositoryName(fmt.Sprint("acme/", i))
		h.Repositories = append(h.Repositories, *r)
	}
	h.Sort()
	return h
}

func randomRepository(random *rand.Rand) *shipshape.RepositoryHistory {
	n := 10 + random.IntN(40)
	graph := "c0000000"
	for i := 1; i < n; i++ {
		graph += fmt.Sprintf(" c%07d<c%07d", i, max(0, i-1-random.IntN(2)))
		if random.IntN(4) == 0 {
			graph += fmt.Sprintf(",c%07d", random.IntN(i))
		}
	}
	h := historyOf(graph)
	h.Origin.Until = minute(5000)
	for i := range n {
		switch random.IntN(3) {
		case 0:
			randomPull(h, random, i)
		case 1:
			revert(h, string(h.Commits[i].OID), fmt.Sprintf("c%07d", random.IntN(i+1)))
		}
	}
	for i := range 5 + random.IntN(20) {
		randomDeployment(h, random, i)
	}
	for i := range random.IntN(5) {
		release(h, fmt.Sprintf("v1.%d.%d", i/2, i%2), string(h.Commits[random.IntN(n)].OID), random.IntN(3000))
	}
	return h
}

func randomPull(h *shipshape.RepositoryHistory, random *rand.Rand, i int) {
	p := pull(h, i+1, string(h.Commits[i].OID))
	p.HeadOID = h.Commits[random.IntN(i+1)].OID
	p.MergedAt = p.MergedAt.Add(time.Duration(random.IntN(3)) * time.Second)
	p.Labels = []string{"a", "hotfix"}[:random.IntN(3)]
	p.Events = []shipshape.Event{
		{Kind: shipshape.ReadyForReview, At: p.MergedAt.Add(-time.Duration(random.IntN(99)) * time.Second)},
		{Kind: shipshape.Unlabeled, Label: "z", At: minute(random.IntN(6000))},
	}
	p.Reviews = []shipshape.Review{
		{Author: "bob", State: shipshape.Approved, At: p.MergedAt.Add(-time.Duration(random.IntN(99)) * time.Second)},
		{Author: "eve", State: shipshape.Commented, At: p.MergedAt.Add(-time.Duration(random.IntN(99)) * time.Second), Body: "ACK"},
	}
}

func randomDeployment(h *shipshape.RepositoryHistory, random *rand.Rand, i int) {
	states := []shipshape.DeploymentState{shipshape.DeploymentSuccess, shipshape.DeploymentSuccess, shipshape.DeploymentInProgress,
		shipshape.DeploymentFailure, shipshape.DeploymentWaiting, shipshape.DeploymentInactive}
	d := shipshape.Deployment{
		ID: int64(i + 1), Environment: []string{"production-eu", "production-us", "staging"}[random.IntN(3)],
		Commit: h.Commits[random.IntN(len(h.Commits))].OID, CreatedAt: minute(random.IntN(3000)),
	}
	for range random.IntN(5) {
		at := d.CreatedAt.Add(time.Duration(random.IntN(900)) * time.Second)
		d.Statuses = append(d.Statuses, shipshape.DeploymentStatus{State: states[random.IntN(len(states))], At: at})
	}
	h.Deployments = append(h.Deployments, d)
}

// eachRandom runs f with many random histories.
func eachRandom(t *testing.T, f func(*testing.T, *rand.Rand, *shipshape.History, Options)) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 0))
			f(t, random, randomHistory(random), Defaults(minute(1000+random.IntN(4000))))
		})
	}
}

func TestShiftedTimeGivesTheShiftedTimeline(t *testing.T) {
	eachRandom(t, func(t *testing.T, _ *rand.Rand, h *shipshape.History, o Options) {
		want := digest(Build(h, o), 0)
		const shift = 1234567 * time.Second
		moved := copied(t, h)
		shifted(moved, shift)
		o.AsOf = o.AsOf.Add(shift)
		if diff := cmp.Diff(want, digest(Build(moved, o), shift)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestOrderOfInputDoesNotMatter(t *testing.T) {
	eachRandom(t, func(t *testing.T, random *rand.Rand, h *shipshape.History, o Options) {
		want := digest(Build(h, o), 0)
		mixed := copied(t, h)
		shuffled(mixed, random)
		if diff := cmp.Diff(want, digest(Build(mixed, o), 0)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestBuildLeavesTheHistoryAsItIs(t *testing.T) {
	eachRandom(t, func(t *testing.T, random *rand.Rand, h *shipshape.History, o Options) {
		shuffled(h, random)
		before := copied(t, h)
		Build(h, o)
		if diff := cmp.Diff(before, copied(t, h)); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
	})
}

func TestOtherEnvironmentsChangeNothingOfProduction(t *testing.T) {
	eachRandom(t, func(t *testing.T, _ *rand.Rand, h *shipshape.History, o Options) {
		bare := copied(t, h)
		for i := range bare.Repositories {
			r := &bare.Repositories[i]
			r.Deployments = slices.DeleteFunc(r.Deployments, func(d shipshape.Deployment) bool { return d.Environment == "staging" })
		}
		if diff := cmp.Diff(digest(onlyProduction(Build(bare, o)), 0), digest(onlyProduction(Build(h, o)), 0)); diff != "" {
			t.Errorf("(-without +with):\n%s", diff)
		}
	})
}

func onlyProduction(tl *Timeline) *Timeline {
	for _, r := range tl.Repositories {
		r.Deployments, r.Gaps = r.Production(), nil
	}
	return tl
}

func TestTimelineHoldsTogether(t *testing.T) {
	eachRandom(t, func(t *testing.T, _ *rand.Rand, h *shipshape.History, o Options) { holdsTogether(t, Build(h, o)) })
}

// holdsTogether checks what must be true of every timeline.
func holdsTogether(t *testing.T, tl *Timeline) {
	t.Helper()
	for _, r := range tl.Repositories {
		deliveredOnce(t, r)
		commitsAreDisjoint(t, r)
		for _, o := range r.Rollouts {
			if o.First().Kind != o.Kind || !o.First().Finished.Equal(o.Finished) {
				t.Errorf("%s: rollout of %s is not its first item's", r.Name(), o.First().ID)
			}
		}
		for _, d := range r.Deployments {
			kindWanted := d.Outcome == Succeeded && d.DuplicateOf == nil
			if (d.Kind != "") != kindWanted || (d.Rollout != nil) != (kindWanted && d.Production) {
				t.Errorf("%s: %s %s has kind %q and rollout %v", r.Name(), d.ID, d.Outcome, d.Kind, d.Rollout != nil)
			}
		}
		for _, o := range r.Releases {
			if o.Ledger.Commits != o.Ledger.Explained {
				t.Errorf("%s %s: %d of %d commits explained", r.Name(), o.Tag, o.Ledger.Explained, o.Ledger.Commits)
			}
		}
	}
}

// deliveredOnce checks that every change is in the rollout it names and no other,
// and that it is delivered wherever it entered production.
func deliveredOnce(t *testing.T, r *Repository) {
	t.Helper()
	by := make(map[*Change]*Rollout)
	for _, o := range r.Rollouts {
		for _, c := range o.Changes {
			if by[c] != nil {
				t.Errorf("%s: %s is delivered twice", r.Name(), changes([]*Change{c}))
			}
			by[c] = o
		}
	}
	for _, c := range r.Changes {
		if by[c] != c.Rollout || c.Rollout == nil && len(c.Deployments) > 0 {
			t.Errorf("%s: %s entered %d environments and names another rollout than has it", r.Name(), changes([]*Change{c}), len(c.Deployments))
		}
	}
}

// commitsAreDisjoint checks that no commit comes to an environment twice. Releases
// are counted each from its own previous one, and may share commits.
func commitsAreDisjoint(t *testing.T, r *Repository) {
	t.Helper()
	type arrival struct {
		environment string
		commit      shipshape.OID
	}
	seen := make(map[arrival]string)
	for _, d := range r.Deployments {
		for _, o := range d.Commits {
			at := arrival{d.Environment, o}
			if first, again := seen[at]; again && d.Source != SourceReleases && d.Source != SourceTags {
				t.Errorf("%s: %s came to %q with %s and %s", r.Name(), o.Short(), d.Environment, first, d.ID)
			}
			seen[at] = d.ID
		}
	}
}

// FuzzOutcome reads status histories of pairs of bytes, state and minute.
func FuzzOutcome(f *testing.F) {
	f.Add([]byte{3, 1, 4, 5, 7, 90})
	f.Fuzz(func(t *testing.T, pairs []byte) {
		var statuses []shipshape.DeploymentStatus
		for i := 0; i+1 < len(pairs); i += 2 {
			state := progress[int(pairs[i])%len(progress)]
			statuses = append(statuses, shipshape.DeploymentStatus{State: state, At: minute(int(pairs[i+1]))})
		}
		got := outcomeOf(noon, statuses)
		succeeded := slices.ContainsFunc(statuses, success)
		if (got.outcome == Succeeded) != succeeded || got.finished.IsZero() == succeeded || got.waited < 0 {
			t.Errorf("%+v of %v", got, statuses)
		}
		slices.Reverse(statuses)
		if diff := cmp.Diff(got, outcomeOf(noon, statuses), cmp.AllowUnexported(outcome{})); diff != "" {
			t.Errorf("the order matters (-forwards +backwards):\n%s", diff)
		}
	})
}
