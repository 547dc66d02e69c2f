package collect

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// Refusing a list that GitHub's schema promises takes its records out of the answer.
// They are asked for without it, and nothing else is lost.
func TestARefusedListDoesNotTakeItsRecordsAlong(t *testing.T) {
	for refused, without := range map[string]func(*shipshape.RepositoryHistory){
		"PullRequest.commits": func(h *shipshape.RepositoryHistory) {
			for i := range h.Changes {
				h.Changes[i].Commits = nil
			}
		},
		"PullRequest.closingIssuesReferences": func(h *shipshape.RepositoryHistory) {
			for i := range h.Changes {
				h.Changes[i].ClosesIssues = nil
			}
		},
		"PullRequest.timelineItems": func(h *shipshape.RepositoryHistory) {
			for i := range h.Changes {
				h.Changes[i].Events, h.Changes[i].Comments, h.Changes[i].Assignees = nil, nil, nil
			}
		},
		"Issue.timelineItems": func(h *shipshape.RepositoryHistory) {
			for i := range h.Issues {
				h.Issues[i].Events, h.Issues[i].Comments, h.Issues[i].Assignees, h.Issues[i].ClosedBy = nil, nil, nil, ""
			}
		},
	} {
		t.Run(refused, func(t *testing.T) {
			for _, most := range []int{0, 2} {
				h := generated(4, 5)
				server, r := serve(t, h, githubtest.Options{})
				server.Edit(func(w *githubtest.World) { w.Repositories[0].Forbidden = []string{refused} })
				r.most = most
				readConversations(t, r, time.Time{})
				want := h.Repositories[0]
				without(&want)
				if diff := cmp.Diff(want.Changes, r.h.Changes); diff != "" {
					t.Errorf("pages of %d: changes (-want +got):\n%s", most, diff)
				}
				if diff := cmp.Diff(want.Issues, r.h.Issues); diff != "" {
					t.Errorf("pages of %d: issues (-want +got):\n%s", most, diff)
				}
				for _, g := range r.h.Gaps {
					if g.Reason != shipshape.Forbidden || g.Field == "" || g.ID != "" {
						t.Errorf("pages of %d: gap %+v, want only that the list is forbidden", most, g)
					}
				}
			}
		})
	}
}

// Where the list is refused in one record only, the others keep theirs.
func TestAListRefusedInOneRecordIsKeptInOthers(t *testing.T) {
	r := newReader(nil, "o/r", Options{})
	lists := optionalLists{shipshape.ChangeEntity, map[string]string{"commits": "withCommits"}}
	asked := 0
	c, _, err := sparing(r, lists, func() asker[changeNode] {
		asked++
		whole := !r.shut[lists.key("commits")]
		return func(context.Context, int, *string) (github.Connection[changeNode], []github.Fault, error) {
			if !whole {
				return github.Connection[changeNode]{Nodes: []*changeNode{{Number: 1}, {Number: 2}}}, nil, nil
			}
			return github.Connection[changeNode]{Nodes: []*changeNode{{Number: 1, Title: "whole"}, nil}},
				[]github.Fault{{Type: github.FaultForbidden, Path: []string{"repository", "pullRequests", "nodes", "1", "commits"}}}, nil
		}
	})(t.Context(), 2, nil)
	if err != nil || asked != 2 || len(c.Nodes) != 2 || c.Nodes[0].Title != "whole" || c.Nodes[1].Number != 2 {
		t.Errorf("error %v, asked %d times, nodes %+v, want the whole first and the second", err, asked, c.Nodes)
	}
	if r.shut[lists.key("commits")] || !r.covered(shipshape.ChangeEntity, "commits") {
		t.Errorf("shut %v, gaps %+v, want the list asked for again, and a gap", r.shut, r.h.Gaps)
	}
}
