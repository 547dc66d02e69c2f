package kpi

// Lengths that DORA's answers name and do not define: a month is 30 days, half a
// year 182.5 days.
const (
	hour     = 3600.0
	daySecs  = 24 * hour
	month    = 30.0  // days
	halfYear = 182.5 // days
)

// frequencyScale is the answer scale for deployment frequency, in deployments
// per day. A rate on the border of two answers belongs to the better one. A rate
// of 0 has no step: that nothing came in a window does not say how seldom
// something comes.
var frequencyScale = &Scale{
	Steps: []string{
		"less than once per six months",
		"between once per month and once per six months",
		"between once per week and once per month",
		"between once per day and once per week",
		"between once per hour and once per day",
		"on demand (more than once per hour)",
	},
	step: func(perDay float64) int {
		if perDay <= 0 {
			return -1
		}
		return atLeast(perDay, 1/halfYear, 1/month, 1.0/7, 1, 24)
	},
}

// leadTimeScale is the answer scale for lead time, in seconds. A time on the
// border of two answers belongs to the longer one.
var leadTimeScale = &Scale{
	Steps: []string{
		"more than six months",
		"between one month and six months",
		"between one week and one month",
		"between one day and one week",
		"less than one day",
		"less than one hour",
	},
	step: func(seconds float64) int {
		if seconds > halfYear*daySecs {
			return 0
		}
		return 5 - atLeast(seconds, hour, daySecs, 7*daySecs, month*daySecs)
	},
}

// atLeast returns how many of the borders, in ascending order, a value reaches.
func atLeast(value float64, borders ...float64) int {
	n := 0
	for _, border := range borders {
		if value >= border {
			n++
		}
	}
	return n
}

// stepOf returns where a value lies on the scale, nil without a scale or a value.
func (s *Scale) stepOf(value *float64) *Step {
	if s == nil || value == nil {
		return nil
	}
	i := s.step(*value)
	if i < 0 {
		return nil
	}
	return &Step{Index: i, Of: len(s.Steps), Name: s.Steps[i]}
}
