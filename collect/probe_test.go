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
