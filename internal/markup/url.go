package markup

import (
	"net/url"
	"regexp"
	"strings"
)

// longestURL is far above what GitHub hands out and below what mail programs
// and spreadsheets break at.
const longestURL = 2000

// host is a name or a number with an optional port. Names beyond ASCII must come
// in their coded form, in which none can pass for another.
var host = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?::[0-9]{1,5})?$`)

// URL returns s in a form that is safe in an attribute, in Markdown and in a
// cell, or "" unless it is an absolute https address with a host and without a
// user name.
func URL(s string) string {
	if s != strip(s) || len(s) > longestURL || strings.ContainsAny(s, "\n\t\\") {
		return ""
	}
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "https" || !host.MatchString(u.Host) || u.User != nil {
		return ""
	}
	return urlQuotes.Replace(u.String())
}

// urlQuotes encode what may end an attribute, a Markdown link or a table cell.
var urlQuotes = strings.NewReplacer(
	`"`, "%22", "'", "%27", "<", "%3C", ">", "%3E", "(", "%28", ")", "%29", "`", "%60",
	"|", "%7C", " ", "%20", "\\", "%5C", "[", "%5B", "]", "%5D", "{", "%7B", "}", "%7D", "^", "%5E",
)

// mailto returns a mail address as a link target, or "". Subjects and other
// headers are dropped.
func mailto(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "mailto" || len(s) > longestURL {
		return ""
	}
	address := u.Opaque
	if local, host, ok := strings.Cut(address, "@"); !ok || local == "" || host == "" {
		return ""
	}
	if strings.ContainsAny(address, "%,;:<>\"'\\ ?&") {
		return ""
	}
	return "mailto:" + urlQuotes.Replace(address)
}
