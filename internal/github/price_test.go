package github

import (
	"strings"
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

// What a variable leaves out of a query is not paid for.
func TestUnitsOfWhatIsLeftOut(t *testing.T) {
	type parts struct {
		Repository struct {
			Labels Connection[leaf] `graphql:"labels(first: 10) @include(if: $labels)"`
			Issues Connection[struct {
				Labels Connection[leaf] `graphql:"labels(first: 20)"`
			}] `graphql:"issues(first: 30) @include(if:$issues)"`
		} `graphql:"repository(owner: $owner, name: $name)"`
	}
	for _, test := range []struct {
		labels, issues bool
		units, nodes   int
	}{{true, true, 32, 640}, {true, false, 1, 10}, {false, true, 31, 630}, {false, false, 0, 0}} {
		variables := map[string]any{"labels": githubv4.Boolean(test.labels), "issues": githubv4.Boolean(test.issues)}
		if units, nodes, err := Units(parts{}, variables); units != test.units || nodes != test.nodes || err != nil {
			t.Errorf("%+v: %d units, %d nodes, %v", test, units, nodes, err)
		}
	}
}

// A query that GitHub counts otherwise than its formula says is noted, and nothing
// else comes of it.
func TestOtherCostsThanPredictedAreCounted(t *testing.T) {
	dear := strings.Replace(good, `"cost":1`, `"cost":4`, 1)
	w := newWorld()
	c := w.client(t, answering(ok(good), ok(dear), ok(dear), ok(good)))
	for range 4 {
		var q viewer
		if _, err := c.Query(t.Context(), &q, nil); err != nil {
			t.Fatal(err)
		}
	}
	if s := c.Spent(); s.Points != 10 || s.Predicted != 4 || s.Mispriced != 2 {
		t.Errorf("spent %+v, want 10 points, 4 predicted, 2 answers at another price", s)
	}
}

// Before a kind of query was ever answered, it waits for what it should cost.
func TestAQueryWaitsForItsPredictedCost(t *testing.T) {
	type dear struct {
		Meter
		Viewer struct {
			Issues Connection[struct {
				Labels Connection[leaf] `graphql:"labels(first: 10)"`
			}] `graphql:"issues(first: 30)"`
			Repositories Connection[struct {
				Labels Connection[leaf] `graphql:"labels(first: 10)"`
				Refs   Connection[leaf] `graphql:"refs(first: 10)"`
			}] `graphql:"repositories(first: 90)"`
		}
	}
	w := newWorld()
	poor := `{"data":{"rateLimit":{"cost":1,"limit":1000,"remaining":1,"resetAt":"2025-03-04T12:30:00Z"},"viewer":{"login":"mona"}}}`
	rich := `{"data":{"rateLimit":{"cost":2,"limit":1000,"remaining":900,"resetAt":"2025-03-04T13:30:00Z"},"viewer":{}}}`
	c := w.client(t, answering(ok(poor), ok(rich)))
	if _, err := c.Query(t.Context(), &viewer{}, nil); err != nil || len(w.slept) > 0 {
		t.Fatal(err, w.slept)
	}
	if _, err := c.Query(t.Context(), &dear{}, nil); err != nil || len(w.slept) != 1 || c.Spent().Mispriced != 0 {
		t.Errorf("%v, slept %v, spent %+v; want a wait for the hour to end", err, w.slept, c.Spent())
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
