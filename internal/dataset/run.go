package dataset

import (
	"encoding/json"
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireRun is a line of workflowRuns.jsonl. What GitHub keeps on the check suite
// and its check runs stands on the same line.
type wireRun struct {
	DatabaseID  int64           `json:"databaseId" need:"value"`
	CommitOID   shipshape.OID   `json:"commitOid" need:"value"`
	CreatedAt   time.Time       `json:"createdAt" need:"value"`
	UpdatedAt   time.Time       `json:"updatedAt" need:"value"`
	Event       string          `json:"event" need:"value"`
	RunNumber   int             `json:"runNumber" need:"value"`
	Workflow    wireWorkflow    `json:"workflow" need:"value"`
	URL         string          `json:"url"`
	Branch      string          `json:"branch"`
	Status      string          `json:"status"`
	Conclusion  string          `json:"conclusion"`
	StartedAt   time.Time       `json:"startedAt"`
	CompletedAt time.Time       `json:"completedAt"`
	Reviews     json.RawMessage `json:"deploymentReviews"` // unread
}

type wireWorkflow struct {
	Name string `json:"name" need:"value"`
}

func (w wireRun) run() (shipshape.Run, error) {
	return shipshape.Run{
		ID:          w.DatabaseID,
		Workflow:    w.Workflow.Name,
		Event:       w.Event,
		Branch:      w.Branch,
		Commit:      w.CommitOID,
		Number:      w.RunNumber,
		URL:         w.URL,
		CreatedAt:   w.CreatedAt,
		UpdatedAt:   w.UpdatedAt,
		Status:      w.Status,
		Conclusion:  w.Conclusion,
		StartedAt:   w.StartedAt,
		CompletedAt: w.CompletedAt,
	}, nil
}
