package timeline

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// statusesOf reads "QUEUED 1, SUCCESS 5": states and minutes after the creation.
func statusesOf(spec string) []shipshape.DeploymentStatus {
	var statuses []shipshape.DeploymentStatus
	for item := range strings.SplitSeq(spec, ",") {
		var state string
		var at int
		if n, _ := fmt.Sscan(item, &state, &at); n == 2 {
			statuses = append(statuses, shipshape.DeploymentStatus{State: shipshape.DeploymentState(state), At: minute(at)})
		}
	}
	return statuses
}

func TestOutcomeIsReadFromTheStatusHistory(t *testing.T) {
	for _, tt := range []struct {
		name, statuses string
		outcome        Outcome
		finished       int // minutes; -1 for never
		ended          int
		waited         int
		timed          bool
	}{
		{"a superseded success reads INACTIVE", "IN_PROGRESS 1, SUCCESS 5, INACTIVE 90", Succeeded, 5, 5, 0, true},
		{"the first of several successes is the finish", "SUCCESS 5, SUCCESS 8", Succeeded, 5, 5, 0, true},
		{"failing after a success leaves it one", "SUCCESS 5, FAILURE 9", Succeeded, 5, 5, 0, true},
		{"failing before a success is an attempt that was retried", "FAILURE 3, SUCCESS 5", Succeeded, 5, 5, 0, true},
		{"the last word is a failure", "IN_PROGRESS 1, FAILURE 4", Failed, -1, 4, 0, true},
		{"INACTIVE is no last word", "IN_PROGRESS 1, ERROR 4, INACTIVE 9", Failed, -1, 4, 0, true},
		{"going on after a failure is no failure", "ERROR 4, IN_PROGRESS 6", Pending, -1, -1, 0, true},
		{"superseded before it ended", "IN_PROGRESS 1, INACTIVE 9", Inactive, -1, -1, 0, true},
		{"only superseded", "INACTIVE 9", Inactive, -1, -1, 0, true},
		{"no statuses claim nothing", "", Pending, -1, -1, 0, false},
		{"waiting counts until the next status", "WAITING 1, IN_PROGRESS 31, SUCCESS 35", Succeeded, 35, 35, 30, true},
		{"waiting twice adds up", "WAITING 1, QUEUED 3, WAITING 4, SUCCESS 10", Succeeded, 10, 10, 8, true},
		{"waiting after the success is not before it", "SUCCESS 5, WAITING 6, INACTIVE 60", Succeeded, 5, 5, 0, true},
		{"waiting that goes on counts nothing yet", "WAITING 1", Pending, -1, -1, 0, true},
		{"a lone success at the creation has no duration", "SUCCESS 0", Succeeded, 0, 0, 0, false},
		{"a lone later success has one", "SUCCESS 3", Succeeded, 3, 3, 0, true},
		{"an earlier status makes a finish at the creation real", "QUEUED 0, SUCCESS 0", Succeeded, 0, 0, 0, true},
		{"a success before the creation has none", "QUEUED -3, SUCCESS -2", Succeeded, -2, -2, 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			statuses := statusesOf(tt.statuses)
			want := outcome{outcome: tt.outcome, waited: time.Duration(tt.waited) * time.Minute, timed: tt.timed}
			if tt.finished != -1 {
				want.finished = minute(tt.finished)
			}
			if tt.ended != -1 {
				want.ended = minute(tt.ended)
			}
			for _, order := range []string{"as written", "backwards"} {
				got := outcomeOf(noon, statuses)
				got.failures = nil
				if diff := cmp.Diff(want, got, cmp.AllowUnexported(outcome{})); diff != "" {
					t.Errorf("%s (-want +got):\n%s", order, diff)
				}
				slices.Reverse(statuses)
			}
		})
	}
}

func TestFailureAfterSuccessCountsUntilTheNextDeployment(t *testing.T) {
	for _, tt := range []struct {
		name, first, second string
		created             int // of the second, minutes
		want                int // -1 for no failure
	}{
		{"failed while active", "SUCCESS 5, FAILURE 20", "SUCCESS 65", 60, 20},
		{"failed after the next began", "SUCCESS 5, ERROR 61", "SUCCESS 65", 60, -1},
		{"failed as the next began", "SUCCESS 5, ERROR 60", "SUCCESS 65", 60, -1},
		{"the next began before and succeeded", "SUCCESS 5, FAILURE 20", "SUCCESS 10", 2, -1},
		{"the next began before and failed", "SUCCESS 5, FAILURE 20", "FAILURE 10", 2, 20},
		{"the first failure of several", "SUCCESS 5, ERROR 30, FAILURE 20", "SUCCESS 65", 60, 20},
		{"failed before it succeeded", "FAILURE 3, SUCCESS 5", "SUCCESS 65", 60, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := historyOf("A B<A")
			h.Deployments = []shipshape.Deployment{
				{ID: 1, Environment: "production", Commit: "A", CreatedAt: noon, Statuses: statusesOf(tt.first)},
				{ID: 2, Environment: "production", Commit: "B", CreatedAt: minute(tt.created), Statuses: statusesOf(tt.second)},
			}
			var want time.Time
			if tt.want != -1 {
				want = minute(tt.want)
			}
			got := build(t, h).Repositories[0].Deployments[0].FailedAfter
			if !got.Equal(want) {
				t.Errorf("failed after at %v, want %v", got, want)
			}
		})
	}
}

func TestFailureOfARepetitionIsThatOfTheDeployment(t *testing.T) {
	h := historyOf("A B<A")
	h.Deployments = []shipshape.Deployment{
		{ID: 1, Environment: "production", Commit: "A", CreatedAt: noon, Statuses: statusesOf("SUCCESS 5")},
		{ID: 2, Environment: "production", Commit: "A", CreatedAt: minute(6), Statuses: statusesOf("SUCCESS 8, FAILURE 30")},
	}
	first := build(t, h).Repositories[0].Deployments[0]
	if !first.FailedAfter.Equal(minute(30)) {
		t.Errorf("failed after at %v, want %v", first.FailedAfter, minute(30))
	}
}
