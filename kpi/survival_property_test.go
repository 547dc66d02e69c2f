package kpi

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWithoutCensoringSurvivalIsTypeSeven(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 7))
	for range 500 {
		values := randomValues(random, 1+random.IntN(60))
		s := kaplanMeier(finished(values...))
		if got, _ := s.fallTo(0.5); !cmp.Equal(quantile(values, 0.5), got, exactly()) {
			t.Fatalf("%v: the curve's median is %v, type 7 gives %v", values, got, quantile(values, 0.5))
		}
		p := random.Float64()
		if got, reached := s.quantile(p); got != quantile(values, p) || !reached {
			t.Fatalf("%v: quantile(%v) is %v, type 7 gives %v", values, p, got, quantile(values, p))
		}
		if got := s.steps[len(s.steps)-1].share; got != 0 {
			t.Fatalf("%v: the curve ends at %v", values, got)
		}
	}
}

// randomObs returns n observations in random order, some tied, some censored,
// spread over at most the given number of clusters.
func randomObs(random *rand.Rand, n, clusters int, censored float64) []obs {
	var os []obs
	for _, value := range randomValues(random, n) {
		cluster := string(rune('a' + random.IntN(clusters)))
		os = append(os, obs{value, random.Float64() < censored, cluster})
	}
	random.Shuffle(n, func(i, j int) { os[i], os[j] = os[j], os[i] })
	return os
}

// exactMedian works out the median by fractions, straight from its definition.
func exactMedian(os []obs) (median float64, reached bool) {
	half, share := big.NewRat(1, 2), big.NewRat(1, 1)
	longest, level := 0.0, math.NaN()
	for _, o := range os {
		longest = max(longest, o.value)
	}
	for time := range int(longest) + 1 {
		atRisk, events := 0, 0
		for _, o := range os {
			if o.value >= float64(time) {
				atRisk++
			}
			if o.value == float64(time) && !o.censored {
				events++
			}
		}
		if events == 0 {
			continue
		}
		share.Mul(share, big.NewRat(int64(atRisk-events), int64(atRisk)))
		switch {
		case !math.IsNaN(level):
			return (level + float64(time)) / 2, true
		case share.Cmp(half) == 0:
			level = float64(time)
		case share.Cmp(half) < 0:
			return float64(time), true
		}
	}
	if !math.IsNaN(level) {
		return (level + longest) / 2, true
	}
	return longest, false
}

func TestMedianRecognisesAHalfDespiteRounding(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 7))
	level := 0
	for range 3000 {
		os := randomObs(random, 1+random.IntN(14), 26, 0.4)
		want, wantReached := exactMedian(os)
		s := kaplanMeier(os)
		if got, reached := s.median(); got != want || reached != wantReached {
			t.Fatalf("%v: median %v (reached %v), want %v (%v)", os, got, reached, want, wantReached)
		}
		for _, step := range s.steps {
			if anyCensored(os) && math.Abs(step.share-0.5) < sameShare {
				level++
			}
		}
	}
	if level < 100 {
		t.Errorf("only %d curves were level with a half: the samples test nothing", level)
	}
}

func TestSurvivalScalesWithTime(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 7))
	for range 300 {
		os := randomObs(random, 1+random.IntN(40), 26, 0.3)
		hours := slices.Clone(os)
		for i := range hours {
			hours[i].value *= 3600
		}
		a, b := kaplanMeier(os), kaplanMeier(hours)
		median, _ := a.median()
		longer, _ := b.median()
		mean, _ := a.restrictedMean()
		longerMean, _ := b.restrictedMean()
		want := []float64{median * 3600, mean * 3600}
		if diff := cmp.Diff(want, []float64{longer, longerMean}, exactly()); diff != "" {
			t.Fatalf("%v (-want +got):\n%s", os, diff)
		}
	}
}

func TestExcessAddsUpToNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 7))
	for range 200 {
		os := randomObs(random, 1+random.IntN(40), 26, 0.3)
		total := 0.0
		for _, score := range kaplanMeier(os).excess(os) {
			total += score
		}
		if math.Abs(total) > 1e-9 {
			t.Fatalf("%v: scores add up to %v", os, total)
		}
	}
}

func FuzzKaplanMeier(f *testing.F) {
	f.Add([]byte{}, uint64(0), uint8(1))
	f.Add([]byte("\x40\x59\x00\x00\x00\x00\x00\x00\x40\x59\x00\x00\x00\x00\x00\x00"), uint64(1), uint8(2))
	f.Add([]byte("\x7f\xef\xff\xff\xff\xff\xff\xff\xff\xef\xff\xff\xff\xff\xff\xff"), uint64(0), uint8(0))
	f.Fuzz(func(t *testing.T, raw []byte, censored uint64, clusters uint8) {
		var os []obs
		for i, value := range finiteValues(raw) {
			o := obs{value: value, censored: censored>>(i%64)&1 == 1}
			if clusters > 0 {
				o.cluster = string(rune('a' + i%int(clusters)))
			}
			os = append(os, o)
		}
		checkCurve(t, os, kaplanMeier(os))
	})
}

// checkCurve checks what must hold for the curve of any finite observations.
func checkCurve(t *testing.T, os []obs, s survival) {
	t.Helper()
	share := 1.0
	for _, step := range s.steps {
		if !(0 <= step.share && step.share <= share) {
			t.Fatalf("%v: share goes from %v to %v", os, share, step.share)
		}
		share = step.share
	}
	if len(os) == 0 {
		return
	}
	least, most := s.observed[0].value, s.longest()
	median, _ := s.median()
	mean, _ := s.restrictedMean()
	ninety, _ := s.quantile(0.9)
	for _, got := range []float64{median, mean, ninety} {
		if !(least <= got && got <= most) {
			t.Fatalf("%v: median %v, mean %v, p90 %v leave the observed range", os, median, mean, ninety)
		}
	}
	b := s.medianInterval()
	if b == nil {
		return
	}
	if b.low != nil && !(least <= *b.low && *b.low <= median) {
		t.Fatalf("%v: lower end %v, median %v", os, *b.low, median)
	}
	if b.high != nil && !(median <= *b.high && *b.high <= most) {
		t.Fatalf("%v: upper end %v, median %v", os, *b.high, median)
	}
}
