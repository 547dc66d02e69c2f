package dataset

import (
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireRun is a line of workflowRuns.jsonl. What GitHub keeps on the check suite
// and its check runs stands on the same line.
type wireRun struct {
	DatabaseID  int64          `json:"databaseId" need:"value"`
	CommitOID   shipshape.OID  `json:"commitOid" need:"value"`
	CreatedAt   time.Time      `json:"createdAt" need:"value"`
	UpdatedAt   time.Time      `json:"updatedAt" need:"value"`
	Event       string         `json:"event" need:"value"`
	RunNumber   int            `json:"runNumber" need:"value"`
	Workflow    wireWorkflow   `json:"workflow" need:"value"`
	URL         string         `json:"url"`
	Branch      string         `json:"branch"`
	Status      string         `json:"status"`
	Conclusion  string         `json:"conclusion"`
	StartedAt   time.Time      `json:"startedAt"`
	CompletedAt time.Time      `json:"completedAt"`
	Reviews     []wireDecision `json:"deploymentReviews"`
}

// wireDecision is a review of the deployments of a run.
type wireDecision struct {
	State        string          `json:"state" need:"value"`
	User         shipshape.Login `json:"user"`
	Comment      string          `json:"comment"`
	Environments []string        `json:"environments"`
}

func (w wireDecision) review() (shipshape.DeploymentReview, error) {
	return shipshape.DeploymentReview{
		State: w.State, User: w.User, Comment: w.Comment, Environments: sorted(w.Environments),
	}, oneOf("state", w.State, "APPROVED", "REJECTED")
}

type wireWorkflow struct {
	Name string `json:"name" need:"value"`
}

func (w wireRun) run() (shipshape.Run, error) {
	reviews, err := convertAll("deploymentReviews", w.Reviews, wireDecision.review)
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
		Reviews:     reviews,
	}, err
}
