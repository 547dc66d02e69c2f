package collect

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// seen is a gap without its words.
type seen struct {
	Entity shipshape.Entity
	Field  string
	ID     string
	Reason shipshape.GapReason
}

func (r *reader) seen() []seen {
	var all []seen
	for _, g := range r.h.Gaps {
		all = append(all, seen{g.Entity, g.Field, g.ID, g.Reason})
	}
	return all
}

func TestFaultsBecomeGaps(t *testing.T) {
	const d = shipshape.DeploymentEntity
	for name, test := range map[string]struct {
		fault github.Fault
		want  []seen
	}{
		"a whole list": {
			github.Fault{Type: github.FaultForbidden, Path: []string{"repository", "deployments"}},
			[]seen{{d, "", "", shipshape.Forbidden}},
		},
		"a field of a record": {
			github.Fault{Type: github.FaultForbidden, Path: []string{"repository", "deployments", "nodes", "3", "statuses"}},
			[]seen{{d, "statuses", "", shipshape.Forbidden}},
		},
		"something deep in a record": {
			github.Fault{Type: github.FaultForbidden, Path: []string{"repository", "deployments", "nodes", "3", "statuses", "nodes", "0", "creator"}},
			[]seen{{d, "statuses", "", shipshape.Truncated}},
		},
		"something that is not found": {
			github.Fault{Type: github.FaultNotFound, Path: []string{"repository", "deployments", "nodes", "3", "ref"}},
			[]seen{{d, "ref", "", shipshape.Truncated}},
		},
		"a failure of GitHub's": {
			github.Fault{Path: []string{"repository", "deployments"}},
			[]seen{{d, "", "", shipshape.Absent}},
		},
		"no path": {
			github.Fault{Type: github.FaultForbidden},
			[]seen{{d, "", "", shipshape.Forbidden}},
		},
		"a record, which its list counts": {
			github.Fault{Type: github.FaultForbidden, Path: []string{"repository", "deployments", "nodes", "3"}},
			nil,
		},
		"a record of a batch": {
			github.Fault{Type: github.FaultForbidden, Path: []string{"7", "statuses"}},
			[]seen{{d, "statuses", "", shipshape.Forbidden}},
		},
	} {
		r := newReader(nil, "o/r", Options{})
		r.faults(d, []github.Fault{test.fault, test.fault})
		if diff := cmp.Diff(test.want, r.seen()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestGapsNameThePermission(t *testing.T) {
	for entity, want := range map[shipshape.Entity]string{
		shipshape.DeploymentEntity: "Give the workflow the permission `deployments: read`, or the token read access to deployments.",
		shipshape.ChangeEntity:     "Give the workflow the permission `pull-requests: read`, or the token read access to pull requests.",
		shipshape.RunEntity:        "Give the workflow the permission `checks: read`, or the token read access to checks.",
	} {
		r := newReader(nil, "o/r", Options{})
		r.faults(entity, []github.Fault{{Type: github.FaultForbidden, Path: []string{"repository", "x"}}})
		if len(r.h.Gaps) != 1 || r.h.Gaps[0].Remedy != want {
			t.Errorf("%s: gaps %v, want the remedy %q", entity, r.h.Gaps, want)
		}
	}
	r := newReader(nil, "o/r", Options{})
	r.faults(shipshape.RunEntity, []github.Fault{{Type: github.FaultForbidden, Path: []string{"0", "checkSuites", "nodes", "0", "workflowRun"}}})
	r.faults(shipshape.IssueEntity, []github.Fault{{Type: github.FaultForbidden, Path: []string{"repository", "issues"}, SAML: true}})
	want := []string{
		"Give the workflow the permission `actions: read`, or the token read access to actions.",
		"Authorise the token for single sign-on to o, which owns o/r.",
	}
	for i, g := range r.h.Gaps {
		if g.Remedy != want[i] {
			t.Errorf("remedy %q, want %q", g.Remedy, want[i])
		}
	}
}

// A fault's path is GitHub's: nothing in it may stop the reading.
func FuzzFaults(f *testing.F) {
	f.Add("FORBIDDEN", "repository", "deployments", "3", false)
	f.Add("", "", "-1", "99999999999999999999", true)
	f.Fuzz(func(t *testing.T, typ, a, b, c string, saml bool) {
		r := newReader(nil, "o/r", Options{})
		for _, path := range [][]string{nil, {a}, {a, b}, {a, b, c}} {
			fault := github.Fault{Type: github.FaultType(typ), Path: path, SAML: saml}
			r.faults(shipshape.ChangeEntity, []github.Fault{fault})
			r.objectFaults(shipshape.RunEntity, "", []shipshape.OID{"abc"}, []github.Fault{fault})
		}
		if len(r.h.Gaps) == 0 {
			t.Error("a fault without a path left no gap")
		}
		for _, g := range r.h.Gaps {
			if g.Why == "" || g.Remedy == "" {
				t.Errorf("gap %+v says nothing", g)
			}
		}
	})
}

// listing serves the numbers 1 to n as a list. Cursors are the numbers.
type listing struct {
	n    int
	null map[int]bool // withheld
	big  map[int]bool // too big for any page
	fail error
}

type number struct{ n int }

func ask[N any](l listing, item func(int) *N, big map[int]bool) asker[N] {
	return func(_ context.Context, size int, after *string) (github.Connection[N], []github.Fault, error) {
		from := 1
		if after != nil {
			from = len(*after) + 1
		}
		c := github.Connection[N]{TotalCount: l.n, Nodes: []*N{}}
		for i := from; i < from+size && i <= l.n; i++ {
			if big[i] {
				return github.Connection[N]{}, nil, github.ErrTooBig
			}
			if l.null[i] {
				c.Nodes = append(c.Nodes, nil)
			} else {
				c.Nodes = append(c.Nodes, item(i))
			}
		}
		end := min(from+size-1, l.n)
		for range end {
			c.PageInfo.EndCursor += "x"
		}
		c.PageInfo.HasNextPage = end < l.n
		return c, nil, l.fail
	}
}

// read reads the listing and returns the numbers that came, and the gaps.
func (l listing) read(t *testing.T, stubs bool, until int) ([]int, []seen, error) {
	t.Helper()
	r := newReader(nil, "o/r", Options{})
	var came []int
	reading := list[number]{
		entity: shipshape.IssueEntity,
		size:   4,
		ask:    ask(l, func(i int) *number { return &number{i} }, l.big),
		take: func(n *number) (bool, error) {
			came = append(came, n.n)
			return n.n < until, nil
		},
	}
	if stubs {
		reading.stub = ask(l, func(int) *bare { return &bare{} }, nil)
	}
	err := readAll(t.Context(), r, reading)
	return came, r.seen(), err
}

func TestAListIsReadToItsEndOrAGapSaysWhatIsLacking(t *testing.T) {
	const i = shipshape.IssueEntity
	down := errors.New("server down")
	for name, test := range map[string]struct {
		listing
		stubs bool
		until int
		came  []int
		gaps  []seen
		err   error
	}{
		"empty":                  {listing{}, true, 99, nil, nil, nil},
		"several pages":          {listing{n: 9}, true, 99, []int{1, 2, 3, 4, 5, 6, 7, 8, 9}, nil, nil},
		"enough":                 {listing{n: 9}, true, 5, []int{1, 2, 3, 4, 5}, nil, nil},
		"some withheld":          {listing{n: 5, null: map[int]bool{2: true, 5: true}}, true, 99, []int{1, 3, 4}, []seen{{i, "", "", shipshape.Truncated}}, nil},
		"all withheld":           {listing{n: 2, null: map[int]bool{1: true, 2: true}}, true, 99, nil, []seen{{i, "", "", shipshape.Forbidden}}, nil},
		"one too big":            {listing{n: 6, big: map[int]bool{3: true}}, true, 99, []int{1, 2, 4, 5, 6}, []seen{{i, "", "", shipshape.Truncated}}, nil},
		"two too big":            {listing{n: 6, big: map[int]bool{3: true, 4: true}}, true, 99, []int{1, 2, 5, 6}, []seen{{i, "", "", shipshape.Truncated}, {i, "", "", shipshape.Truncated}}, nil},
		"the last too big":       {listing{n: 3, big: map[int]bool{3: true}}, true, 99, []int{1, 2}, []seen{{i, "", "", shipshape.Truncated}}, nil},
		"too big, without stubs": {listing{n: 6, big: map[int]bool{3: true}}, false, 99, []int{1, 2}, []seen{{i, "", "", shipshape.NotReached}}, nil},
		"an error":               {listing{n: 6, fail: down}, true, 99, nil, nil, down},
	} {
		t.Run(name, func(t *testing.T) {
			came, gaps, err := test.read(t, test.stubs, test.until)
			if !errors.Is(err, test.err) {
				t.Errorf("error %v, want %v", err, test.err)
			}
			if diff := cmp.Diff(test.came, came); diff != "" {
				t.Errorf("items (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.gaps, gaps); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
		})
	}
}
