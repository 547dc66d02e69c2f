package timeline

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/shipshape-report/shipshape"
)

// forge makes up a repository's history as people would: branches, pull requests
// merged in every style, direct commits, cherry-picks, reverts and releases. The
// same seed makes the same history.
type forge struct {
	*rand.Rand
	history shipshape.RepositoryHistory
	now     time.Time
	lines   []string                 // names of the branches, the default one first
	tips    map[string]shipshape.OID // by branch
	number  int                      // last pull request
	minor   int
	patches map[string]int // releases so far of a line
}

func newForge(seed uint64) *forge {
	f := &forge{
		Rand: rand.New(rand.NewPCG(seed, 1)), now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		lines: []string{"main"}, tips: map[string]shipshape.OID{}, patches: map[string]int{},
	}
	f.history.Repository = shipshape.Repository{Name: "org/app", URL: "https://github.com/org/app", DefaultBranch: "main"}
	f.tips["main"] = f.commit("Begin", "")
	return f
}

// made returns a history after a number of steps.
func made(seed uint64, steps int) *shipshape.RepositoryHistory {
	f := newForge(seed)
	for range steps {
		f.step()
	}
	for _, line := range f.lines {
		f.history.Refs = append(f.history.Refs, shipshape.Ref{Kind: shipshape.Branch, Name: line, Target: f.tips[line]})
	}
	f.history.Sort()
	return &f.history
}

// commit adds a commit. Clocks lie: now and then its time is hours off.
func (f *forge) commit(headline, body string, parents ...shipshape.OID) shipshape.OID {
	f.now = f.now.Add(time.Duration(1+f.IntN(50)) * time.Minute)
	at := f.now
	if f.IntN(10) == 0 {
		at = at.Add(time.Duration(f.IntN(20)-10) * time.Hour)
	}
	o := shipshape.OID(fmt.Sprintf("%08x%032x", f.Uint32(), len(f.history.Commits)))
	f.history.Commits = append(f.history.Commits, shipshape.Commit{
		OID: o, Parents: parents, AuthoredAt: at, CommittedAt: at, Headline: headline, Body: body,
	})
	return o
}

// step does one thing to a line: the default branch, mostly.
func (f *forge) step() {
	line := f.lines[0]
	if f.IntN(3) == 0 {
		line = f.lines[f.IntN(len(f.lines))]
	}
	switch f.IntN(12) {
	case 0:
		f.tips[line] = f.commit("Work without a pull request", "", f.tips[line])
	case 1:
		f.pick(line)
	case 2:
		f.tips[line] = f.commit("Merge branch 'main' into "+line, "", f.tips[line], f.tips["main"])
	case 3, 4:
		f.release(line)
	case 5:
		if line == "main" && len(f.lines) < 6 {
			branch := fmt.Sprintf("release-1.%d", f.minor)
			f.lines = append(f.lines, branch)
			f.tips[branch] = f.tips["main"]
			f.minor++
		}
	default:
		f.tips[line], _ = f.pull(f.tips[line], nested)
	}
}

// pick copies a commit from anywhere to a line, saying so in one way or the other.
func (f *forge) pick(line string) {
	from := f.history.Commits[f.IntN(len(f.history.Commits))]
	if f.IntN(2) == 0 {
		f.tips[line] = f.commit(from.Headline, "(cherry picked from commit "+string(from.OID)+")", f.tips[line])
		return
	}
	f.tips[line] = f.commit(fmt.Sprintf("Fix again (#%d)", 1+f.IntN(f.number+1)), "", f.tips[line])
}

// pull merges a pull request into base, with others merged into its branch first,
// and returns the result.
func (f *forge) pull(base shipshape.OID, depth int) (result shipshape.OID, number int) {
	var own []shipshape.OID
	head := base
	for range 1 + f.IntN(3) {
		if depth > 0 && f.IntN(6) == 0 {
			head, _ = f.pull(head, depth-1)
		} else {
			head = f.commit(fmt.Sprintf("Step %d", f.IntN(100)), "", head)
		}
		own = append(own, head)
	}
	f.number++
	number = f.number
	pr := shipshape.Change{
		Number: number, Title: fmt.Sprintf("Change %d", number), State: shipshape.ChangeMerged, HeadOID: head,
		CreatedAt: f.now.Add(-time.Hour),
	}
	for _, o := range own {
		pr.Commits = append(pr.Commits, shipshape.ChangeCommit{OID: o, AuthoredAt: f.now})
	}
	result = f.mergeInStyle(base, head, &pr, depth == nested)
	pr.MergedAt = f.now
	f.history.Changes = append(f.history.Changes, pr)
	return result, number
}

// nested is how deep pull requests are merged into each other's branches.
const nested = 2

// mergeInStyle merges by button, script, squash, rebase or fast-forward.
func (f *forge) mergeInStyle(base, head shipshape.OID, pr *shipshape.Change, intoLine bool) shipshape.OID {
	style := f.IntN(6)
	if style == 2 && !intoLine {
		style = 1 // what nobody recorded is looked for on lines only
	}
	switch style {
	case 0: // by script; what GitHub records is the head
		pr.MergeCommit = head
		return f.commit(fmt.Sprintf("Merge org/app#%d: %s", pr.Number, pr.Title), "", base, head)
	case 1: // squash
		pr.MergeCommit = f.commit(fmt.Sprintf("%s (#%d)", pr.Title, pr.Number), "", base)
		return pr.MergeCommit
	case 2: // squash of which GitHub records nothing
		return f.commit(fmt.Sprintf("%s (#%d)", pr.Title, pr.Number), "", base)
	case 3: // rebase
		for i := range pr.Commits {
			pr.Commits[i].Headline = fmt.Sprintf("Rebased %d of %d", i, pr.Number)
			base = f.commit(pr.Commits[i].Headline, "", base)
			pr.Commits[i].AuthoredAt = f.history.Commits[len(f.history.Commits)-1].AuthoredAt
		}
		pr.MergeCommit = base
		return base
	case 4:
		if f.IntN(4) == 0 { // fast-forward
			pr.MergeCommit = head
			return head
		}
	}
	pr.MergeCommit = f.commit(fmt.Sprintf("Merge pull request #%d from org/x", pr.Number), pr.Title, base, head)
	return pr.MergeCommit
}

// release publishes the tip of a line, the default branch as a new minor version.
func (f *forge) release(line string) {
	tag := fmt.Sprintf("v1.%d.0", f.minor)
	if line == "main" {
		f.minor++
	} else {
		tag = fmt.Sprintf("v%s.%d", line[len("release-"):], f.patches[line])
		f.patches[line]++
	}
	if f.IntN(5) == 0 {
		tag += "-rc1"
	}
	f.history.Releases = append(f.history.Releases, shipshape.Release{
		Tag: tag, Commit: f.tips[line], CreatedAt: f.now, PublishedAt: f.now.Add(time.Duration(f.IntN(5)) * time.Hour),
	})
}

// linked links a history as Build does, up to releases.
func linked(h *shipshape.RepositoryHistory, asOf time.Time) *Repository {
	o := Defaults(asOf)
	r := &Repository{Facts: h.Repository, Gaps: h.Gaps, graph: newGraph(h.Commits)}
	r.linkChanges(h, o, nil)
	r.linkReverts()
	r.linkReleases(h, o)
	return r
}

// never is an instant after everything that a forge makes.
var never = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
