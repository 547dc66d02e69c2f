package figure

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// wantMarks checks that each mark stands in the drawing exactly n times.
func wantMarks(t *testing.T, svg string, marks map[string]int) {
	t.Helper()
	for mark, n := range marks {
		if got := strings.Count(svg, mark); got != n {
			t.Errorf("%s: %d times, want %d\n%s", mark, got, n, svg)
		}
	}
}

// By hand: letters of 12 px leave the plot from 8 to 226. The axis runs 0, 5,
// 10; its widest label takes 2 × 0.65 × 12 = 15.6 px and 10 px of air, so the
// plot starts at 25.6, ends at 556, and each of two columns has 265.2 px around
// 158.2 and 423.4. Ten reaches the top, five is half of 218 px high.
func TestBarsStandOnZero(t *testing.T) {
	b := Bars{Headline: "Two", Buckets: []Bucket{
		{Period: Period{Label: "W1"}, Value: Of(10)}, {Period: Period{Label: "W2"}, Value: Of(5)}}}
	wantMarks(t, string(b.SVG("a", Wide)), map[string]int{
		`<rect class="fig-bar" x="138.2" y="8" width="40" height="218"/>`:   1,
		`<rect class="fig-bar" x="403.4" y="117" width="40" height="109"/>`: 1,
		`aria-label="Two"`:      1,
		`<title>W1: 10</title>`: 1,
		"<pattern":              0,
	})
}

func TestMissingZeroAndPartialLookDifferent(t *testing.T) {
	b := Bars{Highlight: "failed", Buckets: []Bucket{
		{Period: Period{Label: "a"}, Value: Of(0)},
		{Period: Period{Label: "b"}, Why: "not collected"},
		{Period: Period{Label: "c", Partial: true}, Value: Of(4), Highlight: Of(9)},
	}}
	svg := string(b.SVG("k", Wide))
	wantMarks(t, svg, map[string]int{
		`class="fig-zero"`:                     1,
		`class="fig-missing"`:                  2, // in the plot and in the key
		`fill="url(#k-w-part)"`:                2,
		`fill="url(#k-w-part-high)"`:           1,
		`<title>b: not collected</title>`:      1,
		`>no data</text>`:                      1,
		`>part of a period</text>`:             1,
		`class="fig-bar"`:                      1, // the key only: no column is whole
		`<title>c (part): 4, failed 9</title>`: 1,
	})
	header, rows := b.Table()
	want := [][]string{{"a", "0", "no data"}, {"b", "not collected", "not collected"}, {"c (part)", "4", "9"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows under %q (-want +got):\n%s", header, diff)
	}
}

// A stressed part beyond its whole is drawn as the whole: both have the same
// upper edge and height, also where the axis would leave room for more.
func TestHighlightStaysWithinItsColumn(t *testing.T) {
	b := Bars{Highlight: "failed", Reference: Reference{"target", Of(20)}, Buckets: []Bucket{{Value: Of(4), Highlight: Of(9)}}}
	svg := string(b.SVG("k", Wide))
	bar := strings.Split(svg, `class="fig-bar" `)
	high := strings.Split(svg, `class="fig-highlight" `)
	if len(bar) != 3 || len(high) != 3 { // key and plot
		t.Fatalf("want one mark in the key and one in the plot:\n%s", svg)
	}
	if diff := cmp.Diff(upTo(bar[2], "/>"), upTo(high[2], "/>")); diff != "" {
		t.Errorf("part and whole differ (-whole +part):\n%s", diff)
	}
}

func upTo(s, mark string) string {
	head, _, _ := strings.Cut(s, mark)
	return head
}

// Values 1, 2, –, 4, –, 5: a run of two, a lone 4 and a lone 5.
func TestLinesBreakAtHoles(t *testing.T) {
	l := Lines{Periods: make([]Period, 6), Series: []Series{{"s", []Value{Of(1), Of(2), {}, Of(4), {}, Of(5)}}}}
	svg := string(l.SVG("a", Wide))
	wantMarks(t, svg, map[string]int{`class="fig-line fig-s1"`: 1, `class="fig-point fig-s1"`: 2})
	d := upTo(strings.SplitAfter(svg, `class="fig-line fig-s1" d="`)[1], `"`)
	if got := strings.Count(d, "M") + 10*strings.Count(d, "L"); got != 11 {
		t.Errorf("path %q, want one move and one line", d)
	}
}

// Periods with 4, 5 and 9 items: only the last two carry areas, as one run.
func TestBandsNeedFiveItems(t *testing.T) {
	spread := func(n int) Spread { return Spread{N: n, Median: Of(2), P75: Of(3), P90: Of(4)} }
	b := Bands{Points: []Spread{spread(4), spread(5), spread(9)}}
	if diff := cmp.Diff([][2]int{{1, 3}}, b.runs()); diff != "" {
		t.Errorf("runs (-want +got):\n%s", diff)
	}
	_, rows := b.Table()
	want := [][]string{
		{"", "4", "2", "fewer than 5", "fewer than 5"}, {"", "5", "2", "3", "4"}, {"", "9", "2", "3", "4"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	few := Bands{Points: []Spread{spread(4), spread(3)}}
	wantMarks(t, string(few.SVG("a", Wide)), map[string]int{"fig-outer": 0, "fig-inner": 0, "fig-line": 1, ">p90<": 0})
}

// 1 h, 1 h and 3 h make 5 h; 716 px less nothing: 143.2, 143.2 and 429.6.
func TestStagesShareTheWidth(t *testing.T) {
	s := Stages{Parts: []Stage{{"a", Of(3600), ""}, {"b", Of(3600), ""}, {"c", Of(3 * 3600), ""}, {"d", Of(0), ""}, {"e", Value{}, "no reviews"}}}
	widths := s.widths(716)
	want := []string{"143.2", "143.2", "429.6", "0", "0"}
	for i, w := range widths {
		if num(w) != want[i] {
			t.Errorf("stage %d is %s wide, want %s", i, num(w), want[i])
		}
	}
	wantMarks(t, string(s.SVG("a", Wide)), map[string]int{
		`class="fig-stage`: 3, `>e: no reviews</text>`: 1, `>d: 0</text>`: 1, `>a</text>`: 1})
}

func TestShortStageMovesItsNameOut(t *testing.T) {
	s := Stages{Parts: []Stage{{"Coding", Of(1000), ""}, {"Pickup", Of(10), ""}}}
	wantMarks(t, string(s.SVG("a", Narrow)), map[string]int{
		`class="fig-on"`: 2, `>Coding</text>`: 1, `>Pickup: 10</text>`: 1, `>Pickup</text>`: 0})
}

func TestIntervalRowWithoutValueSaysWhy(t *testing.T) {
	v := Interval{Rows: []IntervalRow{
		{Label: "a", Value: Of(2), Low: Of(1), High: Of(4)}, {Label: "b", Why: "no deployments"}, {Label: "c", Value: Of(3)}}}
	wantMarks(t, string(v.SVG("a", Wide)), map[string]int{
		`class="fig-point fig-s1"`: 2, `class="fig-whisker"`: 3, `>no deployments</text>`: 1})
	_, rows := v.Table()
	want := [][]string{{"a", "2", "1 to 4"}, {"b", "no deployments", "no data"}, {"c", "3", "no data"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

// 1 January 2027 is a Friday, in the ISO week of Monday 28 December 2026; the
// Monday after it opens the next row. The second value for 4 January counts.
func TestCalendarFollowsISOWeeks(t *testing.T) {
	at := func(m time.Month, d int) time.Time { return time.Date(2027, m, d, 12, 0, 0, 0, time.UTC) }
	l := Calendar{Days: []Day{{at(1, 4), Of(9)}, {at(1, 1), Of(2)}, {at(1, 3), Value{}}, {at(1, 4), Of(0)}}}
	_, rows := l.Table()
	want := [][]string{
		{"2026-12-28", "", "", "", "", "2", "", "no data"},
		{"2027-01-04", "0", "", "", "", "", "", ""},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	wantMarks(t, string(l.SVG("a", Wide)), map[string]int{
		`class="fig-c0"`: 2, `class="fig-c5"`: 2, `class="fig-missing"`: 2}) // each in plot and key
}

func TestNarrowCalendarShowsTheNewest24Weeks(t *testing.T) {
	l := Calendar{}
	for i := range 365 {
		l.Days = append(l.Days, Day{time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC), Of(1)})
	}
	cells := newest(l.cells(), narrowWeeks)
	if got := cells[len(cells)-1].week() - cells[0].week() + 1; got != 24 {
		t.Errorf("%d weeks, want 24", got)
	}
	if got := date(cells[len(cells)-1].number).Format(time.DateOnly); got != "2026-12-31" {
		t.Errorf("newest day %s, want 2026-12-31", got)
	}
}

// Ten classes of whole numbers in five steps: 1–2, 3–4, 5–6, 7–8, 9–10.
func TestCalendarLevels(t *testing.T) {
	l := levels{most: 10, whole: true}
	for v, want := range []int{0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5} {
		if got := l.of(float64(v)); got != want {
			t.Errorf("level of %d is %d, want %d", v, got, want)
		}
	}
	few := levels{most: 3, whole: true} // 1, 2 and 3 fall into the 2nd, 4th and 5th step
	var names []string
	for i := 1; i <= steps; i++ {
		names = append(names, few.name(nil, i))
	}
	if diff := cmp.Diff([]string{"", "1", "", "2", "3"}, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

// Forty equal items would pile up to 40 dots of 7 px: 280 px, more than a strip
// of 200 px has, so one column stands for them; five stay dots. Each kind of
// mark stands once more in the key.
func TestStripBinsBeforeDotsCrowd(t *testing.T) {
	items := func(n int) (v []float64) {
		for range n {
			v = append(v, 3600)
		}
		return v
	}
	strip := Strip{Name: "changes", Ticks: []float64{60, 3600, day}, Items: items(5)}
	wantMarks(t, string(strip.SVG("a", Wide)), map[string]int{`class="fig-dot"`: 6, `class="fig-bin"`: 0, "each dot: one of 5 changes": 1})
	strip.Items = items(40)
	wantMarks(t, string(strip.SVG("a", Wide)), map[string]int{`class="fig-dot"`: 0, `class="fig-bin"`: 2, "tallest column: 40 of 40 changes": 1})
}

func TestSparkWithoutValuesIsEmpty(t *testing.T) {
	if got := (Spark{Values: []Value{{}, {}}}).SVG(Tile); got != "" {
		t.Errorf("got %q, want nothing", got)
	}
	wantMarks(t, string(Spark{Values: []Value{Of(1), {}, Of(2)}, Partial: true}.SVG(Tile)),
		map[string]int{`aria-hidden="true"`: 1, "fig-hollow": 1, "fig-line": 0, `<circle class="fig-point`: 2})
}

// Numbers that are none, put in by hand, are missing everywhere.
func TestNumbersThatAreNoneAreMissing(t *testing.T) {
	nan := Value{Number: math.NaN(), Known: true}
	b := Bars{Buckets: []Bucket{{Value: nan}, {Value: Of(math.Inf(-1))}, {Value: Maybe(nil)}}}
	_, rows := b.Table()
	want := [][]string{{"", "no data"}, {"", "no data"}, {"", "no data"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	wantMarks(t, string(b.SVG("a", Wide)), map[string]int{"NaN": 0, `class="fig-missing"`: 4, "fig-zero": 0})
}
