package report

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// web returns an address from GitHub if it is one that may be linked to, else the
// fallback: what stands in a history can be anything.
func web(address, fallback string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || strings.ContainsAny(address, " \t\r\n\\") {
		return fallback
	}
	return address
}

// home returns the address of the repository itself.
func home(r *timeline.Repository) string {
	return strings.TrimSuffix(web(r.Facts.URL, "https://github.com/"+url.PathEscape(r.Name().Owner())+"/"+url.PathEscape(r.Name().Short())), "/")
}

func commitURL(r *timeline.Repository, o shipshape.OID) string {
	return home(r) + "/commit/" + url.PathEscape(string(o))
}

func compareURL(r *timeline.Repository, from, to string) string {
	return home(r) + "/compare/" + url.PathEscape(from) + "..." + url.PathEscape(to)
}

// The ways in which GitHub writes a login into texts.
var (
	mention   = regexp.MustCompile(`@[A-Za-z0-9][A-Za-z0-9-]*`)
	forkOwner = regexp.MustCompile(`\bfrom [A-Za-z0-9][A-Za-z0-9-]*/`)
	byAuthor  = regexp.MustCompile(`(?i)\b(signed-off-by|co-authored-by|reviewed-by|acked-by|tested-by):.*`)
)

// longestName is how many letters of a name stand within a sentence of ours.
const longestName = 120

// plain is a short name from GitHub, such as a tag, as it may stand within a
// sentence: without what would turn the direction of writing, end a line, or bury
// the sentence.
func plain(name string) string {
	letters := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "")))
	if len(letters) > longestName {
		return string(letters[:longestName]) + "…"
	}
	return string(letters)
}

// text is a title or the like from GitHub; where people are hidden it names
// nobody.
func (b *book) text(s string) Hostile { return Hostile(b.nameless(s)) }

// nameless takes the ways in which GitHub names people out of a text, where
// people are hidden.
func (b *book) nameless(s string) string {
	if !b.options.HidePeople {
		return s
	}
	s = mention.ReplaceAllString(s, "@…")
	s = forkOwner.ReplaceAllString(s, "from …/")
	return byAuthor.ReplaceAllString(s, "$1: …")
}

// person is who did something; "" where people are hidden. Machines are named.
func (b *book) person(login shipshape.Login, machine bool) string {
	if b.options.HidePeople && !machine {
		return ""
	}
	return string(login)
}
