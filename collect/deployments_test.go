package collect

import (
	"encoding/json"
	"math/rand"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// day returns midnight of a day in the year 2026.
func day(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }

func TestStatusesComeByTimeWhateverTheOrderOfTheList(t *testing.T) {
	want := []shipshape.DeploymentStatus{
		{State: shipshape.DeploymentQueued, At: day(1)},
		{State: shipshape.DeploymentPending, At: day(1)},
		{State: shipshape.DeploymentInProgress, At: day(1)},
		{State: shipshape.DeploymentSuccess, At: day(1), Description: "first"},
		{State: shipshape.DeploymentSuccess, At: day(1), Description: "second"},
		{State: shipshape.DeploymentInactive, At: day(1)},
		{State: shipshape.DeploymentInProgress, At: day(2)},
		{State: shipshape.DeploymentFailure, At: day(3), Log: "a"},
		{State: shipshape.DeploymentFailure, At: day(3), Log: "b"},
	}
	random := rand.New(rand.NewSource(1))
	for range 100 {
		n := &deploymentNode{}
		for _, i := range random.Perm(len(want)) {
			s := want[i]
			n.Statuses.Nodes = append(n.Statuses.Nodes, &statusNode{State: s.State, CreatedAt: s.At, Description: s.Description, LogURL: s.Log})
		}
		if diff := cmp.Diff(want, n.deployment().Statuses); diff != "" {
			t.Fatalf("statuses (-want +got):\n%s", diff)
		}
	}
}

func TestPayloadsReadAsSent(t *testing.T) {
	for given, want := range map[string]string{
		"":                     "",
		"null":                 "",
		`""`:                   "",
		`"plain text"`:         "plain text",
		`"{\"a\":1}"`:          `{"a":1}`,
		`{ "a" : [1, 2.50] }`:  `{"a":[1,2.50]}`,
		`12345678901234567890`: "12345678901234567890",
		"{broken":              "{broken",
	} {
		if got := payload(given); got != want {
			t.Errorf("payload(%q) = %q, want %q", given, got, want)
		}
	}
}

// A payload of JSON stays the same JSON, and read once more it stays as it is.
func FuzzPayload(f *testing.F) {
	f.Add(`{"a": 1}`)
	f.Add(`"\u0000"`)
	f.Add(`[ "" ]`)
	f.Fuzz(func(t *testing.T, text string) {
		var before, after any
		if json.Unmarshal([]byte(text), &before) != nil {
			if got := payload(text); got != text {
				t.Errorf("payload(%q) = %q, which was no JSON", text, got)
			}
			return
		}
		if _, plain := before.(string); plain || before == nil {
			return
		}
		got := payload(text)
		if err := json.Unmarshal([]byte(got), &after); err != nil || !reflect.DeepEqual(before, after) {
			t.Errorf("payload(%q) = %q, which is other JSON", text, got)
		}
		if twice := payload(got); twice != got {
			t.Errorf("payload(%q) = %q, and once more %q", text, got, twice)
		}
	})
}

// deployed is a deployment on a day, newest first in a list of them.
func deployed(environment string, n int, states ...shipshape.DeploymentState) shipshape.Deployment {
	d := shipshape.Deployment{ID: int64(n), Environment: environment, CreatedAt: day(n)}
	for _, s := range states {
		d.Statuses = append(d.Statuses, shipshape.DeploymentStatus{State: s, At: day(n)})
	}
	return d
}

// Since is day 10. Both production environments are read back to their last
// success before it, with the failures on the way; staging is not.
func TestDeploymentsReachBackToTheLastSuccessBefore(t *testing.T) {
	const success, failure, inactive = shipshape.DeploymentSuccess, shipshape.DeploymentFailure, shipshape.DeploymentInactive
	given := []shipshape.Deployment{
		deployed("eu", 14, success),
		deployed("staging", 13, success),
		deployed("eu", 10, failure),
		deployed("eu", 9, failure),
		deployed("staging", 8, success),
		deployed("eu", 7, success, inactive),
		deployed("eu", 6, success),
		deployed("us", 5, failure),
		deployed("staging", 4, success),
		deployed("us", 3, success),
		deployed("us", 2, success),
	}
	production := func(name string) bool { return name == "eu" || name == "us" }
	for name, test := range map[string]struct {
		production   func(string) bool
		environments []string
		want         []int64
	}{
		"environments known":        {production, []string{"eu", "staging", "us"}, []int64{14, 13, 10, 9, 7, 5, 3}},
		"environments not known":    {production, nil, []int64{14, 13, 10, 9, 7}},
		"no environment delivers":   {nil, []string{"eu"}, []int64{14, 13, 10}},
		"one that never succeeded":  {production, []string{"eu", "us", "ap"}, []int64{14, 13, 10, 9, 7, 5, 3}},
		"one that nothing was sent": {func(string) bool { return true }, []string{"eu", "us", "ap", "staging"}, []int64{14, 13, 10, 9, 8, 7, 5, 3}},
	} {
		reach := newReach(Options{Since: day(10), Production: test.production}, test.environments)
		var got []int64
		for _, d := range given {
			if d.CreatedAt.Before(day(10)) && reach.done() {
				break
			}
			if reach.wants(d) {
				got = append(got, d.ID)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What is kept with a later Since is a part of what is kept with an earlier one.
func TestReachingFurtherBackLosesNothing(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	states := []shipshape.DeploymentState{shipshape.DeploymentSuccess, shipshape.DeploymentFailure, shipshape.DeploymentInactive}
	for range 200 {
		var given []shipshape.Deployment
		for n := 30; n > 0; n-- {
			given = append(given, deployed([]string{"a", "b", "c"}[random.Intn(3)], n, states[random.Intn(3)]))
		}
		kept := func(since int) []int64 {
			reach := newReach(Options{Since: day(since), Production: func(name string) bool { return name != "c" }}, []string{"a", "b", "c"})
			var ids []int64
			for _, d := range given {
				if d.CreatedAt.Before(day(since)) && reach.done() {
					break
				}
				if reach.wants(d) {
					ids = append(ids, d.ID)
				}
			}
			return ids
		}
		since := 2 + random.Intn(28)
		later, earlier := kept(since), kept(since-1)
		for _, id := range later {
			if !slices.Contains(earlier, id) {
				t.Fatalf("since day %d keeps %v, since the day before %v: %d is lost", since, later, earlier, id)
			}
		}
	}
}
