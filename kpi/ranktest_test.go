package kpi

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMannWhitneyAsPublished(t *testing.T) {
	// Ozone in New York, May against August 1973: J. M. Chambers and others,
	// Graphical Methods for Data Analysis (1983); R's wilcox.test prints
	// W = 127.5, p-value = 0.0001208.
	may := finished(41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37)
	august := finished(39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85)
	ranks, _, _ := midRanks(may, august)
	w := -26.0 * 27 / 2
	for _, rank := range ranks {
		w += rank
	}
	if w != 127.5 {
		t.Errorf("W is %v, want 127.5", w)
	}
	got := compareDurations(may, august)
	if diff := cmp.Diff(0.0001208, got.p, rounded(7)); diff != "" {
		t.Errorf("p (-want +got):\n%s", diff)
	}
	checkComparison(t, "ozone", got, -1, true, true)
}

func TestLogRankAsPublished(t *testing.T) {
	// Freireich's children: chi-square 16.79 with one degree of freedom, as in
	// D. G. Kleinbaum and M. Klein, Survival Analysis, chapter 2.
	z := logRank(inOrder(mercaptopurine()), inOrder(placebo()))
	if diff := cmp.Diff(16.79, z*z, rounded(2)); diff != "" {
		t.Errorf("chi-square (-want +got):\n%s", diff)
	}
	checkComparison(t, "treated against placebo", compareDurations(mercaptopurine(), placebo()), 1, true, true)
	checkComparison(t, "placebo against treated", compareDurations(placebo(), mercaptopurine()), -1, true, true)
}

func TestLogRankWithoutCensoringAgreesOnTheDirection(t *testing.T) {
	a, b := finished(4, 5, 6, 7, 8, 9), finished(1, 2, 3, 4, 5, 6)
	if mannWhitney(a, b) <= 0 || logRank(a, b) <= 0 {
		t.Errorf("longer now: Mann-Whitney %v, log-rank %v, want both positive", mannWhitney(a, b), logRank(a, b))
	}
}

// copies returns every observation several times over, as one cluster.
func copies(os []obs, times int, prefix string) []obs {
	var out []obs
	for i, o := range os {
		o.cluster = prefix + strconv.Itoa(i)
		out = append(out, slices.Repeat([]obs{o}, times)...)
	}
	return out
}

func TestCopiesOfAnItemDoNotMakeADifferenceClearer(t *testing.T) {
	a := finished(3, 8, 9, 14, 15, 21, 22, 30, 31, 35, 40, 44)
	b := finished(1, 2, 5, 6, 7, 10, 11, 12, 13, 19, 20, 25)
	open := append(slices.Clone(a[:11]), unfinished(44)...)
	for _, test := range []struct {
		name string
		a    []obs
		z    func(a, b []obs) float64
	}{
		{"Mann-Whitney", a, mannWhitney},
		{"log-rank", open, logRank},
	} {
		once := test.z(test.a, b)
		tenfold := test.z(copies(test.a, 10, "a"), copies(b, 10, "b"))
		if ratio := tenfold / once; ratio < 0.9 || ratio > 1.1 {
			t.Errorf("%s: %v once, %v with ten copies of each item in one deployment", test.name, once, tenfold)
		}
		alone := test.z(slices.Repeat(test.a, 10), slices.Repeat(b, 10))
		if alone < 2*once {
			t.Errorf("%s: ten times as many independent items give %v after %v", test.name, alone, once)
		}
	}
}

func TestClusteredWindowsThatDoNotDifferAreSeldomCalledClear(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 7))
	const rounds = 2000
	clear, naive := 0, 0
	for range rounds {
		a, b := draw(random, 15, "a"), draw(random, 15, "b")
		if compareDurations(a, b).clear {
			clear++
		}
		if compareDurations(inCluster("", a), inCluster("", b)).clear {
			naive++
		}
	}
	if share := float64(clear) / rounds; share > 0.02 {
		t.Errorf("%v of comparisons without a difference are called clear, want about 0.01", share)
	}
	if share := float64(naive) / rounds; share < 0.1 {
		t.Errorf("as independent items %v are called clear: the samples are not clustered enough to test anything", share)
	}
}

// Few deployments of many changes now, after many deployments of few before: what
// the few have in common must not drown in the many.
func TestUnevenClusteringIsSeldomCalledClear(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 7))
	const rounds = 2000
	clear := 0
	for range rounds {
		var few, many []obs
		for d := range 10 {
			shared := random.NormFloat64() * 300
			for range 6 {
				few = append(few, obs{value: 1000 + shared + random.NormFloat64()*100, cluster: "a" + strconv.Itoa(d)})
			}
		}
		for range 600 {
			many = append(many, obs{value: 1000 + random.NormFloat64()*316})
		}
		if compareDurations(few, many).clear {
			clear++
		}
	}
	// Ten deployments are few: a little over 1 % is expected.
	if share := float64(clear) / rounds; share > 0.03 {
		t.Errorf("%v of comparisons without a difference are called clear, want about 0.01", share)
	}
}

func TestComparingDurationsNamesItsTest(t *testing.T) {
	quick, slow := finished(1, 2, 3, 4, 5, 6, 7, 8), finished(11, 12, 13, 14, 15, 16, 17, 18)
	tests := []struct {
		name, test string
		a          []obs
		shared     bool
	}{
		{"complete", "Mann–Whitney", slow, false},
		{"one unfinished", "Log-rank", append(unfinished(19), slow...), false},
		{"each in its deployment", "Mann–Whitney", copies(slow, 1, "d"), false},
		{"two to a deployment", "Mann–Whitney", copies(slow, 2, "d"), true},
	}
	for _, test := range tests {
		if got := compareDurations(test.a, quick); got.test != test.test || got.shared != test.shared {
			t.Errorf("%s: %q, shared %v; want %q, %v", test.name, got.test, got.shared, test.test, test.shared)
		}
	}
}

func BenchmarkCompareDurations(b *testing.B) {
	random := rand.New(rand.NewPCG(14, 7))
	now, before := randomObs(random, 5000, 500, 0.1), randomObs(random, 5000, 500, 0.1)
	for b.Loop() {
		compareDurations(now, before)
	}
}
