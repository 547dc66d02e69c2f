package collect

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/shipshape-report/shipshape/internal/github"
)

// The best page is the largest one that costs a point: one more record has to cost
// two.
func TestPagesOfChangesAndIssuesCostOnePoint(t *testing.T) {
	r := newReader(nil, "o/r", Options{})
	filter := []any{"filter", updatedSince(r.o.Since)}
	for _, test := range []struct {
		name  string
		query any
		page  int
		lists []any
		units int
	}{
		{"pull requests", changesQuery[changeNode]{}, changePage, r.changeLists(), 1 + 5*29},
		{"issues", issuesQuery[issueWith[typedKind, parts, blockers]]{}, issuePage, append(filter, r.issueLists()...), 1 + 2*74},
		{"issues of an older server", issuesQuery[issueWith[untypedKind, parts, nothing]]{}, issuePage, append(filter, r.issueLists()...), 1 + 2*74},
		{"issues of an old server", issuesQuery[issueWith[plainKind, nothing, nothing]]{}, issuePage, append(filter, r.issueLists()...), 1 + 2*74},
	} {
		units, nodes, err := github.Units(test.query, r.variables(test.page, nil, test.lists...))
		if err != nil {
			t.Fatal(err)
		}
		if units != test.units || github.Points(units) != 1 || nodes > 500_000 {
			t.Errorf("a page of %d %s: %d units, %d points, %d nodes, want %d units and 1 point", test.page, test.name, units, github.Points(units), nodes, test.units)
		}
		units, _, err = github.Units(test.query, r.variables(test.page+1, nil, test.lists...))
		if err != nil || github.Points(units) != 2 {
			t.Errorf("a page of %d %s: %d points, %v, want 2: a larger page would do", test.page+1, test.name, github.Points(units), err)
		}
	}
}

func TestStubsAndTailsCostOnePoint(t *testing.T) {
	r := newReader(nil, "o/r", Options{})
	n := &changeNode{ID: "x", Number: 1}
	for _, info := range []*github.PageInfo{&n.Labels.PageInfo, &n.Reviews.PageInfo, &n.Commits.PageInfo, &n.Closes.PageInfo, &n.Items.PageInfo} {
		*info = github.PageInfo{HasNextPage: true, EndCursor: "c"}
	}
	var batch []*tail
	for len(batch) < tailWidth {
		batch = append(batch, n.tails()...)
	}
	for name, q := range map[string]struct {
		query     any
		variables map[string]any
		units     int
	}{
		"stub of pull requests": {changesQuery[bare]{}, r.variables(1, nil), 1},
		"stub of issues":        {issuesQuery[bare]{}, r.variables(1, nil, "filter", updatedSince(r.o.Since)), 1},
		"tails":                 {reflect.Zero(tailQuery(batch)).Interface(), tailVariables(batch, tailPage), tailWidth},
	} {
		units, _, err := github.Units(q.query, q.variables)
		if err != nil || units != q.units {
			t.Errorf("%s: %d units, %v, want %d", name, units, err, q.units)
		}
	}
	if fmt.Sprint(batch[4].list, batch[4].more) != "timelineItems, itemTypes: $changeItems" {
		t.Errorf("the fifth tail is %s, want the timeline", batch[4].list)
	}
}
