package report

import "time"

// DataVersion is the version of the published data's form. It rises when a field
// changes its meaning or goes away, not when one is added.
const DataVersion = 1

// ScorecardData is data/scorecard.json. In all data documents durations are
// seconds, ratios 0 to 1, rates per day, and instants RFC 3339 in UTC; what is not
// known is null and never 0.
type ScorecardData struct {
	Schema       int          `json:"schema" jsonschema:"description=Version of the form of the data."`
	AsOf         time.Time    `json:"asOf" jsonschema:"description=The instant everything is told from."`
	Window       WindowData   `json:"window"`
	Repositories []string     `json:"repositories" jsonschema:"description=Full names in order."`
	Sources      []SourceData `json:"sources"`
	KPIs         []KPIData    `json:"kpis" jsonschema:"description=In reading order. With several repositories the values are pooled."`
	Gaps         []GapData    `json:"gaps"`
}

// WindowData is a stretch of time that holds from and not to.
type WindowData struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// SourceData says what counts as a production deployment in a repository.
type SourceData struct {
	Repository  string `json:"repository"`
	Deployments string `json:"deployments" jsonschema:"enum=deployments,enum=workflow,enum=releases,enum=tags,enum=none"`
}

// KPIData is one result.
type KPIData struct {
	ID             string            `json:"id"`
	Name           string            `json:"name"`
	Family         string            `json:"family"`
	Unit           string            `json:"unit" jsonschema:"enum=seconds,enum=ratio,enum=per day,enum=count"`
	Better         string            `json:"better" jsonschema:"enum=higher,enum=lower,enum=neutral"`
	Statistic      string            `json:"statistic" jsonschema:"enum=rate,enum=share,enum=median,enum=tally,description=How the items that count amount to the value: rate is the sum of weights divided by the denominator in days; share is the weight of the items whose part is numerator divided by the weight of all; median is the median of values by linear interpolation (type 7) or where an item is censored the Kaplan-Meier median; tally is the number of items."`
	Definition     int               `json:"definition" jsonschema:"description=Version of the definition."`
	State          string            `json:"state" jsonschema:"enum=measured,enum=partial,enum=not measured"`
	PartialBecause []string          `json:"partialBecause" jsonschema:"description=Empty unless partial."`
	Reason         *string           `json:"reason" jsonschema:"description=Why it is not measured; null where it is."`
	Remedy         *string           `json:"remedy" jsonschema:"description=What would make it measurable; null where it is."`
	Finding        string            `json:"finding"`
	Value          *float64          `json:"value"`
	AtLeast        *float64          `json:"atLeast" jsonschema:"description=The longest observed where the median is not reached; else null."`
	Numerator      *float64          `json:"numerator"`
	Denominator    *float64          `json:"denominator" jsonschema:"description=Days for a rate; the weight of all items for a share; else null."`
	N              int               `json:"n" jsonschema:"description=Items counted."`
	Clusters       int               `json:"clusters" jsonschema:"description=Deployments behind the items."`
	Coverage       *float64          `json:"coverage" jsonschema:"description=Share of the population whose facts were there; null for an empty population."`
	Scale          *ScaleData        `json:"scale" jsonschema:"description=Place on DORA's answer scale; null where there is none."`
	Interval       *IntervalData     `json:"interval" jsonschema:"description=95 % interval; null where none is given."`
	Distribution   *DistributionData `json:"distribution"`
	Previous       *PreviousData     `json:"previous" jsonschema:"description=The period of equal length before; null where nothing can be compared."`
	Series         []PointData       `json:"series" jsonschema:"description=One point for each ISO week."`
	Breakdown      BreakdownData     `json:"breakdown"`
	LeftOut        []LeftOutData     `json:"leftOut" jsonschema:"description=Repositories that lack what the KPI needs."`
	Evidence       EvidenceRef       `json:"evidence"`
}

// ScaleData is a place on DORA's answer scale.
type ScaleData struct {
	Step       string   `json:"step" jsonschema:"description=The answer in words."`
	SurveyMean *float64 `json:"surveyMean"`
	Year       *int     `json:"year" jsonschema:"description=Year of the survey mean."`
}

// IntervalData is a 95 % interval. An end that is not reached is null.
type IntervalData struct {
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
}

// DistributionData describes values. What unfinished items leave open is null.
type DistributionData struct {
	P25        *float64 `json:"p25"`
	P50        *float64 `json:"p50"`
	P75        *float64 `json:"p75"`
	P90        *float64 `json:"p90"`
	Mean       *float64 `json:"mean"`
	Min        *float64 `json:"min"`
	Max        *float64 `json:"max"`
	Restricted bool     `json:"restricted" jsonschema:"description=True for a mean over items that are still growing."`
}

// PreviousData is the same KPI over the period before.
type PreviousData struct {
	Value   *float64 `json:"value"`
	N       int      `json:"n"`
	Verdict *string  `json:"verdict" jsonschema:"description=better or worse or no clear change; null where there is no verdict."`
	P       *float64 `json:"p" jsonschema:"description=Null where no test was made."`
	Why     string   `json:"why" jsonschema:"description=The test behind the verdict or why there is none."`
}

// PointData is one ISO week, in the KPI's own unit.
type PointData struct {
	Start   time.Time `json:"start" jsonschema:"description=Start of the part of the week that lies in the window."`
	Week    string    `json:"week" jsonschema:"description=ISO week: 2026-W47."`
	Value   *float64  `json:"value" jsonschema:"description=Null where there was nothing to measure."`
	N       int       `json:"n"`
	Partial bool      `json:"partial" jsonschema:"description=Cut by the window or seen in part only."`
	Days    float64   `json:"days" jsonschema:"description=How much of the week lies in the window and was seen: what a rate is divided by."`
}

// BreakdownData is the same KPI by part of the scope.
type BreakdownData struct {
	Repository  []SliceData `json:"repository"`
	Team        []SliceData `json:"team"`
	Environment []SliceData `json:"environment"`
	Class       []SliceData `json:"class"`
	Actor       []SliceData `json:"actor" jsonschema:"description=People and machines and items of which no author is known."`
}

// SliceData is one part of a breakdown.
type SliceData struct {
	Name  string   `json:"name"`
	State string   `json:"state"`
	Value *float64 `json:"value"`
	N     int      `json:"n"`
	// Scale is set where the part is one service.
	Scale *ScaleData `json:"scale" jsonschema:"description=Place on DORA's answer scale; null where there is none."`
}

// LeftOutData is a repository that a KPI could not be computed for.
type LeftOutData struct {
	Repository string `json:"repository"`
	Reason     string `json:"reason"`
	Remedy     string `json:"remedy"`
}

// EvidenceRef says where the evidence is.
type EvidenceRef struct {
	Path     string `json:"path" jsonschema:"description=Folder below the site's root; its files are 1.json and so on."`
	Files    int    `json:"files"`
	Included int    `json:"included"`
	Excluded int    `json:"excluded"`
	SHA256   string `json:"sha256" jsonschema:"description=SHA-256 over the bytes of all files in the order of their numbers."`
}

// GapData is something that is not known.
type GapData struct {
	Repository string  `json:"repository"`
	Entity     string  `json:"entity"`
	Field      *string `json:"field" jsonschema:"description=Null for the entity as a whole."`
	ID         *string `json:"id" jsonschema:"description=The one record concerned; null for all."`
	Reason     string  `json:"reason"`
	Why        string  `json:"why"`
	Remedy     string  `json:"remedy"`
	// After is set where a part of the source ends earlier than the rest.
	After *time.Time `json:"after" jsonschema:"description=Instant after which nothing of the entity was read; null where the gap is not about time."`
	// Before is set where reading was cut short on its way back.
	Before *time.Time `json:"before" jsonschema:"description=Instant before which nothing of the entity was read; null where reading was not cut short."`
}
