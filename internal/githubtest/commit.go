package githubtest

import (
	"fmt"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// commit is a commit of the graph, or one that only a pull request or a release
// names.
type commit struct {
	*shipshape.Commit
	repo *repository
}

// commit finds a commit of the graph by its whole object id.
func (r *repository) commit(oid shipshape.OID) any {
	i, ok := r.commits[oid]
	if !ok {
		return nil
	}
	return object{"Commit", commit{&r.Commits[i], r}}
}

// named finds a commit that something names; where the graph does not have it, it
// is a commit of which only this much is known.
func (r *repository) named(listed shipshape.ChangeCommit) any {
	if listed.OID == "" {
		return nil
	}
	if found := r.commit(listed.OID); found != nil {
		return found
	}
	return object{"Commit", commit{&shipshape.Commit{
		OID: listed.OID, AuthoredAt: listed.AuthoredAt, CommittedAt: listed.CommittedAt, Headline: listed.Headline,
	}, r}}
}

// gitObjectFields are those that every object of git has.
func gitObjectFields[T any](oid func(T) shipshape.OID, repo func(T) *repository, typ string) fields[T] {
	return fields[T]{
		"id":             func(c call[T]) any { return newID(typ, repo(c.of), string(oid(c.of))) },
		"oid":            func(c call[T]) any { return string(oid(c.of)) },
		"abbreviatedOid": func(c call[T]) any { return oid(c.of).Short() },
		"commitUrl":      func(c call[T]) any { return repo(c.of).noun().URL + "/commit/" + string(oid(c.of)) },
		"repository":     func(c call[T]) any { return object{"Repository", repo(c.of)} },
	}
}

var commitFields = gitObjectFields(func(c commit) shipshape.OID { return c.OID }, func(c commit) *repository { return c.repo }, "Commit").
	with(fields[commit]{
		"url":                     func(c call[commit]) any { return c.of.repo.noun().URL + "/commit/" + string(c.of.OID) },
		"message":                 func(c call[commit]) any { return c.of.message() },
		"messageHeadline":         func(c call[commit]) any { headline, _ := c.of.shown(); return headline },
		"messageBody":             func(c call[commit]) any { _, body := c.of.shown(); return body },
		"authoredDate":            func(c call[commit]) any { return c.of.AuthoredAt },
		"committedDate":           func(c call[commit]) any { return c.of.CommittedAt },
		"author":                  func(c call[commit]) any { return c.of.author() },
		"authors":                 func(c call[commit]) any { return sliceOf([]any{c.of.author()}, func(_ int, a any) any { return a }) },
		"committer":               func(c call[commit]) any { return nil },
		"parents":                 commitParents,
		"history":                 commitHistory,
		"associatedPullRequests":  commitPullRequests,
		"checkSuites":             commitSuites,
		"deployments":             func(c call[commit]) any { return c.of.deployments(c.args) },
		"additions":               func(c call[commit]) any { return c.of.Additions },
		"deletions":               func(c call[commit]) any { return c.of.Deletions },
		"changedFilesIfAvailable": func(c call[commit]) any { return c.of.Files },
		"signature":               func(c call[commit]) any { return nil },
		"statusCheckRollup":       func(c call[commit]) any { return nil },
		"committedViaWeb":         func(c call[commit]) any { return false },
		"authoredByCommitter":     func(c call[commit]) any { return false },
		"pushedDate":              func(c call[commit]) any { return nil },
	})

// message is the whole message as git has it.
func (c commit) message() string {
	if c.Body == "" {
		return c.Headline
	}
	return c.Headline + "\n\n" + c.Body
}

// GitHub cuts a first line of more than 72 characters after the 69th and lets the
// body begin with the rest.
const (
	headlineLimit = 72
	headlineKept  = 69
)

// shown is the message as GitHub's headline and body show it.
func (c commit) shown() (headline, body string) {
	line := []rune(c.Headline)
	if len(line) <= headlineLimit {
		return c.Headline, c.Body
	}
	return string(line[:headlineKept]) + "…", strings.TrimRight("…"+string(line[headlineKept:])+"\n\n"+c.Body, "\n")
}

func commitParents(c call[commit]) any {
	r := c.of.repo
	return sliceOf(c.of.Parents, func(_ int, oid shipshape.OID) any { return r.named(shipshape.ChangeCommit{OID: oid}) })
}

// commitHistory lists the commit and its ancestors. GitHub lists a history without a
// page size too.
func commitHistory(c call[commit]) any {
	for _, filter := range []string{"path", "author"} {
		if c.args.has(filter) {
			return unserved("history filtered by %s", filter)
		}
	}
	since, wrong := c.args.instant("since")
	if wrong != nil {
		return wrong
	}
	until, wrong := c.args.instant("until")
	if wrong != nil {
		return wrong
	}
	w := c.of.repo.walkFrom(c.of.OID, since, until)
	r := c.of.repo
	return list{
		count:     w.count,
		has:       w.has,
		at:        func(i int) any { return object{"Commit", commit{w.at(i), r}} },
		head:      string(c.of.OID),
		unbounded: true,
	}
}

// commitPullRequests lists the pull requests that a commit belongs to.
func commitPullRequests(c call[commit]) any {
	return c.of.repo.pullRequests(c.args, "of commit "+string(c.of.OID), c.of.repo.byCommit.changes[c.of.OID])
}

func (c commit) deployments(args arguments) any {
	return c.repo.deploymentList(args, "of commit "+string(c.OID), c.repo.byCommit.deployments[c.OID])
}

// gitActor is who git names as the author of a commit or the tagger of a tag.
type gitActor struct {
	name, email string
	login       shipshape.Login
	date        string
	world       *World
}

func (c commit) author() any {
	return object{"GitActor", gitActor{
		name: c.AuthorName, email: c.email(), login: c.Author, world: c.repo.world,
		date: c.AuthoredAt.UTC().Format("2006-01-02T15:04:05Z"),
	}}
}

// email is the author's address: the no-reply address of the login if there is one,
// else one made of the name.
func (c commit) email() string {
	switch stated := c.repo.Emails[c.OID]; {
	case stated != "":
		return stated
	case bot(c.Author):
		return "49699333+" + string(c.Author) + "@users.noreply.github.com"
	case c.Author != "":
		return string(c.Author) + "@users.noreply.github.com"
	}
	return slug(c.AuthorName) + "@example.org"
}

// slug keeps the letters and digits of a name, and dots between its words. What has
// neither is told apart by its code points.
func slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('.')
		default:
			fmt.Fprintf(&b, "%x", r)
		}
	}
	return "someone." + b.String()
}

var gitActorFields = fields[gitActor]{
	"name":  func(c call[gitActor]) any { return c.of.name },
	"email": func(c call[gitActor]) any { return c.of.email },
	"date":  func(c call[gitActor]) any { return c.of.date },
	"user":  func(c call[gitActor]) any { return c.of.world.user(c.of.login) },
}
