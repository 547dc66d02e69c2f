package dataset

import (
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireComment is a comment on a pull request or an issue.
type wireComment struct {
	Author            shipshape.Login `json:"author" need:"key"`
	CreatedAt         time.Time       `json:"createdAt" need:"value"`
	AuthorAssociation string          `json:"authorAssociation"`
	Body              string          `json:"body"`
}

// comments converts comments and brings them into the order of time; those of
// one instant stay as they stand.
func comments(wires []wireComment) []shipshape.Comment {
	var list []shipshape.Comment
	for _, w := range wires {
		list = append(list, shipshape.Comment{
			Author:      w.Author,
			Association: w.AuthorAssociation,
			At:          w.CreatedAt,
			Body:        w.Body,
		})
	}
	slices.SortStableFunc(list, func(a, b shipshape.Comment) int { return a.At.Compare(b.At) })
	return list
}
