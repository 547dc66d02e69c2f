package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape/timeline"
)

// From the published rows alone comes the published value.
func TestEvidenceAmountsToTheValue(t *testing.T) {
	pages := pagesOf(t, govuk, secp256k1)
	measured := 0
	for _, k := range pages[scorecardPath].(*ScorecardData).KPIs {
		var rows EvidenceData
		sum := sha256.New()
		for n := range k.Evidence.Files {
			file := pages[fmt.Sprintf("%s%d.json", k.Evidence.Path, n+1)].(EvidenceData)
			if err := EncodeData(sum, file); err != nil {
				t.Fatal(err)
			}
			rows = append(rows, file...)
		}
		if got := hex.EncodeToString(sum.Sum(nil)); got != k.Evidence.SHA256 {
			t.Errorf("%s: digest %s, want %s", k.ID, got, k.Evidence.SHA256)
		}
		in := slices.DeleteFunc(slices.Clone(rows), func(r EvidenceRow) bool { return !r.Included })
		if len(in) != k.Evidence.Included || len(rows)-len(in) != k.Evidence.Excluded || len(in) != k.N {
			t.Errorf("%s: %d of %d rows count, want %d and %d, n = %d", k.ID, len(in), len(rows), k.Evidence.Included, k.Evidence.Excluded, k.N)
		}
		if k.Value == nil {
			continue
		}
		measured++
		if got := recounted(k, in); math.Abs(got-*k.Value) > 1e-9*math.Max(1, *k.Value) {
			t.Errorf("%s: recounted %v, published %v", k.ID, got, *k.Value)
		}
	}
	if measured < 8 {
		t.Errorf("only %d values were recounted", measured)
	}
}

// recounted is the value of items, none of them unfinished.
func recounted(k KPIData, in []EvidenceRow) float64 {
	var all, part float64
	var values []float64
	for _, r := range in {
		all += r.Weight
		values = append(values, r.Value)
		if r.Part != nil && *r.Part == "numerator" {
			part += r.Weight
		}
	}
	switch k.Statistic {
	case "rate":
		return all / *k.Denominator
	case "share":
		return part / all
	case "tally":
		return float64(len(in))
	}
	slices.Sort(values)
	middle := len(values) / 2
	if len(values)%2 == 1 {
		return values[middle]
	}
	return (values[middle-1] + values[middle]) / 2
}

// A page shows the newest of the evidence, and says how much there is.
func TestEvidencePagesAreCut(t *testing.T) {
	for path, content := range pagesOf(t, govuk, secp256k1) {
		page, ok := content.(*KPIPage)
		if !ok {
			continue
		}
		if n := len(page.Included.Rows) + len(page.Excluded.Rows); n > shownEvidence {
			t.Errorf("%s shows %d rows", path, n)
		}
		for _, table := range []Table{page.Included, page.Excluded} {
			newestFirst := slices.IsSortedFunc(table.Rows, func(x, y []Cell) int { return cmp.Compare(y[0].Time.Stamp.Unix(), x[0].Time.Stamp.Unix()) })
			if !newestFirst {
				t.Errorf("%s: %q is not newest first", path, table.Caption)
			}
		}
	}
}

func TestDeploymentsAsData(t *testing.T) {
	pages := pagesOf(t, govuk, secp256k1)
	rows := pages["data/deployments.json"].(DeploymentsData)
	ids := map[string]bool{}
	for _, d := range rows {
		if key := d.Repository + " " + d.ID; ids[key] {
			t.Errorf("%s is there twice", key)
		} else {
			ids[key] = true
		}
		released := d.Repository == "bitcoin-core/secp256k1"
		if (d.Environment == nil) != released {
			t.Errorf("%s %s: environment %v", d.Repository, d.ID, d.Environment)
		}
		if d.Incidents != nil || d.Failed != nil || len(d.Reasons) != 1 {
			t.Errorf("%s %s: nothing is known of failures, yet %v, %v, %v", d.Repository, d.ID, d.Incidents, d.Failed, d.Reasons)
		}
		for _, c := range d.Changes {
			checkStages(t, d.ID, c)
		}
	}
	for _, d := range rows {
		if d.Previous != nil && !ids[d.Repository+" "+*d.Previous] {
			t.Errorf("%s %s: the previous one, %s, is not there", d.Repository, d.ID, *d.Previous)
		}
	}
}

// checkStages: what is known of stages adds up.
func checkStages(t *testing.T, id string, c DeployedChangeData) {
	t.Helper()
	sum, known := 0.0, 0
	for _, stage := range []*float64{c.Stages.Coding, c.Stages.Pickup, c.Stages.Review, c.Stages.MergeWait, c.Stages.DeployWait} {
		if stage != nil {
			sum, known = sum+*stage, known+1
		}
	}
	if c.LeadSeconds == nil && known > 0 || c.LeadSeconds != nil && math.Abs(sum-*c.LeadSeconds) > 1e-6 {
		t.Errorf("%s: the stages of %s add up to %v", id, c.OID, sum)
	}
}

func TestFailureIsKnownOrNull(t *testing.T) {
	at := time.Unix(1000, 0)
	for name, test := range map[string]struct {
		d    timeline.Deployment
		want string
	}{
		"never succeeded":       {timeline.Deployment{Outcome: timeline.Failed}, "null it did not succeed, so it delivered nothing that could fail"},
		"failure after success": {timeline.Deployment{Outcome: timeline.Succeeded, FailedAfter: at}, "true it reported a failure after its success"},
		"repetition":            {timeline.Deployment{Outcome: timeline.Succeeded, DuplicateOf: &timeline.Deployment{ID: "7"}}, "null it repeats deployment 7 and counts with it"},
		"no incident source":    {timeline.Deployment{Outcome: timeline.Succeeded}, "null no source of incidents is connected"},
	} {
		failed, reasons := failedData(&test.d)
		got := "null " + strings.Join(reasons, "; ")
		if failed != nil {
			got = fmt.Sprint(*failed, " ", strings.Join(reasons, "; "))
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// The ledger of every release adds up to its commits.
func TestReleasesAsData(t *testing.T) {
	rows := pagesOf(t, govuk, secp256k1)["data/releases.json"].(ReleasesData)
	for _, r := range rows {
		if r.Ledger == nil {
			t.Errorf("%s %s: no ledger", r.Repository, r.Tag)
			continue
		}
		l := r.Ledger
		sum := l.Listed + l.CherryPicks + l.Direct + l.MergeOnly
		for _, e := range l.Excluded {
			sum += e.N
		}
		if sum != l.Commits || l.Commits != len(r.Commits) || l.Explained != sum || l.Direct != len(r.Direct) {
			t.Errorf("%s %s: %+v of %d commits", r.Repository, r.Tag, *l, len(r.Commits))
		}
	}
	if len(rows) < 1300 {
		t.Errorf("%d releases", len(rows))
	}
}

// A release whose commit is not in the history has no contents, which is not the
// same as empty ones.
func TestMissingReleaseIsNull(t *testing.T) {
	r := &timeline.Release{Repo: &timeline.Repository{}, Tag: "v1", Missing: true, Why: "its commit is not there"}
	data := (&book{}).releaseData(&shelf{Repository: r.Repo}, r)
	if data.Commits != nil || data.Changes != nil || data.Direct != nil || data.CherryPicks != nil || data.Ledger != nil {
		t.Errorf("%+v", data)
	}
	if diff := gocmp.Diff(make([]string, 5), contentCells(r)); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
}

func TestEncodeDataIsPlainAndEndsALine(t *testing.T) {
	var b bytes.Buffer
	if err := EncodeData(&b, map[string]any{"b": "<a> & “é”", "a": nil}); err != nil {
		t.Fatal(err)
	}
	if want := "{\n \"a\": null,\n \"b\": \"<a> & “é”\"\n}\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

// Numbers of the tables for spreadsheets are read back as they were, and every
// row is as long as the head.
func TestTablesForSpreadsheets(t *testing.T) {
	for path, content := range pagesOf(t, govuk) {
		table, ok := content.(*CSV)
		if !ok {
			continue
		}
		for _, row := range table.Rows {
			if len(row) != len(table.Head) {
				t.Errorf("%s: %d cells below %d heads", path, len(row), len(table.Head))
			}
		}
		if len(table.Rows) < 12 {
			t.Errorf("%s: %d rows", path, len(table.Rows))
		}
	}
}
