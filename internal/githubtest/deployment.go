package githubtest

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// deployment is a deployment of a repository.
type deployment struct {
	*shipshape.Deployment
	repo *repository
}

// deployment finds a deployment by its number.
func (r *repository) deployment(id int64) any {
	i, ok := r.deployments[id]
	if !ok {
		return nil
	}
	return r.deploymentAt(i)
}

func (r *repository) deploymentAt(i int) any {
	return object{"Deployment", deployment{&r.Deployments[i], r}}
}

// deploymentList is a list of deployments by creation: all, or those in among. The
// name stands for the choice.
func (r *repository) deploymentList(args arguments, name string, among []int) any {
	environments := args.texts("environments")
	_, direction := args.order("CREATED_AT", "ASC")
	key := func(i int) string { return instantKey(r.Deployments[i].CreatedAt, numberKey(r.Deployments[i].ID)) }
	keep := func(i int) bool {
		return !args.has("environments") || slices.Contains(environments, r.Deployments[i].Environment)
	}
	if name != "" {
		return ordered(chosen(among, keep, key), direction, key, r.deploymentAt)
	}
	order := "deployments " + strconv.FormatBool(args.has("environments")) + strings.Join(environments, "\x00")
	return ordered(r.order(order, len(r.Deployments), keep, key), direction, key, r.deploymentAt)
}

var deploymentFields = fields[deployment]{
	"id":                  func(c call[deployment]) any { return newID("Deployment", c.of.repo, strconv.FormatInt(c.of.ID, 10)) },
	"databaseId":          func(c call[deployment]) any { return c.of.ID },
	"commit":              func(c call[deployment]) any { return c.of.repo.commit(c.of.Commit) },
	"commitOid":           func(c call[deployment]) any { return string(c.of.Commit) },
	"ref":                 func(c call[deployment]) any { return c.of.repo.refNamed(c.of.Ref, c.of.Commit) },
	"environment":         func(c call[deployment]) any { return c.of.Environment },
	"originalEnvironment": func(c call[deployment]) any { return c.of.Environment },
	"latestEnvironment":   func(c call[deployment]) any { return c.of.Environment },
	"state":               func(c call[deployment]) any { return c.of.State },
	"latestStatus":        func(c call[deployment]) any { return c.of.repo.status(c.of.ID, len(c.of.Statuses)-1) },
	"statuses":            deploymentStatuses,
	"task":                func(c call[deployment]) any { return c.of.Task },
	"payload":             func(c call[deployment]) any { return c.of.Payload },
	"description":         func(c call[deployment]) any { return c.of.Description },
	"creator":             func(c call[deployment]) any { return c.of.repo.world.ghost(c.of.Creator) },
	"createdAt":           func(c call[deployment]) any { return c.of.CreatedAt },
	"updatedAt":           func(c call[deployment]) any { return c.of.UpdatedAt },
	"repository":          func(c call[deployment]) any { return object{"Repository", c.of.repo} },
}

// status is an entry of a deployment's status history.
type status struct {
	deployment
	i int
}

// status finds the i-th status of a deployment, counted from the oldest.
func (r *repository) status(id int64, i int) any {
	d, ok := r.deployments[id]
	if !ok || i < 0 || i >= len(r.Deployments[d].Statuses) {
		return nil
	}
	return object{"DeploymentStatus", status{deployment{&r.Deployments[d], r}, i}}
}

// deploymentStatuses lists the history, the newest first unless the server was told
// otherwise: the order is not documented.
func deploymentStatuses(c call[deployment]) any {
	d, n := c.of, len(c.of.Statuses)
	turn := func(i int) int {
		if c.oldestFirst {
			return i
		}
		return n - 1 - i
	}
	return sliceOf(d.Statuses, func(i int, _ shipshape.DeploymentStatus) any {
		return object{"DeploymentStatus", status{d, turn(i)}}
	}).keyed(!c.oldestFirst, func(i int) string { return numberKey(int64(turn(i))) })
}

func (s status) noun() shipshape.DeploymentStatus { return s.Statuses[s.i] }

var statusFields = fields[status]{
	"id": func(c call[status]) any {
		return newID("DeploymentStatus", c.of.repo, strconv.FormatInt(c.of.ID, 10)+"/"+strconv.Itoa(c.of.i))
	},
	"state":          func(c call[status]) any { return string(c.of.noun().State) },
	"description":    func(c call[status]) any { return c.of.noun().Description },
	"environment":    func(c call[status]) any { return c.of.deployment.Environment },
	"environmentUrl": func(c call[status]) any { return c.of.noun().Environment },
	"logUrl":         func(c call[status]) any { return c.of.noun().Log },
	"creator":        func(c call[status]) any { return c.of.repo.world.ghost(c.of.noun().Creator) },
	"createdAt":      func(c call[status]) any { return c.of.noun().At },
	"updatedAt":      func(c call[status]) any { return c.of.noun().At },
	"deployment":     func(c call[status]) any { return object{"Deployment", c.of.deployment} },
}

// environment is a deployment environment.
type environment struct {
	name string
	repo *repository
}

// environment finds an environment by name.
func (r *repository) environment(name string) any {
	if !slices.Contains(r.noun().Environments, name) {
		return nil
	}
	return object{"Environment", environment{name, r}}
}

func repositoryEnvironments(c call[*repository]) any {
	names := slices.Clone(c.of.noun().Environments)
	if wanted := c.args.texts("names"); len(wanted) > 0 {
		names = slices.DeleteFunc(names, func(n string) bool { return !slices.Contains(wanted, n) })
	}
	by, direction := c.args.order("NAME", "ASC")
	if by != "NAME" {
		return unserved("environments ordered by %s", by)
	}
	slices.Sort(names)
	if direction == "DESC" {
		slices.Reverse(names)
	}
	return sliceOf(names, func(_ int, name string) any { return object{"Environment", environment{name, c.of}} }).
		keyed(direction == "DESC", func(i int) string { return names[i] })
}

var environmentFields = fields[environment]{
	"id":                        func(c call[environment]) any { return newID("Environment", c.of.repo, c.of.name) },
	"databaseId":                func(c call[environment]) any { return nil },
	"name":                      func(c call[environment]) any { return c.of.name },
	"protectionRules":           func(c call[environment]) any { return c.of.gates() },
	"latestCompletedDeployment": func(c call[environment]) any { return c.of.latest() },
	"isPinned":                  func(c call[environment]) any { return false },
	"pinnedPosition":            func(c call[environment]) any { return nil },
}

// latest is the last deployment that succeeded once.
func (e environment) latest() any {
	latest := -1
	for i, d := range e.repo.Deployments {
		succeeded := slices.ContainsFunc(d.Statuses, func(s shipshape.DeploymentStatus) bool { return s.State == shipshape.DeploymentSuccess })
		if d.Environment == e.name && succeeded && (latest < 0 || e.repo.Deployments[latest].Compare(d) < 0) {
			latest = i
		}
	}
	if latest < 0 {
		return nil
	}
	return e.repo.deploymentAt(latest)
}
