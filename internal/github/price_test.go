package github

import (
	"testing"

	"github.com/shurcooL/githubv4"
)

type leaf struct{ ID string }

// TestUnits recounts the examples of GitHub's documentation and the pages that are
// cheapest by its formula.
func TestUnits(t *testing.T) {
	// 100 repositories, 50 issues in each, 60 labels in each.
	type documented struct {
		Meter
		Viewer struct {
			Repositories Connection[struct {
				Issues Connection[struct {
					Labels Connection[leaf] `graphql:"labels(first: 60)"`
				}] `graphql:"issues(first:50)"`
			}] `graphql:"repositories(first: $n, after: $after)"`
		}
	}
	type flat struct {
		Repository *struct {
			Releases Connection[leaf] `graphql:"releases(last: 100)"`
		} `graphql:"repository(owner: $owner, name: \"first: 9\")"`
	}
	type changes struct {
		Repository *struct {
			PullRequests Connection[struct {
				Labels  Connection[leaf]  `graphql:"labels(first: 20)"`
				Reviews Connection[leaf]  `graphql:"reviews(first: 30)"`
				Commits Connection[leaf]  `graphql:"commits(first: 50)"`
				Closes  *Connection[leaf] `graphql:"closes:closingIssuesReferences(first: 10)"`
				Items   Connection[struct {
					Merged struct{ ID githubv4.DateTime } `graphql:"... on MergedEvent"`
				}] `graphql:"timelineItems(first: 60, itemTypes: [MERGED_EVENT])"`
			}] `graphql:"pullRequests(first: $n)"`
		} `graphql:"repository(owner: $owner, name: $name)"`
	}
	type byID struct {
		Nodes []*struct {
			CheckSuite struct {
				Runs Connection[leaf] `graphql:"checkRuns(first: 100)"`
			} `graphql:"... on CheckSuite"`
		} `graphql:"nodes(ids: $ids)"`
	}
	type counts struct {
		Repository struct {
			Issues struct{ TotalCount int }
		} `graphql:"repository(owner: $owner, name: $name)"`
	}
	n := githubv4.Int(29)
	for _, test := range []struct {
		name                 string
		query                any
		variables            map[string]any
		units, nodes, points int
	}{
		{"documented", &documented{}, map[string]any{"n": githubv4.Int(100)}, 5101, 305100, 51},
		{"flat", flat{}, nil, 1, 100, 1},
		{"29 changes", &changes{}, map[string]any{"n": &n}, 146, 29 + 29*170, 1},
		{"30 changes", &changes{}, map[string]any{"n": 30}, 151, 30 + 30*170, 2},
		{"100 nodes", &byID{}, map[string]any{"ids": make([]githubv4.ID, 100)}, 100, 10000, 1},
		{"counts", &counts{}, nil, 0, 0, 1},
	} {
		units, nodes, err := Units(test.query, test.variables)
		if err != nil || units != test.units || nodes != test.nodes || Points(units) != test.points {
			t.Errorf("%s: %d units, %d nodes, %d points, %v; want %d, %d, %d",
				test.name, units, nodes, Points(units), err, test.units, test.nodes, test.points)
		}
	}
	for name, variables := range map[string]map[string]any{
		"missing": {}, "null": {"n": (*githubv4.Int)(nil)}, "text": {"n": "9"},
	} {
		if _, _, err := Units(&documented{}, variables); err == nil {
			t.Errorf("%s: no error for a size that is not known", name)
		}
	}
	if _, _, err := Units(&byID{}, nil); err == nil {
		t.Error("no error for ids that are not known")
	}
}

func TestUnitsOfATypeWithoutEndAreAnError(t *testing.T) {
	type node struct{ Parent *node }
	if _, _, err := Units(node{}, nil); err == nil {
		t.Error("no error")
	}
}

func TestUnitsOfABatch(t *testing.T) {
	type withSuites struct {
		Commit struct {
			Suites Connection[leaf] `graphql:"checkSuites(first: 10)"`
		} `graphql:"... on Commit"`
	}
	b := Batch[withSuites]{Owner: "o", Name: "r", Field: "object(oid: $oid)", Items: oids(70), Size: 25}
	if units, nodes, err := b.Units(); units != 25 || nodes != 250 || err != nil {
		t.Errorf("%d units, %d nodes, %v; want 25, 250", units, nodes, err)
	}
	b.Items = nil
	if units, _, err := b.Units(); units != 0 || err != nil {
		t.Errorf("%d units, %v of nothing", units, err)
	}
}

func TestPointsAreRoundedToTheNearest(t *testing.T) {
	for units, want := range map[int]int{0: 1, 1: 1, 101: 1, 149: 1, 150: 2, 249: 2, 250: 3, 5101: 51} {
		if got := Points(units); got != want {
			t.Errorf("Points(%d) = %d, want %d", units, got, want)
		}
	}
}
