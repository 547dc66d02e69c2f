package figure

// secondsSteps are lengths of time that read well on an axis: one second to
// ten years.
var secondsSteps = []float64{
	1, 2, 5, 10, 15, 30,
	60, 2 * 60, 5 * 60, 10 * 60, 15 * 60, 30 * 60,
	3600, 2 * 3600, 3 * 3600, 6 * 3600, 12 * 3600,
	day, 2 * day, 5 * day, 7 * day, 14 * day, 30 * day, 60 * day, 90 * day, 180 * day,
	365 * day, 730 * day, 1825 * day, 3650 * day,
}

const day = 24 * 3600

// DurationTicks returns rising ticks from 0 to at least the given number of
// seconds, in steps of whole seconds, minutes, hours or days that a reader can
// add up. It returns nil, and so leaves the axis to choose, for a length that
// is not positive or spans over 40 years.
func DurationTicks(longest float64) []float64 {
	if !(longest > 0) {
		return nil
	}
	for _, step := range secondsSteps {
		if longest > 4*step {
			continue
		}
		ticks := []float64{0}
		for t := step; ; t += step {
			ticks = append(ticks, t)
			if t >= longest {
				return ticks
			}
		}
	}
	return nil
}

// logSeconds are the ticks of a logarithmic axis of time.
var logSeconds = []float64{1, 10, 60, 600, 3600, 6 * 3600, day, 7 * day, 30 * day, 365 * day, 3650 * day}

// LogDurationTicks returns the ticks, in seconds, of a logarithmic axis that
// holds both lengths: from one second, below which a logarithm would only show
// noise, to ten years.
func LogDurationTicks(shortest, longest float64) []float64 {
	first, last := 0, len(logSeconds)-1
	for first < last-1 && logSeconds[first+1] <= shortest {
		first++
	}
	for last > first+1 && logSeconds[last-1] >= longest {
		last--
	}
	return append([]float64(nil), logSeconds[first:last+1]...)
}
