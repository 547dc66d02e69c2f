package collect

import (
	"context"
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

// asks reports whether a request has a variable with a value.
func asks(r githubtest.Request, value string) bool {
	for _, v := range r.Variables {
		if v == value {
			return true
		}
	}
	return false
}

// A commit whose size GitHub cannot work out in time is left without, and named.
func TestACommitTooBigForGitHubIsLeftWithoutItsSize(t *testing.T) {
	h := fleet()
	for i := range h.Commits {
		h.Commits[i].Additions = 1
	}
	heavy := numbered40(7)
	server := host(t, githubtest.Options{Fault: func(_ int, r githubtest.Request) *githubtest.Response {
		if r.Fields["Commit.additions"] > 0 && asks(r, string(heavy)) {
			return &githubtest.Response{Status: http.StatusBadGateway, Body: []byte("<html>")}
		}
		return nil
	}}, h)
	o := everything()
	o.Wanted = func(h *shipshape.RepositoryHistory) Wanted {
		var all Wanted
		for _, c := range h.Commits {
			all.Commits = append(all.Commits, c.OID)
		}
		return all
	}
	got, err := collected(t, server, h.Repository.Name, o, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range got.Commits {
		if (c.Additions == 1) == (c.OID == heavy) {
			t.Errorf("commit %s: %d additions", c.OID, c.Additions)
		}
	}
	r := &reader{h: got}
	if diff := cmp.Diff([]seen{{shipshape.CommitEntity, "", string(heavy), shipshape.Truncated}}, r.seen()); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}

// asked is how often a query that cannot be divided is asked until it is too big.
const asked = 5

// A release that GitHub cannot answer for even alone is stepped over.
func TestAReleaseTooBigForGitHubIsSteppedOver(t *testing.T) {
	h := fleet()
	position := 0 // of the page asked for, where the list is read one by one
	server := host(t, githubtest.Options{Fault: func(_ int, r githubtest.Request) *githubtest.Response {
		if r.Variables["assets"] == nil {
			return nil
		}
		if position++; position >= 3 && position < 3+asked {
			return &githubtest.Response{Status: http.StatusBadGateway, Body: []byte("<html>")}
		}
		return nil
	}}, h)
	got, err := collected(t, server, h.Repository.Name, everything(), 1)
	if err != nil {
		t.Fatal(err)
	}
	var tags []string
	for _, l := range got.Releases {
		tags = append(tags, l.Tag)
	}
	if diff := cmp.Diff([]string{"r0", "r1", "r2", "r3", "r5", "r6"}, tags); diff != "" {
		t.Errorf("releases (-want +got):\n%s", diff)
	}
	if len(got.Gaps) != 1 || got.Gaps[0].Why != "GitHub could not answer for item 3 of the releases: it is too big, and was left out." {
		t.Errorf("gaps %+v, want one for the third", got.Gaps)
	}
}

// An older server does not know some type or field: what it is needed for becomes a
// gap, the rest is read.
func TestWhatAServerDoesNotKnowIsAGap(t *testing.T) {
	for without, want := range map[string]shipshape.Entity{
		"CheckSuite.workflowRun":  shipshape.RunEntity,
		"Deployment.task":         shipshape.DeploymentEntity,
		"Release.releaseAssets":   shipshape.ReleaseEntity,
		"Commit.checkSuites":      shipshape.RunEntity,
		"Repository.pullRequests": shipshape.ChangeEntity,
	} {
		server := host(t, githubtest.Options{Without: []string{without}}, fleet())
		got, err := collected(t, server, "octo/fleet", everything(), 0)
		if err != nil {
			t.Fatal(err)
		}
		r := &reader{h: got}
		if diff := cmp.Diff([]seen{{want, "", "", shipshape.Unsupported}}, r.seen()); diff != "" {
			t.Errorf("without %s (-want +got):\n%s", without, diff)
		}
		if len(got.Commits) < 40 || len(got.Refs) == 0 || len(got.Milestones) == 0 {
			t.Errorf("without %s: %d commits, %d refs and %d milestones, want the rest to be read", without, len(got.Commits), len(got.Refs), len(got.Milestones))
		}
	}
}

// Whatever GitHub answers, reading ends without a panic, and never as if it were
// whole.
func TestMalformedAnswersNeverLookWhole(t *testing.T) {
	whole, name := served(t, fleet(), nil)
	full, err := collected(t, whole, name, everything(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{
		`{}`, `null`, `[]`, `{"data":null}`, `{"data":{}}`, `{"data":{"repository":null}}`, `{"data":{"repository":{}}}`,
		`{"data":{"repository":[]}}`, `{"data":{"repository":7}}`, `{"data":{"nodes":[null]}}`, `{"data":{"a0":{"commit":null}}}`,
		`{"data":{"repository":{"releases":{"nodes":[null,null],"pageInfo":{"hasNextPage":true,"endCursor":null}}}}}`,
		`{"data":{"repository":{"a0":{},"a1":{}}}}`, "\x00", `{"data":{"repository":{"object":{"history":{"nodes":null}}}}}`,
	} {
		for n := range len(whole.Log()) {
			server := host(t, githubtest.Options{Fault: func(i int, _ githubtest.Request) *githubtest.Response {
				if i != n {
					return nil
				}
				return &githubtest.Response{Body: []byte(body)}
			}}, fleet())
			got, err := collected(t, server, name, everything(), 0)
			if err == nil && len(got.Gaps) == 0 && !cmp.Equal(full, got) {
				t.Errorf("request %d answered %s: the history lacks something without a word:\n%s", n, body, cmp.Diff(full, got))
			}
		}
	}
}

func TestReadingThatIsCancelledKeepsWhatWasRead(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := host(t, githubtest.Options{Fault: func(n int, _ githubtest.Request) *githubtest.Response {
		if n == 4 {
			cancel()
		}
		return nil
	}}, fleet())
	got, err := newReader(newClient(t, server), "octo/fleet", everything()).repository(ctx)
	cut, ok := errors.AsType[*Incomplete](err)
	if !ok || !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want Incomplete for the context", err)
	}
	if diff := cmp.Diff([]shipshape.Entity{"repository", "milestones", "refs", "releases"}, cut.Read); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	if len(got.Refs) == 0 || len(got.Releases) == 0 || len(got.Gaps) < 5 {
		t.Errorf("%d refs, %d releases, %d gaps, want what was read and a gap for the rest", len(got.Refs), len(got.Releases), len(got.Gaps))
	}
}
