package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/report"
	"github.com/shipshape-report/shipshape/site"
	"github.com/shipshape-report/shipshape/testdata"
	"github.com/shipshape-report/shipshape/timeline"
)

// files is a site in memory.
type files fstest.MapFS

func (f files) Write(path string, data []byte) error {
	f[path] = &fstest.MapFile{Data: bytes.Clone(data)}
	return nil
}

// demo is the site of the bundled histories.
var demo = sync.OnceValues(func() (files, error) {
	h, err := history.ReadArchive(bytes.NewReader(testdata.Demo))
	if err != nil {
		return nil, err
	}
	asOf := time.Date(2026, 8, 18, 15, 8, 13, 0, time.UTC)
	score := kpi.Compute(timeline.Build(h, timeline.Defaults(asOf)), kpi.Options{Window: shipshape.LastDays(90, asOf, time.UTC), Zone: time.UTC})
	made := files{}
	return made, site.Render(report.Pages(score, report.Options{}), made)
})

func demoSite(t *testing.T) files {
	t.Helper()
	made, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	return maps.Clone(made)
}

func TestEveryNumberOfTheDemoFollowsFromItsEvidence(t *testing.T) {
	var out, complaints strings.Builder
	if code := verify(fstest.MapFS(demoSite(t)), &out, &complaints); code != 0 {
		t.Fatalf("exit code %d\n%s%s", code, out.String(), complaints.String())
	}
	rows := strings.Split(strings.TrimSpace(out.String()), "\n")[1:]
	if len(rows) != len(kpi.All) {
		t.Fatalf("%d rows for %d KPIs\n%s", len(rows), len(kpi.All), out.String())
	}
	measured := 0
	for i, row := range rows {
		if !strings.HasPrefix(row, kpi.All[i].ID+" ") || !strings.HasSuffix(row, " agrees") {
			t.Errorf("row %d: %s", i+1, row)
		}
		if !strings.Contains(row, "null") {
			measured++
		}
	}
	if measured < 6 {
		t.Errorf("only %d KPIs have a value: there is little to recompute\n%s", measured, out.String())
	}
}

const (
	leadTime  = "lead-time-for-changes"
	frequency = "deployment-frequency"
)

// tampered is a site whose scorecard and evidence can be changed.
type tampered struct {
	t     *testing.T
	site  files
	card  map[string]any
	rows  []map[string]any // evidence of lead time
	stale bool             // leave the published SHA-256 as it is
}

func (s *tampered) kpi(id string) map[string]any {
	for _, k := range s.card["kpis"].([]any) {
		if k := k.(map[string]any); k["id"] == id {
			return k
		}
	}
	s.t.Fatalf("no KPI %s", id)
	return nil
}

const rowsFile = "data/evidence/" + leadTime + "/1.json"

func open(t *testing.T) *tampered {
	s := &tampered{t: t, site: demoSite(t)}
	s.decode("data/scorecard.json", &s.card)
	s.decode(rowsFile, &s.rows)
	return s
}

func (s *tampered) decode(name string, into any) {
	s.t.Helper()
	if err := json.Unmarshal(s.site[name].Data, into); err != nil {
		s.t.Fatal(err)
	}
}

func (s *tampered) encode(v any) []byte {
	s.t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		s.t.Fatal(err)
	}
	return data
}

// save writes the documents back, with a digest that fits unless it should not.
func (s *tampered) save() {
	data := s.encode(s.rows)
	sum := sha256.Sum256(data)
	if !s.stale {
		s.kpi(leadTime)["evidence"].(map[string]any)["sha256"] = hex.EncodeToString(sum[:])
	}
	s.site[rowsFile] = &fstest.MapFile{Data: data}
	s.site["data/scorecard.json"] = &fstest.MapFile{Data: s.encode(s.card)}
}

func TestTamperingIsCaught(t *testing.T) {
	tests := []struct {
		name   string
		tamper func(*tampered)
		want   string // in what is printed
	}{
		{"value", func(s *tampered) { s.kpi(leadTime)["value"] = 3600 }, leadTime + ": value: 3600 was published"},
		{"value in its tenth digit", func(s *tampered) { k := s.kpi(frequency); k["value"] = k["value"].(float64) * 1.00000001 }, frequency + ": value:"},
		{"value taken away", func(s *tampered) { s.kpi(frequency)["value"] = nil }, frequency + ": value: null was published"},
		{"n", func(s *tampered) { s.kpi(frequency)["n"] = 1000 }, frequency + ": n: 1000 was published"},
		{"clusters", func(s *tampered) { s.kpi(leadTime)["clusters"] = 1000 }, "clusters: 1000 was published"},
		{"numerator", func(s *tampered) { s.kpi(frequency)["numerator"] = 1000 }, "numerator: 1000 was published"},
		{"denominator", func(s *tampered) { s.kpi(frequency)["denominator"] = 30 }, "denominator: 30 was published, the evidence gives 90"},
		{"percentile", func(s *tampered) { s.kpi(leadTime)["distribution"].(map[string]any)["p90"] = 7200 }, "p90: 7200 was published"},
		{"week", func(s *tampered) { s.kpi(frequency)["series"].([]any)[5].(map[string]any)["value"] = 9 }, "9 was published"},
		{"week longer than it is", func(s *tampered) { s.kpi(frequency)["series"].([]any)[5].(map[string]any)["days"] = 9 }, "9 days were seen, and it has 7"},
		{"week with a value that nobody saw", func(s *tampered) { s.kpi(frequency)["series"].([]any)[5].(map[string]any)["days"] = 0 }, "the evidence gives null"},
		{"part of the breakdown", func(s *tampered) {
			s.kpi(leadTime)["breakdown"].(map[string]any)["repository"].([]any)[0].(map[string]any)["value"] = 60
		}, "alphagov/locations-api: 60 was published"},
		{"caveat hidden", func(s *tampered) { s.kpi(leadTime)["coverage"] = 0.5 }, `caveat "coverage": published false`},
		{"state", func(s *tampered) { s.kpi(frequency)["state"] = "partial" }, `it is "partial" with 0 caveats`},
		{"statistic", func(s *tampered) { s.kpi(frequency)["statistic"] = "median" }, `no "median" is known with a value in "per day"`},
		{"nothing shown as 0", func(s *tampered) { s.kpi("deployment-success-rate")["value"] = 0 }, "it is not measured and has the value 0"},
		{"no remedy", func(s *tampered) { s.kpi("deployment-success-rate")["remedy"] = nil }, "gives no reason, or no remedy"},
		{"row removed", func(s *tampered) { s.rows = s.rows[1:] }, "included items:"},
		{"row twice", func(s *tampered) { s.rows = append(s.rows, s.rows[0]) }, "counts twice"},
		{"row changed", func(s *tampered) {
			for _, row := range s.rows {
				row["value"] = row["value"].(float64) / 2
			}
		}, leadTime + ": value:"},
		{"row still growing", func(s *tampered) { s.rows[0]["censored"] = true }, "max:"},
		{"row outside the window", func(s *tampered) { s.rows[0]["at"] = "2020-01-01T00:00:00Z" }, "it is outside the window"},
		{"row left out in silence", func(s *tampered) { s.rows[0]["included"] = false }, "is left out without a reason"},
		{"evidence rewritten, numbers alike", func(s *tampered) { s.rows[0]["title"], s.stale = "Another", true }, "was published"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			test.tamper(s)
			s.save()
			var out, complaints strings.Builder
			code := verify(fstest.MapFS(s.site), &out, &complaints)
			if code != 1 || !strings.Contains(out.String(), test.want) {
				t.Errorf("exit code %d, and no %q in\n%s%s", code, test.want, out.String(), complaints.String())
			}
		})
	}
}

// TestRewritingAloneChangesNothing guards the test above: what it finds is the
// tampering, not the writing back.
func TestRewritingAloneChangesNothing(t *testing.T) {
	s := open(t)
	s.save()
	var out strings.Builder
	if code := verify(fstest.MapFS(s.site), &out, &out); code != 0 {
		t.Errorf("exit code %d\n%s", code, out.String())
	}
}

func TestUnreadable(t *testing.T) {
	tests := []struct {
		name   string
		damage func(files)
		want   string
	}{
		{"no scorecard", func(f files) { delete(f, "data/scorecard.json") }, "reading the scorecard: open data/scorecard.json"},
		{"no evidence", func(f files) { delete(f, rowsFile) }, "reading the evidence of " + leadTime},
		{"cut evidence", func(f files) { f[rowsFile] = &fstest.MapFile{Data: f[rowsFile].Data[:100]} }, "reading " + rowsFile + ": unexpected end"},
		{"empty scorecard", func(f files) { f["data/scorecard.json"] = &fstest.MapFile{Data: []byte("{}")} }, "it holds no KPI"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			made := demoSite(t)
			test.damage(made)
			var complaints strings.Builder
			if code := verify(fstest.MapFS(made), &complaints, &complaints); code != 5 || !strings.Contains(complaints.String(), test.want) {
				t.Errorf("exit code %d, and no %q in %s", code, test.want, complaints.String())
			}
		})
	}
}

func TestUsage(t *testing.T) {
	var complaints strings.Builder
	if code := run(nil, &complaints, &complaints); code != 3 || complaints.String() != "usage: recompute SITE\n" {
		t.Errorf("exit code %d: %s", code, complaints.String())
	}
	if code := run([]string{t.TempDir()}, &complaints, &complaints); code != 5 {
		t.Errorf("exit code %d for a folder that holds no site", code)
	}
}
