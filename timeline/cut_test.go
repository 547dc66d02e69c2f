package timeline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func TestLabelsWornThenAreReplayedBackwards(t *testing.T) {
	event := func(kind shipshape.EventKind, label string, at int) shipshape.Event {
		return shipshape.Event{Kind: kind, Label: label, At: minute(at)}
	}
	for _, tt := range []struct {
		name, worn string
		events     []shipshape.Event
		want       string
	}{
		{"no events", "b a", nil, "a b"},
		{"put on before", "a", []shipshape.Event{event(shipshape.Labeled, "a", -5)}, "a"},
		{"put on at that very time", "a", []shipshape.Event{event(shipshape.Labeled, "a", 0)}, "a"},
		{"put on later", "a b", []shipshape.Event{event(shipshape.Labeled, "a", 5)}, "b"},
		{"taken off later", "b", []shipshape.Event{event(shipshape.Unlabeled, "a", 5)}, "a b"},
		{"put on and taken off later", "b", []shipshape.Event{event(shipshape.Unlabeled, "a", 9), event(shipshape.Labeled, "a", 5)}, "b"},
		{"taken off and put on later", "a", []shipshape.Event{event(shipshape.Labeled, "a", 9), event(shipshape.Unlabeled, "a", 5)}, "a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := labelsAt(strings.Fields(tt.worn), tt.events, noon)
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTitleThenIsWhatTheFirstLaterRenamingReplaced(t *testing.T) {
	c := shipshape.Change{Title: "three", Events: []shipshape.Event{
		{Kind: shipshape.RenamedTitle, At: minute(9), From: "two", To: "three"},
		{Kind: shipshape.RenamedTitle, At: minute(5), From: "one", To: "two"},
		{Kind: shipshape.RenamedTitle, At: minute(-5), From: "zero", To: "one"},
	}}
	if got := titleAt(c, noon); got != "one" {
		t.Errorf("title %q, want %q", got, "one")
	}
}

func TestRefsGoBackToWhatTheyWere(t *testing.T) {
	h := historyOf("A B<A C<B D<C")
	h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Branch, Name: "new", Target: "D"},
		shipshape.Ref{Kind: shipshape.Tag, Name: "light-old", Target: "B"}, shipshape.Ref{Kind: shipshape.Tag, Name: "light-new", Target: "C"},
		shipshape.Ref{Kind: shipshape.Branch, Name: "elsewhere", Target: "X"})
	tag(h, "late", "A", -1)
	h.Commits[3].Parents = nil // D begins a history of its own
	refs := func(until int) string {
		h.Origin.Until = minute(until)
		at := h.Commits[1].CommittedAt
		return words(refsAt(h.Commits, h, at), func(r shipshape.Ref) string { return r.Name + " " + string(r.Target) })
	}
	if diff := cmp.Diff("light-old B, elsewhere X", refs(0)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	h.Commits[3].Parents = []shipshape.OID{"C"}
	if diff := cmp.Diff("main B, new B, light-old B, elsewhere X", refs(0)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("main D, new D, light-old B, light-new C, elsewhere X, late A", refs(-24*60)); diff != "" {
		t.Errorf("read no further than that (-want +got):\n%s", diff)
	}
}

func TestRewindingADamagedCircleEnds(t *testing.T) {
	a, b := &shipshape.Commit{OID: "a", Parents: []shipshape.OID{"b"}}, &shipshape.Commit{OID: "b", Parents: []shipshape.OID{"a"}}
	a.CommittedAt, b.CommittedAt = minute(1), minute(2)
	circle := map[shipshape.OID]*shipshape.Commit{"a": a, "b": b}
	if got := rewind(circle, "a", noon); got != "a" && got != "b" {
		t.Errorf("rewound to %q", got)
	}
}

func TestWhatHappenedLaterDoesNotExist(t *testing.T) {
	h := historyOf("A B<A C<B D<C")
	h.Origin.Until = minute(10_000)
	pull(h, 1, "B")
	late := pull(h, 2, "D")
	late.MergedAt = minute(500)
	h.Commits[2].CommittedAt, h.Commits[3].CommittedAt = minute(490), minute(500)
	deployAll(h, "eu A 0, eu B 60, eu D 600")
	h.Deployments[1].Statuses = append(h.Deployments[1].Statuses, statusesOf("FAILURE 400")...)
	o := Defaults(minute(100))
	r := Build(&shipshape.History{Repositories: []shipshape.RepositoryHistory{*h}}, o).Repositories[0]
	if diff := cmp.Diff("A first, B forward", kinds(r.Deployments)); diff != "" {
		t.Errorf("deployments (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("A #1", changes(r.Changes)); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if !r.Deployments[1].FailedAfter.IsZero() {
		t.Error("a failure that is yet to come is known")
	}
}

func TestRunsOnKeptBranches(t *testing.T) {
	h := historyOf("A")
	for branch, kept := range map[string]bool{
		"main": true, "release": true, "release/1.4": true, "releases-x": true, "stable": true, "stable/3": true,
		"1.4": true, "v2": true, "v1.4.x": true,
		"": false, "topic": false, "released": false, "v": false, "x": false, "1.4-fix": false, "main2": false,
	} {
		h.Runs = []shipshape.Run{{ID: 1, Branch: branch, Event: "push"}, {ID: 2, Branch: branch, Event: "pull_request"}}
		got := len(runsOnKeptBranches(h))
		if want := map[bool]int{true: 1}[kept]; got != want {
			t.Errorf("branch %q keeps %d runs, want %d", branch, got, want)
		}
	}
}
