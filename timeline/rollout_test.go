package timeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func TestRolloutsGroupEnvironments(t *testing.T) {
	const graph = "A B<A C<B"
	for _, tt := range []struct{ name, deployed, want string }{
		{"two environments are one", "eu A 0, us A 20", "A first 2"},
		{"24 hours later is still one", "eu A 0, us A 1440", "A first 2"},
		{"a minute more is not", "eu A 0, us A 1441", "A first 1, A first 1"},
		{"of the kind of its first item", "eu A 0, eu B 60, us B 61", "A first 1, B forward 2"},
		{"X, Y, X in one environment is a rollback", "eu A 0, eu B 4, eu A 8", "A first 1, B forward 1, A rollback 1"},
		{"X, Y, X in two environments is one rollback",
			"eu A 0, us A 1, eu B 4, us B 5, eu A 8, us A 9", "A first 2, B forward 2, A rollback 2"},
		{"going back in one is no part of going on in the other",
			"us A -3000, us B -2000, eu A 0, us A 10", "A first 1, B forward 1, A first 1, A rollback 1"},
		{"a redeployment is another one", "eu A 0, us A 1, eu A 60, us A 61", "A first 2, A redeploy 2"},
		{"repetitions are no items", "eu A 0, eu A 5, us A 7, us A 8", "A first 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := historyOf(graph)
			deployAll(h, tt.deployed)
			r := build(t, h).Repositories[0]
			if diff := cmp.Diff(tt.want, rollouts(r.Rollouts)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, o := range r.Rollouts {
				if !o.Finished.Equal(o.First().Finished) {
					t.Errorf("rollout of %s finished at %v, its first item at %v", o.First().Commit, o.Finished, o.First().Finished)
				}
			}
		})
	}
}

func TestChangeIsDeliveredByTheFirstDeploymentThatContainsIt(t *testing.T) {
	h := historyOf("A B<A C<B D<C")
	pull(h, 1, "B")
	pull(h, 2, "C")
	pull(h, 3, "D")
	deployAll(h, "eu A 0, eu C 60, us B 120, us C 180")
	r := build(t, h).Repositories[0]
	want := map[string]string{"#1": "C forward 2", "#2": "C forward 2", "#3": "", "A": "A first 1"}
	got := map[string]string{}
	for _, c := range r.Changes {
		got[changes([]*Change{c})] = ""
		if c.Rollout != nil {
			got[changes([]*Change{c})] = rollouts([]*Rollout{c.Rollout})
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("delivered by (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("C, B", words(r.Changes[1].Deployments, func(d *Deployment) string { return string(d.Commit) })); diff != "" {
		t.Errorf("environments entered (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("#2", changes(r.Deployments[3].Changes)); diff != "" {
		t.Errorf("entered us with C (-want +got):\n%s", diff)
	}
}

func TestHeadDeployedBeforeItsSquashDeliversOnce(t *testing.T) {
	for _, tt := range []struct{ name, graph string }{
		{"its head is in the graph", "A H<A S<A"},
		{"its head is gone", "A S<A"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := historyOf(tt.graph)
			p := pull(h, 1, "S")
			p.HeadOID, p.Commits = "H", []shipshape.ChangeCommit{{OID: "H", AuthoredAt: minute(-1439)}}
			deployAll(h, "eu A 0, eu H 60, eu S 120")
			r := build(t, h).Repositories[0]
			if diff := cmp.Diff("#1", changes(r.Rollouts[1].Changes)); diff != "" {
				t.Errorf("delivered with the head (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff("", changes(r.Rollouts[2].Changes)); diff != "" {
				t.Errorf("delivered with the squash (-want +got):\n%s", diff)
			}
		})
	}
}

// Nobody known is neither a person nor a machine.
func TestRolloutByWhomItsChangesAre(t *testing.T) {
	person, machine, nobody := &Change{Author: "ann"}, &Change{Author: "x[bot]", ByMachine: true}, &Change{}
	for _, tt := range []struct {
		name             string
		changes          []*Change
		people, machines bool
	}{
		{"nothing", nil, false, false},
		{"a person's", []*Change{person}, true, false},
		{"a machine's", []*Change{machine}, false, true},
		{"of nobody known", []*Change{nobody}, false, false},
		{"a machine's and of nobody known", []*Change{machine, nobody}, false, false},
		{"a person's among others", []*Change{nobody, machine, person}, true, false},
	} {
		r := Rollout{Changes: tt.changes}
		if r.ByPeople() != tt.people || r.MachineOnly() != tt.machines {
			t.Errorf("%s: by people %v, machines only %v; want %v, %v", tt.name, r.ByPeople(), r.MachineOnly(), tt.people, tt.machines)
		}
	}
}
