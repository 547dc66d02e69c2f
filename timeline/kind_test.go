package timeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shipshape-report/shipshape"
)

func TestKindOfStep(t *testing.T) {
	for _, tt := range []struct{ name, graph, deployed, want string }{
		{"forward", "A B<A C<B", "eu A 0, eu B 60, eu C 120", "A first, B forward, C forward"},
		{"the same commit later", "A B<A", "eu A 0, eu A 60", "A first, A redeploy"},
		{"back to what was active", "A B<A", "eu A 0, eu B 60, eu A 120", "A first, B forward, A rollback"},
		{"back to what never was", "A B<A C<B", "eu A 0, eu C 60, eu B 61", "A first, C forward, B out-of-order"},
		{"back beyond the first", "A B<A", "eu B 0, eu A 60", "B first, A out-of-order"},
		{"a return after a rollback is no delivery", "A B<A", "eu A 0, eu B 60, eu A 120, eu B 180",
			"A first, B forward, A rollback, B return"},
		{"a return between branches", "A B<A C<A", "eu B 0, eu C 60, eu B 120", "B first, C sideways, B return"},
		{"forward from a rollback", "A B<A C<B", "eu A 0, eu B 60, eu A 120, eu C 180",
			"A first, B forward, A rollback, C forward"},
		{"sideways", "A B<A C<A", "eu B 0, eu C 60", "B first, C sideways"},
		{"environments are judged apart", "A B<A", "eu A 0, eu B 60, us B 120, us A 180, eu A 240",
			"A first, B forward, B first, A out-of-order, A rollback"},
		{"a repetition within ten minutes is none", "A B<A", "eu A 0, eu B 60, eu B 65, eu B 70, eu B 71",
			"A first, B forward, B repeat, B repeat, B redeploy"},
		{"a person's rollback within ten minutes stays", "A B<A", "eu A 0, eu B 4, eu A 8",
			"A first, B forward, A rollback"},
		{"a commit unknown to the graph is new", "A B<A", "eu A 0, eu X 60, eu B 120",
			"A first, X sideways, B sideways"},
		{"an unknown commit comes back", "A B<A", "eu X 0, eu A 60, eu X 120", "X first, A sideways, X return"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := historyOf(tt.graph)
			deployAll(h, tt.deployed)
			r := build(t, h).Repositories[0]
			if diff := cmp.Diff(tt.want, kinds(r.Deployments)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, d := range r.Deployments {
				if (d.KindWhy == "") != (d.DuplicateOf != nil) {
					t.Errorf("kind %q of %s has the reason %q", d.Kind, d.Commit, d.KindWhy)
				}
			}
		})
	}
}

// A return is worded as far as the graph knows how the commits stand.
func TestReturnSaysWhatTheGraphKnows(t *testing.T) {
	for _, tt := range []struct{ name, graph, deployed, want string }{
		{"ahead of what was active", "A B<A", "eu A 0, eu B 60, eu A 120, eu B 180", "active here before, and not an ancestor of what was active"},
		{"on another line", "A B<A C<A", "eu B 0, eu C 60, eu B 120", "active here before, and not an ancestor of what was active"},
		{"not in the graph", "A B<A", "eu X 0, eu A 60, eu X 120", "active here before, and not known as an ancestor of what was active"},
	} {
		h := historyOf(tt.graph)
		deployAll(h, tt.deployed)
		ds := build(t, h).Repositories[0].Deployments
		if last := ds[len(ds)-1]; last.Kind != Return || last.KindWhy != tt.want {
			t.Errorf("%s: %s, %q; want %q", tt.name, last.Kind, last.KindWhy, tt.want)
		}
	}
}

// revert makes the commit a direct change that reverts another commit.
func revert(h *shipshape.RepositoryHistory, commit, target string) {
	for i := range h.Commits {
		if h.Commits[i].OID == shipshape.OID(commit) {
			h.Commits[i].Headline = "Revert \"commit " + target + "\""
			h.Commits[i].Body = "This reverts commit " + target + "."
		}
	}
}

// The commits' names look like object ids so that a revert can name them.
const (
	oidA = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	oidB = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	oidC = "cccccccccccccccccccccccccccccccccccccccc"
	oidD = "dddddddddddddddddddddddddddddddddddddddd"
	oidE = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
)

func TestRollbackByReverts(t *testing.T) {
	const graph = oidA + " " + oidB + "<" + oidA + " " + oidC + "<" + oidB + " " + oidD + "<" + oidC + " " + oidE + "<" + oidD
	for _, tt := range []struct {
		name     string
		reverts  map[string]string
		deployed string
		want     Kind // of the last deployment
	}{
		{"all it brings reverts", map[string]string{oidC: oidB}, "eu " + oidA + " 0, eu " + oidB + " 60, eu " + oidC + " 120", Rollback},
		{"it brings more than a revert", map[string]string{oidC: oidB}, "eu " + oidA + " 0, eu " + oidB + " 60, eu " + oidD + " 120", Forward},
		{"what it reverts came with it", map[string]string{oidC: oidB}, "eu " + oidA + " 0, eu " + oidC + " 60", Forward},
		{"a revert of a revert applies again", map[string]string{oidC: oidB, oidD: oidC},
			"eu " + oidA + " 0, eu " + oidB + " 60, eu " + oidC + " 120, eu " + oidD + " 180", Forward},
		{"a third revert takes back again", map[string]string{oidC: oidB, oidD: oidC, oidE: oidD},
			"eu " + oidA + " 0, eu " + oidB + " 60, eu " + oidC + " 120, eu " + oidD + " 180, eu " + oidE + " 240", Rollback},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := historyOf(graph)
			for commit, target := range tt.reverts {
				revert(h, commit, target)
			}
			deployAll(h, tt.deployed)
			ds := build(t, h).Repositories[0].Deployments
			if got := ds[len(ds)-1].Kind; got != tt.want {
				t.Errorf("kind is %s (%s), want %s", got, ds[len(ds)-1].KindWhy, tt.want)
			}
		})
	}
}

func TestRollbackByRevertsLooksTenDeploymentsBack(t *testing.T) {
	for _, tt := range []struct {
		between int // redeployments of A between B and its revert, B's deployment apart
		want    Kind
	}{{9, Rollback}, {10, Forward}} {
		h := historyOf(oidA + " " + oidB + "<" + oidA + " " + oidC + "<" + oidB)
		revert(h, oidC, oidB)
		deployAll(h, "eu "+oidA+" 0, eu "+oidB+" 60")
		for i := range tt.between {
			deploy(h, "production-eu", oidB, 120+60*i)
		}
		deploy(h, "production-eu", oidC, 10_000)
		ds := build(t, h).Repositories[0].Deployments
		if got := ds[len(ds)-1].Kind; got != tt.want {
			t.Errorf("with %d deployments between: %s, want %s", tt.between, got, tt.want)
		}
	}
}
