package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape/internal/github"
)

func TestPredictedPointsAreToldWhereGitHubCountsOtherwise(t *testing.T) {
	reset := time.Date(2026, 9, 1, 13, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		spent github.Spending
		want  string
	}{
		{github.Spending{Requests: 1, Points: 1, Predicted: 1, Remaining: 4999, Reset: reset}, "Asked GitHub 1 time, 1 point; 4999 left until 2026-09-01T13:00:00Z\n"},
		{github.Spending{Requests: 50, Remaining: -1}, "Asked GitHub 50 times, 0 points\n"},
		{github.Spending{Requests: 40, Points: 44, Predicted: 50, Mispriced: 3, Remaining: 9, Reset: reset},
			"Asked GitHub 40 times: predicted 50, counted 44 points; 3 answers cost other than predicted; 9 left until 2026-09-01T13:00:00Z\n"},
		{github.Spending{Requests: 2, Points: 3, Predicted: 3, Mispriced: 2, Remaining: -1},
			"Asked GitHub 2 times: predicted 3, counted 3 points; 2 answers cost other than predicted\n"},
	} {
		var out bytes.Buffer
		(&progress{out: &out}).spent(test.spent)
		if out.String() != test.want {
			t.Errorf("said %q, want %q", out.String(), test.want)
		}
	}
}
