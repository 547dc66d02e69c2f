package kpi

import "slices"

// countFigure returns a count, which is known even when it is 0.
func countFigure(name string, n int, note string) Figure {
	return Figure{Name: name, Unit: Count, Value: ptr(float64(n)), N: n, Note: note}
}

// shareFigure returns part of whole, unknown where the whole is nothing.
func shareFigure(name string, part, whole int, note string) Figure {
	f := Figure{Name: name, Unit: Ratio, N: whole, Note: note}
	if whole == 0 {
		f.Note = "None in the window."
		return f
	}
	f.Value = ptr(float64(part) / float64(whole))
	return f
}

// quantileFigure returns a quantile of values in any order, unknown for none.
func quantileFigure(name string, unit Unit, values []float64, p float64, note string) Figure {
	f := Figure{Name: name, Unit: unit, N: len(values), Note: note}
	if len(values) == 0 {
		f.Note = "None in the window."
		return f
	}
	sorted := slices.Sorted(slices.Values(values))
	f.Value = ptr(quantile(sorted, p))
	return f
}

// medianFigure returns the median of values in any order, unknown for none.
func medianFigure(name string, unit Unit, values []float64, note string) Figure {
	return quantileFigure(name, unit, values, 0.5, note)
}

// regularityFigure returns the share of whole weeks with at least one item.
func regularityFigure(weeks []float64) Figure {
	f := Figure{Name: "regularity", Unit: Ratio, Value: regularity(weeks), N: len(weeks), Note: "Share of whole weeks with at least one."}
	if f.Value == nil {
		f.Note = "The window holds no whole week."
	}
	return f
}

// weeklyMedianFigure returns the median count of the whole weeks.
func weeklyMedianFigure(weeks []float64) Figure {
	f := medianFigure("median per week", Count, weeks, "Of whole weeks.")
	if f.Value == nil {
		f.Note = "The window holds no whole week."
	}
	return f
}
