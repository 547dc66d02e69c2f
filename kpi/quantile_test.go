package kpi

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// rounded compares numbers as a published table gives them.
func rounded(digits int) cmp.Option {
	return cmpopts.EquateApprox(0, 0.5000001*math.Pow(10, -float64(digits)))
}

// exactly compares numbers up to the rounding of a few operations.
func exactly() cmp.Option { return cmpopts.EquateApprox(1e-9, 1e-12) }

// oneToTen is the sequence on which R documents its quantile types.
func oneToTen() []float64 { return []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10} }

func TestQuantileIsTypeSeven(t *testing.T) {
	tests := []struct {
		name   string
		values []float64
		p      float64
		want   float64
	}{
		// R: quantile(1:10) is 1.00 3.25 5.50 7.75 10.00.
		{"R, minimum", oneToTen(), 0, 1},
		{"R, first quartile", oneToTen(), 0.25, 3.25},
		{"R, median", oneToTen(), 0.5, 5.5},
		{"R, third quartile", oneToTen(), 0.75, 7.75},
		{"R, maximum", oneToTen(), 1, 10},
		// Position (10-1) × 0.9 = 8.1: a tenth of the way from 9 to 10.
		{"ninth decile", oneToTen(), 0.9, 9.1},
		// NumPy's manual: percentile of 10 7 4 3 2 1 at 50 is 3.5.
		{"NumPy, median", []float64{1, 2, 3, 4, 7, 10}, 0.5, 3.5},
		{"one value", []float64{42}, 0.9, 42},
		{"all equal", []float64{7, 7, 7}, 0.3, 7},
		{"zeros", []float64{0, 0}, 0.5, 0},
		{"below the range", []float64{1, 2}, -3, 1},
		{"above the range", []float64{1, 2}, 3, 2},
		{"nothing", nil, 0.5, 0},
		// Their difference is more than a float64 holds.
		{"huge of unlike sign", []float64{-math.MaxFloat64, math.MaxFloat64}, 0.5, 0},
	}
	for _, test := range tests {
		got := quantile(test.values, test.p)
		if diff := cmp.Diff(test.want, got, exactly()); diff != "" {
			t.Errorf("%s: quantile(%v, %v) (-want +got):\n%s", test.name, test.values, test.p, diff)
		}
	}
}

func TestQuantileScalesWithItsValues(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 7))
	for range 300 {
		values := randomValues(random, 1+random.IntN(40))
		p, scale, shift := random.Float64(), 1+random.Float64()*99, random.Float64()*1000
		moved := make([]float64, len(values))
		for i, value := range values {
			moved[i] = value*scale + shift
		}
		want := quantile(values, p)*scale + shift
		if got := quantile(moved, p); !cmp.Equal(want, got, exactly()) {
			t.Fatalf("values %v, p %v, ×%v +%v: got %v, want %v", values, p, scale, shift, got, want)
		}
	}
}

// randomValues returns n sorted values, about half of them tied.
func randomValues(random *rand.Rand, n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = float64(random.IntN(2 * n))
	}
	slices.Sort(values)
	return values
}

func FuzzQuantile(f *testing.F) {
	f.Add([]byte{}, 0.5)
	f.Add(binary.BigEndian.AppendUint64(nil, math.Float64bits(math.MaxFloat64)), 0.25)
	f.Add([]byte("\x7f\xef\xff\xff\xff\xff\xff\xff\xff\xef\xff\xff\xff\xff\xff\xff"), 0.5)
	f.Fuzz(func(t *testing.T, raw []byte, p float64) {
		if math.IsNaN(p) {
			return
		}
		values := finiteValues(raw)
		slices.Sort(values)
		got := quantile(values, p)
		if len(values) == 0 {
			if got != 0 {
				t.Fatalf("quantile of nothing is %v, want 0", got)
			}
			return
		}
		if !(values[0] <= got && got <= values[len(values)-1]) {
			t.Fatalf("quantile(%v, %v) = %v, outside the values", values, p, got)
		}
		if higher := quantile(values, p+0.1); higher < got {
			t.Fatalf("quantile(%v) falls from %v to %v between %v and %v", values, got, higher, p, p+0.1)
		}
	})
}

// finiteValues reads as many finite numbers from raw as it holds.
func finiteValues(raw []byte) []float64 {
	var values []float64
	for ; len(raw) >= 8; raw = raw[8:] {
		value := math.Float64frombits(binary.BigEndian.Uint64(raw))
		if !math.IsNaN(value) && !math.IsInf(value, 0) {
			values = append(values, value)
		}
	}
	return values
}
