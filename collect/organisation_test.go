package collect

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

func TestOrganisationListsAllThatItOwns(t *testing.T) {
	var all []shipshape.RepositoryHistory
	for i := range 9 {
		h := fleet()
		h.Repository.Name = shipshape.RepositoryName(fmt.Sprintf("octo/r%d", i))
		if i == 2 {
			h.Repository.Archived = true
		}
		if i == 5 {
			h = shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: h.Repository.Name, URL: "https://github.com/octo/r5", CreatedAt: day(1)}}
		}
		all = append(all, h)
	}
	other := fleet()
	other.Repository.Name = "other/r"
	server := host(t, githubtest.Options{}, append(all, other)...)
	server.Edit(func(w *githubtest.World) {
		for _, r := range w.Repositories {
			r.Fork = r.Repository.Name == "octo/r3" || r.Repository.Name == "octo/r4"
			if r.Repository.Name == "octo/r7" {
				r.Topics = []string{"service", "go"}
			}
		}
	})
	want := Owned{Repositories: []Listed{
		{Name: "octo/r0"}, {Name: "octo/r1"}, {Name: "octo/r2", Archived: true}, {Name: "octo/r3", Fork: true}, {Name: "octo/r4", Fork: true},
		{Name: "octo/r5", Empty: true}, {Name: "octo/r6"}, {Name: "octo/r7", Topics: []string{"service", "go"}}, {Name: "octo/r8"},
	}}
	for _, size := range []int{1, 2, 100} {
		got, err := owned(t.Context(), newClient(t, server), "octo", size)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("pages of %d (-want +got):\n%s", size, diff)
		}
	}
	if log := server.Log(); log[len(log)-1].Cost != 1 {
		t.Errorf("a page of repositories costs %d points, want 1", log[len(log)-1].Cost)
	}
	if _, err := Organisation(t.Context(), newClient(t, server), "nobody"); !errors.Is(err, ErrNoOwner) {
		t.Errorf("error %v, want %v", err, ErrNoOwner)
	}
}
