package timeline

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// days is an instant so many days after noon.
func days(n int) time.Time { return noon.AddDate(0, 0, n) }

// committed sets when commits were made, written as "A -20, B -3" in days from
// noon.
func committed(h *shipshape.RepositoryHistory, spec string) {
	for item := range strings.SplitSeq(spec, ",") {
		var name string
		var day int
		fmt.Sscan(item, &name, &day)
		for i := range h.Commits {
			if string(h.Commits[i].OID) == name {
				h.Commits[i].AuthoredAt, h.Commits[i].CommittedAt = days(day), days(day)
			}
		}
	}
}

// day is the minute of an instant so many days after noon.
func day(n int) int { return n * 24 * 60 }

// The window is day 0 to day 10. Reading back goes a day further than a commit, for
// its clock.
func TestWantedReachesBackToWhatTheWindowTells(t *testing.T) {
	for _, tt := range []struct {
		name, graph, at string
		with            func(*shipshape.RepositoryHistory)
		since           int
		commits, heads  string
	}{
		{"nothing in the window", "A B<A", "A -90, B -80", func(h *shipshape.RepositoryHistory) {
			deploy(h, "production", "A", day(-70))
			deploy(h, "production", "B", day(-60))
		}, 0, "", ""},
		{"a delivery of the window brought C", "A B<A C<B", "A -90, B -80, C -5", func(h *shipshape.RepositoryHistory) {
			deploy(h, "production", "A", day(-70))
			for i := range 11 {
				deploy(h, "production", "B", day(-60+i))
			}
			deploy(h, "production", "C", day(3))
		}, -6, "C", "C"},
		{"a revert of what came ten deployments before is a rollback", "A B<A C<B D<C E<D F<E G<F H<G I<H J<I K<J L<K M<L",
			"A -99, B -98, C -48, D -37, E -36, F -35, G -34, H -33, I -32, J -31, K -30, L -29, M 1", func(h *shipshape.RepositoryHistory) {
				h.Commits[12].Body = "This reverts commit C."
				for i, commit := range strings.Split("A B C D E F G H I J K L", " ") {
					deploy(h, "production", commit, day(-28+i))
				}
				deploy(h, "production", "M", day(3))
			}, -49, "M", "M"},
		{"without a revert the deployments before do not matter", "A B<A C<B", "A -90, B -80, C 1", func(h *shipshape.RepositoryHistory) {
			deploy(h, "production", "A", day(-70))
			deploy(h, "production", "B", day(-60))
			deploy(h, "production", "C", day(3))
		}, 0, "C", "C"},
		{"the first deployment says nothing of what it brought", "A B<A", "A -90, B -80", func(h *shipshape.RepositoryHistory) {
			deploy(h, "production", "B", day(3))
		}, 0, "", "B"},
		{"the first deployment to a second environment brings nothing new", "A B<A", "A -90, B -80", func(h *shipshape.RepositoryHistory) {
			deploy(h, "production-eu", "B", day(-70))
			deploy(h, "production-us", "B", day(3))
		}, 0, "", "B"},
		{"all of the first release waited for it", "A B<A", "A -90, B -80", func(h *shipshape.RepositoryHistory) {
			release(h, "v1.0.0", "B", day(3))
		}, -91, "", "B"},
		{"a release of the window holds B", "A B<A", "A -90, B -80", func(h *shipshape.RepositoryHistory) {
			release(h, "v1.0.0", "A", day(-85))
			release(h, "v1.1.0", "B", day(3))
		}, -81, "B", "B"},
		{"what a later release holds was not released yet", "A B<A C<B", "A -90, B -20, C 12", func(h *shipshape.RepositoryHistory) {
			release(h, "v1.0.0", "A", day(-85))
			release(h, "v1.1.0", "B", day(12))
			release(h, "v1.2.0", "C", day(13))
		}, -21, "B, C", ""},
		{"C waits for its delivery", "A B<A C<B", "A -90, B -80, C -30", func(h *shipshape.RepositoryHistory) {
			deploy(h, "production", "A", day(-70))
			deploy(h, "production", "B", day(-60))
		}, -31, "", ""},
		{"C waits for its release", "A B<A C<B", "A -90, B -80, C -30", func(h *shipshape.RepositoryHistory) {
			release(h, "v1.0.0", "B", day(-70))
			for range 3 {
				deploy(h, "production", "C", day(-20))
			}
		}, -31, "", ""},
		{"nothing was ever released or delivered", "A B<A C<B", "A -90, B -80, C -30", func(*shipshape.RepositoryHistory) {}, 0, "", ""},
		{"no release is in the graph", "A B<A", "A -90, B -80", func(h *shipshape.RepositoryHistory) {
			release(h, "v1.0.0", "Z", day(-70))
		}, 0, "", ""},
		{"old commits of a branch were merged with its merge", "A B<A S<A M<B,S", "A -90, B -80, S -70, M 1", func(h *shipshape.RepositoryHistory) {
			deploy(h, "production", "B", day(-60))
			deploy(h, "production", "M", day(3))
		}, 0, "S", "M"},
		{"a commit that names a pull request was merged by itself", "A B<A S<A M<B,S", "A -90, B -80, S -70, M 1", func(h *shipshape.RepositoryHistory) {
			h.Commits[2].Headline = "Squashed into the branch (#7)"
			deploy(h, "production", "B", day(-60))
			deploy(h, "production", "M", day(3))
		}, -71, "S", "M"},
		{"a branch that is kept may take merges by itself", "A B<A S<A M<B,S", "A -90, B -80, S -70, M 1", func(h *shipshape.RepositoryHistory) {
			h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Branch, Name: "develop", Target: "S"})
			deploy(h, "production", "B", day(-60))
			deploy(h, "production", "M", day(3))
		}, -71, "S", "M"},
		{"a commit without a time", "A B<A C<B", "A -90, B -80", func(h *shipshape.RepositoryHistory) {
			h.Commits[2].CommittedAt = time.Time{}
			deploy(h, "production", "B", day(-60))
			deploy(h, "production", "C", day(3))
		}, 0, "C", "C"},
		{"a commit that is not in the graph", "A B<A", "A -90, B -80", func(h *shipshape.RepositoryHistory) {
			deploy(h, "production", "B", day(-60))
			deploy(h, "production", "Z", day(3))
		}, 0, "", "Z"},
		{"direct changes made in the window, delivered or not; no merges, no pull requests", "A B<A C<B S<C M<C,S D<M E<D",
			"A -90, B -80, C 1, S 2, M 3, D 4, E 5", func(h *shipshape.RepositoryHistory) {
				pull(h, 1, "D")
				deploy(h, "production", "B", day(-60))
				deploy(h, "production", "D", day(6))
			}, 0, "C, E, S", "D"},
		{"the end of the window is not in it", "A B<A C<B", "A -90, B -80, C 10", func(h *shipshape.RepositoryHistory) {
			deploy(h, "production", "B", day(0))
			deploy(h, "production", "C", day(10))
		}, 0, "", "B"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := historyOf(tt.graph)
			committed(h, tt.at)
			tt.with(h)
			w := build(t, h).Repositories[0].Wanted(shipshape.Window{From: days(0), To: days(10)})
			if !w.Since.Equal(days(tt.since)) {
				t.Errorf("since is %s, want %s", w.Since, days(tt.since))
			}
			if got := named(w.Commits); got != tt.commits {
				t.Errorf("commits are %q, want %q", got, tt.commits)
			}
			if got := named(w.Heads); got != tt.heads {
				t.Errorf("heads are %q, want %q", got, tt.heads)
			}
		})
	}
}

func named(oids []shipshape.OID) string {
	return words(oids, func(o shipshape.OID) string { return string(o) })
}

// TestWantedDoesNotNeedChanges holds what lets it be asked before they are read.
func TestWantedDoesNotNeedChanges(t *testing.T) {
	eachRandom(t, func(t *testing.T, random *rand.Rand, h *shipshape.History, o Options) {
		from := random.IntN(4000) - 1000
		window := shipshape.Window{From: minute(from), To: minute(from + 500 + random.IntN(2000))}
		full := Build(h, o)
		for i := range h.Repositories {
			h.Repositories[i].Changes = nil
		}
		for i, r := range Build(h, o).Repositories {
			want, got := full.Repositories[i].Wanted(window), r.Wanted(window)
			want.Commits, got.Commits, want.Threads, got.Threads = nil, nil, nil, nil
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-with changes +without):\n%s", diff)
			}
			if got.Since.After(window.From) || !slices.IsSorted(got.Heads) || len(slices.Compact(slices.Clone(got.Heads))) != len(got.Heads) {
				t.Errorf("got %+v", got)
			}
		}
	})
}

// TestWantedIsEnough reads changes no further back than is wanted and requires what
// the window's releases hold, and what is in no release, to be the same.
func TestWantedIsEnough(t *testing.T) {
	cutAway := 0
	for seed := range uint64(40) {
		h := made(seed, 150)
		last := h.Commits[len(h.Commits)-1].CommittedAt
		window := shipshape.Window{From: last.Add(-20 * time.Hour), To: last.Add(time.Hour)}
		o := Defaults(window.To)
		full := Build(&shipshape.History{Repositories: []shipshape.RepositoryHistory{*h}}, o)
		less := *h
		less.Changes = nil
		since := Build(&shipshape.History{Repositories: []shipshape.RepositoryHistory{less}}, o).Repositories[0].Wanted(window).Since
		for _, c := range h.Changes {
			if !c.MergedAt.IsZero() && !c.MergedAt.Before(since) {
				less.Changes = append(less.Changes, c)
			}
		}
		cutAway += len(h.Changes) - len(less.Changes)
		got := Build(&shipshape.History{Repositories: []shipshape.RepositoryHistory{less}}, o)
		if diff := cmp.Diff(told(full.Repositories[0], window), told(got.Repositories[0], window)); diff != "" {
			t.Errorf("seed %d (-all +since %s):\n%s", seed, since, diff)
		}
	}
	if cutAway == 0 {
		t.Error("nothing was left out: the test says nothing")
	}
}

// told words what a window tells of a repository that releases.
func told(r *Repository, window shipshape.Window) []string {
	var out []string
	for _, release := range r.Releases {
		if window.Contains(release.Published) && !release.First() {
			out = append(out, fmt.Sprintf("%s: %s, %d direct or picked", release.Tag, changes(release.Changes), len(release.Direct)+len(release.CherryPicks)))
		}
	}
	for _, rollout := range r.Rollouts {
		if window.Contains(rollout.Finished) && !rollout.FirstOfRepository() {
			out = append(out, "delivered: "+changes(rollout.Changes))
		}
	}
	for _, c := range r.Changes {
		if id, _ := r.graph.id(c.Commit); c.Release == nil && !c.Direct() && r.graph.ancestor(id, r.tip) {
			out = append(out, fmt.Sprint("unreleased: #", c.Number))
		}
	}
	return out
}

func TestApprovalsAndThreadsAreOfWhatWasDeliveredInTheWindow(t *testing.T) {
	window := shipshape.Window{From: days(0), To: days(10)}
	for _, tt := range []struct {
		name      string
		with      func(*shipshape.RepositoryHistory)
		approvals string
		threads   []int
	}{
		{"nothing was delivered", func(h *shipshape.RepositoryHistory) { deploy(h, "production", "B", day(-60)) }, "", nil},
		{"a deployment in the window, one before it and one to no production", func(h *shipshape.RepositoryHistory) {
			deploy(h, "production", "B", day(-60))
			deploy(h, "production", "D", day(3))
			deploy(h, "staging", "E", day(4))
		}, "D", []int{3, 4}},
		{"a first deployment is approved too; what it brought is everything", func(h *shipshape.RepositoryHistory) {
			deploy(h, "production", "D", day(3))
		}, "D", nil},
		{"deployed twice to two environments", func(h *shipshape.RepositoryHistory) {
			deploy(h, "production-eu", "B", day(-60))
			deploy(h, "production-eu", "C", day(3))
			deploy(h, "production-us", "C", day(3))
			deploy(h, "production-us", "C", day(5))
		}, "C", []int{3}},
		{"a release asks nobody", func(h *shipshape.RepositoryHistory) {
			release(h, "v1.0.0", "B", day(-60))
			release(h, "v1.1.0", "D", day(3))
		}, "", []int{3, 4}},
	} {
		h := historyOf("A B<A C<B D<C E<D")
		committed(h, "A -90, B -80, C 1, D 2, E 3")
		for number, commit := range map[int]string{2: "B", 3: "C", 4: "D"} {
			pull(h, number, commit)
		}
		h.Sort()
		tt.with(h)
		w := build(t, h).Repositories[0].Wanted(window)
		if got := named(w.Approvals); got != tt.approvals {
			t.Errorf("%s: approvals of %q, want %q", tt.name, got, tt.approvals)
		}
		if diff := cmp.Diff(tt.threads, w.Threads); diff != "" {
			t.Errorf("%s: threads (-want +got)\n%s", tt.name, diff)
		}
	}
}
