package script

import (
	"fmt"
	"regexp"
	"time"

	"github.com/shipshape-report/shipshape"
)

const (
	mainBranch = "main"
	// noBranch is where a commit goes that no branch leads to.
	noBranch = "none"
)

var commitName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// checkName fails for a name that could not be told from other words.
func checkName(s *statement, name string) {
	if !commitName.MatchString(name) || name == noBranch {
		s.fail(fmt.Errorf("%q names no commit: letters, digits, - and _", name))
	}
}

func (b *builder) commit(s *statement) {
	r, name := b.here(), s.place[0]
	checkName(s, name)
	r.once(s, "commit", name)
	at := s.start(s.place[1])
	c := shipshape.Commit{
		OID: b.oid(name), AuthoredAt: at, CommittedAt: at, Author: shipshape.Login(s.or("by", "ann")),
		Headline: b.text(s, s.or("title", "Commit "+name)), Body: b.text(s, s.or("body", "")),
		Parents: b.parents(s),
	}
	c.AuthorName = string(c.Author)
	c.Additions, c.Deletions, c.Files = s.lines()
	if s.has("authored") {
		c.AuthoredAt = s.instant(s.key["authored"])
	}
	r.commits[name] = len(r.history.Commits)
	r.history.Commits = append(r.history.Commits, c)
	r.grow(s.or("branch", mainBranch), name)
}

// parents are those stated, else the commit before on the same branch.
func (b *builder) parents(s *statement) []shipshape.OID {
	if s.has("parents") {
		var out []shipshape.OID
		for _, name := range s.list("parents") {
			out = append(out, b.known(s, name))
		}
		return out
	}
	tip, ok := b.repo.tips[s.or("branch", mainBranch)]
	if !ok {
		return nil
	}
	return []shipshape.OID{b.oid(tip)}
}

// grow makes a commit the newest of its branch.
func (r *repository) grow(branch, name string) {
	if branch == noBranch {
		return
	}
	if _, ok := r.tips[branch]; !ok {
		r.order = append(r.order, branch)
	}
	r.tips[branch] = name
}

func (b *builder) tag(s *statement) {
	ref := b.addTag(s, s.place[0], s.place[1])
	if s.has("at") {
		ref.TaggedAt = s.start(s.key["at"])
		ref.Tagger = "ann"
	}
}

// addTag adds a lightweight tag.
func (b *builder) addTag(s *statement, name, commit string) *shipshape.Ref {
	h := &b.here().history
	b.repo.once(s, "tag", name)
	h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: name, Target: b.known(s, commit)})
	return &h.Refs[len(h.Refs)-1]
}

func (b *builder) release(s *statement) {
	tag, at := s.place[0], s.start(s.place[2])
	b.here().once(s, "release", tag)
	if !b.repo.ids["tag "+tag] && !s.flag["draft"] {
		b.addTag(s, tag, s.place[1]) // GitHub makes the tag of a release that has none.
	}
	r := shipshape.Release{
		Tag: tag, Name: s.or("title", tag), URL: b.repo.url("releases/tag/" + tag), Commit: b.known(s, s.place[1]),
		Author: shipshape.Login(s.or("by", "ann")), CreatedAt: at, PublishedAt: at,
		Draft: s.flag["draft"], Prerelease: s.flag["prerelease"], Description: b.text(s, s.or("body", "")),
	}
	if s.has("published") {
		r.PublishedAt = s.instant(s.key["published"])
	}
	if r.Draft {
		r.PublishedAt = time.Time{}
	}
	h := &b.repo.history
	h.Releases = append(h.Releases, r)
}
