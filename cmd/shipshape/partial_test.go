package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// scorecard is what these tests ask of data/scorecard.json.
type scorecard struct {
	KPIs []struct {
		ID     string
		State  string
		Reason string
		Value  *float64
	} `json:"kpis"`
	Gaps []struct {
		Repository, Entity, Reason, Why, Remedy string
		Field                                   *string
	}
}

func (w *served) scorecard(t *testing.T) scorecard {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(w.dir, "_site", "data", "scorecard.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s scorecard
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s scorecard) kpi(t *testing.T, id string) (state, reason string) {
	t.Helper()
	for _, k := range s.KPIs {
		if k.ID == id {
			return k.State, k.Reason
		}
	}
	t.Fatalf("no KPI %s", id)
	return "", ""
}

func TestReportOfWhatIsServed(t *testing.T) {
	w := newServed(t, githubtest.Options{}, nil)
	code, said := w.report(t, "--repo", "acme/shop")
	if code != done || !strings.Contains(said, "points") {
		t.Fatalf("exit code %d, said %q", code, said)
	}
	for id, want := range map[string]string{"deployment-frequency": "measured", "lead-time-for-changes": "partial", "changes-merged": "measured"} {
		if state, reason := w.scorecard(t).kpi(t, id); state != want {
			t.Errorf("%s is %s (%s), want %s", id, state, reason, want)
		}
	}
	// Offline, the history that was kept makes the same report, and nobody is asked.
	asked := len(w.server.Log())
	before, err := files(filepath.Join(w.dir, "_site"))
	if err != nil {
		t.Fatal(err)
	}
	w.transport = nil
	if code, said := w.report(t, "--offline"); code != done {
		t.Fatalf("exit code %d, said %q", code, said)
	}
	after, err := files(filepath.Join(w.dir, "_site"))
	if err != nil || len(after) != len(before) || len(before) < 20 {
		t.Errorf("%d files before, %d after, %v", len(before), len(after), err)
	}
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s differs when made offline", name)
		}
	}
	if len(w.server.Log()) != asked {
		t.Error("the network was used offline")
	}
}

func TestSeveralRepositoriesAndAnOrganisation(t *testing.T) {
	for _, flags := range [][]string{{"--repo", "acme/shop", "--repo", "acme/api", "--repo", "ACME/API"}, {"--org", "acme"}} {
		w := newServed(t, githubtest.Options{}, nil)
		if code, said := w.report(t, flags...); code != done {
			t.Errorf("%v: exit code %d, said %q", flags, code, said)
		}
		var names []string
		for _, r := range w.kept(t).Repositories {
			names = append(names, string(r.Repository.Name))
		}
		if !slices.Equal(names, []string{"acme/api", "acme/shop"}) {
			t.Errorf("%v: kept %v", flags, names)
		}
	}
}

// TestWhatIsForbiddenBecomesAGap takes one permission after the other away: the rest
// goes on, the gap names the permission, and no KPI reads 0 for it.
func TestWhatIsForbiddenBecomesAGap(t *testing.T) {
	for _, test := range []struct {
		field      string
		entity     shipshape.Entity
		permission string
		kpi        string
		want       string
	}{
		{"Repository.deployments", shipshape.DeploymentEntity, "deployments: read", "deployment-frequency", "not measured"},
		{"Repository.pullRequests", shipshape.ChangeEntity, "pull-requests: read", "changes-merged", "not measured"},
		{"Repository.pullRequests", shipshape.ChangeEntity, "pull-requests: read", "lead-time-for-changes", "not measured"},
		{"Repository.issues", shipshape.IssueEntity, "issues: read", "changes-merged", "measured"},
		{"Repository.releases", shipshape.ReleaseEntity, "contents: read", "unreleased-changes", "not measured"},
		{"Repository.milestones", shipshape.MilestoneEntity, "issues: read", "deployment-frequency", "measured"},
		{"Repository.labels", shipshape.RepositoryEntity, "issues: read", "deployment-frequency", "measured"},
		{"Repository.environments", shipshape.RepositoryEntity, "actions: read", "deployment-frequency", "measured"},
		{"Commit.checkSuites", shipshape.RunEntity, "checks: read", "pipeline-run-frequency", "not measured"},
	} {
		t.Run(test.field+" "+test.kpi, func(t *testing.T) {
			w := newServed(t, githubtest.Options{}, func(w *githubtest.World) { w.Find("acme/shop").Forbidden = []string{test.field} })
			code, said := w.report(t, "--repo", "acme/shop")
			if code != done || !strings.Contains(w.err.String(), test.permission) {
				t.Errorf("exit code %d, said %q", code, said)
			}
			s := w.scorecard(t)
			if state, reason := s.kpi(t, test.kpi); state != test.want || test.want == "not measured" && !strings.Contains(reason, "may not read") {
				t.Errorf("%s is %s: %s", test.kpi, state, reason)
			}
			found := false
			for _, g := range s.Gaps {
				found = found || g.Entity == string(test.entity) && g.Reason == "forbidden" && strings.Contains(g.Remedy, test.permission)
			}
			if !found {
				t.Errorf("no gap names %s: %+v", test.permission, s.Gaps)
			}
			// And beforehand.
			w.out.Reset()
			if code := run(t.Context(), []string{"check", "--repo", "acme/shop"}, w.env); code != done || !strings.Contains(w.out.String(), test.permission) {
				t.Errorf("check ended with %d and printed %s", code, w.out.String())
			}
		})
	}
}

func TestRepositoriesOfAllSorts(t *testing.T) {
	for _, test := range []struct {
		name string
		edit func(*githubtest.Repository)
		repo string
		kept string
		page string
	}{
		{"empty", func(r *githubtest.Repository) {
			r.RepositoryHistory = shipshape.RepositoryHistory{Repository: shipshape.Repository{
				Name: "acme/shop", URL: "https://github.com/acme/shop", CreatedAt: r.Repository.CreatedAt}}
		}, "acme/shop", "acme/shop", "acme/shop"},
		{"renamed", func(r *githubtest.Repository) { r.FormerNames = []shipshape.RepositoryName{"acme/store"} }, "acme/store", "acme/shop", "acme/shop"},
		{"transferred", func(r *githubtest.Repository) { r.FormerNames = []shipshape.RepositoryName{"mona/store"} }, "mona/store", "acme/shop", "acme/shop"},
		{"archived", func(r *githubtest.Repository) { r.Repository.Archived = true }, "acme/shop", "acme/shop", "archived"},
		{"no default branch", func(r *githubtest.Repository) { r.Repository.DefaultBranch = "" }, "acme/shop", "acme/shop", "acme/shop"},
		{"private", func(r *githubtest.Repository) { r.Repository.Private = true }, "acme/shop", "acme/shop", "acme/shop"},
		{"accounts that were deleted", func(r *githubtest.Repository) {
			for i := range r.Changes {
				r.Changes[i].Author, r.Changes[i].MergedBy = "", ""
			}
			for i := range r.Deployments {
				r.Deployments[i].Creator = ""
			}
		}, "acme/shop", "acme/shop", "acme/shop"},
		{"odd names", func(r *githubtest.Repository) {
			target := r.Commits[0].OID
			for _, name := range []string{"release/1.0:beta", "v1.0-🚀", "a b", "../../etc/passwd", "\u202egnp.exe", "x;rm -rf", "<script>alert(1)</script>", "=cmd()"} {
				r.Refs = append(r.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: name, Target: target})
				r.Releases = append(r.Releases, shipshape.Release{Tag: name, Name: name, URL: "https://github.com/acme/shop/releases/tag/x", Commit: target,
					CreatedAt: time.Date(2026, 8, 10, 0, 0, 0, 0, time.UTC), PublishedAt: time.Date(2026, 8, 10, 0, 0, 0, 0, time.UTC)})
			}
			for i := range r.Deployments {
				r.Deployments[i].Environment = "Production EU ☃"
			}
			r.Repository.Environments = []string{"Production EU ☃", "a\tb"}
		}, "acme/shop", "acme/shop", "acme/shop"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newServed(t, githubtest.Options{}, func(w *githubtest.World) { test.edit(w.Find("acme/shop")) })
			if code, said := w.report(t, "--repo", test.repo); code != done {
				t.Fatalf("exit code %d, said %q", code, said)
			}
			if got := w.kept(t).Repositories[0].Repository.Name; string(got) != test.kept {
				t.Errorf("kept as %s", got)
			}
			about, err := os.ReadFile(filepath.Join(w.dir, "_site", "about", "index.html"))
			if err != nil || !strings.Contains(string(about), test.page) || strings.Contains(string(about), "<script>alert") {
				t.Errorf("the about page does not say %q: %v", test.page, err)
			}
			for _, r := range []string{w.err.String(), w.out.String()} {
				if strings.ContainsAny(r, "\x1b\u202e") {
					t.Errorf("printed %q", r)
				}
			}
		})
	}
}

// TestWhatEndsMidwayIsKeptAndSaid breaks a run off at every request in turn. What
// was read is kept and reported on, and the report says that it is not all.
func TestWhatEndsMidwayIsKeptAndSaid(t *testing.T) {
	whole := newServed(t, githubtest.Options{}, nil)
	if code, said := whole.report(t, "--repo", "acme/shop"); code != done {
		t.Fatalf("exit code %d, said %q", code, said)
	}
	requests := len(whole.server.Log())
	if requests < 5 {
		t.Fatalf("%d requests", requests)
	}
	complete := whole.scorecard(t)
	for _, cause := range []struct {
		name string
		then githubtest.Response
		says string
	}{
		{"token revoked", githubtest.Response{Status: 401, Body: []byte(`{"message":"Bad credentials"}`)}, "token"},
		{"server away", githubtest.Response{Drop: true}, "does not answer"},
	} {
		for n := 1; n < requests; n++ {
			t.Run(fmt.Sprintf("%s at request %d of %d", cause.name, n+1, requests), func(t *testing.T) {
				w := newServed(t, githubtest.Options{Fault: func(i int, _ githubtest.Request) *githubtest.Response {
					if i < n {
						return nil
					}
					return &cause.then
				}}, nil)
				code, said := w.report(t, "--repo", "acme/shop")
				if code != incomplete || !strings.Contains(said, cause.says) {
					t.Fatalf("exit code %d, said %q", code, said)
				}
				if !w.made() || len(w.kept(t).Repositories) != 1 {
					t.Fatal("what was collected is not kept and reported on")
				}
				s := w.scorecard(t)
				if !slices.ContainsFunc(s.Gaps, func(g struct {
					Repository, Entity, Reason, Why, Remedy string
					Field                                   *string
				}) bool {
					return g.Reason == "not reached"
				}) {
					t.Error("no gap says that not all was reached")
				}
				for i, k := range s.KPIs {
					if k.State == "measured" && (k.Value == nil || complete.KPIs[i].Value == nil || *k.Value != *complete.KPIs[i].Value) {
						t.Errorf("%s looks measured and is not what it is when all is read", k.ID)
					}
				}
			})
		}
	}
}

func TestLimitsAreWaitedFor(t *testing.T) {
	var w *served
	clock := func() time.Time { return w.now() }
	w = newServed(t, githubtest.Options{Budget: 4, Now: clock}, nil)
	if code, said := w.report(t, "--repo", "acme/shop", "--max-wait", "10m"); code != incomplete || !strings.Contains(said, "longer wait") {
		t.Errorf("exit code %d, said %q", code, said)
	}
	w = newServed(t, githubtest.Options{Budget: 4, Now: clock}, nil)
	code, said := w.report(t, "--repo", "acme/shop", "--max-wait", "10h")
	if code != done || w.slept < time.Hour || !strings.Contains(w.err.String(), "waiting 1h") {
		t.Errorf("exit code %d after %s, said %q", code, w.slept, said)
	}
}

func TestInterruptedCollectingKeepsWhatItHas(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := newServed(t, githubtest.Options{Fault: func(n int, _ githubtest.Request) *githubtest.Response {
		if n == 4 {
			cancel()
		}
		return nil
	}}, nil)
	code := run(ctx, append(w.args, "--repo", "acme/shop"), w.env)
	if code != incomplete || len(w.kept(t).Repositories) != 1 || !strings.HasSuffix(w.err.String(), "shipshape: interrupted; what was collected so far is kept\n") {
		t.Errorf("exit code %d, said %q", code, w.err.String())
	}
	if w.made() {
		t.Error("made a report after the interruption")
	}
}
