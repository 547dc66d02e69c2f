package kpi_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/script"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

// TestScripts runs every script of testdata: docs/scripts.md describes them, and
// each begins with what its author counted by hand.
func TestScripts(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no scripts in testdata: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			runScript(t, readScript(t, path))
		})
	}
}

// TestDocumentedScripts runs those scripts of docs/scripts.md that want a KPI.
func TestDocumentedScripts(t *testing.T) {
	text, err := os.ReadFile("../docs/scripts.md")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, example := range script.Examples(string(text)) {
		s, err := script.Parse("docs/scripts.md", []byte(example))
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := kpi.Lookup(s.Wants[0].Words[0]); ok {
			runScript(t, s)
			ran++
		}
	}
	if ran == 0 {
		t.Error("docs/scripts.md shows no script for a KPI")
	}
}

// TestEveryKPIHasScripts wants, of every KPI, a script that reaches each of the
// three states.
func TestEveryKPIHasScripts(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	reached := map[string]map[kpi.State]bool{}
	for _, path := range paths {
		s := readScript(t, path)
		card := scorecard(t, s)
		for _, w := range s.Wants {
			if r, ok := card.Result(w.Words[0]); ok {
				if reached[r.KPI.ID] == nil {
					reached[r.KPI.ID] = map[kpi.State]bool{}
				}
				reached[r.KPI.ID][r.State] = true
			}
		}
	}
	for _, k := range kpi.All {
		for _, state := range []kpi.State{kpi.Measured, kpi.Partial, kpi.NotMeasured} {
			if !reached[k.ID][state] {
				t.Errorf("no script wants a %s that is %s", k.ID, state)
			}
		}
	}
}

func readScript(t *testing.T, path string) *script.Script {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := script.Parse(path, text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func scorecard(t *testing.T, s *script.Script) kpi.Scorecard {
	t.Helper()
	if s.Window == (shipshape.Window{}) {
		t.Fatalf("%s: a KPI needs a window", s.Name)
	}
	o := timeline.Defaults(s.AsOf)
	if err := s.Apply(setters(&o)); err != nil {
		t.Fatal(err)
	}
	return kpi.Compute(timeline.Build(s.History, o), kpi.Options{Window: s.Window, Zone: s.Zone})
}

func runScript(t *testing.T, s *script.Script) {
	if len(s.Wants) == 0 {
		t.Fatal("a script without a want tests nothing")
	}
	sc := &scene{script: s, card: scorecard(t, s)}
	for _, w := range s.Wants {
		if err := sc.check(w); err != nil {
			t.Errorf("%s: %s: %v", s.At(w.Line), w.Text, err)
		}
	}
}

// setters change the options of linking under the names that scripts use.
func setters(o *timeline.Options) map[string]func([]string) error {
	logins := func(to *[]shipshape.Login) func([]string) error {
		return func(v []string) error {
			for _, name := range script.List(v[0]) {
				*to = append(*to, shipshape.Login(name))
			}
			return nil
		}
	}
	return map[string]func([]string) error{
		"source":     func(v []string) error { o.Source = timeline.SourceKind(v[0]); return nil },
		"workflow":   func(v []string) error { o.Workflow = v[0]; return nil },
		"production": func(v []string) error { o.Production = script.List(v[0]); return nil },
		"machines":   logins(&o.Machines),
		"people":     logins(&o.People),
		"team": func(v []string) error {
			if len(v) != 2 {
				return errors.New("write a team and its repositories")
			}
			o.Teams = append(o.Teams, timeline.TeamRule{Team: v[0], Repositories: script.List(v[1])})
			return nil
		},
	}
}

// scene is a scorecard and the script it was computed from.
type scene struct {
	script *script.Script
	card   kpi.Scorecard
}

// check returns what is wrong, nil if the want holds. The first word is the id of
// a KPI; "of" and a repository narrow it down; then comes a part of the result, or
// the headline's value.
func (sc *scene) check(w script.Want) error {
	id, rest := w.Words[0], w.Words[1:]
	if _, ok := kpi.Lookup(id); !ok {
		return fmt.Errorf("kpi knows no %q", id)
	}
	result, _ := sc.card.Result(id)
	if len(rest) > 1 && rest[0] == "of" {
		var err error
		if result, err = sc.alone(id, rest[1]); err != nil {
			return err
		}
		rest = rest[2:]
	}
	if len(rest) == 0 {
		return errors.New("what of it?")
	}
	if part, ok := parts[rest[0]]; ok {
		a, err := takeArgs(part.places, rest[1:])
		if err != nil {
			return err
		}
		return part.check(sc, result, a)
	}
	a, err := takeArgs(1, rest)
	if err != nil {
		return err
	}
	return headline(result, a)
}

// alone returns the result of one repository.
func (sc *scene) alone(id, name string) (kpi.Result, error) {
	for _, r := range sc.card.Repositories {
		if string(r.Name) == name {
			result, _ := r.Result(id)
			return result, nil
		}
	}
	return kpi.Result{}, fmt.Errorf("the scorecard has no repository %s", name)
}
