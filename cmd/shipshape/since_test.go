package main

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/dataset"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// TestWhatIsReportedDoesNotDependOnSince collects each bundled history from ever
// earlier days on: what is told of the window stays as it is when everything is read.
// Package kpi moves the day through years without collecting; here the whole way is
// taken, day by day where it matters most.
func TestWhatIsReportedDoesNotDependOnSince(t *testing.T) {
	for _, name := range bundledDatasets {
		h, err := dataset.Read(filepath.Join(top, "testdata", "datasets", name))
		if err != nil {
			t.Fatal(err)
		}
		server, err := githubtest.New(h, githubtest.Options{Budget: -1})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range h.Repositories {
			t.Run(string(r.Repository.Name), func(t *testing.T) {
				window := shipshape.LastDays(30, r.Origin.Until, time.UTC)
				whole := measuredSince(t, server, r, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
				for _, days := range []int{0, 1, 2, 7, 29, 30, 31, 365} {
					since := window.From.AddDate(0, 0, -days)
					got, want := measuredSince(t, server, r, since), whole
					if days < 30 { // the window before was not read
						got, want = withoutPrevious(got), withoutPrevious(want)
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("since %s, %d days before the window (-everything +since):\n%.3000s", since.Format(time.DateOnly), days, diff)
					}
				}
			})
		}
	}
}

// measuredSince collects a repository from an instant on and returns its KPIs as the
// report publishes them, evidence included.
func measuredSince(t *testing.T, server *githubtest.Server, r shipshape.RepositoryHistory, since time.Time) map[string]any {
	t.Helper()
	s := newStage(t)
	s.serve(server)
	s.now = func() time.Time { return r.Origin.Until }
	dir := filepath.Join(s.dir, "history")
	for _, args := range [][]string{
		{"collect", "--repo", string(r.Repository.Name), "--since", since.Format(time.DateOnly), "--window", "30d", "--history", dir},
		{"kpi", "--format", "json", "--window", "30d", "--history", dir},
	} {
		s.out.Reset()
		if code := run(t.Context(), args, s.env); code != done {
			t.Fatalf("%q: exit code %d, said %q", args, code, s.err.String())
		}
	}
	var card map[string]any
	if err := json.Unmarshal(s.out.Bytes(), &card); err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	for _, k := range card["kpis"].([]any) {
		all[k.(map[string]any)["id"].(string)] = k
	}
	if len(all) == 0 {
		t.Fatal("no KPIs")
	}
	return all
}

// withoutPrevious leaves out the comparison with the window before.
func withoutPrevious(kpis map[string]any) map[string]any {
	bare := map[string]any{}
	for id, k := range kpis {
		fields := map[string]any{}
		for name, value := range k.(map[string]any) {
			if name != "previous" {
				fields[name] = value
			}
		}
		bare[id] = fields
	}
	return bare
}
