package kpi

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

func TestEveryKPIIsComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range All {
		t.Run(k.ID, func(t *testing.T) {
			if seen[k.ID] {
				t.Errorf("id %q stands twice", k.ID)
			}
			seen[k.ID] = true
			for _, fault := range faults(k) {
				t.Error(fault)
			}
			if got, known := Lookup(k.ID); !known || got.Name != k.Name {
				t.Errorf("Lookup(%q) = %q, %v", k.ID, got.Name, known)
			}
		})
	}
	if _, known := Lookup("no-such-kpi"); known {
		t.Error("Lookup knows a KPI that does not exist")
	}
}

var idForm = regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)

// faults lists what is wrong with the definition of a KPI.
func faults(k KPI) []string {
	var found []string
	demand := func(ok bool, fault string) {
		if !ok {
			found = append(found, fault)
		}
	}
	demand(idForm.MatchString(k.ID), "the id is not lower-case words joined by hyphens")
	demand(k.Name != "" && k.Formula != "" && k.Source != "" && k.Version > 0, "name, formula, source or version is missing")
	demand(strings.HasSuffix(k.Question, "?"), "the question does not ask")
	demand(strings.HasSuffix(k.Doc, "."), "the definition is not made of sentences")
	demand(len(k.Counts) > 0 && len(k.Leaves) > 0, "what is counted or left out is not said")
	for _, s := range slices.Concat(k.Counts, k.Leaves, []string{k.Remedy}) {
		demand(strings.HasSuffix(s, "."), "not a sentence: "+s)
	}
	demand(k.Compute != nil && k.Says != nil && k.Begun != nil, "a function is missing")
	demand(slices.Contains([]Family{Flow, ChangeFlow}, k.Family), "unknown family")
	demand(slices.Contains([]Better{Higher, Lower, Neutral}, k.Better), "unknown direction")
	demand(k.Unit == unitOf(k), "the unit does not fit the statistic")
	for _, need := range k.Needs {
		demand(slices.Contains(entities, need.Entity), "unknown need "+string(need.Entity))
	}
	demand(len(k.Reads)+len(k.Sources) > 0, "it looks at nothing")
	for _, read := range k.Reads {
		demand(slices.Contains(entities, read), "it looks at the unknown "+string(read))
	}
	for _, source := range k.Sources {
		demand(slices.Contains(anySource, source) && source != timeline.SourceNone, "unknown source "+string(source))
	}
	demand(k.DORA == nil || len(k.DORA.Steps) == 6, "DORA's scales have six steps")
	return found
}

// unitOf returns the unit that a statistic yields; medians choose their own.
func unitOf(k KPI) Unit {
	switch k.Statistic {
	case Rate:
		return PerDay
	case Share:
		return Ratio
	case Tally:
		return Count
	case Median:
		if k.Unit == Seconds || k.Unit == Count {
			return k.Unit
		}
	}
	return ""
}

var entities = []shipshape.Entity{
	shipshape.CommitEntity, shipshape.ChangeEntity, shipshape.ReleaseEntity, shipshape.DeploymentEntity, shipshape.RunEntity,
}

func TestFaultsAreFound(t *testing.T) {
	broken := map[string]func(*KPI){
		"id":        func(k *KPI) { k.ID = "Lead Time" },
		"name":      func(k *KPI) { k.Name = "" },
		"question":  func(k *KPI) { k.Question = "How long" },
		"unit":      func(k *KPI) { k.Unit = Ratio },
		"need":      func(k *KPI) { k.Needs = []Need{{Entity: "weather"}} },
		"source":    func(k *KPI) { k.Sources = []timeline.SourceKind{"none"} },
		"scale":     func(k *KPI) { k.DORA = &Scale{Steps: []string{"one"}} },
		"direction": func(k *KPI) { k.Better = "sideways" },
		"leaves":    func(k *KPI) { k.Leaves = nil },
	}
	for name, breakIt := range broken {
		k := LeadTime
		breakIt(&k)
		if len(faults(k)) != 1 {
			t.Errorf("%s: faults = %q, want exactly one", name, faults(k))
		}
	}
}
