package kpi

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// inCluster returns the observations as brought by one deployment.
func inCluster(cluster string, os []obs) []obs {
	out := slices.Clone(os)
	for i := range out {
		out[i].cluster = cluster
	}
	return out
}

// sixPairs are six deployments of two changes each: 1 and 2, 3 and 4, up to 12.
func sixPairs() []obs {
	var os []obs
	for i := range 12 {
		os = append(os, obs{value: float64(i + 1), cluster: strconv.Itoa(i / 2)})
	}
	return os
}

func TestClusteredMedianIntervalByHand(t *testing.T) {
	tests := []struct {
		name      string
		os        []obs
		low, high float64
	}{
		// Median 6.5, share ½. Three deployments lie 2 × ½ = 1 above the share they
		// should bring, three 1 below: variance 6 × 6/5 ÷ 12² = 0.05, standard error
		// 0.223607, reach 0.438261. Shares 0.061739 and 0.938261 stand at positions
		// 11 × 0.061739 = 0.679129 and 10.320871 of 0 to 11.
		{"six pairs", sixPairs(), 1.679129, 11.320871},
		// Each item alone: residuals of ½, variance 6 × ¼ × 6/5 ÷ 6² = 0.05 again.
		// Positions 5 × 0.0617387 = 0.3086936 and 4.6913064 of 0 to 5.
		{"six on their own", finished(10, 20, 30, 40, 50, 60), 13.086936, 56.913064},
		{"all equal", finished(4, 4, 4, 4, 4, 4, 4), 4, 4},
		// Median 9 is the highest. Share below ⅓: four residuals -⅓, two ⅔, variance
		// (4/9 + 8/9) × 6/5 ÷ 6² = 0.0444444, reach 0.413197. Shares 0.086803 and
		// 0.913197: position 0.434015 between 1 and 2.
		{"median is the highest", finished(1, 2, 9, 9, 9, 9), 1.434015, 9},
	}
	for _, test := range tests {
		wantBounds(t, test.name, clusteredMedianInterval(test.os), test.low, test.high, rounded(5))
	}
}

func TestClusteredMedianIntervalNeedsSixClustersAllFinished(t *testing.T) {
	tests := []struct {
		name string
		os   []obs
	}{
		{"nothing", nil},
		{"five deployments of many changes", sixPairs()[:10]},
		{"one deployment", inCluster("a", finished(1, 2, 3, 4, 5, 6, 7, 8))},
		{"one unfinished", append(sixPairs(), unfinished(3)...)},
	}
	for _, test := range tests {
		if got := clusteredMedianInterval(test.os); got != nil {
			t.Errorf("%s: interval %v to %v, want none", test.name, *got.low, *got.high)
		}
	}
}

func TestClusteredMedianIntervalEnclosesTheMedianInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 7))
	tried := 0
	for range 500 {
		os := randomObs(random, 6+random.IntN(60), 1+random.IntN(20), 0)
		first := clusteredMedianInterval(os)
		if countClusters(os) < fewestClusters {
			continue
		}
		tried++
		wantEncloses(t, "clustered median", first, quantile(valuesOf(inOrder(os)), 0.5))
		random.Shuffle(len(os), func(i, j int) { os[i], os[j] = os[j], os[i] })
		second := clusteredMedianInterval(os)
		if *first.low != *second.low || *first.high != *second.high {
			t.Fatalf("%v: the order of items changes the interval", os)
		}
	}
	if tried < 200 {
		t.Errorf("only %d samples had enough clusters", tried)
	}
}

// draw returns deployments of 1 to 8 changes whose durations depend on the
// deployment three times as much as on the change; the true median is 1000.
func draw(random *rand.Rand, deployments int, prefix string) []obs {
	var os []obs
	for d := range deployments {
		shared := random.NormFloat64() * 300
		for range 1 + random.IntN(8) {
			os = append(os, obs{value: 1000 + shared + random.NormFloat64()*100, cluster: prefix + strconv.Itoa(d)})
		}
	}
	return os
}

// holds reports whether an interval, both ends reached, encloses the value.
func holds(b *bounds, value float64) bool { return *b.low <= value && value <= *b.high }

func TestClusteredIntervalHoldsTheTruthAsOftenAsItSays(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 7))
	const rounds = 2000
	clustered, naive := 0, 0
	for range rounds {
		os := draw(random, 20, "")
		if holds(clusteredMedianInterval(os), 1000) {
			clustered++
		}
		if holds(medianInterval(valuesOf(inOrder(os))), 1000) {
			naive++
		}
	}
	// 20 deployments are few: a little under 95 % is expected.
	if share := float64(clustered) / rounds; share < 0.9 || share > 0.98 {
		t.Errorf("the truth lies inside %v of the intervals, want about 0.95", share)
	}
	if share := float64(naive) / rounds; share > 0.8 {
		t.Errorf("taking changes as independent covers %v: the samples are not clustered enough to test anything", share)
	}
}

// answers turns counts of yes and of items in each cluster into two columns.
func answers(yes, of []int) (num []bool, cluster []string) {
	for c, n := range of {
		for i := range n {
			num = append(num, i < yes[c])
			cluster = append(cluster, "deployment "+strconv.Itoa(c))
		}
	}
	return num, cluster
}

func TestClusteredShareIntervalByHand(t *testing.T) {
	pairs := []int{2, 2, 2, 2, 2, 2}
	tests := []struct {
		name      string
		yes, of   []int
		low, high float64
	}{
		// 7/12. Residuals 2 - 7/6 = 5/6 thrice, -1/6, -7/6 twice: squares 4.833333,
		// × 6/5 ÷ 12² = 0.0402778, standard error 0.200693, reach 0.393352.
		{"seven of twelve", []int{2, 2, 2, 1, 0, 0}, pairs, 0.189981, 0.976685},
		// 5/6. Residuals 1/3 five times, -5/3: squares 10/3, × 6/5 ÷ 12² = 1/36,
		// reach 0.326661; the upper end would be 1.16.
		{"kept within one", []int{2, 2, 2, 2, 2, 0}, pairs, 0.506673, 1},
		// 1/6, mirrored.
		{"kept within zero", []int{0, 0, 0, 0, 0, 2}, pairs, 0, 0.493327},
		// Every deployment says the same: Wilson for 6 of 6 and for 0 of 6.
		{"all yes", pairs, pairs, 0.609666, 1},
		{"all no", []int{0, 0, 0, 0, 0, 0}, pairs, 0, 0.390334},
		// Sizes differ: 4 of 12. Residuals 3 - 7/3, 1 - 1/3, and -1/3, -1/3, -1/3, -1/3
		// with sizes 7, 1, 1, 1, 1, 1: squares 4/9 + 4/9 + 4/9, × 6/5 ÷ 12² = 1/90,
		// standard error 0.105409, reach 0.206598.
		{"unequal deployments", []int{3, 1, 0, 0, 0, 0}, []int{7, 1, 1, 1, 1, 1}, 0.126735, 0.539931},
	}
	for _, test := range tests {
		num, cluster := answers(test.yes, test.of)
		wantBounds(t, test.name, clusteredShareInterval(num, cluster), test.low, test.high, rounded(5))
	}
}

func TestClusteredShareIntervalNeedsSixClusters(t *testing.T) {
	num, cluster := answers([]int{3, 3, 0, 1, 2}, []int{9, 9, 9, 9, 9})
	if got := clusteredShareInterval(num, cluster); got != nil {
		t.Errorf("five deployments have an interval")
	}
	if got := clusteredShareInterval(nil, nil); got != nil {
		t.Errorf("nothing has an interval")
	}
	if got := clusteredShareInterval(make([]bool, 9), make([]string, 8)); got != nil {
		t.Errorf("items without clusters have an interval")
	}
	// Six items that belong to no deployment are six clusters.
	wantEncloses(t, "six on their own", clusteredShareInterval([]bool{true, false, true, false, true, false}, make([]string, 6)), 0.5)
}

func TestDesignEffect(t *testing.T) {
	own, scores := finished(1, 2, 3, 4, 5, 6, 7), []float64{3, 1, 4, 1, 5, 9, 2}
	if got := designEffect([][]obs{own}, [][]float64{scores}); got != 1 {
		t.Errorf("items on their own: design effect %v, want exactly 1", got)
	}
	// Two clusters of two. Scores 1, 1, -1, -1: clusters 2² + 2² times 2/1 = 16;
	// items 4 times 4/3 = 5.333333.
	pairs := slices.Concat(inCluster("a", finished(1, 1)), inCluster("b", finished(2, 2)))
	if got := designEffect([][]obs{pairs}, [][]float64{{1, 1, -1, -1}}); !cmp.Equal(3.0, got, exactly()) {
		t.Errorf("equal pairs: design effect %v, want 3", got)
	}
	// Scores that cancel within each cluster do not make a test bolder.
	if got := designEffect([][]obs{pairs}, [][]float64{{1, -1, 1, -1}}); got != 1 {
		t.Errorf("balanced pairs: design effect %v, want 1", got)
	}
	if got := designEffect([][]obs{pairs}, [][]float64{{0, 0, 0, 0}}); got != 1 {
		t.Errorf("no score: design effect %v, want 1", got)
	}
}

func TestCountClustersTakesTheNamelessAsTheirOwn(t *testing.T) {
	os := slices.Concat(finished(1, 2, 3), inCluster("a", finished(4, 5)), inCluster("b", finished(6)))
	if got := countClusters(os); got != 5 {
		t.Errorf("3 on their own, a and b: %d clusters, want 5", got)
	}
}

// The window before holds two deployments of two changes: sums of 2² + 2² × 2/1 =
// 16 against 4 × 4/3 = 16/3 for items alone. The window now holds two changes alone:
// (4 + 4) × 2/1 = 16 either way. A mean's variance is that of the sum ÷ n²: (16/16 +
// 16/4) ÷ (16/48 + 16/4) = 5 ÷ 13/3 = 15/13. Added up unweighted it would be
// 32 ÷ 64/3 = 1.5.
func TestDesignEffectWeighsTheGroupsByTheirMeans(t *testing.T) {
	pairs := slices.Concat(inCluster("a", finished(1, 1)), inCluster("b", finished(2, 2)))
	got := designEffect([][]obs{pairs, finished(1, 2)}, [][]float64{{1, 1, -1, -1}, {2, -2}})
	if !cmp.Equal(15.0/13, got, exactly()) {
		t.Errorf("design effect %v, want 15/13", got)
	}
}
