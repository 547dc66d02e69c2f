package site

import (
	"bytes"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/report"
	"github.com/shipshape-report/shipshape/testdata"
	"github.com/shipshape-report/shipshape/timeline"
)

// demoScorecard measures the bundled histories over the 90 days before the
// earliest instant up to which one of them was read.
func demoScorecard(tb testing.TB) kpi.Scorecard {
	tb.Helper()
	h, err := history.ReadArchive(bytes.NewReader(testdata.Demo))
	if err != nil {
		tb.Fatal(err)
	}
	asOf := h.Repositories[0].Origin.Until
	for _, r := range h.Repositories {
		if r.Origin.Until.Before(asOf) {
			asOf = r.Origin.Until
		}
	}
	o := kpi.Options{Window: shipshape.LastDays(90, asOf, time.UTC), Zone: time.UTC}
	return kpi.Compute(timeline.Build(h, timeline.Defaults(asOf)), o)
}

// counter is a sink that only counts.
type counter struct{ files, bytes int }

func (c *counter) Write(_ string, data []byte) error {
	c.files++
	c.bytes += len(data)
	return nil
}

// BenchmarkRenderDemo turns a finished scorecard into every file of the demo's
// site, without writing them anywhere.
func BenchmarkRenderDemo(b *testing.B) {
	s := demoScorecard(b)
	b.ReportAllocs()
	var c counter
	for b.Loop() {
		c = counter{}
		if err := Render(report.Pages(s, report.Options{Version: "1.2.3"}), &c); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(c.files), "ns/page")
	b.ReportMetric(float64(c.bytes)/float64(c.files), "bytes/page")
}
