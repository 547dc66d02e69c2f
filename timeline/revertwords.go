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
	titles  []string        // perhaps cut, then ending in an ellipsis
}

var (
	// revertTitle is a title that begins with the verb, after an optional
	// conventional type: "Revert "x"", "revert: x", "chore(api): revert x".
	revertTitle = regexp.MustCompile(`^(?i:(?:[a-z]+(?:\([^)]*\))?!?: *)?revert(?:s|ed|ing)?(?:\([^)]*\))?!?(?::| )) *(.+)$`)
	// reapplyTitle is how git titles the revert of a revert.
	reapplyTitle = regexp.MustCompile(`^Reapply (["“].+)$`)
	// revertPhrase is a sentence of a message or description that reverts something,
	// up to its end. "Partially reverts" takes nothing back.
	revertPhrase = regexp.MustCompile(`(?im)(?:^[ \t>*-]*|\bthis |\bthis (?:pull request|pr|commit|change) )(?:reverts|reverting)\b:?([^\n]*(?:\n[^\n]{0,4}[0-9a-f]{7,64}[^\n]*)*)`)
	commitName   = regexp.MustCompile(`\b[0-9a-f]{7,64}\b`)
	numberName   = regexp.MustCompile(`(?:https://[^\s/]{1,100}/([\w.-]{1,100}/[\w.-]{1,100})/pull/|([\w.-]{1,100}/[\w.-]{1,100})?#)([1-9]\d{0,8})\b`)
)

// takenBack reads what a title and the text below it take back. Numbers of other
// repositories are left out.
func takenBack(title, text string, name shipshape.RepositoryName) takeback {
	var t takeback
	if inner := revertedTitle(title); inner != "" {
		t.numbers = numbersIn(inner, name)
		if len(t.numbers) == 0 && commitName.FindString(inner) == strings.TrimPrefix(inner, "commit ") {
			t.commits = append(t.commits, shipshape.OID(strings.TrimPrefix(inner, "commit ")))
		}
		t.titles = append(t.titles, inner)
	}
	if !containsFold(text, "revert") {
		return t
	}
	for _, m := range revertPhrase.FindAllStringSubmatch(text, -1) {
		for _, o := range commitName.FindAllString(m[1], -1) {
			t.commits = append(t.commits, shipshape.OID(o))
		}
		t.numbers = append(t.numbers, numbersIn(m[1], name)...)
	}
	return t
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

// numbersIn returns the pull request numbers that a text names, in order.
func numbersIn(text string, name shipshape.RepositoryName) []int {
	var out []int
	for _, m := range numberName.FindAllStringSubmatch(text, -1) {
		if owner := m[1] + m[2]; owner == "" || owner == string(name) {
			out = append(out, number(m[3]))
		}
	}
	return out
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

// cut returns the beginning of a title that ends in an ellipsis; false for a whole
// title, and for too little to tell one from another.
func cut(title string) (string, bool) {
	title = strings.TrimSpace(title)
	for _, end := range []string{"…", "..."} {
		if start, ok := strings.CutSuffix(title, end); ok && len(start) >= 8 {
			return titleKey(start), true
		}
	}
	return "", false
}
