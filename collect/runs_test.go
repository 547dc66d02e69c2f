package collect

import (
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
)

func TestARunLastsFromItsFirstCheckToItsLast(t *testing.T) {
	check := func(from, to int) *checkNode {
		n := &checkNode{}
		if from > 0 {
			n.StartedAt = day(from)
		}
		if to > 0 {
			n.CompletedAt = day(to)
		}
		return n
	}
	for name, test := range map[string]struct {
		checks     []*checkNode
		start, end time.Time
	}{
		"no check":             {nil, time.Time{}, time.Time{}},
		"one check":            {[]*checkNode{check(3, 4)}, day(3), day(4)},
		"several, in no order": {[]*checkNode{check(5, 6), check(2, 9), nil, check(3, 4)}, day(2), day(9)},
		"one goes on":          {[]*checkNode{check(2, 9), check(3, 0)}, day(2), time.Time{}},
		"none has begun":       {[]*checkNode{check(0, 0)}, time.Time{}, time.Time{}},
		"one was never begun":  {[]*checkNode{check(0, 4), check(2, 3)}, day(2), day(4)},
	} {
		var run shipshape.Run
		span(&run, test.checks)
		if !run.StartedAt.Equal(test.start) || !run.CompletedAt.Equal(test.end) {
			t.Errorf("%s: from %v to %v, want from %v to %v", name, run.StartedAt, run.CompletedAt, test.start, test.end)
		}
	}
}
