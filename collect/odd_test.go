package collect

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

func TestBothOrdersOfStatusesReadTheSame(t *testing.T) {
	newest := host(t, githubtest.Options{}, fleet())
	oldest := host(t, githubtest.Options{OldestFirst: true}, fleet())
	for _, size := range []int{0, 1, 3} {
		a, err := collected(t, newest, "octo/fleet", everything(), size)
		if err != nil {
			t.Fatal(err)
		}
		b, err := collected(t, oldest, "octo/fleet", everything(), size)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("pages of %d (-newest first +oldest first):\n%s", size, diff)
		}
	}
}

func TestAnEmptyRepositoryIsReadWithoutGaps(t *testing.T) {
	empty := shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: "octo/empty", URL: "https://github.com/octo/empty", CreatedAt: day(1)}}
	server, name := served(t, empty, nil)
	got, err := collected(t, server, name, everything(), 0)
	if err != nil {
		t.Fatal(err)
	}
	want := empty
	want.Origin = shipshape.Origin{Until: now, Source: "GitHub GraphQL API", URL: empty.Repository.URL}
	want.Controls = []shipshape.Control{{Kind: shipshape.SecurityControl, VulnerabilityAlerts: new(false)}}
	same(t, want, *got)
}

func TestARenamedRepositoryGoesByItsNewName(t *testing.T) {
	server, name := served(t, fleet(), func(r *githubtest.Repository) {
		r.FormerNames = []shipshape.RepositoryName{"octo/old-name"}
	})
	got, err := collected(t, server, "octo/old-name", everything(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if got.Repository.Name != name || len(got.Commits) == 0 || len(got.Releases) == 0 {
		t.Errorf("read %s with %d commits, want %s with its own", got.Repository.Name, len(got.Commits), name)
	}
	want := []string{"The history was asked for as octo/old-name; GitHub calls the repository octo/fleet now."}
	if diff := cmp.Diff(want, got.Origin.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestOtherSpellingIsNoOtherName(t *testing.T) {
	server, name := served(t, fleet(), func(r *githubtest.Repository) {
		r.FormerNames = []shipshape.RepositoryName{"Octo/FLEET"}
	})
	got, err := collected(t, server, "Octo/FLEET", everything(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if got.Repository.Name != name || len(got.Origin.Notes) > 0 {
		t.Errorf("read %s with the notes %q, want %s with none", got.Repository.Name, got.Origin.Notes, name)
	}
}

func TestAnArchivedRepositorySaysSo(t *testing.T) {
	h := fleet()
	h.Repository.Archived = true
	server, name := served(t, h, nil)
	got, err := collected(t, server, name, everything(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Repository.Archived || len(got.Origin.Notes) != 1 || !strings.Contains(got.Origin.Notes[0], "archived") {
		t.Errorf("archived %v, notes %q, want true and a note", got.Repository.Archived, got.Origin.Notes)
	}
}

func TestWhatGitHubDoesNotShowIsAnErrorThatSaysWhatToDo(t *testing.T) {
	for name, test := range map[string]struct {
		ask  shipshape.RepositoryName
		edit func(*githubtest.Repository)
		want error
		says string
	}{
		"unknown":        {"octo/nothing", nil, ErrNoRepository, "octo/nothing: GitHub shows no such repository"},
		"hidden":         {"octo/fleet", func(r *githubtest.Repository) { r.Hidden = true }, ErrNoRepository, "if it is private"},
		"single sign-on": {"octo/fleet", func(r *githubtest.Repository) { r.SAML = true }, github.ErrForbidden, "single sign-on to octo"},
	} {
		t.Run(name, func(t *testing.T) {
			server, _ := served(t, fleet(), test.edit)
			h, err := collected(t, server, test.ask, everything(), 0)
			if h != nil || !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("history %v, error %v, want none and %q", h != nil, err, test.says)
			}
			if _, err := Probe(t.Context(), newClient(t, server), test.ask); !errors.Is(err, test.want) {
				t.Errorf("probe: error %v, want %v", err, test.want)
			}
		})
	}
}

// Each refusal leaves a gap, and all that is not refused.
func TestARefusalBecomesAGapAndTheRestGoesOn(t *testing.T) {
	for refused, want := range map[string]struct {
		gap        seen
		permission string
		lost       func(*shipshape.RepositoryHistory)
	}{
		"Repository.labels":       {seen{shipshape.RepositoryEntity, "labels", "", shipshape.Forbidden}, "issues: read", func(h *shipshape.RepositoryHistory) { h.Repository.Labels = nil }},
		"Repository.environments": {seen{shipshape.RepositoryEntity, "environments", "", shipshape.Forbidden}, "actions: read", func(h *shipshape.RepositoryHistory) { h.Repository.Environments = nil }},
		"Repository.milestones":   {seen{shipshape.MilestoneEntity, "", "", shipshape.Forbidden}, "issues: read", func(h *shipshape.RepositoryHistory) { h.Milestones = nil }},
		"Repository.releases":     {seen{shipshape.ReleaseEntity, "", "", shipshape.Forbidden}, "contents: read", func(h *shipshape.RepositoryHistory) { h.Releases = nil }},
		"Release.releaseAssets": {seen{shipshape.ReleaseEntity, "assets", "", shipshape.Forbidden}, "contents: read", func(h *shipshape.RepositoryHistory) {
			for i := range h.Releases {
				h.Releases[i].Assets = nil
			}
		}},
		"Deployment.statuses": {seen{shipshape.DeploymentEntity, "statuses", "", shipshape.Forbidden}, "deployments: read", func(h *shipshape.RepositoryHistory) {
			for i := range h.Deployments {
				h.Deployments[i].Statuses = nil
			}
		}},
		"Commit.checkSuites":     {seen{shipshape.RunEntity, "", "", shipshape.Forbidden}, "checks: read", func(h *shipshape.RepositoryHistory) { h.Runs = nil }},
		"CheckSuite.workflowRun": {seen{shipshape.RunEntity, "", "", shipshape.Forbidden}, "actions: read", func(h *shipshape.RepositoryHistory) { h.Runs = nil }},
	} {
		t.Run(refused, func(t *testing.T) {
			server, name := served(t, fleet(), func(r *githubtest.Repository) { r.Forbidden = []string{refused} })
			got, err := collected(t, server, name, everything(), 0)
			if err != nil {
				t.Fatal(err)
			}
			r := &reader{h: got}
			if !slices.Contains(r.seen(), want.gap) {
				t.Errorf("gaps %v, want %v", got.Gaps, want.gap)
			}
			for _, g := range got.Gaps {
				if g.Why == "" || !strings.Contains(g.Remedy, want.permission) {
					t.Errorf("gap %+v does not name the permission %q", g, want.permission)
				}
			}
			rest := fleet()
			rest.Sort()
			want.lost(&rest)
			same(t, mine(rest), mine(*got))
		})
	}
}

// Deployments are roots of the graph: without them the orphan is not met.
func TestForbiddenDeploymentsAreAGap(t *testing.T) {
	server, name := served(t, fleet(), func(r *githubtest.Repository) { r.Forbidden = []string{"Repository.deployments"} })
	got, err := collected(t, server, name, everything(), 0)
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{h: got}
	if diff := cmp.Diff([]seen{{shipshape.DeploymentEntity, "", "", shipshape.Forbidden}}, r.seen()); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
	if len(got.Deployments) > 0 || len(got.Commits) != len(fleet().Commits)-1 {
		t.Errorf("%d deployments and %d commits, want none and all but the orphan", len(got.Deployments), len(got.Commits))
	}
}

func TestDraftsAreReadByThoseWhoMayWrite(t *testing.T) {
	h := fleet()
	h.Releases = append(h.Releases, shipshape.Release{Tag: "draft", URL: "https://github.com/octo/fleet/releases/tag/untagged-1", CreatedAt: day(50), Draft: true})
	for permission, want := range map[githubtest.Permission]int{githubtest.Read: len(h.Releases) - 1, githubtest.Write: len(h.Releases)} {
		server, name := served(t, h, func(r *githubtest.Repository) { r.Permission = permission })
		got, err := collected(t, server, name, everything(), 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Releases) != want {
			t.Errorf("%s: %d releases, want %d", permission, len(got.Releases), want)
		}
	}
}
