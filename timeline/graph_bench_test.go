package timeline

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
)

// syntheticHistory returns a history of n commits: a default branch with a pull
// request merged for about every third commit, and a deployment and a release for
// every twentieth.
func syntheticHistory(n int) (h *shipshape.RepositoryHistory, deployed []shipshape.OID) {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	h = &shipshape.RepositoryHistory{Repository: shipshape.Repository{
		Name: "org/app", URL: "https://github.com/org/app", DefaultBranch: "main",
	}}
	commit := func(headline string, parents ...shipshape.OID) shipshape.OID {
		i := len(h.Commits)
		at := start.Add(time.Duration(i) * time.Minute)
		h.Commits = append(h.Commits, shipshape.Commit{
			OID: shipshape.OID(fmt.Sprintf("%040x", i)), Parents: parents,
			AuthoredAt: at, CommittedAt: at, Headline: headline,
		})
		return h.Commits[i].OID
	}
	main := commit("Begin")
	behind := []shipshape.OID{main} // what open branches began at
	for len(h.Commits) < n {
		if random.IntN(4) == 0 {
			main = commit("Direct", main)
		} else {
			number := len(h.Changes) + 1
			head := commit("Step", behind[random.IntN(len(behind))])
			own := []shipshape.ChangeCommit{{OID: head}}
			if random.IntN(2) == 0 {
				head = commit("Step", head)
				own = append(own, shipshape.ChangeCommit{OID: head})
			}
			main = commit(fmt.Sprintf("Merge pull request #%d from org/x", number), main, head)
			h.Changes = append(h.Changes, shipshape.Change{
				Number: number, State: shipshape.ChangeMerged, MergedAt: h.Commits[len(h.Commits)-1].CommittedAt,
				Title: "Change", MergeCommit: main, HeadOID: head, Commits: own,
			})
		}
		if behind = append(behind, main); len(behind) > 30 {
			behind = behind[1:]
		}
		if random.IntN(10) == 0 {
			at := h.Commits[len(h.Commits)-1].CommittedAt
			deployed = append(deployed, main)
			h.Releases = append(h.Releases, shipshape.Release{
				Tag: fmt.Sprintf("v%d", len(h.Releases)+1), Commit: main, CreatedAt: at, PublishedAt: at,
			})
		}
	}
	h.Refs = []shipshape.Ref{{Kind: shipshape.Branch, Name: "main", Target: main}}
	return h, deployed
}

// perCommit reports the time of one iteration divided by the commits.
func perCommit(b *testing.B, commits int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(commits), "ns/commit")
}

// benchmarkReach builds the graph and finds what every deployment and release
// brought.
func benchmarkReach(b *testing.B, n int) {
	h, deployed := syntheticHistory(n)
	b.ReportAllocs()
	for b.Loop() {
		g := newGraph(h.Commits)
		r := g.newReach()
		for _, o := range deployed {
			id, _ := g.id(o)
			r.add(id)
		}
		previous := none
		for i := range h.Releases {
			id, _ := g.id(h.Releases[i].Commit)
			g.between(previous, id)
			previous = id
		}
	}
	perCommit(b, len(h.Commits))
}

func BenchmarkReach100k(b *testing.B) { benchmarkReach(b, 100_000) }
func BenchmarkReach1M(b *testing.B)   { benchmarkReach(b, 1_000_000) }

// benchmarkLink links changes, reverts and releases.
func benchmarkLink(b *testing.B, n int) {
	h, _ := syntheticHistory(n)
	b.ReportAllocs()
	for b.Loop() {
		linked(h, never)
	}
	perCommit(b, len(h.Commits))
}

func BenchmarkLink100k(b *testing.B) { benchmarkLink(b, 100_000) }
func BenchmarkLink1M(b *testing.B)   { benchmarkLink(b, 1_000_000) }

// The ways in which the releases of benchmarkPrevious are numbered.
var numberings = map[string]func(i int) string{
	"series":   func(i int) string { return fmt.Sprintf("release_%d", i) },
	"patches":  func(i int) string { return fmt.Sprintf("v1.0.%d", i) },
	"minors":   func(i int) string { return fmt.Sprintf("v1.%d.0", i) },
	"majors":   func(i int) string { return fmt.Sprintf("v%d.0.0", i) },
	"modules":  func(i int) string { return fmt.Sprintf("module%d/v1.%d.0", i%50, i/50) },
	"lines":    func(i int) string { return fmt.Sprintf("v1.%d.%d", i%58, i/58) },
	"families": func(i int) string { return fmt.Sprintf("build%d-%d", i, i) },
}

// BenchmarkPrevious chooses the predecessors of 8,000 releases over 20,000 commits.
func BenchmarkPrevious(b *testing.B) {
	for _, name := range []string{"series", "patches", "minors", "majors", "modules", "lines", "families"} {
		b.Run(name, func(b *testing.B) {
			h, _ := syntheticHistory(20_000)
			random := rand.New(rand.NewPCG(3, 3))
			h.Releases = nil
			for i := range 8000 {
				at := 2*i + random.IntN(4000)
				h.Releases = append(h.Releases, shipshape.Release{
					Tag: numberings[name](i), Commit: h.Commits[at].OID, PublishedAt: h.Commits[at].CommittedAt.Add(time.Duration(i) * time.Hour),
				})
			}
			o := Defaults(never)
			r := &Repository{Facts: h.Repository, graph: newGraph(h.Commits)}
			r.linkChanges(h, o, nil)
			for b.Loop() {
				r.linkReleases(h, o)
			}
		})
	}
}
