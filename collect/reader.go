package collect

import (
	"context"
	"fmt"
	"time"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// reader reads one repository into one history.
type reader struct {
	client *github.Client
	name   shipshape.RepositoryName // as GitHub spells it, once the facts are read
	o      Options
	h      *shipshape.RepositoryHistory
	// most bounds every page and every nested list, 0 for no bound. Tests make it
	// small, so that every list has a tail.
	most int
	// oldest is how far back a list ordered by time was read, by entity. It is only
	// of interest where reading was cut short.
	oldest map[shipshape.Entity]time.Time
	known  map[gapKey]bool // gaps that are there already
	nulls  map[nullList]int

	about *factsNode      // what the first answer said of the repository
	shut  map[string]bool // parts of it that the token may not read
	head  shipshape.OID   // of the default branch, "" without one

	quiet    map[int]bool     // changes without a comment on any line, by number
	related  map[int]relation // of issues, by number
	runNodes map[int64]string // node ids of runs

	wants               Wanted
	looked, lookedAgain bool
}

func newReader(client *github.Client, name shipshape.RepositoryName, o Options) *reader {
	return &reader{
		client: client,
		name:   name,
		o:      o,
		h:      &shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: name}},
		oldest: map[shipshape.Entity]time.Time{},
		known:  map[gapKey]bool{},
		nulls:  map[nullList]int{},
		shut:   map[string]bool{},

		quiet:    map[int]bool{},
		related:  map[int]relation{},
		runNodes: map[int64]string{},
	}
}

// size is how many items to ask for where n would be best.
func (r *reader) size(n int) int {
	if r.most > 0 {
		return min(n, r.most)
	}
	return n
}

// first is size, as a variable of a query.
func (r *reader) first(n int) githubv4.Int { return githubv4.Int(r.size(n)) }

// variables are those of a query that asks for a page of a repository's list.
// Further pairs of name and value may follow.
func (r *reader) variables(size int, after *string, more ...any) map[string]any {
	v := r.named(more...)
	v["size"], v["after"] = githubv4.Int(size), (*githubv4.String)(after)
	return v
}

// named are the variables of a query that asks for the repository by its name.
// Further pairs of name and value may follow.
func (r *reader) named(more ...any) map[string]any {
	v := map[string]any{
		"owner": githubv4.String(r.name.Owner()),
		"name":  githubv4.String(r.name.Short()),
	}
	for i := 0; i+1 < len(more); i += 2 {
		v[more[i].(string)] = more[i+1]
	}
	return v
}

// query asks a query whose root is the repository. A repository that is not there
// is an error, not a fault.
func (r *reader) query(ctx context.Context, q any, variables map[string]any) ([]github.Fault, error) {
	faults, err := r.client.Query(ctx, q, variables)
	if err != nil {
		return nil, err
	}
	return faults, missing(r.name, faults)
}

// missing returns an error if GitHub says that there is no such repository.
func missing(name shipshape.RepositoryName, faults []github.Fault) error {
	for _, f := range faults {
		if f.Type == github.FaultNotFound && len(f.Path) == 1 && f.Path[0] == "repository" {
			return fmt.Errorf("%s: %w", name, ErrNoRepository)
		}
	}
	return nil
}

// progress tells how many records of an entity are read; total is 0 where it is
// not known.
func (r *reader) progress(e shipshape.Entity, done, total int) {
	if r.o.Progress != nil {
		r.o.Progress(Step{Repository: r.name, Entity: e, Done: done, Total: total})
	}
}
