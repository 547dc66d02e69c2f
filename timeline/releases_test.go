package timeline

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// released adds releases written as "v1.0.0 A, v1.1.0 B", published an hour apart
// in that order.
func released(graph, releases string) *shipshape.RepositoryHistory {
	h := historyOf(graph)
	for k, word := range strings.Split(releases, ", ") {
		var f shipshape.Release
		fmt.Sscan(word, &f.Tag, &f.Commit)
		f.PublishedAt = minute(60 * k)
		f.CreatedAt = f.PublishedAt
		h.Releases = append(h.Releases, f)
	}
	return h
}

func TestPreviousReleaseAndItsReason(t *testing.T) {
	tests := []struct {
		name, graph, releases string
		previous, why         string // of the last release
		commits               string // that it brings, newest first
	}{
		{
			"the first", "A B<A", "v1.0.0 B",
			"", "the first release", "B A",
		},
		{
			"same line", "A B<A C<B D<C", "v1.0.0 A, v1.0.1 B, v1.0.2 D",
			"v1.0.1", "the nearest earlier release of line 1.0 that is an ancestor", "D C",
		},
		{
			"same line, the nearer is no ancestor", "A B<A C<A", "v1.0.0 A, v1.0.1 B, v1.0.2 C",
			"v1.0.0", "the nearest earlier release of line 1.0 that is an ancestor", "C",
		},
		{
			"numbers and ancestry disagree", "A B<A C<B D<C", "v1 A, v3 B, v2 C, v4 D",
			"v2", "the nearest earlier release of the series v that is an ancestor", "D",
		},
		{
			"new line, fewest commits", "A B<A C<B D<C E<B F<E", "v1.0.0 A, v1.1.0 C, v1.0.1 E, v1.2.0 F",
			"v1.0.1", "no earlier release of line 1.2 is an ancestor; of the lower versions it leaves the fewest commits", "F",
		},
		{
			"new line, of equals the ancestor", "A B<A C<A D<A", "v1.0.0 A, v1.1.0 B, v1.2.0 C, v1.3.0 D",
			"v1.0.0", "no earlier release of line 1.3 is an ancestor; of the lower versions it leaves the fewest commits", "D",
		},
		{
			"new line, at one commit the last published", "A B<A", "v1.1.0 A, v1.0.0 A, v1.2.0 B",
			"v1.0.0", "no earlier release of line 1.2 is an ancestor; of the lower versions it leaves the fewest commits", "B",
		},
		{
			"new line, lower versions only", "A B<A C<B D<B", "v1.0.0 A, v2.0.0 B, v1.5.0 D",
			"v1.0.0", "no earlier release of line 1.5 is an ancestor; of the lower versions it leaves the fewest commits", "D B",
		},
		{
			"line without an ancestor, as if new", "A B<A C<A", "v1.0.0 A, v1.1.1 B, v1.1.2 C",
			"v1.0.0", "no earlier release of line 1.1 is an ancestor; of the lower versions it leaves the fewest commits", "C",
		},
		{
			"a full release looks past pre-releases", "A B<A C<B", "v1.0.0 A, v1.1.0-rc1 B, v1.1.0 C",
			"v1.0.0", "no earlier release of line 1.1 is an ancestor; of the lower versions it leaves the fewest commits", "C B",
		},
		{
			"a pre-release does not", "A B<A C<B", "v1.0.0 A, v1.1.0-rc1 B, v1.1.0-rc2 C",
			"v1.1.0-rc1", "the nearest earlier release of line 1.1 that is an ancestor", "C",
		},
		{
			"the first full release", "A B<A", "v1.0.0-rc1 A, v1.0.0 B",
			"", "the first full release", "B A",
		},
		{
			"rc10 comes after rc9", "A B<A C<A", "v1.0.0-rc9 A, v1.0.0-rc11 B, v1.0.0-rc10 C",
			"v1.0.0-rc9", "the nearest earlier release of line 1.0 that is an ancestor", "C",
		},
		{
			"only higher versions before", "A B<A", "v2.0.0 A, v1.0.0 B",
			"", "every earlier release has a higher version", "B A",
		},
		{
			"modules are lines of their own", "A B<A C<B D<C", "v1.0.0 A, api/v1.0.0 B, v1.0.1 C, api/v1.0.1 D",
			"api/v1.0.0", "the nearest earlier release of line api/1.0 that is an ancestor", "D C",
		},
		{
			"a new way of numbering", "A B<A C<B", "release_8 A, release_9 B, v1 C",
			"release_9", "the first of its numbering; of the earlier releases it leaves the fewest commits", "C",
		},
		{
			"without versions", "A B<A C<B", "alpha A, beta B, gamma C",
			"beta", "the nearest earlier release of those without a version that is an ancestor", "C",
		},
		{
			"the same commit again brings nothing", "A B<A", "v1.0.0 B, v1.0.1 B",
			"v1.0.0", "the nearest earlier release of line 1.0 that is an ancestor", "",
		},
		{
			"its commit is missing", "A", "v1.0.0 A, v1.0.1 gone",
			"", "its commit is not in the history that was read", "",
		},
		{
			"those before are missing", "A B<A", "v1.0.0 gone, v1.0.1 B",
			"", "no earlier release has a commit in the history that was read", "B A",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := linked(released(test.graph, test.releases), never)
			last := r.Releases[len(r.Releases)-1]
			previous := ""
			if last.Previous != nil {
				previous = last.Previous.Tag
			}
			commits := strings.Trim(fmt.Sprint(last.Commits), "[]")
			if diff := cmp.Diff([]string{test.previous, test.why, test.commits}, []string{previous, last.Why, commits}); diff != "" {
				t.Errorf("previous, why, commits (-want +got)\n%s", diff)
			}
		})
	}
}

func TestMissingReleaseLeavesAGap(t *testing.T) {
	h := released("A", "v1.0.0 A, v1.0.1 gone, v1.0.2 gone")
	r := linked(h, never)
	if len(r.Gaps) != 1 || !strings.Contains(r.Gaps[0].Why, "2 releases, the first of them v1.0.1") {
		t.Errorf("gaps %+v", r.Gaps)
	}
	if !r.Releases[1].Missing || r.Releases[0].Missing {
		t.Error("the missing release is not marked, or another is")
	}
	r.linkReleases(h, Defaults(never))
	if len(r.Gaps) != 1 {
		t.Errorf("linking again gives %d gaps", len(r.Gaps))
	}
	if r = linked(released("A", "v1.0.0 A"), never); len(r.Gaps) != 0 {
		t.Errorf("nothing is missing, yet gaps are %+v", r.Gaps)
	}
}

func TestTagsStandInWhereNothingWasPublished(t *testing.T) {
	h := historyOf("A B<A C<B")
	h.Refs = append(h.Refs,
		shipshape.Ref{Kind: shipshape.Tag, Name: "v1.0.0", Target: "A", TaggedAt: minute(5)},
		shipshape.Ref{Kind: shipshape.Tag, Name: "v1.1.0", Target: "B"},
		shipshape.Ref{Kind: shipshape.Tag, Name: "v1.2.0", Target: "C", TaggedAt: minute(90)},
		shipshape.Ref{Kind: shipshape.Tag, Name: "v0.9.0", Target: "gone"},
		shipshape.Ref{Kind: shipshape.Tag, Name: "nightly", Target: "C"})
	h.Releases = []shipshape.Release{
		{Tag: "v1.2.0", Commit: "C", Draft: true, PublishedAt: minute(1)},
		{Tag: "v2.0.0", Commit: "C", PublishedAt: minute(100)},
	}
	words := func(asOf int) (out []string) {
		for _, release := range linked(h, minute(asOf)).Releases {
			out = append(out, fmt.Sprintf("%s %s tag %v undated %v %s", release.Tag, release.Commit, release.FromTag, release.Undated,
				release.Published.Sub(noon)))
		}
		return out
	}
	want := []string{"v1.1.0 B tag true undated true -23h59m0s", "v1.0.0 A tag true undated false 5m0s"}
	if diff := cmp.Diff(want, words(60)); diff != "" {
		t.Errorf("drafts and later releases do not count (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"v2.0.0 C tag false undated false 1h40m0s"}, words(100)); diff != "" {
		t.Errorf("one published release ends it (-want +got)\n%s", diff)
	}
}

func TestReleaseTakesItsCommitFromItsTagWhereItStatesNone(t *testing.T) {
	h := released("A B<A", "v1.0.0 -")
	h.Releases[0].Commit = ""
	h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: "v1.0.0", Target: "A"})
	if got := linked(h, never).Releases[0].Commit; got != "A" {
		t.Errorf("commit %q, want A", got)
	}
}

func TestTagURLIsEscaped(t *testing.T) {
	h := historyOf("A")
	h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: "api/v1.0.0?x", Target: "A"})
	want := "https://github.com/acme/shop/releases/tag/api%2Fv1.0.0%3Fx"
	if got := linked(h, never).Releases[0].URL; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLedgerNamesTheRuleOfEveryCommitLeftOut(t *testing.T) {
	tests := []struct {
		name     string
		history  attributed
		releases string
		want     Ledger // of the last release
	}{
		{
			"its head was released before its merge", attributed{
				graph: "R A<R B<A M<R,B", subjects: "M=Merge pull request #1 from a/b", pulls: "1 M B A,B 3",
			}, "v1.0.0 B, v1.0.1 M",
			Ledger{Commits: 1, Excluded: []Exclusion{{Rule: ruleInPrevious, N: 1}}, Explained: 1},
		},
		{
			"only a part of its commits is in", attributed{
				graph: "R A<R B<A M<R,B", subjects: "M=Merge pull request #1 from a/b", pulls: "1 M B A,B 3",
			}, "v1.0.0 A",
			Ledger{Commits: 2, Direct: 1, Excluded: []Exclusion{{Rule: ruleNotIn, N: 1}}, Explained: 2},
		},
		{
			"merged after the report's instant", attributed{
				graph: "R A<R M<R,A", subjects: "M=Merge pull request #1 from a/b", pulls: "1 M A A 9999999",
			}, "v1.0.0 M",
			Ledger{Commits: 3, Direct: 1, Excluded: []Exclusion{{Rule: ruleTooLate, N: 2}}, Explained: 3},
		},
		{
			"one of each", attributed{
				graph: "aaaaaaa D<aaaaaaa P<D B<P M<P,B X<M Y<M N<X,Y", subjects: "M=Merge pull request #1 from a/b",
				bodies: "P=(cherry picked from commit fffffff)", pulls: "1 M B B 3",
			}, "v1.0.0 aaaaaaa, v1.0.1 N",
			Ledger{Commits: 7, Listed: 2, CherryPicks: 1, Direct: 3, MergeOnly: 1, Explained: 7},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := test.history.history()
			h.Releases = released(test.history.graph, test.releases).Releases
			r := linked(h, minute(1000))
			if diff := cmp.Diff(test.want, r.Releases[len(r.Releases)-1].Ledger); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
