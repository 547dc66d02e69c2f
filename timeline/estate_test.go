package timeline

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func TestStepsBackOfTheWholeEstateAreOneEvent(t *testing.T) {
	for _, tt := range []struct {
		name  string
		steps []int // minute of each repository's rollback; 0 for none
		want  string
	}{
		{"three within fifteen minutes", []int{200, 207, 215}, "200: a b c"},
		{"a minute too late", []int{200, 207, 216}, ""},
		{"two of three", []int{200, 201, 0}, ""},
		{"both of two", []int{200, 215}, "200: a b"},
		{"both of two, too late", []int{200, 216}, ""},
		{"the only one", []int{200}, ""},
		{"a straggler before", []int{190, 200, 207, 210}, "200: b c d"},
		{"four", []int{200, 201, 202, 203}, "200: a b c d"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var estate []*shipshape.RepositoryHistory
			for i, at := range tt.steps {
				h := historyOf("A B<A")
				h.Repository.Name = shipshape.RepositoryName("acme/" + string(rune('a'+i)))
				deployAll(h, "eu A 0, eu B 60")
				if at > 0 {
					deploy(h, "production-eu", "A", at)
				}
				estate = append(estate, h)
			}
			only := historyOf("A") // releases, and so cannot step back
			only.Repository.Name = "acme/z"
			release(only, "v1.0.0", "A", 0)
			timeline := build(t, append(estate, only)...)
			got := words(timeline.Estate, func(e *EstateEvent) string {
				s := fmt.Sprintf("%d:", int(e.At.Sub(noon).Minutes()))
				for _, d := range e.Items {
					s += " " + d.Repo.Name().Short()
				}
				return s
			})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, e := range timeline.Estate {
				for _, d := range e.Items {
					if d.Estate != e || d.Rollout == nil || d.Rollout.Kind != Rollback {
						t.Errorf("%s lost its own row or its mark", d.Repo.Name())
					}
				}
			}
		})
	}
}
