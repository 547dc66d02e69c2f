package dataset

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireDeployment is a line of deployments.jsonl.
type wireDeployment struct {
	DatabaseID  int64           `json:"databaseId" need:"value"`
	CreatedAt   time.Time       `json:"createdAt" need:"value"`
	UpdatedAt   time.Time       `json:"updatedAt" need:"value"`
	Environment string          `json:"environment" need:"value"`
	CommitOID   shipshape.OID   `json:"commitOid" need:"value"`
	State       string          `json:"state" need:"key"`
	Ref         string          `json:"ref"`
	Task        string          `json:"task"`
	Description string          `json:"description"`
	Payload     json.RawMessage `json:"payload"`
	Creator     shipshape.Login `json:"creator"`
	Statuses    []wireStatus    `json:"statuses"`
}

// wireStatus is one status of a deployment.
type wireStatus struct {
	State          string          `json:"state" need:"value"`
	CreatedAt      time.Time       `json:"createdAt" need:"value"`
	Description    string          `json:"description"`
	EnvironmentURL string          `json:"environmentUrl"`
	LogURL         string          `json:"logUrl"`
	Creator        shipshape.Login `json:"creator"`
}

func (w wireDeployment) deployment() (shipshape.Deployment, error) {
	statuses, err := convertAll("statuses", w.Statuses, wireStatus.status)
	slices.SortStableFunc(statuses, func(a, b shipshape.DeploymentStatus) int { return a.At.Compare(b.At) })
	return shipshape.Deployment{
		ID:          w.DatabaseID,
		Environment: w.Environment,
		Commit:      w.CommitOID,
		Ref:         w.Ref,
		Task:        w.Task,
		Description: w.Description,
		Payload:     payload(w.Payload),
		Creator:     w.Creator,
		CreatedAt:   w.CreatedAt,
		UpdatedAt:   w.UpdatedAt,
		State:       w.State,
		Statuses:    statuses,
	}, err
}

func (w wireStatus) status() (shipshape.DeploymentStatus, error) {
	return shipshape.DeploymentStatus{
			State:       shipshape.DeploymentState(w.State),
			At:          w.CreatedAt,
			Creator:     w.Creator,
			Description: w.Description,
			Environment: w.EnvironmentURL,
			Log:         w.LogURL,
		}, oneOf("state", w.State, "ERROR", "FAILURE", "INACTIVE", "IN_PROGRESS", "PENDING",
			"QUEUED", "SUCCESS", "WAITING")
}

// payload returns a payload as it was sent: the text of a JSON string, or the
// JSON itself without white space around its parts.
func payload(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text // null, too, is no payload
	}
	var compact bytes.Buffer
	if json.Compact(&compact, raw) != nil {
		return ""
	}
	return compact.String()
}
