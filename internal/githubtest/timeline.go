package githubtest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// item is a timeline item with its place.
type item struct {
	at   time.Time
	rank int // of its kind, among items of one instant
	i    int // among those of its kind
	object
}

// The order of items of one instant.
const (
	commitRank = iota
	reviewRank
	commentRank
	eventRank
)

func (t item) key() string { return instantKey(t.at, fmt.Sprintf("%d %08d", t.rank, t.i)) }

// timelineOf lists the items of a conversation by time: all, or those of some types.
func timelineOf(c conversation, args arguments) any {
	since, wrong := args.instant("since")
	if wrong != nil {
		return wrong
	}
	types := map[string]bool{}
	for _, t := range args.texts("itemTypes") {
		types[typeName(t)] = true
	}
	items := slices.DeleteFunc(c.items(), func(t item) bool {
		return t.at.Before(since) || (len(types) > 0 && !types[t.typ])
	})
	slices.SortStableFunc(items, func(a, b item) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.rank, b.rank), cmp.Compare(a.i, b.i))
	})
	items = items[min(args.number("skip"), len(items)):]
	return sliceOf(items, func(_ int, t item) any { return t.object }).
		keyed(false, func(i int) string { return items[i].key() })
}

// typeName turns an item type into the name of its object type: LABELED_EVENT into
// LabeledEvent.
func typeName(itemType string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(itemType, "_") {
		b.WriteString(word[:min(1, len(word))] + strings.ToLower(word[min(1, len(word)):]))
	}
	return b.String()
}

// items are all items of a conversation.
func (c conversation) items() []item {
	var items []item
	for i, e := range c.events {
		items = append(items, item{e.At, eventRank, i, object{string(e.Kind), event{c, i}}})
	}
	for i, r := range c.replies {
		items = append(items, item{r.At, commentRank, i, object{"IssueComment", reply{c, i}}})
	}
	if c.pull == nil {
		return items
	}
	for i, r := range c.pull.Reviews {
		items = append(items, item{r.At, reviewRank, i, object{"PullRequestReview", review{*c.pull, i}}})
	}
	for i, listed := range c.pull.Commits[:min(len(c.pull.Commits), maxListed)] {
		items = append(items, item{listed.CommittedAt, commitRank, i, object{"PullRequestCommit", pullRequestCommit{*c.pull, i}}})
	}
	return items
}

// event is an event of a timeline.
type event struct {
	conversation
	i int
}

func (e event) noun() shipshape.Event { return e.events[e.i] }

// last reports whether no later event has the same kind.
func (e event) last() bool {
	return !slices.ContainsFunc(e.events[e.i+1:], func(o shipshape.Event) bool { return o.Kind == e.noun().Kind })
}

// other is the issue or pull request at the other end of a reference, named as
// "owner/name#number"; where nothing is known of it, the thing itself.
func (e event) other(c call[event]) any {
	name, text, ok := strings.Cut(e.noun().Subject, "#")
	number, err := strconv.Atoi(text)
	if !ok || err != nil {
		return e.itself
	}
	r := c.index.names[strings.ToLower(name)]
	if r == nil {
		r = elsewhere(shipshape.RepositoryName(name), e.repo.world)
	}
	return r.ready().mentioned(number)
}

// mentioned is what carries a number: a pull request, an issue, or, of an unknown
// one, an issue that only its number is known of.
func (r *repository) mentioned(number int) object {
	for _, found := range []any{r.pullRequest(number), r.issue(number)} {
		if o, ok := found.(object); ok {
			return o
		}
	}
	url := fmt.Sprintf("%s/issues/%d", r.noun().URL, number)
	return object{"Issue", issue{&shipshape.Issue{Number: number, URL: url, State: "OPEN"}, r}}
}

// elsewhere is a repository that a reference names and the server does not have.
func elsewhere(name shipshape.RepositoryName, w *World) *repository {
	noun := shipshape.Repository{Name: name, URL: "https://github.com/" + string(name)}
	return &repository{world: w, Repository: &Repository{RepositoryHistory: shipshape.RepositoryHistory{Repository: noun}}}
}

// crosses reports whether a reference comes from another repository.
func (e event) crosses() bool {
	name, _, ok := strings.Cut(e.noun().Subject, "#")
	return ok && !strings.EqualFold(name, string(e.repo.name()))
}

func (e event) id() string { return newID(string(e.noun().Kind), e.repo, e.key(e.i)) }

// eventFields are those of every event, and of each kind what it has.
var eventFields = fields[event]{
	"id":        func(c call[event]) any { return c.of.id() },
	"createdAt": func(c call[event]) any { return c.of.noun().At },
	"actor":     func(c call[event]) any { return c.of.repo.world.actor(c.of.noun().Actor) },

	"label":          func(c call[event]) any { return c.of.repo.label(c.of.noun().Label) },
	"labelable":      func(c call[event]) any { return c.of.itself },
	"milestoneTitle": func(c call[event]) any { return c.of.noun().Milestone },
	"closable":       func(c call[event]) any { return c.of.itself },
	"closer":         func(c call[event]) any { return c.of.commit() },
	"stateReason":    func(c call[event]) any { return c.of.stateReason() },
	"commit":         func(c call[event]) any { return c.of.commit() },
	"mergeRefName":   func(c call[event]) any { return c.of.base() },
	"pullRequest":    func(c call[event]) any { return c.of.pullOf() },
	"assignable":     func(c call[event]) any { return c.of.itself },
	"assignee":       func(c call[event]) any { return c.of.repo.world.actor(shipshape.Login(c.of.noun().Subject)) },
	"currentTitle":   func(c call[event]) any { return c.of.noun().To },
	"previousTitle":  func(c call[event]) any { return c.of.noun().From },
	"url":            func(c call[event]) any { return fmt.Sprintf("%s#event-%d", c.of.url, c.of.i+1) },

	"requestedReviewer":   func(c call[event]) any { return c.of.repo.reviewer(c.of.noun().Subject) },
	"isCrossRepository":   func(c call[event]) any { return c.of.crosses() },
	"referencedAt":        func(c call[event]) any { return c.of.noun().At },
	"willCloseTarget":     func(c call[event]) any { return c.of.closes(c) },
	"review":              func(c call[event]) any { return nil },
	"previousReviewState": func(c call[event]) any { return string(shipshape.ChangesRequested) },
}

// subjectFields are what the milestone and title events call what they happened to.
var subjectFields = eventFields.with(fields[event]{
	"subject": func(c call[event]) any { return c.of.itself },
})

// A cross-reference comes from elsewhere to the thing itself, a connection leads from
// the thing itself elsewhere.
var (
	crossReferencedFields = eventFields.with(fields[event]{
		"source": func(c call[event]) any { return c.of.other(c) },
		"target": func(c call[event]) any { return c.of.itself },
	})
	connectedFields = eventFields.with(fields[event]{
		"source":  func(c call[event]) any { return c.of.itself },
		"subject": func(c call[event]) any { return c.of.other(c) },
	})
	duplicateFields = eventFields.with(fields[event]{
		"canonical": func(c call[event]) any { return c.of.canonical(c) },
		"duplicate": func(c call[event]) any { return c.of.itself },
	})
)

// base is the branch that a pull request was merged into.
func (e event) base() string {
	if e.pull == nil {
		return ""
	}
	return e.pull.Base
}

func (e event) commit() any { return e.repo.named(shipshape.ChangeCommit{OID: e.noun().Commit}) }

// stateReason is why it was closed, which is known of the last closing only.
func (e event) stateReason() string {
	if e.noun().Kind == shipshape.Closed && e.last() {
		return e.reason
	}
	return ""
}

// closes reports whether the source of a cross-reference closes the target.
func (e event) closes(c call[event]) bool {
	source, ok := e.other(c).(object)
	if !ok {
		return false
	}
	p, ok := source.of.(pullRequest)
	return ok && e.pull == nil && p.repo == e.repo && slices.Contains(p.ClosesIssues, e.number)
}

// canonical is what the thing is a duplicate of; nil where it is not known.
func (e event) canonical(c call[event]) any {
	if e.noun().Subject == "" {
		return nil
	}
	return e.other(c)
}
