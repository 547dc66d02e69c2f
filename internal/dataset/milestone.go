package dataset

import (
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireMilestone is a line of milestones.jsonl.
type wireMilestone struct {
	Number      int       `json:"number" need:"value"`
	Title       string    `json:"title" need:"value"`
	State       string    `json:"state" need:"value"`
	CreatedAt   time.Time `json:"createdAt" need:"value"`
	DueOn       time.Time `json:"dueOn"`
	ClosedAt    time.Time `json:"closedAt"`
	Description string    `json:"description"`
}

func (w wireMilestone) milestone() (shipshape.Milestone, error) {
	return shipshape.Milestone(w), oneOf("state", w.State, "CLOSED", "OPEN")
}
