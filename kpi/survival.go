package kpi

import (
	"cmp"
	"math"
	"slices"
)

// sameShare is how far apart two survival shares may be and still be the same:
// a share is a product of fractions, and ½ must be recognised when rounding
// makes it 0.49999999999999994.
const sameShare = 1e-9

// survivalStep is one fall of a survival curve.
type survivalStep struct {
	time   float64 // when, in the unit of the observations
	share  float64 // of all items, unfinished just after this time
	atRisk int     // items followed up to this time
	events int     // items that finished at it
}

// survival is what a set of durations says about how long things take when
// some are not finished: the curve of E. L. Kaplan and P. Meier (Journal of the
// American Statistical Association 53, 1958). Its zero value knows nothing: no
// median is reached.
type survival struct {
	steps    []survivalStep
	observed []obs // in order of value
}

// kaplanMeier returns the survival curve of the observations, in whatever order
// they come. An item censored at the time of an event was still at risk for it.
func kaplanMeier(os []obs) survival {
	s := survival{observed: inOrder(os)}
	// Between two censorings the curve is a plain proportion of those who
	// started the stretch, kept as one division so that ½ is exactly ½.
	base, started, left := 1.0, len(os), len(os)
	for _, tie := range ties(s.observed) {
		events := 0
		for _, o := range tie {
			if !o.censored {
				events++
			}
		}
		share := base * float64(left-events) / float64(started)
		if events > 0 {
			s.steps = append(s.steps, survivalStep{tie[0].value, share, left, events})
		}
		left -= len(tie)
		if events < len(tie) {
			base, started = share, left
		}
	}
	return s
}

// ties cuts observations sorted by value into runs of equal value.
func ties(sorted []obs) [][]obs {
	var runs [][]obs
	for start := 0; start < len(sorted); {
		end := start + 1
		for end < len(sorted) && sorted[end].value == sorted[start].value {
			end++
		}
		runs = append(runs, sorted[start:end])
		start = end
	}
	return runs
}

// longest returns the longest time anything was followed, 0 for nothing.
func (s survival) longest() float64 {
	if len(s.observed) == 0 {
		return 0
	}
	return s.observed[len(s.observed)-1].value
}

// median returns the time by which half of the items have finished: the middle
// of the stretch where the curve is at ½, else the first time it is below.
// Where the curve never comes down to ½, reached is false and value is the
// longest time observed, which the median is at least. When nothing is censored
// the median is that of type 7.
func (s survival) median() (value float64, reached bool) { return s.quantile(0.5) }

// quantile returns the time by which the share p of the items has finished, in
// the way of median. When nothing is censored it is type 7's quantile, so that
// one distribution follows one definition; with censored items there is no
// order statistic to interpolate to, and it is read off the steps of the curve.
// Both agree on the median, and on no other quantile in general.
func (s survival) quantile(p float64) (value float64, reached bool) {
	if len(s.observed) > 0 && !anyCensored(s.observed) {
		return quantile(valuesOf(s.observed), p), true
	}
	return s.fallTo(1 - min(max(p, 0), 1))
}

// fallTo returns when the curve comes down to the share, as median does for ½.
// A curve that ends level with the share is followed to the longest time
// observed, as far as it is known to stay there.
func (s survival) fallTo(share float64) (value float64, reached bool) {
	i := slices.IndexFunc(s.steps, func(step survivalStep) bool { return step.share <= share+sameShare })
	if i < 0 {
		return s.longest(), false
	}
	step, end := s.steps[i], s.longest()
	if step.share < share-sameShare {
		return step.time, true
	}
	if i+1 < len(s.steps) {
		end = s.steps[i+1].time
	}
	return between(step.time, end, 0.5), true
}

// restrictedMean returns the mean time, counting an unfinished item only up to
// the longest time anything was followed: the area under the curve up to there.
// It is restricted, and has to be labelled so, when any item is unfinished;
// otherwise it is the arithmetic mean. Without observations it is 0.
func (s survival) restrictedMean() (value float64, restricted bool) {
	if len(s.observed) == 0 {
		return 0, false
	}
	before := 1.0
	for _, step := range s.steps {
		value += step.time * (before - step.share)
		before = step.share
	}
	value += s.longest() * before
	value = min(max(value, s.observed[0].value), s.longest())
	return value, anyCensored(s.observed)
}

// medianInterval returns the 95 % interval of the median (R. Brookmeyer and
// J. Crowley, Biometrics 38, 1982): the times at which the curve's own limits,
// taken on the scale log(-log share) from Greenwood's variance, come down to ½.
// An end that they do not come down to is nil; the upper end also where the
// curve falls to 0 before, for there Greenwood's variance ends.
//
// It is nil below 6 items or 6 clusters, and when neither end is reached. Items
// that share a cluster widen the limits by the root of their design effect.
func (s survival) medianInterval() *bounds {
	if len(s.observed) < fewestForMedian || countClusters(s.observed) < fewestClusters {
		return nil
	}
	effect := designEffect([][]obs{s.observed}, [][]float64{s.excess(s.observed)})
	var lower, upper survival
	greenwood := 0.0
	for _, step := range s.steps {
		low, high := 0.0, 1.0
		if left := step.atRisk - step.events; left > 0 {
			greenwood += float64(step.events) / (float64(step.atRisk) * float64(left))
			low, high = logLogLimits(step.share, greenwood*effect)
		}
		lower.steps = append(lower.steps, survivalStep{time: step.time, share: low})
		upper.steps = append(upper.steps, survivalStep{time: step.time, share: high})
	}
	b := bounds{low: lower.below(0.5), high: upper.below(0.5)}
	if b.low == nil && b.high == nil {
		return nil
	}
	return &b
}

// logLogLimits returns the 95 % limits of a survival share between 0 and 1,
// given the variance of its logarithm.
func logLogLimits(share, variance float64) (low, high float64) {
	reach := z95 * math.Sqrt(variance) / -math.Log(share)
	return math.Pow(share, math.Exp(reach)), math.Pow(share, math.Exp(-reach))
}

// below returns the first time at which the curve is at or below the share, nil
// if there is none.
func (s survival) below(share float64) *float64 {
	for _, step := range s.steps {
		if step.share <= share {
			return &step.time
		}
	}
	return nil
}

// excess returns, for each observation, the events seen (1 or 0) less those that
// the curve would have made expect by that time: the log-rank scores, which add
// up to 0 over the observations the curve was made of.
func (s survival) excess(os []obs) []float64 {
	out := make([]float64, len(os))
	hazard := make([]float64, len(s.steps)+1)
	for i, step := range s.steps {
		hazard[i+1] = hazard[i] + float64(step.events)/float64(step.atRisk)
	}
	for i, o := range os {
		passed, found := slices.BinarySearchFunc(s.steps, o.value, func(step survivalStep, t float64) int {
			return cmp.Compare(step.time, t)
		})
		if found {
			passed++
		}
		if !o.censored {
			out[i] = 1
		}
		out[i] -= hazard[passed]
	}
	return out
}
