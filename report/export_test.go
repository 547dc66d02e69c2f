package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape/kpi"
)

// What is made alone is what the report holds.
func TestAloneAsInTheReport(t *testing.T) {
	s := scorecard(bundled(t, govuk))
	pages := collect(s, Options{})
	same := func(path string, alone any) {
		t.Helper()
		var want, got bytes.Buffer
		if err := EncodeData(&want, drawingless(pages[path])); err != nil {
			t.Fatal(err)
		}
		if err := EncodeData(&got, drawingless(alone)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
	same("kpi/index.html", Index(s, Options{}))
	same("data/scorecard.json", Data(s, Options{}))
	for _, k := range kpi.All {
		page, found := Explained(s, Options{}, k.ID)
		if !found {
			t.Fatalf("%s: no page", k.ID)
		}
		same("kpi/"+k.ID+"/index.html", page)
	}
	if page, found := Explained(s, Options{}, "no-such"); found {
		t.Errorf("a page for an unknown id: %+v", page)
	}
}

// drawingless takes the functions out of a page, which JSON cannot hold.
func drawingless(content any) any {
	if page, ok := content.(*KPIPage); ok {
		copied := *page
		copied.Charts = nil
		return copied
	}
	return content
}

func number(v float64) *float64 { return &v }

func items(excluded string, values ...float64) []kpi.Item {
	var all []kpi.Item
	for _, v := range values {
		all = append(all, kpi.Item{Value: v, Excluded: excluded})
	}
	return all
}

func TestArithmeticIsStated(t *testing.T) {
	open := append(items("", 60, 120), kpi.Item{Value: 7, Censored: true})
	for name, test := range map[string]struct {
		result kpi.Result
		want   []string
	}{
		"rate": {
			kpi.Result{KPI: kpi.DeploymentFrequency, State: kpi.Measured, Value: number(0.3), Numerator: number(3), Denominator: number(10), N: 3},
			[]string{"3 deliveries ÷ 10 days = 0.3 a day, shown as 2.1 a week."},
		},
		"share": {
			kpi.Result{KPI: kpi.SuccessRate, State: kpi.Measured, Value: number(0.75), Numerator: number(3), Denominator: number(4), N: 4},
			[]string{"3 of the numerator ÷ 4 attempts in all = 0.75, shown as 75 %."},
		},
		"odd median": {
			kpi.Result{KPI: kpi.DeploymentDuration, State: kpi.Partial, Value: number(300), N: 3, Evidence: append(items("", 60, 300, 600), items("a repetition", 1, 1)...)},
			[]string{"3 values in order of size, from 60 s to 600 s.", "The middle one, number 2, is 300 s, shown as 5 min.", "2 items are left out: A repetition."},
		},
		"even median": {
			kpi.Result{KPI: kpi.DeploymentDuration, State: kpi.Partial, Value: number(180), N: 2, Evidence: items("", 300, 60)},
			[]string{"2 values in order of size, from 60 s to 300 s.", "The two in the middle, numbers 1 and 2, are 60 s and 300 s; halfway lies 180 s, shown as 3 min."},
		},
		"unfinished": {
			kpi.Result{KPI: kpi.DeploymentDuration, State: kpi.Partial, Value: number(120), N: 3, Evidence: open},
			[]string{"3 deployments, of which 1 is not finished; by Kaplan and Meier half are done after 120 s, shown as 2 min."},
		},
		"not reached": {
			kpi.Result{KPI: kpi.DeploymentDuration, State: kpi.Partial, AtLeast: number(120), N: 3, Evidence: open},
			[]string{"3 deployments, of which 1 is not finished: more than half may take longer than 2 min, so there is no median yet."},
		},
		"tally": {
			kpi.Result{KPI: kpi.Unreleased, State: kpi.Measured, Value: number(1), N: 1, Evidence: items("released", 5)},
			[]string{"1 change counted one by one = 1.", "1 item is left out: Released."},
		},
		"not measured": {kpi.Result{KPI: kpi.Unreleased, State: kpi.NotMeasured, Evidence: items("x", 1)}, nil},
	} {
		got := Arithmetic(test.result)
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], narrow, " ")
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestLeavingsNameTheCommonestReasonsFirst(t *testing.T) {
	r := kpi.Result{KPI: kpi.Unreleased, State: kpi.Measured, Value: number(0)}
	for n, reason := range []string{"g", "f", "e", "d", "c", "b", "a"} {
		for range 1 + n/2 { // g f: once, e d: twice, c b: three times, a: four times
			r.Evidence = append(r.Evidence, items(reason, 1)...)
		}
	}
	want := []string{
		"0 changes counted one by one = 0.", "4 items are left out: A.", "3 items are left out: B.", "3 items are left out: C.",
		"2 items are left out: D.", "2 items are left out: E.", "1 item is left out: F.", "1 item is left out for other reasons.",
	}
	if diff := cmp.Diff(want, Arithmetic(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
