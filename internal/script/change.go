package script

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

func (b *builder) change(s *statement) {
	r := b.here()
	number := int(s.number("change", s.place[0]))
	r.once(s, "number", strconv.Itoa(number))
	opened := s.start(s.place[1])
	c := shipshape.Change{
		Number: number, Title: b.text(s, s.or("title", fmt.Sprintf("Change %d", number))),
		URL: r.url(fmt.Sprintf("pull/%d", number)), State: shipshape.ChangeOpen,
		Author: shipshape.Login(s.or("by", "ann")), CreatedAt: opened, UpdatedAt: opened,
		Base: s.or("base", mainBranch), Head: s.or("from", fmt.Sprintf("topic-%d", number)),
		Commits: b.ownCommits(s),
	}
	c.Additions, c.Deletions, c.Files = s.lines()
	c.Body = b.text(s, s.or("body", ""))
	b.closeOrMerge(s, &c)
	if n := len(c.Commits); n > 0 {
		c.HeadOID = c.Commits[n-1].OID
	}
	if s.has("head") {
		c.HeadOID = b.known(s, s.key["head"])
	}
	c.Events = happened(s)
	c.Labels = worn(s)
	c.Reviews = verdicts(s)
	for _, n := range s.list("closes") {
		c.ClosesIssues = append(c.ClosesIssues, int(s.number("issue", n)))
	}
	r.changes[number] = len(r.history.Changes)
	r.history.Changes = append(r.history.Changes, c)
}

// closeOrMerge says how a pull request ended.
func (b *builder) closeOrMerge(s *statement, c *shipshape.Change) {
	if s.has("as") {
		c.MergeCommit = b.known(s, s.key["as"])
	}
	switch {
	case s.has("merged"):
		c.State, c.MergedAt = shipshape.ChangeMerged, s.instantOf("merged")
		c.ClosedAt, c.UpdatedAt = c.MergedAt, c.MergedAt
		c.MergedBy = shipshape.Login(s.or("mergedby", "bob"))
	case s.has("closed"):
		c.State, c.ClosedAt = shipshape.ChangeClosed, s.instantOf("closed")
		c.UpdatedAt = c.ClosedAt
	}
}

// ownCommits are the commits a pull request lists. One without an instant is in
// the graph and has its dates; one with an instant was authored then, and need not
// be in the graph: after a squash it is not.
func (b *builder) ownCommits(s *statement) []shipshape.ChangeCommit {
	var out []shipshape.ChangeCommit
	for _, d := range s.dated("commits", true) {
		checkName(s, d.word)
		c := shipshape.ChangeCommit{OID: b.oid(d.word), AuthoredAt: d.at, CommittedAt: d.at, Headline: "Commit " + d.word}
		i, inGraph := b.repo.commits[d.word]
		switch {
		case inGraph && d.at.IsZero():
			known := b.repo.history.Commits[i]
			c.AuthoredAt, c.CommittedAt, c.Headline = known.AuthoredAt, known.CommittedAt, known.Headline
		case d.at.IsZero():
			s.fail(fmt.Errorf("commit %s is not stated above; write %s@03-01T10:00 to date it", d.word, d.word))
		default:
			b.repo.listed[d.word] = true
		}
		out = append(out, c)
	}
	return out
}

// happened are the events that keys of a change stand for.
func happened(s *statement) []shipshape.Event {
	var out []shipshape.Event
	for key, kind := range map[string]shipshape.EventKind{"ready": shipshape.ReadyForReview, "draft": shipshape.ConvertedToDraft} {
		for _, at := range s.list(key) {
			out = append(out, shipshape.Event{Kind: kind, At: s.instant(at), Actor: "ann"})
		}
	}
	for _, d := range s.dated("labels", true) {
		if !d.at.IsZero() {
			out = append(out, shipshape.Event{Kind: shipshape.Labeled, At: d.at, Actor: "ann", Label: d.word})
		}
	}
	slices.SortFunc(out, compareEvents)
	return out
}

func compareEvents(a, b shipshape.Event) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Label, b.Label))
}

// worn are the labels at the time of reading.
func worn(s *statement) []string {
	var out []string
	for _, d := range s.dated("labels", true) {
		out = append(out, d.word)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// states are the words for what a review says.
var states = map[string]shipshape.ReviewState{
	"approved": shipshape.Approved, "commented": shipshape.Commented,
	"rejected": shipshape.ChangesRequested, "dismissed": shipshape.Dismissed,
}

// verdicts are the reviews without a text, by time.
func verdicts(s *statement) []shipshape.Review {
	var out []shipshape.Review
	for _, key := range slices.Sorted(maps.Keys(states)) {
		for _, d := range s.dated(key, false) {
			out = append(out, shipshape.Review{Author: shipshape.Login(d.word), State: states[key], At: d.at})
		}
	}
	slices.SortStableFunc(out, func(a, b shipshape.Review) int { return a.At.Compare(b.At) })
	return out
}

// said takes apart "login@instant" and finds what was spoken about.
func (b *builder) said(s *statement) (by shipshape.Login, at time.Time) {
	login, when, found := strings.Cut(s.place[1], "@")
	if !found {
		s.fail(fmt.Errorf("%q: write bob@03-02T10:00", s.place[1]))
		return "", time.Time{}
	}
	return shipshape.Login(login), s.start(when)
}

// spokenOf returns the change of a number, nil after a mistake.
func (b *builder) spokenOf(s *statement) *shipshape.Change {
	i, ok := b.here().changes[int(s.number("change", s.place[0]))]
	if !ok {
		s.fail(fmt.Errorf("change %s is not stated above", s.place[0]))
		return nil
	}
	return &b.repo.history.Changes[i]
}

func (b *builder) comment(s *statement) {
	by, at := b.said(s)
	if c := b.spokenOf(s); c != nil {
		c.Comments = append(c.Comments, shipshape.Comment{Author: by, At: at, Body: b.text(s, s.place[2])})
		slices.SortStableFunc(c.Comments, func(a, b shipshape.Comment) int { return a.At.Compare(b.At) })
	}
}

func (b *builder) review(s *statement) {
	by, at := b.said(s)
	state, ok := states[s.or("state", "commented")]
	if !ok {
		s.fail(fmt.Errorf("state %q: write approved, commented, rejected or dismissed", s.key["state"]))
	}
	if c := b.spokenOf(s); c != nil {
		c.Reviews = append(c.Reviews, shipshape.Review{Author: by, State: state, At: at, Body: b.text(s, s.place[2])})
		slices.SortStableFunc(c.Reviews, func(a, b shipshape.Review) int { return a.At.Compare(b.At) })
	}
}

// kinds are the words for what happens to a change.
var kinds = map[string]shipshape.EventKind{
	"ready": shipshape.ReadyForReview, "draft": shipshape.ConvertedToDraft, "labeled": shipshape.Labeled,
	"unlabeled": shipshape.Unlabeled, "dismissed": shipshape.ReviewDismissed, "reopened": shipshape.Reopened,
}

func (b *builder) event(s *statement) {
	kind, ok := kinds[s.place[1]]
	if !ok {
		s.fail(fmt.Errorf("event %q is unknown", s.place[1]))
	}
	e := shipshape.Event{Kind: kind, At: s.start(s.place[2]), Actor: shipshape.Login(s.or("by", "ann")), Label: s.or("label", "")}
	if c := b.spokenOf(s); c != nil {
		c.Events = append(c.Events, e)
		slices.SortStableFunc(c.Events, compareEvents)
	}
}
