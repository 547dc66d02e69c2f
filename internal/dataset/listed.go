package dataset

import (
	"reflect"
	"time"

	"github.com/shipshape-report/shipshape"
)

// listedCommit is a commit as a pull request lists it: an object, or its object
// id alone where commits.jsonl has the rest.
type listedCommit struct {
	OID             shipshape.OID `json:"oid" need:"value"`
	AuthoredDate    time.Time     `json:"authoredDate" need:"value"`
	CommittedDate   time.Time     `json:"committedDate" need:"value"`
	MessageHeadline string        `json:"messageHeadline" need:"value"`
}

func (c *listedCommit) fromString(path, text string) error {
	return scalar(path, text, reflect.ValueOf(&c.OID).Elem())
}

func listed(wires []listedCommit) []shipshape.ChangeCommit {
	var commits []shipshape.ChangeCommit
	for _, w := range wires {
		commits = append(commits, shipshape.ChangeCommit{
			OID:         w.OID,
			AuthoredAt:  w.AuthoredDate,
			CommittedAt: w.CommittedDate,
			Headline:    w.MessageHeadline,
		})
	}
	return commits
}

// fillCommits gives the commits that pull requests list by object id alone their
// times and headline. One that is in no history keeps zero times: nothing is
// known of it.
func fillCommits(changes []shipshape.Change, commits []shipshape.Commit) {
	byOID := make(map[shipshape.OID]*shipshape.Commit, len(commits))
	for i := range commits {
		byOID[commits[i].OID] = &commits[i]
	}
	for i := range changes {
		for j := range changes[i].Commits {
			listed := &changes[i].Commits[j]
			if c := byOID[listed.OID]; c != nil && listed.AuthoredAt.IsZero() {
				listed.AuthoredAt, listed.CommittedAt, listed.Headline = c.AuthoredAt, c.CommittedAt, c.Headline
			}
		}
	}
}
