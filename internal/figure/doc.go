// Package figure draws series as SVG at build time: bars, lines, bands,
// sparklines, strips, stages, intervals and calendars.
//
// A figure is a plain value with two readings that cannot disagree: SVG draws
// it, wide or narrow, and Table gives the same numbers as text. The drawing
// holds no script, no style attribute and no literal colour: every mark has a
// class of [Classes], coloured by the site's stylesheet. Only the size of text
// is an attribute, because the layout depends on it.
//
// Figures of one page need different ids; the wide and the narrow drawing of one
// figure take the same.
//
// The package never reads a clock, never draws a missing value as zero and
// never lets a label leave its room. Start reading at [Bars].
package figure

// Classes are all class names a drawing can carry, in sorted order: the list a
// stylesheet must cover. What each one marks:
//
//   - fig, fig-wide, fig-narrow: the svg element; fig-spark: a sparkline
//   - fig-text, fig-strong: ordinary and emphasised text; fig-on: text that
//     lies on a filled stage
//   - fig-grid, fig-axis: hairlines and the zero line (stroke)
//   - fig-bar, fig-highlight: filled columns and their stressed part
//   - fig-partial, fig-hatch: ground (fill) and lines (stroke) of the hatching
//     of a period that is not over; fig-hatch-highlight: the same for the
//     stressed part
//   - fig-zero: the tick of a zero (fill); fig-missing: the cross of a missing
//     value (stroke)
//   - fig-reference: the line of a target or median (stroke)
//   - fig-line, fig-point: a line (stroke, no fill) and its dots (fill);
//     fig-hollow: a dot of an unfinished period (stroke in the colour of the
//     series, filled with the ground)
//   - fig-inner, fig-outer: areas from median to p75 and from p75 to p90
//   - fig-dot, fig-bin: one item and a bin of many items (fill)
//   - fig-box, fig-whisker, fig-median: quartiles (fill), range and median
//     (stroke)
//   - fig-s1 to fig-s6: the colour of a series or stage, given as the custom
//     property that fig-line, fig-point, fig-hollow and fig-stage use
//   - fig-stage: a segment of a stacked bar (fill)
//   - fig-c0 to fig-c5: calendar days with none, then ever more (fill)
//   - fig-hover: a mark whose title shows its value under a pointer
var Classes = []string{
	"fig", "fig-axis", "fig-bar", "fig-bin", "fig-box",
	"fig-c0", "fig-c1", "fig-c2", "fig-c3", "fig-c4", "fig-c5",
	"fig-dot", "fig-grid", "fig-hatch", "fig-hatch-highlight", "fig-highlight",
	"fig-hollow", "fig-hover", "fig-inner", "fig-line", "fig-median", "fig-missing",
	"fig-narrow", "fig-on", "fig-outer", "fig-partial", "fig-point", "fig-reference",
	"fig-s1", "fig-s2", "fig-s3", "fig-s4", "fig-s5", "fig-s6",
	"fig-spark", "fig-stage", "fig-strong", "fig-text", "fig-whisker", "fig-wide", "fig-zero",
}
