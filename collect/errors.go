package collect

import (
	"errors"
	"fmt"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// ErrNoRepository says that GitHub shows no such repository to the token. GitHub
// does not tell a repository that is not there from one that is hidden.
var ErrNoRepository = errors.New("GitHub shows no such repository to this token: look at the spelling; if it is private, give the token access to it")

// ErrNoOwner says that GitHub knows no such user or organisation.
var ErrNoOwner = errors.New("GitHub knows no such user or organisation: look at the spelling")

// Incomplete says that reading ended early. The history that comes with it holds
// what was read, and a gap for each entity that was left.
type Incomplete struct {
	Repository shipshape.RepositoryName
	Read       []shipshape.Entity // to the end
	Left       []shipshape.Entity // in part, or not at all
	Err        error              // why
}

// Error says what was left and why.
func (e *Incomplete) Error() string {
	var left []string
	for _, entity := range e.Left {
		left = append(left, plurals[entity])
	}
	return fmt.Sprintf("%s was not read to its end (%s missing): %v", e.Repository, strings.Join(left, ", "), e.Err)
}

// Unwrap returns why reading ended.
func (e *Incomplete) Unwrap() error { return e.Err }
