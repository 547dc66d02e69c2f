package collect

import (
	"fmt"
	"math/rand"
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// generator makes records that set every field, by chance but the same for a seed.
type generator struct {
	*rand.Rand
	repository shipshape.RepositoryName
	now        time.Time
}

// generatedTeams are requested reviewers that are teams.
var generatedTeams = []string{"Core team"}

// generated is a history of n pull requests and n issues.
func generated(seed int64, n int) *shipshape.History {
	g := &generator{rand.New(rand.NewSource(seed)), "octo/ship", time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)}
	h := shipshape.RepositoryHistory{Repository: shipshape.Repository{
		Name: g.repository, URL: "https://github.com/octo/ship", DefaultBranch: "main", CreatedAt: g.now,
	}}
	for i := range 3 {
		h.Milestones = append(h.Milestones, shipshape.Milestone{
			Number: i + 1, Title: fmt.Sprintf("v%d", i), State: "OPEN", CreatedAt: g.tick(),
		})
	}
	for i := range n {
		h.Changes = append(h.Changes, g.change(2*i+1))
		h.Issues = append(h.Issues, g.issue(2*i+2))
	}
	for _, name := range generatedLabels {
		h.Repository.Labels = append(h.Repository.Labels, shipshape.Label{Name: name, Color: "ff0000"})
	}
	return &shipshape.History{Repositories: []shipshape.RepositoryHistory{h}}
}

var generatedLabels = []string{"bug", "p: high ⚡", "a/b:c", "<script>", "z"}

func (g *generator) tick() time.Time {
	g.now = g.now.Add(time.Duration(1+g.Intn(5000)) * time.Second)
	return g.now
}

func pick[T any](g *generator, of ...T) T { return of[g.Intn(len(of))] }

// some is up to n different ones of a list, in its order.
func some[T any](g *generator, n int, of []T) []T {
	var list []T
	for _, v := range of {
		if len(list) < n && g.Intn(2) == 0 {
			list = append(list, v)
		}
	}
	return list
}

func (g *generator) login() shipshape.Login {
	return pick[shipshape.Login](g, "ann", "bob", "renovate[bot]", "a-very-long-login-of-somebody-who-left", "")
}

func (g *generator) oid() shipshape.OID {
	return shipshape.OID(fmt.Sprintf("%016x%016x%08x", g.Uint64(), g.Uint64(), g.Uint32()))
}

func (g *generator) text() string {
	return pick(g, "", "Fix it", "line\r\nline\n", "emoji 🚢 and \u202e bidi", "<img src=x onerror=alert(1)>", "\"quotes\" \\ $after", "nul-like \u0001")
}

func (g *generator) association() string { return pick(g, "MEMBER", "NONE", "CONTRIBUTOR", "OWNER") }

func (g *generator) change(number int) shipshape.Change {
	c := shipshape.Change{
		Number: number, Title: g.text(), URL: fmt.Sprintf("https://github.com/octo/ship/pull/%d", number),
		State: pick(g, shipshape.ChangeOpen, shipshape.ChangeClosed, shipshape.ChangeMerged), Draft: g.Intn(2) == 0,
		Author: g.login(), Association: g.association(), CreatedAt: g.tick(),
		Base: pick(g, "main", "release/1.x"), Head: pick(g, "fix", "feature/é:1"), HeadOID: g.oid(), Body: g.text(),
		Labels: some(g, 4, generatedLabels), Milestone: g.Intn(4),
		Additions: g.Intn(1<<31 - 1), Deletions: g.Intn(100), Files: g.Intn(100),
		ClosesIssues: some(g, 3, []int{2, 4, 6, 8}),
	}
	for range g.Intn(6) {
		c.Commits = append(c.Commits, shipshape.ChangeCommit{OID: g.oid(), AuthoredAt: g.tick(), CommittedAt: g.tick(), Headline: "a commit"})
	}
	for range g.Intn(6) {
		c.Reviews = append(c.Reviews, shipshape.Review{
			Author: g.login(), Association: g.association(), At: g.tick(), Body: g.text(), Commit: g.oid(),
			State: pick(g, shipshape.Approved, shipshape.ChangesRequested, shipshape.Commented, shipshape.Dismissed),
		})
	}
	kinds := append([]shipshape.EventKind{
		shipshape.Merged, shipshape.ReviewRequested, shipshape.ReadyForReview, shipshape.ConvertedToDraft, shipshape.ReviewDismissed,
	}, issueKinds...)
	c.Events, c.Comments = g.timeline(number, kinds)
	c.Assignees = assignedIn(c.Events)
	if c.State != shipshape.ChangeOpen {
		c.ClosedAt = g.tick()
	}
	if c.State == shipshape.ChangeMerged {
		c.MergedAt, c.MergedBy, c.MergeCommit = c.ClosedAt, g.login(), g.oid()
	}
	c.UpdatedAt = g.tick()
	return c
}

func (g *generator) issue(number int) shipshape.Issue {
	i := shipshape.Issue{
		Number: number, Title: g.text(), URL: fmt.Sprintf("https://github.com/octo/ship/issues/%d", number),
		State: pick(g, "OPEN", "CLOSED"), Type: pick(g, "", "Bug", "Incident 🔥"),
		Author: g.login(), Association: g.association(), CreatedAt: g.tick(), Body: g.text(),
		Labels: some(g, 4, generatedLabels), Milestone: g.Intn(4),
	}
	i.Events, i.Comments = g.timeline(number, issueKinds)
	i.Assignees = assignedIn(i.Events)
	i.StateReason = pick(g, "", "REOPENED")
	if i.State == "CLOSED" {
		e := g.event(number, shipshape.Closed)
		i.Events, i.ClosedAt, i.ClosedBy = append(i.Events, e), e.At, e.Actor
		i.StateReason = pick(g, "COMPLETED", "NOT_PLANNED", "DUPLICATE")
	}
	i.UpdatedAt = g.tick()
	return i
}

// issueKinds are the kinds of event that an issue can have.
var issueKinds = []shipshape.EventKind{
	shipshape.Labeled, shipshape.Unlabeled, shipshape.Milestoned, shipshape.Demilestoned, shipshape.Closed, shipshape.Reopened,
	shipshape.Assigned, shipshape.Unassigned, shipshape.CrossReferenced, shipshape.Connected, shipshape.RenamedTitle, shipshape.MarkedDuplicate,
}

// timeline makes one event of each kind, and more, with comments between.
func (g *generator) timeline(number int, kinds []shipshape.EventKind) (events []shipshape.Event, comments []shipshape.Comment) {
	for _, i := range g.Perm(len(kinds)) {
		events = append(events, g.event(number, kinds[i]))
		if g.Intn(3) == 0 {
			comments = append(comments, shipshape.Comment{Author: g.login(), Association: g.association(), At: g.tick(), Body: g.text()})
		}
	}
	for range g.Intn(4) {
		events = append(events, g.event(number, shipshape.Assigned))
	}
	return events, comments
}

func (g *generator) event(number int, kind shipshape.EventKind) shipshape.Event {
	e := shipshape.Event{Kind: kind, At: g.tick(), Actor: g.login()}
	switch kind {
	case shipshape.Labeled, shipshape.Unlabeled:
		e.Label = pick(g, generatedLabels...)
	case shipshape.Milestoned, shipshape.Demilestoned:
		e.Milestone = pick(g, "v0", "v1", "a deleted one")
	case shipshape.Merged:
		e.Commit = g.oid()
	case shipshape.Closed:
		if g.Intn(2) == 0 {
			e.Commit = g.oid()
		}
	case shipshape.Assigned, shipshape.Unassigned:
		e.Subject = pick(g, "ann", "bob", "copilot[bot]")
	case shipshape.ReviewRequested:
		e.Subject = pick(g, "ann", "copilot[bot]", generatedTeams[0])
	case shipshape.CrossReferenced, shipshape.Connected:
		e.Subject = pick(g, "", "elsewhere/else#7", fmt.Sprintf("octo/ship#%d", number+1))
	case shipshape.RenamedTitle:
		e.From, e.To = g.text(), g.text()
	}
	return e
}

// assignedIn plays assignments through, as a person at the pull request's page sees
// them.
func assignedIn(events []shipshape.Event) []shipshape.Login {
	var now []shipshape.Login
	for _, e := range events {
		who := shipshape.Login(e.Subject)
		at := slices.Index(now, who)
		if e.Kind == shipshape.Assigned && at < 0 {
			now = append(now, who)
		}
		if e.Kind == shipshape.Unassigned && at >= 0 {
			now = slices.Concat(now[:at], now[at+1:])
		}
	}
	if len(now) == 0 {
		return nil
	}
	return now
}
