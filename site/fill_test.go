package site

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape/report"
)

// kinds has one of each page struct; a test compares it with package report.
var kinds = map[string]any{
	"overview":    &report.Overview{},
	"kpis":        &report.KPIIndex{},
	"kpi":         &report.KPIPage{},
	"deployments": &report.DeploymentsPage{},
	"releases":    &report.ReleasesPage{},
	"release":     &report.ReleasePage{},
	"whyempty":    &report.WhyEmptyPage{},
	"about":       &report.AboutPage{},
	"notfound":    &report.NotFoundPage{},
}

// chartKinds are all forms of chart.
var chartKinds = []report.ChartKind{
	report.BarChart, report.LineChart, report.BandChart, report.StripChart, report.StageChart, report.IntervalChart, report.CalendarChart,
}

// filler fills page structs by reflection: every text field with the same words,
// made different by a number, every slice with two elements, every table with
// cells of each form.
type filler struct {
	words string
	// bare sets all flags to false and leaves out what a page shows something else
	// in place of.
	bare  bool
	turn  int
	shown []string // what stands in fields of hostile text
}

// filledPage is a page struct with something in every field.
func filledPage(kind any, words string, bare bool) (page any, shown []string) {
	f := filler{words: words, bare: bare}
	v := reflect.New(reflect.TypeOf(kind).Elem())
	f.fill(v.Elem(), "")
	return v.Interface(), f.shown
}

// text is the words with a number, by turns before and after them.
func (f *filler) text() string {
	if f.turn++; f.turn%2 == 0 {
		return fmt.Sprintf("field%dth %s", f.turn, f.words)
	}
	return fmt.Sprintf("%s field%dth", f.words, f.turn)
}

// addresses are the fields that hold no words: links, ids, and names of choices.
var addresses = map[string]string{
	"Href": "page-%d.html", "URL": "https://github.com/owner/name/pull/%d", "MarkdownHref": "index-%d.md", "Root": "../",
	"Base": "https://example.com/site/", "ID": "chart-%d", "Anchor": "part-%d", "Repo": "owner/name", "Level": "high", "Verdict": "better",
}

// emptied are the fields in whose place a page shows something else.
var emptied = map[string]bool{"Reason": true, "PooledNote": true, "Base": true}

func (f *filler) fill(v reflect.Value, field string) {
	switch x := v.Addr().Interface().(type) {
	case *report.Hostile:
		*x = f.hostile()
	case *report.Markdown:
		*x = report.Markdown(f.text())
	case *report.Chart:
		*x = f.chart(report.BarChart)
	case *[]report.Chart:
		for _, kind := range chartKinds {
			*x = append(*x, f.chart(kind))
		}
	case *report.Table:
		*x = f.table()
	case *time.Time:
		*x = time.Date(2026, 8, 17, 9, 7, 0, 0, time.UTC)
	case *string:
		*x = f.plain(field)
	case *bool:
		*x = !f.bare
	case *int:
		*x = 1
	case *float64:
		*x = 2.5
	default:
		f.inside(v, field)
	}
}

func (f *filler) inside(v reflect.Value, field string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), v.Type().Field(i).Name)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), field)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i), field)
		}
	default:
		panic("no way to fill a " + v.Type().String() + " in " + field)
	}
}

func (f *filler) hostile() report.Hostile {
	s := f.text()
	f.shown = append(f.shown, s)
	return report.Hostile(s)
}

func (f *filler) plain(field string) string {
	address, found := addresses[field]
	switch {
	case f.bare && emptied[field]:
		return ""
	case !found:
		return f.text()
	case strings.Contains(address, "%d"):
		f.turn++
		return fmt.Sprintf(address, f.turn)
	}
	return address
}

// table has a cell of each form in each row.
func (f *filler) table() report.Table {
	t := report.Table{Caption: f.text(), More: &report.Link{Text: f.hostile(), Href: f.plain("Href")}}
	for range 6 {
		t.Head = append(t.Head, report.Cell{Text: f.hostile(), Header: true, Note: f.text()})
	}
	t.Head[1].Numeric = true
	for range 2 {
		t.Rows = append(t.Rows, []report.Cell{
			{Header: true, Text: f.hostile(), Href: f.plain("Href"), Note: f.text()},
			{Numeric: true, Text: f.hostile()},
			{Code: true, Text: f.hostile()},
			{Title: true, Text: f.hostile(), Href: f.plain("URL")},
			{Time: &report.Time{Stamp: time.Date(2026, 8, 17, 9, 7, 0, 0, time.UTC), Text: f.text()}, Href: f.plain("Href")},
			{Code: true, Text: f.hostile(), Href: f.plain("URL"), Note: f.text()},
		})
	}
	return t
}

// chart has every text field filled and four values, one of them missing.
func (f *filler) chart(kind report.ChartKind) report.Chart {
	one, two, three := 1.0, 2.0, 3.0
	c := report.Chart{
		ID: f.plain("ID"), Kind: kind, Headline: f.text(), Subtitle: f.text(), Axis: f.text(), Measured: f.text(),
		Partial: []bool{true, false, false, true}, N: []int{7, 8, 0, 9},
		Low: []*float64{&one, &one, nil, &one}, High: []*float64{&two, &three, nil, &three},
		Format:    func(v float64) string { return fmt.Sprint(v) + " " + f.words },
		Reference: &report.Reference{Label: f.text(), Value: 2},
		Points:    []float64{60, 600, 6000}, Box: [4]*float64{&one, &two, &three, &three},
	}
	if kind == chartKinds[0] { // the tables of others are like it
		c.Table = f.table()
	}
	for range 4 {
		c.Labels, c.Whys = append(c.Labels, f.text()), append(c.Whys, f.text())
		c.Days = append(c.Days, time.Date(2026, 8, 10+len(c.Days), 0, 0, 0, 0, time.UTC))
	}
	for range 3 {
		c.Series = append(c.Series, report.ChartSeries{Name: f.text(), Values: []*float64{&one, &three, nil, &two}})
	}
	return c
}
