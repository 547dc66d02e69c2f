package shipshape

import (
	"cmp"
	"time"
)

// Deployment is a deployment as GitHub records it: a request to bring a commit to
// an environment, and what became of it.
type Deployment struct {
	ID          int64     `json:"id"` // GitHub's databaseId, larger than 32 bits
	Environment string    `json:"environment"`
	Commit      OID       `json:"commit"`
	Ref         string    `json:"ref,omitempty"` // branch or tag asked for
	Task        string    `json:"task,omitempty"`
	Description string    `json:"description,omitempty"`
	Payload     string    `json:"payload,omitempty"` // as sent, usually JSON
	Creator     Login     `json:"creator,omitempty"`
	CreatedAt   time.Time `json:"createdAt"`
	UpdatedAt   time.Time `json:"updatedAt,omitzero"` // not when it finished
	// State is the present state. A success reads INACTIVE once it is superseded,
	// so it decides nothing.
	State string `json:"state,omitempty"`
	// Statuses is the whole status history, by time.
	Statuses []DeploymentStatus `json:"statuses,omitempty"`
}

// Compare orders deployments by creation, then id.
func (d Deployment) Compare(o Deployment) int {
	return cmp.Or(d.CreatedAt.Compare(o.CreatedAt), cmp.Compare(d.ID, o.ID))
}

// DeploymentState is a state a deployment status can have, in GitHub's words.
type DeploymentState string

// The states of a deployment status.
const (
	DeploymentQueued     DeploymentState = "QUEUED"
	DeploymentPending    DeploymentState = "PENDING"
	DeploymentWaiting    DeploymentState = "WAITING"
	DeploymentInProgress DeploymentState = "IN_PROGRESS"
	DeploymentSuccess    DeploymentState = "SUCCESS"
	DeploymentFailure    DeploymentState = "FAILURE"
	DeploymentError      DeploymentState = "ERROR"
	DeploymentInactive   DeploymentState = "INACTIVE"
)

// DeploymentStatus is one entry of a deployment's status history.
type DeploymentStatus struct {
	State       DeploymentState `json:"state"`
	At          time.Time       `json:"at"`
	Creator     Login           `json:"creator,omitempty"`
	Description string          `json:"description,omitempty"`
	Environment string          `json:"environmentUrl,omitempty"` // address of what was deployed
	Log         string          `json:"logUrl,omitempty"`         // address of the run that deployed it
}

// Run is one run of a workflow, as seen through the check suite of a commit.
type Run struct {
	ID          int64     `json:"id"` // GitHub's databaseId, larger than 32 bits
	Workflow    string    `json:"workflow"`
	Event       string    `json:"event"`            // push, schedule, workflow_dispatch …
	Branch      string    `json:"branch,omitempty"` // of the check suite
	Commit      OID       `json:"commit"`
	Number      int       `json:"number"`
	URL         string    `json:"url,omitempty"`
	CreatedAt   time.Time `json:"createdAt"`
	UpdatedAt   time.Time `json:"updatedAt,omitzero"`
	Status      string    `json:"status"`               // of the check suite: COMPLETED, IN_PROGRESS …
	Conclusion  string    `json:"conclusion,omitempty"` // of the check suite: SUCCESS, FAILURE …
	StartedAt   time.Time `json:"startedAt,omitzero"`   // first start of its check runs
	CompletedAt time.Time `json:"completedAt,omitzero"` // last completion of its check runs
	// Reviews are those of the deployments that the run asked for. They are read of
	// the runs of commits that reached production only; of others nothing is known.
	Reviews []DeploymentReview `json:"reviews,omitempty"`
}

// DeploymentReview is what somebody decided about the deployments of a run. GitHub
// does not say when.
type DeploymentReview struct {
	State        string   `json:"state"` // APPROVED or REJECTED
	User         Login    `json:"user,omitempty"`
	Environments []string `json:"environments,omitempty"` // sorted
	Comment      string   `json:"comment,omitempty"`
}

// Compare orders runs by creation, then id.
func (r Run) Compare(o Run) int {
	return cmp.Or(r.CreatedAt.Compare(o.CreatedAt), cmp.Compare(r.ID, o.ID))
}
