package timeline

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// story tells all that linking found, in words, so that two linkings can be
// compared.
func story(r *Repository) []string {
	var out []string
	for _, c := range r.Changes {
		line := fmt.Sprintf("change %d %s commits %v pick %q in graph %v", c.Number, c.Commit, c.Commits, c.CherryPickOf, c.InGraph)
		if c.Release != nil {
			line += " released " + c.Release.Tag
		}
		for _, target := range c.Reverts {
			line += fmt.Sprintf(" reverts %d %s", target.Number, target.Commit)
		}
		out = append(out, line)
	}
	for _, release := range r.Releases {
		line := fmt.Sprintf("release %s why %s commits %v ledger %v", release.Tag, release.Why, release.Commits, release.Ledger)
		for _, c := range release.Changes {
			line += fmt.Sprint(" #", c.Number)
		}
		out = append(out, line)
	}
	return out
}

func TestEveryCommitOfAReleaseIsExplained(t *testing.T) {
	for seed := range uint64(50) {
		r := linked(made(seed, 120), never)
		for _, release := range r.Releases {
			l := release.Ledger
			if l.Commits != len(release.Commits) || l.Explained != l.Commits {
				t.Errorf("seed %d: %s explains %d of %d commits: %+v", seed, release.Tag, l.Explained, len(release.Commits), l)
			}
			if l.CherryPicks != len(release.CherryPicks) || l.Direct != len(release.Direct) {
				t.Errorf("seed %d: %s lists %d picks and %d direct commits: %+v", seed, release.Tag, len(release.CherryPicks), len(release.Direct), l)
			}
		}
	}
}

// reachedBy returns what each release reaches.
func reachedBy(h *shipshape.RepositoryHistory, releases []*Release) []map[shipshape.OID]bool {
	all := byOID(h.Commits)
	sets := make([]map[shipshape.OID]bool, len(releases))
	for k, release := range releases {
		sets[k] = below(all, release.Commit)
	}
	return sets
}

func TestContentsOfReleasesFollowFromTheGraphAlone(t *testing.T) {
	for seed := range uint64(30) {
		h := made(seed, 120)
		r := linked(h, never)
		sets := reachedBy(h, r.Releases)
		for k, release := range r.Releases {
			reached, before := sets[k], map[shipshape.OID]bool{}
			if release.Previous != nil {
				before = sets[slices.Index(r.Releases, release.Previous)]
			}
			got := slices.Sorted(slices.Values(release.Commits))
			if diff := gocmp.Diff(minus(reached, before), got); diff != "" {
				t.Fatalf("seed %d: commits of %s (-want +got)\n%s", seed, release.Tag, diff)
			}
			var numbers, listed []int
			for _, c := range r.Changes {
				in := reached[c.Commit] || reached[c.Head]
				if c.Number > 0 && in && !before[c.Commit] && !before[c.Head] {
					numbers = append(numbers, c.Number)
				}
			}
			for _, c := range release.Changes {
				listed = append(listed, c.Number)
			}
			if diff := gocmp.Diff(numbers, listed); diff != "" {
				t.Fatalf("seed %d: changes of %s (-want +got)\n%s", seed, release.Tag, diff)
			}
		}
	}
}

func TestFirstReleaseOfAChangeIsTheFirstThatContainsIt(t *testing.T) {
	for seed := range uint64(30) {
		h := made(seed, 120)
		r := linked(h, never)
		sets := reachedBy(h, r.Releases)
		for _, c := range r.Changes {
			var want *Release
			if k := slices.IndexFunc(sets, func(s map[shipshape.OID]bool) bool { return s[c.Commit] || s[c.Head] }); k >= 0 {
				want = r.Releases[k]
			}
			if c.Release != want {
				t.Errorf("seed %d: #%d %s is first in %v, want %v", seed, c.Number, c.Commit, c.Release, want)
			}
		}
	}
}

// previousByDefinition is the choice as its definition reads, worked out on sets.
func previousByDefinition(releases []*Release, i int, sets []map[shipshape.OID]bool) *Release {
	this := releases[i]
	v, _ := parseVersion(this.Tag)
	var inLine, lower []int
	for k := range i {
		w, _ := parseVersion(releases[k].Tag)
		if releases[k].Prerelease && !this.Prerelease {
			continue
		}
		if w.line() == v.line() && sets[i][releases[k].Commit] {
			inLine = append(inLine, k)
		}
		if w.compare(v) < 0 {
			lower = append(lower, k)
		}
	}
	candidates := inLine
	if len(candidates) == 0 {
		candidates = lower
	}
	if len(candidates) == 0 {
		return nil
	}
	left := func(k int) int { return len(minus(sets[i], sets[k])) }
	ancestor := func(k int) int {
		if sets[i][releases[k].Commit] {
			return 0
		}
		return 1
	}
	best := slices.MinFunc(candidates, func(a, b int) int {
		x, _ := parseVersion(releases[a].Tag)
		y, _ := parseVersion(releases[b].Tag)
		return cmp.Or(cmp.Compare(left(a), left(b)), cmp.Compare(ancestor(a), ancestor(b)),
			releases[b].Published.Compare(releases[a].Published), x.compare(y))
	})
	return releases[best]
}

func TestPreviousReleaseIsAsDefined(t *testing.T) {
	for seed := range uint64(60) {
		h := made(seed, 160)
		r := linked(h, never)
		sets := reachedBy(h, r.Releases)
		for i, release := range r.Releases {
			want := previousByDefinition(r.Releases, i, sets)
			if want == nil && release.Previous == nil {
				continue
			}
			// Equal choices at different commits leave the same commits.
			if want == nil || release.Previous == nil || want.Commit == release.Previous.Commit && want != release.Previous {
				t.Errorf("seed %d: previous of %s is %v, want %v", seed, release.Tag, release.Previous, want)
				continue
			}
			k, n := slices.Index(r.Releases, want), slices.Index(r.Releases, release.Previous)
			if a, b := len(minus(sets[i], sets[k])), len(minus(sets[i], sets[n])); a != b {
				t.Errorf("seed %d: previous of %s is %s, leaving %d; want %s, leaving %d", seed, release.Tag, release.Previous.Tag, b, want.Tag, a)
			}
			if sets[i][want.Commit] && !sets[i][release.Previous.Commit] {
				t.Errorf("seed %d: previous of %s is %s, though %s is an ancestor", seed, release.Tag, release.Previous.Tag, want.Tag)
			}
		}
	}
}

func TestEveryMergedChangeOfAForgeIsFound(t *testing.T) {
	for seed := range uint64(60) {
		h := made(seed, 120)
		for _, c := range linked(h, never).Changes {
			if c.Number == 0 {
				continue
			}
			subject := ""
			for _, commit := range h.Commits {
				if commit.OID == c.Commit {
					subject = commit.Headline
				}
			}
			if !c.InGraph || !names(subject, c.Number) && c.Facts.MergeCommit != c.Commit {
				t.Errorf("seed %d: #%d resulted in %q", seed, c.Number, subject)
			}
		}
	}
}

func TestOrderOfInputGivesTheSameLinks(t *testing.T) {
	for seed := range uint64(10) {
		h := made(seed, 120)
		want := story(linked(h, never))
		shuffled := *h
		random := rand.New(rand.NewPCG(seed, 5))
		shuffled.Commits = shuffledCopy(random, h.Commits)
		shuffled.Changes = shuffledCopy(random, h.Changes)
		shuffled.Releases = shuffledCopy(random, h.Releases)
		shuffled.Refs = shuffledCopy(random, h.Refs)
		if diff := gocmp.Diff(want, story(linked(&shuffled, never))); diff != "" {
			t.Fatalf("seed %d (-want +got)\n%s", seed, diff)
		}
	}
}

func shuffledCopy[T any](random *rand.Rand, s []T) []T {
	out := slices.Clone(s)
	random.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func TestWhatWasMergedLaterIsNeitherChangeNorDirect(t *testing.T) {
	for seed := range uint64(30) {
		h := made(seed, 120)
		asOf := h.Commits[len(h.Commits)/2].CommittedAt.Add(time.Hour)
		r := linked(h, asOf)
		for _, c := range r.Changes {
			if c.Merged.After(asOf) {
				t.Errorf("seed %d: #%d %s merged %v, after %v", seed, c.Number, c.Commit, c.Merged, asOf)
			}
		}
		for i, c := range r.owner {
			later := slices.ContainsFunc(h.Changes, func(f shipshape.Change) bool {
				return f.MergeCommit == r.graph.oid(int32(i)) && f.MergedAt.After(asOf)
			})
			if later && c != nil && c.Number == 0 {
				t.Errorf("seed %d: the result of a later merge, %s, is a direct change", seed, c.Commit)
			}
		}
		for _, release := range r.Releases {
			if l := release.Ledger; l.Explained != l.Commits {
				t.Errorf("seed %d: %s explains %d of %d", seed, release.Tag, l.Explained, l.Commits)
			}
		}
	}
}
