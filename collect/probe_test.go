package collect

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

func TestProbeTellsWhatMayBeRead(t *testing.T) {
	h := fleet()
	h.Runs[0].Commit = numbered40(39) // the head
	server, name := served(t, h, func(r *githubtest.Repository) {
		r.Permission = githubtest.Write
		r.Forbidden = []string{"Repository.deployments", "Repository.labels", "Commit.checkSuites"}
	})
	client := newClient(t, server)
	got, err := Probe(t.Context(), client, name)
	if err != nil {
		t.Fatal(err)
	}
	type entity struct {
		Entity   shipshape.Entity
		Field    string
		Count    int
		Readable bool
	}
	want := []entity{
		{shipshape.CommitEntity, "", 40, true},
		{shipshape.RefEntity, "", 4, true},
		{shipshape.ReleaseEntity, "", 7, true},
		{shipshape.DeploymentEntity, "", 0, false},
		{shipshape.ChangeEntity, "", 0, true},
		{shipshape.IssueEntity, "", 0, true},
		{shipshape.RunEntity, "", 0, false},
		{shipshape.MilestoneEntity, "", 9, true},
		{shipshape.RepositoryEntity, "labels", 0, false},
		{shipshape.RepositoryEntity, "environments", 3, true},
	}
	var said []entity
	for _, e := range got.Entities {
		said = append(said, entity{e.Entity, e.Field, e.Count, e.Gap == nil})
		if e.Gap != nil && e.Gap.Reason != shipshape.Forbidden {
			t.Errorf("%s: gap %+v, want forbidden", e.Entity, e.Gap)
		}
		if len(e.Permissions) == 0 || !strings.HasSuffix(e.Permissions[0], ": read") {
			t.Errorf("%s: permissions %q, want one to read", e.Entity, e.Permissions)
		}
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("entities (-want +got):\n%s", diff)
	}
	if got.Name != name || got.Role != "WRITE" || !got.Private || got.Empty {
		t.Errorf("access %+v, want a private repository with commits to write to", got)
	}
}

func TestProbeCostsAPoint(t *testing.T) {
	server, name := served(t, fleet(), nil)
	client := newClient(t, server)
	if _, err := Probe(t.Context(), client, name); err != nil {
		t.Fatal(err)
	}
	if spent := client.Spent(); spent.Points != 1 || spent.Requests != 1 {
		t.Errorf("spent %d points in %d requests, want one of each", spent.Points, spent.Requests)
	}
}

// A branch that is refused is not an empty repository, and takes the runs with it.
func TestProbeTellsARefusedBranchFromNone(t *testing.T) {
	for refused, lost := range map[string][]shipshape.Entity{
		"Repository.defaultBranchRef": {shipshape.CommitEntity, shipshape.RunEntity},
		"Ref.target":                  {shipshape.CommitEntity, shipshape.RunEntity},
		"Commit.history":              {shipshape.CommitEntity, shipshape.RunEntity},
		"Commit.checkSuites":          {shipshape.RunEntity},
		"CheckSuite.workflowRun":      {shipshape.RunEntity},
	} {
		h := fleet()
		h.Runs[0].Commit = numbered40(39) // the head
		server, name := served(t, h, func(r *githubtest.Repository) { r.Forbidden = []string{refused} })
		got, err := Probe(t.Context(), newClient(t, server), name)
		if err != nil {
			t.Fatal(err)
		}
		var shut []shipshape.Entity
		for _, e := range got.Entities {
			if e.Gap != nil {
				shut = append(shut, e.Entity)
			}
			if want := "contents: read"; e.Gap != nil && len(lost) == 2 && !strings.Contains(e.Gap.Remedy, want) {
				t.Errorf("without %s: gap %+v does not name %s", refused, e.Gap, want)
			}
			if e.Gap == nil && e.Entity == shipshape.CommitEntity && e.Count != 40 {
				t.Errorf("without %s: %d commits, want 40", refused, e.Count)
			}
		}
		if diff := cmp.Diff(lost, shut); diff != "" || got.Empty {
			t.Errorf("without %s: empty %v, refused (-want +got):\n%s", refused, got.Empty, diff)
		}
	}
}

func TestProbeTellsAnEmptyRepository(t *testing.T) {
	empty := shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: "octo/empty", URL: "https://github.com/octo/empty", CreatedAt: day(1)}}
	server, name := served(t, empty, nil)
	got, err := Probe(t.Context(), newClient(t, server), name)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range got.Entities {
		if e.Gap != nil || e.Count != 0 {
			t.Errorf("%+v, want none and no gap", e)
		}
	}
	if !got.Empty {
		t.Errorf("access %+v, want an empty repository", got)
	}
}
