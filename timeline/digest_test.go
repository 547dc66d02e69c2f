package timeline

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
)

// digest words all that was linked, one line per item, with every instant moved
// back by shift.
func digest(tl *Timeline, shift time.Duration) string {
	var b strings.Builder
	at := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return t.Add(-shift).Format(time.RFC3339)
	}
	for _, r := range tl.Repositories {
		fmt.Fprintln(&b, "repository", r.Name(), r.Source, r.Team, r.ReviewRecorded, len(r.Runs), len(r.Gaps))
		for _, d := range r.Deployments {
			fmt.Fprintln(&b, "deployment", d.ID, d.Environment, d.Production, d.Outcome, d.Kind, d.KindWhy, at(d.Finished),
				at(d.Ended), at(d.FailedAfter), d.WaitedFor, d.Timed, d.Unreachable, d.Commits, changes(d.Changes), idOf(d.Previous), idOf(d.DuplicateOf))
		}
		for _, o := range r.Rollouts {
			fmt.Fprintln(&b, "rollout", at(o.Finished), o.Kind, words(o.Items, idOf), changes(o.Changes))
		}
		for _, c := range r.Changes {
			fmt.Fprintln(&b, "change", changes([]*Change{c}), at(c.Merged), at(c.Ready), at(c.FirstReview), at(c.LastApproval), c.Class,
				c.Labels, c.Approvers, changes(c.Reverts), changes(c.RevertedBy), words(c.Deployments, idOf), stagesInWords(c.StagesToMerge()))
		}
		for _, o := range r.Releases {
			fmt.Fprintln(&b, "release", o.Tag, at(o.Published), o.Why, o.Commits, changes(o.Changes), o.Ledger)
		}
	}
	for _, e := range tl.Estate {
		fmt.Fprintln(&b, "estate", at(e.At), words(e.Items, idOf))
	}
	return b.String()
}

func idOf(d *Deployment) string {
	if d == nil {
		return "-"
	}
	return d.ID
}

// copied returns a deep copy of the history.
func copied(t *testing.T, h *shipshape.History) *shipshape.History {
	t.Helper()
	text, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	var c shipshape.History
	if err := json.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	return &c
}

// visit calls f with every value inside v that can be set.
func visit(v reflect.Value, f func(reflect.Value)) {
	f(v)
	switch v.Kind() {
	case reflect.Pointer:
		visit(v.Elem(), f)
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), f)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			visit(v.Field(i), f)
		}
	}
}

// shifted moves every instant of a history by d.
func shifted(h *shipshape.History, d time.Duration) {
	visit(reflect.ValueOf(h), func(v reflect.Value) {
		if at, ok := v.Interface().(time.Time); ok && !at.IsZero() {
			v.Set(reflect.ValueOf(at.Add(d)))
		}
	})
}

// shuffled brings every list of a history that has an order of its own out of it.
// The parents of a commit and the commits of a pull request stay: git orders them.
func shuffled(h *shipshape.History, random *rand.Rand) {
	visit(reflect.ValueOf(h), func(v reflect.Value) {
		switch v.Interface().(type) {
		case []shipshape.OID, []shipshape.ChangeCommit:
		default:
			if v.Kind() == reflect.Slice {
				random.Shuffle(v.Len(), reflect.Swapper(v.Interface()))
			}
		}
	})
}
