package timeline

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// randomCommits returns n commits with up to three earlier parents each and times
// that do not follow them.
func randomCommits(seed uint64, n int) []shipshape.Commit {
	random := rand.New(rand.NewPCG(seed, 2))
	commits := make([]shipshape.Commit, n)
	for i := range commits {
		commits[i] = shipshape.Commit{
			OID:         shipshape.OID(fmt.Sprintf("%040x", i+1)),
			CommittedAt: time.Unix(int64(i*60+random.IntN(600)), 0).UTC(),
		}
		for range random.IntN(4) {
			if i > 0 {
				commits[i].Parents = append(commits[i].Parents, commits[max(0, i-1-random.IntN(8))].OID)
			}
		}
	}
	return commits
}

// below returns what a commit reaches, by walking.
func below(commits map[shipshape.OID]shipshape.Commit, tips ...shipshape.OID) map[shipshape.OID]bool {
	seen := map[shipshape.OID]bool{}
	for len(tips) > 0 {
		tip := tips[len(tips)-1]
		tips = tips[:len(tips)-1]
		if c, ok := commits[tip]; ok && !seen[tip] {
			seen[tip] = true
			tips = append(tips, c.Parents...)
		}
	}
	return seen
}

func byOID(commits []shipshape.Commit) map[shipshape.OID]shipshape.Commit {
	out := map[shipshape.OID]shipshape.Commit{}
	for _, c := range commits {
		out[c.OID] = c
	}
	return out
}

// minus returns the sorted elements of a that b lacks.
func minus(a, b map[shipshape.OID]bool) []shipshape.OID {
	var out []shipshape.OID
	for o := range a {
		if !b[o] {
			out = append(out, o)
		}
	}
	slices.Sort(out)
	return out
}

// wantTopological fails if a parent comes before its child.
func wantTopological(t *testing.T, g *graph, ids []int32) {
	t.Helper()
	at := map[int32]int{}
	for k, i := range ids {
		at[i] = k
	}
	for k, i := range ids {
		for _, p := range g.parentsOf(i) {
			if other, ok := at[p]; ok && other < k {
				t.Fatalf("parent %s comes before its child %s", g.oid(p), g.oid(i))
			}
		}
	}
}

func sortedOIDs(g *graph, ids []int32) []shipshape.OID {
	return slices.Sorted(slices.Values(g.oids(ids)))
}

func TestGraphAnswersAsWalkingDoes(t *testing.T) {
	for seed := range uint64(60) {
		commits := randomCommits(seed, 40)
		g, all := newGraph(commits), byOID(commits)
		for a := range int32(g.len()) {
			under := below(all, g.oid(a))
			everything := g.between(none, a)
			wantTopological(t, g, everything)
			if diff := cmp.Diff(minus(under, nil), sortedOIDs(g, everything)); diff != "" {
				t.Fatalf("seed %d: all below %s (-want +got)\n%s", seed, g.oid(a), diff)
			}
			for b := range int32(g.len()) {
				if got, want := g.ancestor(b, a), under[g.oid(b)]; got != want {
					t.Fatalf("seed %d: ancestor(%s, %s) = %v", seed, g.oid(b), g.oid(a), got)
				}
				between := g.between(b, a)
				wantTopological(t, g, between)
				want := minus(under, below(all, g.oid(b)))
				if diff := cmp.Diff(want, sortedOIDs(g, between)); diff != "" {
					t.Fatalf("seed %d: %s..%s (-want +got)\n%s", seed, g.oid(b), g.oid(a), diff)
				}
				limit := int(seed) % 7
				if got, want := g.countBetween(b, a, limit), min(len(want), limit+1); got != want {
					t.Fatalf("seed %d: countBetween with limit %d = %d, want %d", seed, limit, got, want)
				}
			}
		}
	}
}

func TestReachReturnsWhatIsNew(t *testing.T) {
	for seed := range uint64(40) {
		commits := randomCommits(seed, 120)
		g, all := newGraph(commits), byOID(commits)
		random := rand.New(rand.NewPCG(seed, 3))
		r, before := g.newReach(), map[shipshape.OID]bool{}
		for range 30 {
			tip := int32(random.IntN(g.len()))
			fresh := r.add(tip)
			wantTopological(t, g, fresh)
			under := below(all, g.oid(tip))
			if diff := cmp.Diff(minus(under, before), sortedOIDs(g, fresh)); diff != "" {
				t.Fatalf("seed %d: new below %s (-want +got)\n%s", seed, g.oid(tip), diff)
			}
			for o := range under {
				before[o] = true
			}
			for i := range int32(g.len()) {
				if r.has(i) != before[g.oid(i)] {
					t.Fatalf("seed %d: has(%s) = %v", seed, g.oid(i), r.has(i))
				}
			}
		}
	}
}

func TestOrderOfInputGivesTheSameGraph(t *testing.T) {
	commits := randomCommits(1, 300)
	want := newGraph(commits)
	for seed := range uint64(5) {
		shuffled := slices.Clone(commits)
		rand.New(rand.NewPCG(seed, 4)).Shuffle(len(shuffled), func(i, j int) {
			shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
		})
		got := newGraph(shuffled)
		if diff := cmp.Diff(want.between(none, 299), got.between(none, 299)); diff != "" {
			t.Errorf("ids (-want +got)\n%s", diff)
		}
		for i := range int32(want.len()) {
			if want.oid(i) != got.oid(i) {
				t.Fatalf("id %d is %s, then %s", i, want.oid(i), got.oid(i))
			}
		}
	}
}

func TestGraphToleratesDamage(t *testing.T) {
	commit := func(o string, parents ...string) shipshape.Commit {
		c := shipshape.Commit{OID: shipshape.OID(o)}
		for _, p := range parents {
			c.Parents = append(c.Parents, shipshape.OID(p))
		}
		return c
	}
	tests := []struct {
		name    string
		commits []shipshape.Commit
		tip     string
		want    []shipshape.OID // reached from the tip, sorted
	}{
		{"missing parent", []shipshape.Commit{commit("b", "a")}, "b", []shipshape.OID{"b"}},
		{"missing first parent", []shipshape.Commit{commit("s"), commit("m", "a", "s")}, "m", []shipshape.OID{"m", "s"}},
		{"given twice", []shipshape.Commit{commit("a"), commit("b", "a"), commit("b", "a")}, "b", []shipshape.OID{"a", "b"}},
		{"its own parent", []shipshape.Commit{commit("a", "a")}, "a", []shipshape.OID{"a"}},
		{"one parent twice", []shipshape.Commit{commit("a"), commit("b", "a", "a")}, "b", []shipshape.OID{"a", "b"}},
		{"circle", []shipshape.Commit{commit("a", "c"), commit("b", "a"), commit("c", "b"), commit("d", "c")}, "d", []shipshape.OID{"b", "c", "d"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := newGraph(test.commits)
			tip, ok := g.id(shipshape.OID(test.tip))
			if !ok {
				t.Fatalf("no %s in the graph", test.tip)
			}
			if diff := cmp.Diff(test.want, sortedOIDs(g, g.between(none, tip))); diff != "" {
				t.Errorf("reached (-want +got)\n%s", diff)
			}
		})
	}
}

func TestMissingFirstParentIsNoFirstParent(t *testing.T) {
	g := newGraph([]shipshape.Commit{{OID: "s"}, {OID: "m", Parents: []shipshape.OID{"gone", "s"}}})
	m, _ := g.id("m")
	if got := g.firstParent(m); got != none {
		t.Errorf("first parent is %s, want none", g.oid(got))
	}
	if !g.merge(m) {
		t.Error("a merge is one although a parent is missing")
	}
}

func TestAbsentCommitsReachNothing(t *testing.T) {
	g := newGraph([]shipshape.Commit{{OID: "a"}})
	if id, ok := g.id("b"); ok || id != none {
		t.Errorf("id of an absent commit = %d, %v", id, ok)
	}
	if g.ancestor(none, 0) || g.ancestor(0, none) || len(g.between(none, none)) > 0 || len(g.newReach().add(none)) > 0 {
		t.Error("an absent commit is below or above something")
	}
}

func TestBetweenIsWhatGitLists(t *testing.T) {
	dir := t.TempDir()
	git := func(args ...string) string {
		t.Helper()
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("git %s: %v", args, err)
		}
		return strings.TrimSpace(string(out))
	}
	git("init", "-q")
	tree := git("hash-object", "-t", "tree", "-w", "--stdin")

	h := made(7, 40)
	real := map[shipshape.OID]string{}
	g := newGraph(h.Commits)
	for i := range int32(g.len()) {
		c := g.commit(i)
		args := []string{"-c", "user.name=a", "-c", "user.email=a@users.noreply.github.com", "commit-tree", tree, "-m", string(c.OID)}
		for _, p := range c.Parents {
			args = append(args, "-p", real[p])
		}
		real[c.OID] = git(args...)
	}
	for k, release := range h.Releases {
		previous := h.Releases[max(0, k-1)]
		var want []string
		if listed := git("rev-list", real[release.Commit], "^"+real[previous.Commit]); listed != "" {
			want = strings.Split(listed, "\n")
		}
		not, _ := g.id(previous.Commit)
		tip, _ := g.id(release.Commit)
		var got []string
		for _, o := range g.oids(g.between(not, tip)) {
			got = append(got, real[o])
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s..%s (-want +got)\n%s", previous.Tag, release.Tag, diff)
		}
	}
}
