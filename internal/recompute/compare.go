package main

import (
	"fmt"
	"math"
	"strconv"
)

func (r *finding) differ(format string, args ...any) {
	r.differences = append(r.differences, fmt.Sprintf(format, args...))
}

func (r *finding) count(name string, published *int, recomputed int) {
	r.checked++
	if published == nil {
		r.differ("%s: %d, and nothing was published", name, recomputed)
	} else if *published != recomputed {
		r.differ("%s: %d was published, the evidence gives %d", name, *published, recomputed)
	}
}

// closeEnough is how far two numbers may be apart, relative to them, for having
// been added up in another order.
const closeEnough = 1e-9

func (r *finding) number(name string, published, recomputed *float64) {
	r.checked++
	if published == nil && recomputed == nil {
		return
	}
	if published != nil && recomputed != nil {
		apart := math.Abs(*published - *recomputed)
		if apart <= closeEnough*math.Max(math.Abs(*published), math.Abs(*recomputed)) {
			return
		}
	}
	r.differ("%s: %s was published, the evidence gives %s", name, number(published), number(recomputed))
}

// number writes a value, or null as the data does.
func number(v *float64) string {
	if v == nil {
		return "null"
	}
	return strconv.FormatFloat(*v, 'g', 10, 64)
}
