package timeline

import (
	"regexp"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// takeback is what a text says it takes back.
type takeback struct {
	commits []shipshape.OID // perhaps abbreviated
	numbers []int           // of pull requests of this repository
	title   string          // perhaps cut, then ending in an ellipsis
	// suffix is the number that a reverting title ends in: its own, as a squash has
	// it, or that of what is taken back.
	suffix int
}

// reverted is what a reverting verb may be followed by: commits and pull requests,
// one or a list of them.
const (
	revertedItem = `(?:(?:of|merge|commits?|pull requests?|prs?) )*(?:[0-9a-f]{7,64}\b|https://\S{1,200}/(?:pull|commit)/\w+|(?:[\w.-]{1,100}/[\w.-]{1,100})?#[1-9]\d{0,8}\b)`
	revertedList = revertedItem + `(?:(?:,|;|,? and|,? &|\n)\s*` + revertedItem + `)*`
)

var (
	// revertTitle is a title that begins with the verb, after an optional
	// conventional type: "Revert "x"", "revert: x", "chore(api): revert x".
	revertTitle = regexp.MustCompile(`^(?i:(?:[a-z]+(?:\([^)]*\))?!?: *)?revert(?:s|ed|ing)?(?:\([^)]*\))?!?(?::| )) *(.+)$`)
	// reapplyTitle is how git titles the revert of a revert.
	reapplyTitle = regexp.MustCompile(`^Reapply (["“].+)$`)
	// revertPhrase is where a message or description says what it takes back.
	// "Partially reverts" takes nothing back.
	revertPhrase = regexp.MustCompile(`(?im)(?:^[ \t>*-]*|\bthis (?:(?:pull request|pr|commit|change) )?)(?:reverts?|reverting):? (` + revertedList + `)`)
	revertedOnly = regexp.MustCompile(`^(?i:` + revertedList + `)$`)
	commitName   = regexp.MustCompile(`(?:^|[\s,/])([0-9a-f]{7,64})\b`)
	numberName   = regexp.MustCompile(`(?:https://[^\s/]{1,100}/([\w.-]{1,100}/[\w.-]{1,100})/pull/|([\w.-]{1,100}/[\w.-]{1,100})?#)([1-9]\d{0,8})\b`)
)

// takenBack reads what a title and the text below it take back. Numbers of other
// repositories are left out.
func takenBack(title, text string, name shipshape.RepositoryName) takeback {
	var t takeback
	if t.title = revertedTitle(title); t.title != "" {
		t.suffix, _ = lastNumber(title)
		if n, _ := lastNumber(t.title); n > 0 {
			t.numbers = append(t.numbers, n)
		} else if revertedOnly.MatchString(t.title) {
			t.add(t.title, name)
		}
	}
	if containsFold(text, "revert") {
		for _, m := range revertPhrase.FindAllStringSubmatch(text, -1) {
			t.add(m[1], name)
		}
	}
	return t
}

// add reads a list of commits and pull requests.
func (t *takeback) add(list string, name shipshape.RepositoryName) {
	for _, m := range commitName.FindAllStringSubmatch(strings.ToLower(list), -1) {
		t.commits = append(t.commits, shipshape.OID(m[1]))
	}
	for _, m := range numberName.FindAllStringSubmatch(list, -1) {
		if owner := m[1] + m[2]; owner == "" || owner == string(name) {
			t.numbers = append(t.numbers, number(m[3]))
		}
	}
}

// revertedTitle returns the title that a title reverts, without its quotation
// marks; "" if it reverts none.
func revertedTitle(title string) string {
	_, title = lastNumber(strings.TrimSpace(title))
	if m := reapplyTitle.FindStringSubmatch(title); m != nil {
		return `Revert "` + unquoted(m[1]) + `"`
	}
	if m := revertTitle.FindStringSubmatch(title); m != nil {
		return unquoted(m[1])
	}
	return ""
}

// unquoted removes the quotation marks around a text; a cut text has none at its
// end.
func unquoted(text string) string {
	text = strings.TrimSpace(text)
	for _, marks := range [][2]string{{`"`, `"`}, {"“", "”"}, {"'", "'"}, {"`", "`"}, {"«", "»"}} {
		if inner, ok := strings.CutPrefix(text, marks[0]); ok {
			return strings.TrimSpace(strings.TrimSuffix(inner, marks[1]))
		}
	}
	return text
}

// titleKey is what titles are compared by: without the number at the end, case, and
// repeated blanks.
func titleKey(title string) string {
	_, title = lastNumber(title)
	return strings.Join(strings.Fields(strings.ToLower(title)), " ")
}

var conventionalType = regexp.MustCompile(`^[a-z]+(?:\([^)]*\))?!?: *`)

// bareKey is a title's key without a conventional type, which a revert may leave
// out or replace.
func bareKey(title string) string { return conventionalType.ReplaceAllString(titleKey(title), "") }

// cutLength is how much of a cut title must be left to tell it from another.
const cutLength = 8

// cutTitle returns the key of the beginning of a title that ends in an ellipsis;
// false for a whole title, and for one of which too little is left.
func cutTitle(title string) (string, bool) {
	for _, end := range []string{"…", "..."} {
		if start, ok := strings.CutSuffix(strings.TrimSpace(title), end); ok {
			key := titleKey(start)
			return key, len(key) >= cutLength
		}
	}
	return "", false
}
