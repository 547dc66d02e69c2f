package report

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/kpi"
)

// scorecardData is the scorecard as data.
func (b *book) scorecardData(place) any {
	s := b.score
	doc := &ScorecardData{
		Schema: DataVersion, AsOf: s.AsOf.UTC(), Window: WindowData{s.Window.From.UTC(), s.Window.To.UTC()},
		Repositories: []string{}, Sources: []SourceData{}, KPIs: []KPIData{}, Gaps: []GapData{},
	}
	for _, r := range b.repositories() {
		kind := string(r.Source.Kind)
		if kind == "" {
			kind = "none"
		}
		doc.Repositories = append(doc.Repositories, string(r.Name()))
		doc.Sources = append(doc.Sources, SourceData{string(r.Name()), kind})
		for _, g := range r.Gaps {
			doc.Gaps = append(doc.Gaps, gapData(r.Name(), g))
		}
	}
	for _, r := range s.Results {
		d := kpiData(r)
		d.Evidence = b.evidenceRef(r)
		doc.KPIs = append(doc.KPIs, d)
	}
	return doc
}

// kpiData is a result without its evidence.
func kpiData(r kpi.Result) KPIData {
	d := KPIData{
		ID: r.KPI.ID, Name: r.KPI.Name, Family: string(r.KPI.Family), Unit: string(r.KPI.Unit), Better: string(r.KPI.Better),
		Statistic: string(r.KPI.Statistic), Definition: r.KPI.Version, State: string(r.State), PartialBecause: []string{},
		Reason: stated(r.Reason), Remedy: stated(r.Remedy), Finding: r.Finding, Value: r.Value, AtLeast: r.AtLeast,
		Numerator: r.Numerator, Denominator: r.Denominator, N: r.N, Clusters: r.Clusters, Coverage: r.Coverage,
		Series: []PointData{}, LeftOut: []LeftOutData{}, Breakdown: BreakdownData{
			sliceData(r.Breakdown.Repository), sliceData(r.Breakdown.Team), sliceData(r.Breakdown.Environment),
			sliceData(r.Breakdown.Class), sliceData(r.Breakdown.Actor),
		},
	}
	for _, c := range r.PartialBecause {
		d.PartialBecause = append(d.PartialBecause, string(c))
	}
	for _, p := range r.Series {
		d.Series = append(d.Series, PointData{p.Week.From.UTC(), p.Week.Name(), p.Value, p.N, p.Week.Partial, p.Days})
	}
	for _, out := range r.LeftOut {
		d.LeftOut = append(d.LeftOut, LeftOutData{string(out.Repository), out.Reason, out.Remedy})
	}
	d.surroundings(r)
	return d
}

// surroundings fills in what not every result has.
func (d *KPIData) surroundings(r kpi.Result) {
	d.Scale = scaleData(r.Step)
	if r.Interval != nil {
		d.Interval = &IntervalData{r.Interval.Low, r.Interval.High}
	}
	if q := r.Distribution; q != nil {
		d.Distribution = &DistributionData{q.P25, q.P50, q.P75, q.P90, q.Mean, q.Min, q.Max, q.Restricted}
	}
	if p := r.Previous; p != nil {
		d.Previous = &PreviousData{p.Value, p.N, stated(string(p.Verdict)), p.P, p.Why}
	}
}

// stated is a text, or null where there is none.
func stated(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// scaleData is a place on DORA's answer scale; nil for none.
func scaleData(step *kpi.Step) *ScaleData {
	if step == nil {
		return nil
	}
	return &ScaleData{Step: step.Name}
}

func sliceData(slices []kpi.Slice) []SliceData {
	data := []SliceData{}
	for _, s := range slices {
		data = append(data, SliceData{s.Name, string(s.State), s.Value, s.N, scaleData(s.Step)})
	}
	return data
}

func gapData(name shipshape.RepositoryName, g shipshape.Gap) GapData {
	return GapData{string(name), string(g.Entity), stated(g.Field), stated(g.ID), string(g.Reason), g.Why, g.Remedy, stamped(g.After), stamped(g.Before)}
}

// evidenceRef digests the evidence as it is published.
func (b *book) evidenceRef(r kpi.Result) EvidenceRef {
	ref := EvidenceRef{Path: evidenceFolder(r.KPI.ID), Files: evidenceFiles(r)}
	sum := sha256.New()
	for i := range ref.Files {
		// A hash takes whatever is written, and rows are plain values.
		_ = EncodeData(sum, b.evidenceData(r, i+1))
	}
	ref.SHA256 = hex.EncodeToString(sum.Sum(nil))
	for _, item := range r.Evidence {
		if item.Excluded == "" {
			ref.Included++
		} else {
			ref.Excluded++
		}
	}
	return ref
}
