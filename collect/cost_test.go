package collect

import (
	"reflect"
	"testing"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape/internal/github"
)

// Every query costs a point. Where a larger page would still do, it is GitHub's
// limit of a hundred items that bounds it.
func TestQueriesCostOnePoint(t *testing.T) {
	r := newReader(nil, "o/r", Options{})
	parts := map[string]any{}
	for _, p := range factParts {
		parts[p.key] = githubv4.Boolean(true)
	}
	for _, p := range probes {
		parts[p.key] = githubv4.Boolean(true)
	}
	var wanted []any
	for key, value := range parts {
		wanted = append(wanted, key, value)
	}
	for _, test := range []struct {
		name  string
		query any
		more  []any
		units int
	}{
		{"facts", factsQuery{}, wanted, 3},
		{"probe", probeQuery{}, wanted, 10},
		{"refs", refsQuery[refNode]{}, nil, 1},
		{"releases", releasesQuery[releaseNode]{}, r.releaseLists(), 101},
		{"deployments", deploymentsQuery[deploymentNode]{}, []any{"statuses", r.first(statusesAtFirst)}, 101},
		{"commits", ancestorsQuery[commitNode]{}, []any{"parents", r.first(parentsAtFirst)}, 101},
		{"repositories of an account", ownedQuery{}, nil, 101},
		{"stub of releases", releasesQuery[bare]{}, nil, 1},
	} {
		units, nodes, err := github.Units(test.query, r.variables(100, nil, test.more...))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if units != test.units || github.Points(units) != 1 || nodes > 500_000 {
			t.Errorf("%s: %d units, %d points, %d nodes, want %d units and 1 point", test.name, units, github.Points(units), nodes, test.units)
		}
	}
}

// A batch costs what one item costs, times how many there are.
func TestBatchesCostOnePoint(t *testing.T) {
	r := newReader(nil, "o/r", Options{})
	for _, test := range []struct {
		name  string
		item  any
		more  []any
		size  int
		units int
	}{
		{"beginnings of histories", historyBeginning{}, []any{"few", r.first(beginningSize), "parents", r.first(parentsAtFirst)}, rootsAtOnce, 140},
		{"check suites", suitesNode{}, []any{"suites", r.first(suitesAtFirst)}, commitsAtOnce, 100},
		{"check runs", checksNode{}, []any{"checks", r.first(checksAtFirst)}, suitesForCheck, 100},
		{"approvers", approversNode{}, []any{"gates", r.first(gatesOfOne), "approvers", r.first(approversOfRule)}, guardedAtOnce, 144},
		{"reviews of deployments", decidedNode{}, []any{"decisions", r.first(decisionsAtFirst), "environments", r.first(environmentsOfOne)}, decidedAtOnce, 147},
		{"many reviews of deployments", decidedNode{}, []any{"decisions", r.first(decisionsAtMost), "environments", r.first(environmentsOfOne)}, 1, 101},
		{"threads", threadsNode{}, []any{"threads", r.first(threadsAtFirst), "one", r.first(1)}, threadedAtOnce, 147},
		{"parts of issues", partsNode{}, []any{"related", r.first(relatedAtFirst)}, relatedAtOnce, 100},
		{"what blocks issues", blockersNode{}, []any{"related", r.first(relatedAtFirst)}, relatedAtOnce, 100},
		{"sizes", sizeNode{}, nil, sizesAtOnce, 0},
		{"authors", authorNode{}, nil, authorsAtOnce, 0},
	} {
		query := reflect.StructOf([]reflect.StructField{{Name: "Item", Type: reflect.TypeOf(test.item), Tag: `graphql:"node(id: $id)"`}})
		units, _, err := github.Units(reflect.Zero(query).Interface(), r.named(test.more...))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if units*test.size != test.units || github.Points(units*test.size) != 1 {
			t.Errorf("%s: %d units for %d, want %d and 1 point", test.name, units*test.size, test.size, test.units)
		}
	}
}

func TestSettingsCostOnePoint(t *testing.T) {
	r := newReader(nil, "o/r", Options{})
	more := []any{"first", githubv4.Boolean(true), "rules", r.first(rulesAtFirst)}
	for _, p := range settingParts {
		more = append(more, p.key, githubv4.Boolean(true))
	}
	units, nodes, err := github.Units(settingsQuery{}, r.variables(settingsPage, nil, more...))
	if err != nil || units != 3+2*30 || github.Points(units) != 1 || nodes > 500_000 {
		t.Errorf("%d units, %d points, %d nodes, %v, want 63 units and 1 point", units, github.Points(units), nodes, err)
	}
}
