package timeline_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/script"
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
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			s, err := script.Parse(path, text)
			if err != nil {
				t.Fatal(err)
			}
			runScript(t, s)
		})
	}
}

// TestDocumentedScripts runs those scripts of docs/scripts.md that want a timeline.
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
		if _, ok := ofDeployment[s.Wants[0].Words[0]]; ok {
			runScript(t, s)
			ran++
		}
	}
	if ran == 0 {
		t.Error("docs/scripts.md shows no script for a timeline")
	}
}

func runScript(t *testing.T, s *script.Script) {
	if len(s.Wants) == 0 {
		t.Fatal("a script without a want tests nothing")
	}
	o := timeline.Defaults(s.AsOf)
	if err := s.Apply(setters(&o)); err != nil {
		t.Fatal(err)
	}
	built := timeline.Build(s.History, o)
	for _, w := range s.Wants {
		if err := (&scene{script: s, built: built}).check(w); err != nil {
			t.Errorf("%s: %s: %v", s.At(w.Line), w.Text, err)
		}
	}
}

// setters change the options under the names that scripts use.
func setters(o *timeline.Options) map[string]func([]string) error {
	return map[string]func([]string) error{
		"source":         func(v []string) error { o.Source = timeline.SourceKind(v[0]); return nil },
		"workflow":       func(v []string) error { o.Workflow = v[0]; return nil },
		"production":     func(v []string) error { o.Production = script.List(v[0]); return nil },
		"rollout-within": length(&o.RolloutWithin),
		"repeat-within":  length(&o.RepeatWithin),
		"estate-within":  length(&o.EstateWithin),
		"start-cap":      length(&o.StartCap),
		"approval-words": func(v []string) error { o.ApprovalWords = script.List(v[0]); return nil },
		"machines":       logins(&o.Machines),
		"people":         logins(&o.People),
		"team": func(v []string) error {
			if len(v) != 2 {
				return errors.New("write a team and its repositories")
			}
			o.Teams = append(o.Teams, timeline.TeamRule{Team: v[0], Repositories: script.List(v[1])})
			return nil
		},
	}
}

func length(d *time.Duration) func([]string) error {
	return func(v []string) error {
		q, err := script.ParseQuantity(v[0])
		if err != nil || q.Unit != script.Seconds {
			return fmt.Errorf("%q is no duration", v[0])
		}
		*d = q.Duration()
		return nil
	}
}

func logins(to *[]shipshape.Login) func([]string) error {
	return func(v []string) error {
		for _, name := range script.List(v[0]) {
			*to = append(*to, shipshape.Login(name))
		}
		return nil
	}
}

// scene is a timeline and the repository a want speaks of.
type scene struct {
	script *script.Script
	built  *timeline.Timeline
	repo   *timeline.Repository
}

// check returns what is wrong, nil if the want holds. The first word says what is
// wanted, the second of whom; what follows is compared with what was built.
func (sc *scene) check(w script.Want) error {
	for _, r := range sc.built.Repositories {
		if r.Name() == w.Repository {
			sc.repo = r
		}
	}
	if sc.repo == nil {
		return fmt.Errorf("the timeline has no repository %s", w.Repository)
	}
	subject, args := w.Words[0], w.Words[1:]
	if f, ok := ofRepository[subject]; ok {
		return same(f(sc), strings.Join(args, " "))
	}
	if len(args) == 0 {
		return errors.New("of what?")
	}
	name, rest := args[0], args[1:]
	if f, ok := ofDeployment[subject]; ok {
		return on(sc.deployment, name, func(d *timeline.Deployment) error { return sc.equal(f(sc, d), rest) })
	}
	if f, ok := ofChange[subject]; ok {
		return on(sc.change, name, func(c *timeline.Change) error { return sc.equal(f(sc, c), rest) })
	}
	if f, ok := ofRelease[subject]; ok {
		return on(sc.release, name, func(r *timeline.Release) error { return sc.equal(f(sc, r), rest) })
	}
	return fmt.Errorf("timeline knows no want %q", subject)
}

// on looks somebody up and speaks of them.
func on[T any](find func(string) (T, error), name string, then func(T) error) error {
	found, err := find(name)
	if err != nil {
		return err
	}
	return then(found)
}

// equal compares what was built with the one word wanted. A word that begins with
// an ellipsis is a part of it.
func (sc *scene) equal(got string, want []string) error {
	if len(want) != 1 {
		return fmt.Errorf("one value is wanted, not %d", len(want))
	}
	return same(got, sc.normal(want[0]))
}

// normal writes instants and durations as the scene does.
func (sc *scene) normal(word string) string {
	if t, err := sc.script.Instant(word); err == nil {
		return at(t)
	}
	if q, err := script.ParseQuantity(word); err == nil && q.Unit == script.Seconds {
		return span(q.Duration())
	}
	return word
}

func same(got, want string) error {
	if part, ok := strings.CutPrefix(want, "…"); ok {
		if part != "" && strings.Contains(got, part) {
			return nil
		}
		return fmt.Errorf("got %q, which does not hold %q", got, part)
	}
	if got != want {
		return fmt.Errorf("got %q", got)
	}
	return nil
}

// at writes an instant, "never" for none.
func at(t time.Time) string {
	if t.IsZero() {
		return never
	}
	return t.UTC().Format(time.RFC3339)
}

// span writes a duration in hours, minutes and seconds, leaving out what is zero.
func span(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
