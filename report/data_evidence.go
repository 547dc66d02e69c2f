package report

import (
	"time"

	"github.com/shipshape-report/shipshape/kpi"
)

// EvidenceData is data/evidence/<kpi>/<n>.json: at most 5,000 items, those that
// count first, then those left out, each by repository, instant, kind and id.
type EvidenceData []EvidenceRow

// EvidenceRow is one item.
type EvidenceRow struct {
	Kind       string    `json:"kind" jsonschema:"description=deployment or release or change or commit or run."`
	Repository string    `json:"repository"`
	ID         string    `json:"id" jsonschema:"description=Unique within kind and repository."`
	Title      string    `json:"title"`
	URL        *string   `json:"url"`
	At         time.Time `json:"at" jsonschema:"description=When it counts."`
	Value      float64   `json:"value" jsonschema:"description=What it contributes: seconds or lines or 1."`
	Part       *string   `json:"part" jsonschema:"description=numerator or denominator; an item in the numerator is in the denominator too. Null where the KPI is no fraction."`
	Weight     float64   `json:"weight"`
	Censored   bool      `json:"censored" jsonschema:"description=The value is still growing."`
	Cluster    *string   `json:"cluster" jsonschema:"description=The deployment behind it; null for an independent item."`
	Included   bool      `json:"included"`
	Reason     *string   `json:"reason" jsonschema:"description=Why it was left out; null for an item that counts."`
	Note       *string   `json:"note" jsonschema:"description=A remark on an item that counts."`
	// Uncovered and Missing are what coverage is counted from.
	Uncovered bool       `json:"uncovered" jsonschema:"description=It counts but not all facts it rests on were there."`
	Missing   bool       `json:"missing" jsonschema:"description=It belongs to the population but could not be measured."`
	Until     *time.Time `json:"until" jsonschema:"description=When it ceased to count in a tally; null if it did not."`
}

// evidenceData is the nth file of a result's evidence, counted from 1.
func (b *book) evidenceData(r kpi.Result, n int) EvidenceData {
	rows := EvidenceData{}
	for _, item := range r.Evidence[(n-1)*fileRows : min(n*fileRows, len(r.Evidence))] {
		rows = append(rows, b.evidenceRowData(item))
	}
	return rows
}

func (b *book) evidenceRowData(item kpi.Item) EvidenceRow {
	weight := item.Weight
	if weight == 0 {
		weight = 1
	}
	return EvidenceRow{
		Kind: item.Kind, Repository: string(item.Repository), ID: item.ID, Title: b.nameless(item.Title), URL: stated(web(item.URL, "")),
		At: item.At.UTC(), Value: item.Value, Part: stated(string(item.Part)), Weight: weight, Censored: item.Censored,
		Cluster: stated(item.Cluster), Included: item.Excluded == "", Reason: stated(b.nameless(item.Excluded)), Note: stated(b.nameless(item.Note)),
		Uncovered: item.Uncovered, Missing: item.Missing, Until: stamped(item.Until),
	}
}
