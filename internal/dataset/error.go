package dataset

import "fmt"

// An Error says where a dataset is not as docs/dataset.md describes it, and what
// was expected there.
type Error struct {
	File  string // slash-separated, from the dataset's root
	Line  int    // counted from 1; 0 when the file as a whole is meant
	Field string // path inside the line, "reviews[2].state"; empty for the line as a whole
	Found string // what stands there
	Want  string // what should
}

func (e *Error) Error() string {
	where := e.File
	if e.Line > 0 {
		where = fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	if e.Field != "" {
		where += ": " + e.Field
	}
	return fmt.Sprintf("%s: %s, want %s", where, e.Found, e.Want)
}

// wrong is an Error that does not know its file and line yet.
func wrong(field, found, want string) error {
	return &Error{Field: field, Found: found, Want: want}
}
