package kpi

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBinomialTestAsPublished(t *testing.T) {
	tests := []struct {
		name   string
		k, n   int
		chance float64
		want   float64
		digits int
	}{
		// R: binom.test(682, 925, p = 0.75), after W. J. Conover (1971), page 97.
		{"Mendel's peas", 682, 925, 0.75, 0.3825, 4},
		// R: poisson.test(c(11, 6+8+7), c(800, 1083+1050+878)) conditions on 32 events.
		{"breast cancer", 11, 32, 800.0 / 3811, 0.07967, 5},
		// 2 × (1 + 10) / 2¹⁰.
		{"one head in ten", 1, 10, 0.5, 0.021484375, 9},
		{"five heads in ten", 5, 10, 0.5, 1, 9},
		// ¾³ = 0.421875 for none and ¼³ for three; one is likelier than either, two
		// with 9/64 is not. P(0) = 27/64 is as likely as P(1) = 27/64: all count.
		{"as likely as the mode", 0, 3, 0.25, 1, 9},
		// P(3) = 1/64 is the least likely of all.
		{"least likely", 3, 3, 0.25, 0.015625, 9},
		{"nothing", 0, 0, 0.5, 1, 9},
	}
	for _, test := range tests {
		got := binomialTest(test.k, test.n, test.chance)
		if diff := cmp.Diff(test.want, got, rounded(test.digits)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestBinomialTestSumsWhatIsNoLikelier(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 7))
	for range 2000 {
		n, chance := random.IntN(60), 0.02+0.96*random.Float64()
		k := random.IntN(n + 1)
		want := 0.0
		for i := range n + 1 {
			if log := binomialLog(i, n, chance); log <= binomialLog(k, n, chance)+1e-7 {
				want += math.Exp(log)
			}
		}
		if got := binomialTest(k, n, chance); !cmp.Equal(want, got, exactly()) {
			t.Fatalf("%d of %d at %v: got %v, want %v", k, n, chance, got, want)
		}
	}
}
