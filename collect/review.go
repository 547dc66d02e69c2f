package collect

import (
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// reviewNode is a review of a pull request.
type reviewNode struct {
	State             shipshape.ReviewState
	SubmittedAt       time.Time
	Author            *actor
	AuthorAssociation string
	Body              string
	Commit            *commitName
}

// pendingReview is the state of a review that nobody but its author can see yet.
const pendingReview = "PENDING"

func (n *reviewNode) review() shipshape.Review {
	r := shipshape.Review{
		Author:      n.Author.login(),
		Association: n.AuthorAssociation,
		State:       n.State,
		At:          n.SubmittedAt.UTC(),
		Body:        n.Body,
	}
	if n.Commit != nil {
		r.Commit = n.Commit.OID
	}
	return r
}

// reviews converts the submitted reviews, by time, those of one instant as they
// stood. One that the token's owner has not submitted yet is left out.
func reviews(nodes []*reviewNode) []shipshape.Review {
	var list []shipshape.Review
	for _, n := range nodes {
		if n != nil && n.State != pendingReview && !n.SubmittedAt.IsZero() {
			list = append(list, n.review())
		}
	}
	slices.SortStableFunc(list, func(a, b shipshape.Review) int { return a.At.Compare(b.At) })
	return list
}
