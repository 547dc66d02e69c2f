package kpi

import "testing"

func TestStepsOfDORAsScales(t *testing.T) {
	const never = -1
	tests := []struct {
		name  string
		scale *Scale
		value float64
		want  int
	}{
		{"nothing in the window", frequencyScale, 0, never},
		{"one in 200 days", frequencyScale, 1.0 / 200, 0},
		{"one in half a year", frequencyScale, 1 / 182.5, 1},
		{"one in 90 days", frequencyScale, 1.0 / 90, 1},
		{"one a month", frequencyScale, 1.0 / 30, 2},
		{"one a week", frequencyScale, 1.0 / 7, 3},
		{"just under one a day", frequencyScale, 0.99, 3},
		{"one a day", frequencyScale, 1, 4},
		{"one an hour", frequencyScale, 24, 5},
		{"no time at all", leadTimeScale, 0, 5},
		{"just under an hour", leadTimeScale, 3599, 5},
		{"an hour", leadTimeScale, 3600, 4},
		{"a day", leadTimeScale, 86400, 3},
		{"a week", leadTimeScale, 7 * 86400, 2},
		{"a month", leadTimeScale, 30 * 86400, 1},
		{"half a year", leadTimeScale, 182.5 * 86400, 1},
		{"longer", leadTimeScale, 182.5*86400 + 1, 0},
	}
	for _, test := range tests {
		step := test.scale.stepOf(&test.value)
		switch {
		case test.want == never && step != nil:
			t.Errorf("%s: step %+v, want none", test.name, *step)
		case test.want != never && (step == nil || step.Index != test.want || step.Name != test.scale.Steps[test.want]):
			t.Errorf("%s: step %+v, want %d", test.name, step, test.want)
		}
	}
	if step := leadTimeScale.stepOf(nil); step != nil {
		t.Errorf("an unknown value has step %+v", *step)
	}
}
