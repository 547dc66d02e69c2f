package timeline

import "time"

// markRepeats finds the successes that repeat the one before them: the same
// commit, in the same environment, finished within the time given after the first
// of them. With another commit's success between them they are no repetition but
// a way back.
func markRepeats(environment []*Deployment, within time.Duration) {
	var first *Deployment
	for _, d := range succeeded(environment) {
		if first != nil && first.Commit == d.Commit && d.Finished.Sub(first.Finished) <= within {
			d.DuplicateOf = first
			continue
		}
		first = d
	}
}

// markFailedAfter finds what failed after it had succeeded and before another
// deployment of the environment started or succeeded. The failure of a repetition
// is also that of the deployment it repeats.
func markFailedAfter(environment []*Deployment) {
	for _, d := range environment {
		if d.Outcome != Succeeded || len(d.failures) == 0 {
			continue
		}
		until := replaced(d, environment)
		at := d.failures[0]
		if !until.IsZero() && !at.Before(until) {
			continue
		}
		d.FailedAfter = at
		if o := d.DuplicateOf; o != nil && (o.FailedAfter.IsZero() || at.Before(o.FailedAfter)) {
			o.FailedAfter = at
		}
	}
}

// replaced returns the first time after d's finish at which another deployment
// of the environment started or succeeded; zero if none did. Repetitions of the
// same deployment are not another one.
func replaced(d *Deployment, environment []*Deployment) time.Time {
	var first time.Time
	for _, e := range environment {
		if e.original() == d.original() {
			continue
		}
		for _, at := range []time.Time{e.Started, e.Finished} {
			if at.After(d.Finished) && (first.IsZero() || at.Before(first)) {
				first = at
			}
		}
	}
	return first
}

// original returns the deployment that d repeats, else d.
func (d *Deployment) original() *Deployment {
	if d.DuplicateOf != nil {
		return d.DuplicateOf
	}
	return d
}
