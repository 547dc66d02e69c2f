package markup

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// reference finds #1, owner/name#1, @name and whole commit hashes. What stands
// around a match is checked by bounded: expressions here cannot look back.
var reference = regexp.MustCompile(
	`(?:[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+)?#[1-9][0-9]{0,9}|@[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})|[0-9a-f]{40}`)

// references links what GitHub would link. It works on the parsed text outside
// of links and code: read any earlier, [see #5](url) would hold a link in a
// link.
func references(doc ast.Node, src []byte, o Options) {
	repository := strings.TrimSuffix(URL(o.Repository), "/")
	u, err := url.Parse(repository)
	if err != nil || u.Host == "" {
		return
	}
	host := "https://" + u.Host + "/"
	for t := range every[*ast.Text](doc) {
		if within(t, ast.KindLink) || within(t, ast.KindCodeSpan) {
			continue
		}
		split(t, src, func(match string) string { return referenced(match, repository, host) })
	}
}

// referenced is where a reference leads.
func referenced(match, repository, host string) string {
	where, number, found := strings.Cut(match, "#")
	switch {
	case found && where == "":
		return repository + "/issues/" + number
	case found:
		return host + where + "/issues/" + number
	case match[0] == '@':
		return host + match[1:]
	}
	return repository + "/commit/" + match
}

// split puts a link around each reference in the text t.
func split(t *ast.Text, src []byte, target func(string) string) {
	whole := t.Segment
	value := src[whole.Start:whole.Stop]
	parent, from := t.Parent(), 0
	for _, m := range reference.FindAllIndex(value, -1) {
		if !bounded(value, m[0], m[1]) {
			continue
		}
		if m[0] > from {
			parent.InsertBefore(parent, t, ast.NewTextSegment(text.NewSegment(whole.Start+from, whole.Start+m[0])))
		}
		link := ast.NewLink()
		link.Destination = []byte(target(string(value[m[0]:m[1]])))
		lead(link)
		link.AppendChild(link, ast.NewTextSegment(text.NewSegment(whole.Start+m[0], whole.Start+m[1])))
		parent.InsertBefore(parent, t, link)
		from = m[1]
	}
	t.Segment = text.NewSegment(whole.Start+from, whole.Stop)
}

// bounded says whether a match is a word of its own: not the tail of a path, an
// entity, an escape, an address or a longer word, and not a team.
func bounded(value []byte, from, to int) bool {
	if from > 0 && (wordy(value[from-1]) || strings.IndexByte(`/&\#@.-+=%?`, value[from-1]) >= 0) {
		return false
	}
	if to < len(value) && (wordy(value[to]) || value[to] == '/' && value[from] == '@' || value[to] == '@') {
		return false
	}
	return true
}

// wordy are letters, digits and all bytes of letters beyond ASCII.
func wordy(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= 0x80
}

// mergeText joins neighbouring pieces of text, which the parser leaves wherever
// a mark might have begun: owner_x/name#1 must be seen whole.
func mergeText(doc ast.Node) {
	for t := range every[*ast.Text](doc) {
		for {
			next, ok := t.NextSibling().(*ast.Text)
			if !ok || t.Parent() == nil || t.SoftLineBreak() || t.HardLineBreak() ||
				t.Segment.Stop != next.Segment.Start || t.IsRaw() != next.IsRaw() || next.Segment.Padding > 0 {
				break
			}
			t.Segment = t.Segment.WithStop(next.Segment.Stop)
			t.SetSoftLineBreak(next.SoftLineBreak())
			t.SetHardLineBreak(next.HardLineBreak())
			next.Parent().RemoveChild(next.Parent(), next)
		}
	}
}
