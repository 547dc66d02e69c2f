package dataset

import (
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireReview is a review of a pull request.
type wireReview struct {
	Author            shipshape.Login `json:"author" need:"key"`
	State             string          `json:"state" need:"value"`
	SubmittedAt       time.Time       `json:"submittedAt" need:"key"`
	AuthorAssociation string          `json:"authorAssociation"`
	Body              string          `json:"body"`
	CommitOID         shipshape.OID   `json:"commitOid"`
}

func (w wireReview) review() (shipshape.Review, error) {
	r := shipshape.Review{
		Author:      w.Author,
		Association: w.AuthorAssociation,
		State:       shipshape.ReviewState(w.State),
		At:          w.SubmittedAt,
		Body:        w.Body,
		Commit:      w.CommitOID,
	}
	if w.State != pending && w.SubmittedAt.IsZero() {
		return r, wrong("submittedAt", "null", "an instant: only a pending review has none")
	}
	return r, oneOf("state", w.State, "APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", pending)
}

// pending is the state of a review that nobody but its author can see yet.
const pending = "PENDING"

// reviews converts the submitted reviews and brings them into the order of time.
// Pending ones are left out.
func reviews(wires []wireReview) ([]shipshape.Review, error) {
	all, err := convertAll("reviews", wires, wireReview.review)
	all = slices.DeleteFunc(all, func(r shipshape.Review) bool { return r.State == pending })
	slices.SortStableFunc(all, func(a, b shipshape.Review) int { return a.At.Compare(b.At) })
	return all, err
}
