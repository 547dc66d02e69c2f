package collect

import (
	"errors"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// Whichever request the token is revoked at, what was read stays, and what was not
// is named.
func TestReadingThatEndsEarlySaysWhatIsLeft(t *testing.T) {
	whole, name := served(t, fleet(), nil)
	full, err := collected(t, whole, name, everything(), 7)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < len(whole.Log()); n++ {
		server := host(t, githubtest.Options{Fault: func(i int, _ githubtest.Request) *githubtest.Response {
			if i < n {
				return nil
			}
			return &githubtest.Response{Status: http.StatusUnauthorized, Body: []byte(`{"message":"Bad credentials"}`)}
		}}, fleet())
		got, err := collected(t, server, name, everything(), 7)
		cut, ok := errors.AsType[*Incomplete](err)
		if !ok || !errors.Is(err, github.ErrUnauthorized) {
			t.Fatalf("request %d refused: error %v, want Incomplete for the token", n, err)
		}
		if len(cut.Left) == 0 && !slices.ContainsFunc(got.Gaps, func(g shipshape.Gap) bool { return g.Field != "" }) {
			t.Errorf("request %d refused: nothing is left", n)
		}
		for _, e := range cut.Left {
			i := slices.IndexFunc(got.Gaps, func(g shipshape.Gap) bool { return g.Entity == e && g.Reason == shipshape.NotReached })
			if i < 0 || got.Gaps[i].Before.IsZero() {
				t.Errorf("request %d refused: %s is left without a gap that says before when", n, e)
			}
		}
		for _, e := range cut.Read {
			if diff := cmp.Diff(of(full, e), of(got, e)); diff != "" {
				t.Errorf("request %d refused: %s is said to be read (-whole +got):\n%s", n, e, diff)
			}
		}
	}
}

// of returns the records of an entity.
func of(h *shipshape.RepositoryHistory, e shipshape.Entity) any {
	return map[shipshape.Entity]any{
		shipshape.RepositoryEntity: h.Repository.Name,
		shipshape.CommitEntity:     h.Commits,
		shipshape.RefEntity:        h.Refs,
		shipshape.ReleaseEntity:    h.Releases,
		shipshape.DeploymentEntity: h.Deployments,
		shipshape.RunEntity:        h.Runs,
		shipshape.MilestoneEntity:  h.Milestones,
		shipshape.ChangeEntity:     h.Changes,
		shipshape.IssueEntity:      h.Issues,
	}[e]
}
