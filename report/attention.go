package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// The levels of what deserves a look.
const (
	high   = "high"
	medium = "medium"
	low    = "low"
)

// How long something may wait before it deserves a look, and how many links a
// notice gives.
const (
	longUndelivered = 7 * 24 * time.Hour
	longUnreleased  = 30 * 24 * time.Hour
	mostLinks       = 3
)

// fresh is how recent something bad must be to come first.
const fresh = 14 * 24 * time.Hour

// urgency is high for something bad that happened lately, else medium.
func (b *book) urgency(at time.Time) string {
	if b.score.AsOf.Sub(at) <= fresh {
		return high
	}
	return medium
}

// concern is a notice with what it is ordered by.
type concern struct {
	Notice
	at time.Time
}

// attention is what deserves a look, most urgent first, then newest first.
func (b *book) attention(p place) []Notice {
	all := b.estateConcerns()
	for _, s := range b.shelves {
		all = slices.Concat(all, b.stepConcerns(s), b.failureConcerns(s), b.changeConcerns(s), b.releaseConcerns(s, p))
	}
	rank := map[string]int{high: 0, medium: 1, low: 2}
	slices.SortStableFunc(all, func(x, y concern) int {
		return cmp.Or(rank[x.Level]-rank[y.Level], y.at.Compare(x.at))
	})
	var notices []Notice
	for _, c := range all[:min(len(all), mostNotices)] {
		notices = append(notices, c.Notice)
	}
	return notices
}

// in begins a text with the repository where there are several.
func (b *book) in(s *shelf, text string) string {
	if b.several() {
		return s.Name().Short() + ": " + text
	}
	return upper(text)
}

// concerning makes a concern of things that happened, the last of them at an
// instant.
func (b *book) concerning(level, text string, at time.Time, links []Link) concern {
	return concern{Notice{Level: level, Text: text + ".", Links: links, Age: b.ageWords(at) + " ago"}, at}
}

// estateConcerns are steps back that hit several repositories at once.
func (b *book) estateConcerns() []concern {
	var found []concern
	for _, e := range b.score.Timeline.Estate {
		if !b.score.Window.Contains(e.At) {
			continue
		}
		var links []Link
		for _, d := range e.Items {
			links = append(links, Link{Text: Hostile(d.Repo.Name()), Href: deploymentURL(d)})
		}
		text := fmt.Sprintf("%s stepped back within minutes of each other on %s", count(len(e.Items), "service"), atMinute(e.At).Text)
		found = append(found, b.concerning(b.urgency(e.At), text, e.At, links))
	}
	return found
}

// stepConcerns are rollbacks and races of the period.
func (b *book) stepConcerns(s *shelf) []concern {
	var found []concern
	back := b.steps(s, timeline.Rollback)
	if n := len(back); n > 0 {
		text := b.in(s, "rolled back "+timesUntil(n, back[n-1].Finished))
		found = append(found, b.concerning(b.urgency(back[n-1].Finished), text, back[n-1].Finished, deploymentLinks(back)))
	}
	raced := b.steps(s, timeline.OutOfOrder)
	if n := len(raced); n > 0 {
		text := b.in(s, "an older build won a race against a newer one "+timesUntil(n, raced[n-1].Finished))
		found = append(found, b.concerning(medium, text, raced[n-1].Finished, deploymentLinks(raced)))
	}
	return found
}

// timesUntil says how often something happened and when last: "once, on 14 Aug
// 2026".
func timesUntil(n int, last time.Time) string {
	switch n {
	case 1:
		return "once, on " + date(last)
	case 2:
		return "twice, the last time on " + date(last)
	}
	return whole(n) + " times, the last on " + date(last)
}

// steps returns the deployments of one kind in the period, oldest first.
func (b *book) steps(s *shelf, kind timeline.Kind) []*timeline.Deployment {
	return b.attemptsIn(s, func(d *timeline.Deployment) bool { return d.Kind == kind })
}

// attemptsIn returns the attempts of the period that fit, oldest first. An attempt
// belongs to the period in which it ended, else in which it began.
func (b *book) attemptsIn(s *shelf, fits func(*timeline.Deployment) bool) []*timeline.Deployment {
	var found []*timeline.Deployment
	for _, d := range s.attempts {
		if b.score.Window.Contains(endOf(d)) && fits(d) {
			found = append(found, d)
		}
	}
	return found
}

// endOf is when an attempt ended, or began where it has not ended.
func endOf(d *timeline.Deployment) time.Time {
	switch {
	case !d.Finished.IsZero():
		return d.Finished
	case !d.Ended.IsZero():
		return d.Ended
	}
	return d.Started
}

// failureConcerns are deployments of the period that failed.
func (b *book) failureConcerns(s *shelf) []concern {
	var found []concern
	broke := b.attemptsIn(s, func(d *timeline.Deployment) bool { return !d.FailedAfter.IsZero() })
	if n := len(broke); n > 0 {
		text := b.in(s, fmt.Sprintf("%s reported a failure after having succeeded, the last on %s", count(n, "deployment"), date(broke[n-1].FailedAfter)))
		found = append(found, b.concerning(b.urgency(broke[n-1].FailedAfter), text, broke[n-1].FailedAfter, deploymentLinks(broke)))
	}
	failed := b.attemptsIn(s, func(d *timeline.Deployment) bool { return d.Outcome == timeline.Failed })
	if n := len(failed); n > 0 {
		text := b.in(s, fmt.Sprintf("%s failed, the last on %s", count(n, "deployment"), date(endOf(failed[n-1]))))
		found = append(found, b.concerning(medium, text, endOf(failed[n-1]), deploymentLinks(failed)))
	}
	return found
}

// deploymentLinks links to the newest few.
func deploymentLinks(ds []*timeline.Deployment) []Link {
	var links []Link
	for _, d := range slices.Backward(ds) {
		if len(links) < mostLinks {
			links = append(links, Link{Text: Hostile(date(endOf(d)) + ", " + d.Commit.Short()), Href: deploymentURL(d)})
		}
	}
	return links
}

// changeConcerns are changes that wait, and those that came in unseen.
func (b *book) changeConcerns(s *shelf) []concern {
	var late, direct, unseen []*timeline.Change
	people := 0
	for _, c := range s.Changes {
		inPeriod := b.score.Window.Contains(c.Merged)
		if b.undelivered(s, c) {
			late = append(late, c)
		}
		switch {
		case inPeriod && c.Direct():
			direct = append(direct, c)
		case inPeriod && !c.ByMachine && !c.Anonymous() && s.ReviewRecorded:
			if people++; !c.Reviewed() {
				unseen = append(unseen, c)
			}
		}
	}
	var found []concern
	if n := len(late); n > 0 {
		text := b.in(s, fmt.Sprintf("%s merged more than a week ago and %s not in production; the oldest for %s", count(n, "change"), either(n, "is", "are"), b.ageWords(late[0].Merged)))
		found = append(found, b.concerning(medium, text, late[0].Merged, b.changeLinks(late)))
	}
	if n := len(unseen); n > 0 {
		text := b.in(s, fmt.Sprintf("%s of %s by people merged without an approval by another person on record", whole(n), count(people, "change")))
		found = append(found, b.concerning(medium, text, unseen[n-1].Merged, b.changeLinks(unseen)))
	}
	if n := len(direct); n > 0 {
		text := b.in(s, fmt.Sprintf("%s came in without a pull request", count(n, "commit")))
		found = append(found, b.concerning(low, text, direct[n-1].Merged, b.changeLinks(direct)))
	}
	return found
}

// undelivered reports whether a change should long be in production and is not.
// Changes to other branches than the default one may never be meant for it.
func (b *book) undelivered(s *shelf, c *timeline.Change) bool {
	deploys := len(s.attempts) > 0
	meant := c.Direct() || c.Facts != nil && c.Facts.Base == s.Facts.DefaultBranch
	return deploys && meant && c.InGraph && c.Rollout == nil && b.score.AsOf.Sub(c.Merged) > longUndelivered
}

// changeLinks links to the newest few.
func (b *book) changeLinks(changes []*timeline.Change) []Link {
	var links []Link
	for _, c := range slices.Backward(changes) {
		if len(links) < mostLinks {
			links = append(links, Link{Text: Hostile(changeNumber(c)+" ") + b.text(c.Title), Href: changeURL(c)})
		}
	}
	return links
}

// changeNumber names a change: "#12", or the beginning of its commit's id.
func changeNumber(c *timeline.Change) string {
	if c.Direct() {
		return c.Commit.Short()
	}
	return fmt.Sprintf("#%d", c.Number)
}

func changeURL(c *timeline.Change) string {
	if c.Direct() {
		return web(c.URL, commitURL(c.Repo, c.Commit))
	}
	return web(c.URL, fmt.Sprintf("%s/pull/%d", home(c.Repo), c.Number))
}

func deploymentURL(d *timeline.Deployment) string { return web(d.URL, commitURL(d.Repo, d.Commit)) }

// releaseConcerns are releases of the period whose ledger does not add up, and
// changes that wait long for a release.
func (b *book) releaseConcerns(s *shelf, p place) []concern {
	var found []concern
	for _, r := range s.releases {
		if b.score.Window.Contains(r.Published) && !ledgerWhole(r) {
			text := b.in(s, fmt.Sprintf("the contents of %s are not fully accounted for", plain(r.Tag)))
			links := []Link{{Text: Hostile(r.Tag), Href: p.to(releasePath(s.Name(), r.Tag))}}
			found = append(found, b.concerning(medium, text, r.Published, links))
		}
	}
	waits := b.waiting(s)
	if n := len(waits); n > 0 && waits[0].Value > longUnreleased.Seconds() {
		old := 0
		for _, item := range waits {
			if item.Value > longUnreleased.Seconds() {
				old++
			}
		}
		text := b.in(s, fmt.Sprintf("%s for a release for more than 30 days, the oldest for %s", count(old, "change")+either(old, " waits", " wait"), lasting(seconds(waits[0].Value))))
		links := []Link{{Text: "Unreleased changes", Href: p.to(kpiPath("unreleased-changes"))}}
		found = append(found, b.concerning(low, text, waits[0].At, links))
	}
	return found
}

// ledgerWhole reports whether every commit of a release is accounted for.
func ledgerWhole(r *timeline.Release) bool {
	return !r.Missing && r.Ledger.Explained == r.Ledger.Commits
}

// names joins names of repositories.
func names(repositories []shipshape.RepositoryName) string {
	words := make([]string, len(repositories))
	for i, name := range repositories {
		words[i] = string(name)
	}
	return list(words)
}
