package script

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shipshape-report/shipshape"
)

func (b *builder) deploy(s *statement) {
	r := b.here()
	d := shipshape.Deployment{
		ID: s.number("deploy", s.place[0]), Commit: b.known(s, s.place[1]), Environment: s.place[2],
		Ref: s.or("ref", mainBranch), Task: "deploy", Creator: shipshape.Login(s.or("by", "ann")), CreatedAt: s.start(s.place[3]),
	}
	r.once(s, "deploy", s.place[0])
	d.Statuses = statuses(s)
	d.UpdatedAt = d.CreatedAt
	if n := len(d.Statuses); n > 0 {
		d.State, d.UpdatedAt = string(d.Statuses[n-1].State), d.Statuses[n-1].At
	}
	if s.has("updated") {
		d.UpdatedAt = s.instantOf("updated")
	}
	d.State = strings.ToUpper(s.or("state", d.State))
	r.history.Deployments = append(r.history.Deployments, d)
}

var deploymentStates = []shipshape.DeploymentState{
	shipshape.DeploymentQueued, shipshape.DeploymentPending, shipshape.DeploymentWaiting, shipshape.DeploymentInProgress,
	shipshape.DeploymentSuccess, shipshape.DeploymentFailure, shipshape.DeploymentError, shipshape.DeploymentInactive,
}

// statuses are those listed and those with a key of their own, by time.
func statuses(s *statement) []shipshape.DeploymentStatus {
	all := s.dated("statuses", false)
	for _, key := range []string{"success", "failure", "error"} {
		for _, at := range s.list(key) {
			all = append(all, dated{word: key, at: s.instant(at)})
		}
	}
	var out []shipshape.DeploymentStatus
	for _, d := range all {
		state := shipshape.DeploymentState(strings.ToUpper(d.word))
		if !slices.Contains(deploymentStates, state) {
			s.fail(fmt.Errorf("status %q is none of %v", d.word, deploymentStates))
		}
		out = append(out, shipshape.DeploymentStatus{State: state, At: d.at})
	}
	slices.SortStableFunc(out, func(a, b shipshape.DeploymentStatus) int { return a.At.Compare(b.At) })
	return out
}

func (b *builder) run(s *statement) {
	r := b.here()
	id := s.number("run", s.place[0])
	r.once(s, "run", s.place[0])
	at := s.start(s.place[3])
	run := shipshape.Run{
		ID: id, Number: int(id), Workflow: s.or("workflow", "build"), Event: s.place[2], Branch: s.or("branch", mainBranch),
		Commit: b.known(s, s.place[1]), URL: r.url("actions/runs/" + strconv.FormatInt(id, 10)), CreatedAt: at, UpdatedAt: at,
		Status: "IN_PROGRESS", Conclusion: strings.ToUpper(s.or("conclusion", "")),
	}
	if s.has("started") {
		run.StartedAt = s.instantOf("started")
	}
	if s.has("took") {
		complete(s, &run)
	}
	r.history.Runs = append(r.history.Runs, run)
}

// complete ends a run: it took so long from its first start, which is its
// creation unless stated, and succeeded unless stated.
func complete(s *statement, run *shipshape.Run) {
	took, err := parseDuration(s.key["took"])
	if err != nil {
		s.fail(err)
	}
	if run.StartedAt.IsZero() {
		run.StartedAt = run.CreatedAt
	}
	run.CompletedAt = run.StartedAt.Add(took)
	run.UpdatedAt, run.Status = run.CompletedAt, "COMPLETED"
	if run.Conclusion == "" {
		run.Conclusion = "SUCCESS"
	}
}

func (b *builder) issue(s *statement) {
	r := b.here()
	number := int(s.number("issue", s.place[0]))
	r.once(s, "number", strconv.Itoa(number))
	at := s.start(s.place[1])
	i := shipshape.Issue{
		Number: number, Title: b.text(s, s.or("title", fmt.Sprintf("Issue %d", number))),
		URL: r.url(fmt.Sprintf("issues/%d", number)), State: "OPEN", Author: shipshape.Login(s.or("by", "ann")),
		CreatedAt: at, UpdatedAt: at, Body: b.text(s, s.or("body", "")), Labels: worn(s),
	}
	for _, d := range s.dated("labels", true) {
		if !d.at.IsZero() {
			i.Events = append(i.Events, shipshape.Event{Kind: shipshape.Labeled, At: d.at, Actor: "ann", Label: d.word})
		}
	}
	slices.SortFunc(i.Events, compareEvents)
	if s.has("closed") {
		i.State, i.StateReason = "CLOSED", strings.ToUpper(s.or("reason", "COMPLETED"))
		i.ClosedAt = s.instantOf("closed")
		i.UpdatedAt = i.ClosedAt
	}
	r.history.Issues = append(r.history.Issues, i)
}
