package figure

// The words a drawing or its table adds to those of the caller.
const (
	wordNoData   = "no data"
	wordPart     = "part of a period"
	wordPartMark = " (part)"
	wordChart    = "Chart"
	wordPeriod   = "Period"
	wordValue    = "Value"
	wordMedian   = "Median"
	wordBin      = "Bin"
	wordCount    = "Count"
	wordStage    = "Stage"
	wordRow      = "Row"
	wordInterval = "95% interval"
	wordMeasure  = "Measure"
	wordItems    = "n"
	wordWeek     = "Week of"
	wordTooFew   = "fewer than 5"
	wordTo       = " to "
)

// seven days and twelve months, as a calendar's edge names them.
var (
	dayNames   = [7]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	monthNames = [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
)
