package github

import "regexp"

// How servers word what their schema does not know. The words are the fallback for
// servers that add no code.
var (
	noField = regexp.MustCompile(`^Field '(\w+)' doesn't exist on type '(\w+)'`)
	noArg   = regexp.MustCompile(`^Field '(\w+)' doesn't accept argument '(\w+)'`)
	badArg  = regexp.MustCompile(`^Argument '(\w+)' on Field '(\w+)' has an invalid value`)
	noType  = regexp.MustCompile(`^No such type (\w+)`)

	// Names are short in every schema; anything else is not repeated.
	isName = regexp.MustCompile(`^\w{1,80}$`)
)

// unknown names what the schema lacks, "" where the problem is another:
// "Issue.issueType", "issues(filterBy:)", or the name of a type.
func (p problem) unknown() string {
	e := p.Extensions
	if e.Code == "undefinedField" && isName.MatchString(e.TypeName) && isName.MatchString(e.FieldName) {
		return e.TypeName + "." + e.FieldName
	}
	if e.Code == "argumentNotAccepted" && isName.MatchString(e.Name) && isName.MatchString(e.ArgumentName) {
		return e.Name + "(" + e.ArgumentName + ":)"
	}
	if m := noField.FindStringSubmatch(p.Message); m != nil {
		return m[2] + "." + m[1]
	}
	if m := noArg.FindStringSubmatch(p.Message); m != nil {
		return m[1] + "(" + m[2] + ":)"
	}
	if m := badArg.FindStringSubmatch(p.Message); m != nil {
		return m[2] + "(" + m[1] + ":)"
	}
	if m := noType.FindStringSubmatch(p.Message); m != nil {
		return m[1]
	}
	return ""
}
