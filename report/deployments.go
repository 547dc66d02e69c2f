package report

import (
	"fmt"
	"slices"

	"github.com/shipshape-report/shipshape/timeline"
)

// How many rows a list shows of each repository, and in a whole stretch.
const (
	newestDeployments = 60
	newestReleases    = 40
	stretchRows       = 200
	// fewRepositories is up to how many repositories a list keeps its length; with
	// more it is shortened, so that the page stays light.
	fewRepositories = 3
)

// rowsEach shortens a list for many repositories, to ten at least.
func (b *book) rowsEach(n int) int {
	return max(10, min(n, n*fewRepositories/max(1, len(b.shelves))))
}

// deploymentLeaves are the newest deployments of all, and all of each repository
// in stretches.
func (b *book) deploymentLeaves() []leaf {
	if !b.deployed() {
		return nil
	}
	leaves := []leaf{{deploymentsPath, b.deployments}}
	for _, s := range b.shelves {
		if len(s.attempts) <= b.rowsEach(newestDeployments) {
			continue // All are on the list: nothing would lead to a stretch.
		}
		for n := range stretches(len(s.attempts)) {
			leaves = append(leaves, leaf{stretchPath("deployments", s.Name(), n+1), func(p place) any { return b.deploymentStretch(p, s, n+1) }})
		}
	}
	return leaves
}

// stretches is how many stretches a list of n rows has.
func stretches(n int) int { return (n + stretchRows - 1) / stretchRows }

// stretch returns the rows of the nth stretch, counted from 1 at the oldest. Its
// rows stay the same when newer ones come.
func stretch[T any](rows []T, n int) []T {
	return rows[(n-1)*stretchRows : min(n*stretchRows, len(rows))]
}

var deploymentSection = section{"Deployments", deploymentsPath}

// deployments lists the newest production deployments of every repository.
func (b *book) deployments(p place) any {
	page := &DeploymentsPage{
		Frame:   b.dated(b.frame(p, "Deployments", "Production deployments of "+b.site()+", and what they brought.")),
		Heading: "Deployments to production",
		Lede:    "Every deployment to production, newest first: deliveries, and beside them rollbacks, repetitions, and attempts that did not succeed. What kind of step one was is read from the commit graph.",
	}
	if r, ok := b.score.Result("deployment-frequency"); ok && known(r) {
		if c, ok := b.weekly(r, b.measureOf(r)); ok {
			page.Charts = append(page.Charts, c)
		}
	}
	for _, s := range b.shelves {
		page.Sections = append(page.Sections, b.newestOf(p, s))
	}
	return page
}

// newestOf is a repository's section with its newest deployments.
func (b *book) newestOf(p place, s *shelf) DeploymentSection {
	section := DeploymentSection{Repository: string(s.Name()), Anchor: s.anchor(), Source: countsAs(s)}
	if len(s.attempts) == 0 {
		if len(s.releases) > 0 {
			section.All = &Link{Text: "Its releases", Href: p.to(releasesPath) + "#" + s.anchor()}
		}
		return section
	}
	section.Summary = b.stepFacts(s)
	rows := s.attempts[max(0, len(s.attempts)-b.rowsEach(newestDeployments)):]
	section.Table = b.deploymentTable(p, s, rows)
	section.Table.Caption = fmt.Sprintf("The newest %s of %s", whole(len(rows)), count(len(s.attempts), "deployment"))
	if len(rows) < len(s.attempts) {
		last := stretches(len(s.attempts))
		section.All = &Link{Text: Hostile("All " + count(len(s.attempts), "deployment")), Href: p.to(stretchPath("deployments", s.Name(), last))}
	}
	return section
}

// countsAs says what counts as a production deployment and why.
func countsAs(s *shelf) string {
	if s.Source.Kind == timeline.SourceNone || s.Source.Kind == "" {
		return joinSentences("Nothing counts as a production deployment here.", s.Source.Why)
	}
	what := map[timeline.SourceKind]string{
		timeline.SourceDeployments: "The deployments recorded in this history say what went to production",
		timeline.SourceWorkflow:    "The deployment workflow says what went to production",
		timeline.SourceReleases:    "The list of published releases stands for deployments to production",
		timeline.SourceTags:        "The list of version tags stands for deployments to production",
	}[s.Source.Kind]
	if s.Source.Why == "" {
		return what + "."
	}
	return what + ", because " + s.Source.Why + "."
}

func joinSentences(first, second string) string {
	if second == "" {
		return first
	}
	return first + " " + sentence(second)
}

// stepFacts count the kinds of step in the period.
func (b *book) stepFacts(s *shelf) []Fact {
	counts := map[string]int{}
	for _, d := range b.attemptsIn(s, func(*timeline.Deployment) bool { return true }) {
		counts[resultWords(d)]++
	}
	facts := []Fact{{Name: "In the period", Value: count(len(b.attemptsIn(s, func(*timeline.Deployment) bool { return true })), "deployment"), Note: b.period()}}
	for _, words := range sortedKeys(counts) {
		facts = append(facts, Fact{Name: upper(words), Value: whole(counts[words])})
	}
	return facts
}

// deploymentStretch is the nth stretch of a repository's deployments. It says
// nothing that changes from day to day.
func (b *book) deploymentStretch(p place, s *shelf, n int) any {
	rows := stretch(s.attempts, n)
	first := (n-1)*stretchRows + 1
	page := &DeploymentsPage{
		Frame:   b.frame(p, fmt.Sprintf("Deployments %d to %d of %s", first, first+len(rows)-1, s.Name()), "Production deployments of "+string(s.Name())+".", deploymentSection),
		Heading: fmt.Sprintf("%s: deployments %s to %s", s.Name(), whole(first), whole(first+len(rows)-1)),
		Lede:    "Counted from the oldest; newest first on this page.",
	}
	table := b.deploymentTable(p, s, rows)
	table.Caption = fmt.Sprintf("From %s to %s", date(rows[0].Started), date(rows[len(rows)-1].Started))
	page.Sections = []DeploymentSection{{Repository: string(s.Name()), Anchor: s.anchor(), Table: table}}
	page.Newer, page.Older = neighbours(p, "deployments", s, n, stretches(len(s.attempts)))
	return page
}

// neighbours link the nth of several stretches to the ones beside it.
func neighbours(p place, name string, s *shelf, n, of int) (newer, older *Link) {
	label := func(n int) Hostile {
		return Hostile(fmt.Sprintf("%s %s to %s", name, whole((n-1)*stretchRows+1), whole(n*stretchRows)))
	}
	if n < of {
		newer = &Link{Text: Hostile("Newer " + name), Href: p.to(stretchPath(name, s.Name(), n+1))}
	}
	if n > 1 {
		older = &Link{Text: upperText(label(n - 1)), Href: p.to(stretchPath(name, s.Name(), n-1))}
	}
	return newer, older
}

func upperText(h Hostile) Hostile { return Hostile(upper(string(h))) }

// deploymentTable lists attempts, newest first.
func (b *book) deploymentTable(p place, s *shelf, rows []*timeline.Deployment) Table {
	t := Table{Head: []Cell{{Text: "When (UTC)", Header: true}, {Text: "Commit", Header: true}, {Text: "Step", Header: true}, {Text: "Brought", Header: true}, {Text: "Oldest change started", Header: true, Numeric: true}}}
	environments := len(s.Environments()) > 1
	if environments {
		t.Head = slices.Insert(t.Head, 1, Cell{Text: "Environment", Header: true})
	}
	for _, d := range slices.Backward(rows) {
		row := b.deploymentRow(p, s, d)
		if environments {
			row = slices.Insert(row, 1, Cell{Text: Hostile(d.Environment)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (b *book) deploymentRow(p place, s *shelf, d *timeline.Deployment) []Cell {
	when := Time{Stamp: endOf(d).UTC(), Text: endOf(d).UTC().Format("2 Jan 2006, 15:04")}
	commit := Cell{Text: Hostile(d.Commit.Short()), Code: true, Href: deploymentURL(d)}
	if s.holds(d.Release) {
		commit = Cell{Text: Hostile(d.Release.Tag), Code: true, Href: p.to(releasePath(s.Name(), d.Release.Tag))}
	}
	step := Cell{Text: Hostile(resultWords(d)), Note: stepNote(d)}
	return []Cell{{Time: &when}, commit, step, b.broughtCell(s, d), {Text: Hostile(longestLead(d.Changes, endOf(d))), Numeric: true}}
}

// kindWords name the kinds of step.
var kindWords = map[timeline.Kind]string{
	timeline.First:      "first delivery",
	timeline.Forward:    "delivery",
	timeline.Sideways:   "delivery from another line",
	timeline.Redeploy:   "same commit again",
	timeline.Return:     "return to a commit that was here before",
	timeline.Rollback:   "rollback",
	timeline.OutOfOrder: "older build won a race",
}

// resultWords say what an attempt was: its kind of step, or what became of it.
func resultWords(d *timeline.Deployment) string {
	switch {
	case d.Outcome == timeline.Failed:
		return "failed"
	case d.Outcome == timeline.Pending:
		return "not ended"
	case d.Outcome == timeline.Inactive:
		return "superseded without having ended"
	case d.DuplicateOf != nil:
		return "repetition within minutes"
	}
	return kindWords[d.Kind]
}

// stepNote is what else is to be known of a step.
func stepNote(d *timeline.Deployment) string {
	switch {
	case d.Estate != nil:
		return "with other services at the same time"
	case !d.FailedAfter.IsZero():
		return "failed on " + atMinute(d.FailedAfter).Text
	case d.Unreachable:
		return "no branch or tag leads to the commit"
	case d.Kind.StepBack() || d.Kind == timeline.Return:
		return d.KindWhy
	}
	return ""
}

// broughtCell says what a deployment brought, with a link to the comparison with
// what was there before.
func (b *book) broughtCell(s *shelf, d *timeline.Deployment) Cell {
	if d.Outcome != timeline.Succeeded || d.DuplicateOf != nil {
		return Cell{Text: "–"}
	}
	c := Cell{Text: Hostile(broughtWords(d.Changes, len(d.Commits))), Note: b.titles(d.Changes)}
	if d.Previous != nil && d.Previous.Commit != d.Commit && len(d.Commits) > 0 {
		c.Href = compareURL(s.Repository, string(d.Previous.Commit), string(d.Commit))
	}
	return c
}

// titles name the first few changes by number.
func (b *book) titles(changes []*timeline.Change) string {
	var numbers []string
	for _, c := range changes[:min(len(changes), mostLinks)] {
		numbers = append(numbers, changeNumber(c))
	}
	if rest := len(changes) - len(numbers); rest > 0 {
		return fmt.Sprintf("%s and %s more", joinComma(numbers), whole(rest))
	}
	return joinComma(numbers)
}
