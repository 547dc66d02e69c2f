package browsertest

import (
	"fmt"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// told is the instant from which both sites are told, that of the bundled
// histories.
var told = time.Date(2026, 8, 18, 15, 8, 13, 0, time.UTC)

// payloads are titles that run code, swallow a page or break its layout where
// they are written carelessly. What would run sets window.__pwned.
var payloads = []string{
	`</script><script>window.__pwned=1</script>`,
	`__f__ window.__pwned=2 __f__`,
	`<!--<script>`,
	`<img src=x onerror="window.__pwned=4">`,
	`<svg onload="window.__pwned=5"><title>hover</title></svg>`,
	`&lt;/script&gt;&lt;script&gt;window.__pwned=6&lt;/script&gt;`,
	"`<script>window.__pwned=7</script>` in a code span",
	`' onmouseover='window.__pwned=8' " autofocus onfocus="window.__pwned=8" x="`,
	`[a link](javascript:window.__pwned=9) <a href="javascript:window.__pwned=9">b</a> https://example.com/tracking`,
	"\u202eevitacilppa\u202c \u2066isolate \u200fright to left \u202d",
	"bell \a escape \x1b[2J\x1b]0;title\x07 nul \x00 delete \x7f c1 \u009b31m",
	strings.Repeat("Donaudampfschifffahrtsgesellschaft", 12),
	`{{.Frame}} {{template "base"}} ${window.__pwned=13} =cmd|' /C calc'!A0`,
	`</title></style></textarea></noscript></template><iframe srcdoc="<script>parent.__pwned=14</script>"></iframe>`,
	`العربية و עברית، 日本語のタイトルはとても長いのでどこで折り返すか, Ünïcödé 🧨🧨🧨`,
}

// description is a release's description that tries the same in Markdown.
const description = `# Heading <script>window.__pwned=20</script>

<img src=x onerror="window.__pwned=21"> <style>*{display:none}</style> ![pixel](https://example.com/pixel.png)

[click](javascript:window.__pwned=22) [data](data:text/html,<script>window.__pwned=22</script>) <https://example.com>

| a | b |
|---|:-:|
| <iframe src="https://example.com"> | ` + "`code`" + ` |

- [ ] #1 by @<script>
- ` + "\u202e" + `overridden

> [!WARNING]
> <meta http-equiv="refresh" content="0;url=https://example.com">

<base href="https://example.com/"><form action="https://example.com"><input autofocus onfocus="window.__pwned=23"></form>
`

// longName has as many letters as GitHub allows, and no place to break.
const longName = "hostile/a-repository-whose-name-has-as-many-letters-as-a-name-on-GitHub-may-have-and-not-one-space-in-it"

// hostileHistory is a history of two repositories in which every text that a
// stranger may write is a payload.
func hostileHistory() *shipshape.History {
	h := &shipshape.History{Repositories: []shipshape.RepositoryHistory{
		hostile("hostile/payloads", 0),
		hostile(longName, 7),
	}}
	h.Sort()
	return h
}

// attack makes the history of one repository.
type attack struct {
	shipshape.RepositoryHistory
	turn int           // of payloads
	head shipshape.OID // of the default branch
}

// payload returns the next payload.
func (a *attack) payload() string {
	a.turn++
	return payloads[a.turn%len(payloads)]
}

// login returns the next payload as a name of somebody.
func (a *attack) login() shipshape.Login { return shipshape.Login(a.payload()) }

func hostile(name shipshape.RepositoryName, turn int) shipshape.RepositoryHistory {
	a := &attack{turn: turn}
	a.Repository = shipshape.Repository{
		Name: name, URL: "https://github.com/" + string(name), DefaultBranch: "main",
		CreatedAt: told.AddDate(-1, 0, 0), Environments: []string{"production-" + payloads[3]},
		Labels: []shipshape.Label{{Name: payloads[0]}, {Name: "hotfix"}},
	}
	a.Origin = shipshape.Origin{Until: told, Source: payloads[4], URL: "javascript:window.__pwned=30", License: payloads[3], Notes: payloads}
	for n := range 3 * len(payloads) {
		a.change(n+1, told.Add(-time.Duration(3*len(payloads)-n)*30*time.Hour))
	}
	for i, p := range payloads {
		a.Gaps = append(a.Gaps, shipshape.Gap{Entity: shipshape.ChangeEntity, Field: "reviews", ID: fmt.Sprint(i + 1), Reason: shipshape.Truncated, Why: p, Remedy: p})
	}
	return a.RepositoryHistory
}

// change merges a pull request, deploys it, and releases every third.
func (a *attack) change(number int, at time.Time) {
	own := a.commit(at.Add(-20*time.Hour), a.payload(), a.head)
	merge := a.commit(at, fmt.Sprintf("%s (#%d)", a.payload(), number), a.head, own)
	a.Changes = append(a.Changes, shipshape.Change{
		Number: number, Title: a.payload(), URL: []string{a.link("pull", number), "javascript:window.__pwned=31", "//example.com/x"}[number%3],
		State: shipshape.ChangeMerged, Author: a.login(), CreatedAt: at.Add(-18 * time.Hour), ClosedAt: at, MergedAt: at, MergedBy: a.login(),
		Base: "main", Head: a.payload(), HeadOID: own, MergeCommit: merge, Body: description, Additions: 10 * number, Deletions: number,
		Labels: []string{a.payload(), []string{"hotfix", a.payload()}[number%2]}, Commits: []shipshape.ChangeCommit{{OID: own, AuthoredAt: at.Add(-20 * time.Hour), Headline: a.payload()}},
		Reviews: []shipshape.Review{{Author: a.login(), State: shipshape.Approved, At: at.Add(-time.Hour), Body: a.payload()}},
	})
	a.head = merge
	a.deploy(number, at.Add(time.Hour), merge)
	if number%3 == 0 {
		a.release(number, at.Add(2*time.Hour), merge)
	}
	if number%4 == 0 {
		a.head = a.commit(at.Add(3*time.Hour), a.payload(), a.head) // without a pull request
	}
	if number%10 == 0 {
		a.deploy(1000+number, at.Add(4*time.Hour), a.Deployments[len(a.Deployments)-3].Commit) // a step back
	}
}

func (a *attack) link(kind string, number int) string {
	return fmt.Sprintf("%s/%s/%d", a.Repository.URL, kind, number)
}

func (a *attack) commit(at time.Time, headline string, parents ...shipshape.OID) shipshape.OID {
	o := shipshape.OID(fmt.Sprintf("%040x", 1+len(a.Commits)))
	c := shipshape.Commit{OID: o, AuthoredAt: at, CommittedAt: at, Headline: headline, Body: a.payload(), Author: a.login(), AuthorName: a.payload()}
	for _, p := range parents {
		if p != "" {
			c.Parents = append(c.Parents, p)
		}
	}
	a.Commits = append(a.Commits, c)
	return o
}

func (a *attack) deploy(number int, at time.Time, commit shipshape.OID) {
	last := shipshape.DeploymentSuccess
	if number%7 == 0 {
		last = shipshape.DeploymentFailure
	}
	a.Deployments = append(a.Deployments, shipshape.Deployment{
		ID: 1<<40 + int64(number), Environment: "production-" + payloads[3], Commit: commit, Ref: a.payload(), Task: a.payload(),
		Description: a.payload(), Payload: a.payload(), Creator: a.login(), CreatedAt: at, State: a.payload(),
		Statuses: []shipshape.DeploymentStatus{
			{State: shipshape.DeploymentInProgress, At: at.Add(time.Minute), Creator: a.login(), Description: a.payload()},
			{State: last, At: at.Add(9 * time.Minute), Creator: a.login(), Environment: "javascript:window.__pwned=32", Log: "javascript:window.__pwned=33"},
		},
	})
	a.Runs = append(a.Runs, shipshape.Run{
		ID: 1<<41 + int64(number), Workflow: a.payload(), Event: a.payload(), Branch: "main", Commit: commit, Number: number, URL: "javascript:window.__pwned=34",
		CreatedAt: at, StartedAt: at, CompletedAt: at.Add(8 * time.Minute), Status: "COMPLETED", Conclusion: a.payload(),
	})
}

// release publishes a tag with all that git allows in one: no space, no control
// character, none of ~^:?*[\.
func (a *attack) release(number int, at time.Time, commit shipshape.OID) {
	tag := []string{
		fmt.Sprintf(`v1.%d.0-"><img/src=x/onerror='window.__pwned=40'>`, number),
		fmt.Sprintf(`v1.%d.0</script><script>window.__pwned=41</script>`, number),
		fmt.Sprintf(`v1.%d.0-%s`, number, strings.Repeat("candidate", 20)),
	}[number/3%3]
	a.Refs = append(a.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: tag, Target: commit, TaggedAt: at, Tagger: a.payload(), Message: a.payload()})
	a.Releases = append(a.Releases, shipshape.Release{
		Tag: tag, Name: a.payload(), URL: a.link("releases/tag", number), Commit: commit, Author: a.login(),
		CreatedAt: at, PublishedAt: at, Description: description, Assets: []shipshape.Asset{{Name: a.payload()}},
	})
}
