package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape/kpi"
)

// tile is the headline number of a result, in the unit of m.
func (b *book) tile(r kpi.Result, m measure, p place) Tile {
	t := Tile{
		Name:    r.KPI.Name,
		Href:    p.to(kpiPath(r.KPI.ID)),
		Change:  changeWords(r, m),
		Note:    b.noteWords(r, m),
		Value:   "–",
		Verdict: verdictOf(r),
	}
	switch {
	case r.Value != nil:
		t.Value = m.number(*r.Value, r.N)
	case r.AtLeast != nil:
		t.Value = "at least " + m.number(*r.AtLeast, r.N)
	}
	if r.Value != nil || r.AtLeast != nil {
		t.Unit = m.unitAfter(t.Value)
	}
	if r.State == kpi.Partial {
		t.State, t.Caveat = string(kpi.Partial), caveatWords(r)
	}
	for _, point := range r.Series {
		if wholePoint(r, point) {
			t.Spark = append(t.Spark, point.Value)
		}
	}
	t.SparkAlt = sparkWords(r, m)
	return t
}

// wholePoint reports whether a point of a series may stand beside the others: a
// week that was cut may not, but a count at an instant is never cut.
func wholePoint(r kpi.Result, p kpi.Point) bool {
	return !p.Week.Partial || r.KPI.Statistic == kpi.Tally
}

// verdictOf names the verdict for a reader and for colour.
func verdictOf(r kpi.Result) string {
	if r.Previous == nil {
		return ""
	}
	switch r.Previous.Verdict {
	case kpi.BetterNow, kpi.WorseNow:
		return string(r.Previous.Verdict)
	case kpi.NoClearChange:
		return "same"
	}
	return ""
}

// changeWords compares with the period before.
func changeWords(r kpi.Result, m measure) string {
	switch {
	case r.Previous == nil || r.Previous.Value == nil:
		return "nothing to compare with"
	case r.Previous.Verdict == kpi.NoVerdict:
		return m.words(*r.Previous.Value, r.Previous.N) + " before; no verdict"
	}
	return string(r.Previous.Verdict) + ": " + m.words(*r.Previous.Value, r.Previous.N) + " before"
}

// noteWords says what the headline rests on.
func (b *book) noteWords(r kpi.Result, m measure) string {
	words := basis(r, m)
	if ends := rangeWords(r, m); ends != "" {
		words += ", 95 % range " + ends
	}
	switch {
	case r.Pooled():
		words += fmt.Sprintf("; pooled over %s", count(len(r.Repositories), "repository"))
	case b.several() && len(r.Repositories) == 1:
		words += "; " + r.Repositories[0].Short() + " only"
	}
	return words
}

// basis names the items behind the headline and how they amount to it.
func basis(r kpi.Result, m measure) string {
	switch r.KPI.Statistic {
	case kpi.Rate:
		words := count(r.N, m.noun)
		if r.Denominator != nil {
			words += " in " + dayWords(*r.Denominator)
		}
		return words
	case kpi.Share:
		if r.Numerator != nil && r.Denominator != nil {
			return figures(*r.Numerator, fewCases) + " of " + figures(*r.Denominator, fewCases) + " " + plural(2, m.noun)
		}
	case kpi.Tally:
		if r.N == 1 && r.Distribution != nil && r.Distribution.P50 != nil {
			return "it has waited " + lasting(seconds(*r.Distribution.P50))
		}
		if r.Distribution != nil && r.Distribution.P50 != nil {
			return "half of them older than " + lasting(seconds(*r.Distribution.P50))
		}
		return count(r.N, m.noun)
	}
	return "median of " + count(r.N, m.noun)
}

// dayWords writes a number of days: "1 day", "17.6 days".
func dayWords(n float64) string {
	if n == 1 {
		return "1 day"
	}
	return figures(n, fewCases) + " days"
}

// rangeWords writes the interval: "1.6 to 3.2 a week".
func rangeWords(r kpi.Result, m measure) string {
	i := r.Interval
	switch {
	case i == nil || i.Low == nil && i.High == nil:
		return ""
	case i.High == nil:
		return "at least " + m.words(*i.Low, r.N)
	case i.Low == nil:
		return "at most " + m.words(*i.High, r.N)
	}
	return m.number(*i.Low, r.N) + " to " + m.words(*i.High, r.N)
}

// caveats say in words why a result is partial.
var caveats = map[kpi.Caveat]string{
	kpi.LowCoverage: "facts are known for less than 80 % of the items",
	kpi.SmallSample: "fewer than five items",
	kpi.FewClusters: "fewer than five deployments behind it",
	kpi.CensoredTop: "more than half are not finished, so the median is not reached",
	kpi.Inferred:    "some facts are inferred, not stated",
}

func caveatWords(r kpi.Result) string {
	var words []string
	for _, c := range r.PartialBecause {
		if c == kpi.LowCoverage && r.KPI.Statistic == kpi.Rate {
			words = append(words, "less than 80 % of the period was seen, or of the items known")
			continue
		}
		words = append(words, caveats[c])
	}
	return list(words)
}

// sparkWords says what the small trend shows.
func sparkWords(r kpi.Result, m measure) string {
	var low, high *float64
	for _, point := range r.Series {
		if v := point.Value; v != nil && wholePoint(r, point) {
			if low == nil || *v < *low {
				low = v
			}
			if high == nil || *v > *high {
				high = v
			}
		}
	}
	if low == nil {
		return "no whole week holds a value"
	}
	return "week by week between " + m.number(*low, fewCases) + " and " + m.words(*high, fewCases)
}

// known reports whether a result has something to show.
func known(r kpi.Result) bool { return r.State == kpi.Measured || r.State == kpi.Partial }

// ageWords writes how long ago something was: "6 days".
func (b *book) ageWords(at time.Time) string {
	return strings.TrimSpace(lasting(b.score.AsOf.Sub(at)))
}
