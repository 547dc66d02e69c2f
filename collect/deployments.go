package collect

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// deploymentNode is a deployment, with the beginning of its status history. State
// reads INACTIVE for a success that was superseded; only the statuses tell.
type deploymentNode struct {
	ID          string
	DatabaseID  int64 `graphql:"databaseId"`
	Environment string
	CommitOID   shipshape.OID `graphql:"commitOid"`
	Ref         *struct{ Name string }
	Task        string
	Description string
	Payload     string
	State       string
	CreatedAt   time.Time
	UpdatedAt   time.Time
	Creator     *actor
	Statuses    github.Connection[statusNode] `graphql:"statuses(first: $statuses)"`
}

type statusNode struct {
	State          shipshape.DeploymentState
	CreatedAt      time.Time
	Description    string
	EnvironmentURL string `graphql:"environmentUrl"`
	LogURL         string `graphql:"logUrl"`
	Creator        *actor
}

// statusesAtFirst is how many statuses of a deployment its page brings.
const statusesAtFirst = 30

// deployments reads deployments, newest first, until what [Options.Since] wants is
// there.
func (r *reader) deployments(ctx context.Context) error {
	reach := newReach(r.o, r.h.Repository.Environments)
	return readAll(ctx, r, list[deploymentNode]{
		entity: shipshape.DeploymentEntity,
		size:   100,
		ask:    askDeployments[deploymentNode](r, "statuses", r.first(statusesAtFirst)),
		stub:   askDeployments[bare](r),
		rest: func(n *deploymentNode) []*tail {
			of := record{shipshape.DeploymentEntity, strconv.FormatInt(n.DatabaseID, 10), "Deployment", n.ID}
			return rest(of, nested{field: "statuses", list: "statuses"}, &n.Statuses)
		},
		take: func(n *deploymentNode) (bool, error) {
			if n.CreatedAt.Before(r.o.Since) && reach.done() {
				return false, nil
			}
			if d := n.deployment(); reach.wants(d) {
				r.h.Deployments = append(r.h.Deployments, d)
			}
			return true, nil
		},
		at: func(n *deploymentNode) time.Time { return n.CreatedAt },
	})
}

// deploymentsQuery asks for a page of deployments.
type deploymentsQuery[N any] struct {
	github.Meter
	Repository struct {
		Deployments github.Connection[N] `graphql:"deployments(first: $size, after: $after, orderBy: {field: CREATED_AT, direction: DESC})"`
	} `graphql:"repository(owner: $owner, name: $name)"`
}

func askDeployments[N any](r *reader, more ...any) asker[N] {
	return func(ctx context.Context, size int, after *string) (github.Connection[N], []github.Fault, error) {
		var q deploymentsQuery[N]
		faults, err := r.query(ctx, &q, r.variables(size, after, more...))
		return q.Repository.Deployments, faults, err
	}
}

func (n *deploymentNode) deployment() shipshape.Deployment {
	d := shipshape.Deployment{
		ID:          n.DatabaseID,
		Environment: n.Environment,
		Commit:      n.CommitOID,
		Task:        n.Task,
		Description: n.Description,
		Payload:     payload(n.Payload),
		Creator:     n.Creator.somebody(),
		CreatedAt:   n.CreatedAt.UTC(),
		UpdatedAt:   n.UpdatedAt.UTC(),
		State:       n.State,
	}
	if n.Ref != nil {
		d.Ref = n.Ref.Name
	}
	for _, s := range n.Statuses.Nodes {
		if s != nil {
			d.Statuses = append(d.Statuses, s.status())
		}
	}
	slices.SortStableFunc(d.Statuses, byProgress)
	return d
}

func (n *statusNode) status() shipshape.DeploymentStatus {
	return shipshape.DeploymentStatus{
		State:       n.State,
		At:          n.CreatedAt.UTC(),
		Creator:     n.Creator.somebody(),
		Description: n.Description,
		Environment: n.EnvironmentURL,
		Log:         n.LogURL,
	}
}

// lifecycle is the order in which a deployment goes through its states.
var lifecycle = map[shipshape.DeploymentState]int{
	shipshape.DeploymentQueued:     1,
	shipshape.DeploymentPending:    2,
	shipshape.DeploymentWaiting:    2,
	shipshape.DeploymentInProgress: 3,
	shipshape.DeploymentSuccess:    4,
	shipshape.DeploymentFailure:    4,
	shipshape.DeploymentError:      4,
	shipshape.DeploymentInactive:   5,
}

// byProgress orders statuses by time. GitHub does not document in which order it
// lists them and times have whole seconds, so those of one second are ordered by
// lifecycle, then by what they say: the order of the list decides nothing.
func byProgress(a, b shipshape.DeploymentStatus) int {
	return cmp.Or(
		a.At.Compare(b.At),
		cmp.Compare(lifecycle[a.State], lifecycle[b.State]),
		cmp.Compare(a.State, b.State),
		cmp.Compare(a.Description, b.Description),
		cmp.Compare(a.Log, b.Log),
		cmp.Compare(a.Environment, b.Environment),
		cmp.Compare(a.Creator, b.Creator),
	)
}

// payload returns a payload as it was sent. GitHub gives it as text that holds
// JSON: of a JSON string that is its content, of other JSON its compact form, of
// no payload nothing.
func payload(text string) string {
	var plain *string
	if json.Unmarshal([]byte(text), &plain) == nil {
		if plain == nil {
			return ""
		}
		return *plain
	}
	var compact bytes.Buffer
	if json.Compact(&compact, []byte(text)) != nil {
		return text
	}
	return compact.String()
}
