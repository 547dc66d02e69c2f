package timeline

import "time"

// Stage is a stretch of a change's way, named by the boundary that ends it.
type Stage string

// The stages in order. Each runs from the boundary before it that happened.
const (
	Coding     Stage = "coding"     // start to ready for review
	Pickup     Stage = "pickup"     // ready to first review by another person
	Review     Stage = "review"     // first review to last approval
	MergeWait  Stage = "mergeWait"  // last approval to merge
	DeployWait Stage = "deployWait" // merge to delivery
)

// StageNames lists the stages in order.
var StageNames = []Stage{Coding, Pickup, Review, MergeWait, DeployWait}

// StageTime is the time one change spent in one stage.
type StageTime struct {
	Stage    Stage
	Duration time.Duration
	// From is the boundary the stage began at: "start", "ready", "first review",
	// "last approval" or "merge". It is not the usual one where boundaries did not
	// happen; their time is in this stage.
	From string
	// Whole is true where the stage began at its own boundary, so that Duration is
	// that stage alone.
	Whole bool
}

// Trouble is a reason why a lead time's start is not what the commits say.
type Trouble string

// The troubles with clocks.
const (
	NoTrouble    Trouble = ""
	StartAfter   Trouble = "start after the deployment"                // replaced by the opening, else by the delivery
	StartTooOld  Trouble = "start more than 365 days before the merge" // set to 365 days before it
	StartUnknown Trouble = "no authored date and no opening"           // nothing to start from
)

// Lead is the way of one change to one delivery.
type Lead struct {
	Change     *Change
	Start, End time.Time
	// Duration is End − Start after clock trouble was mended; never negative.
	Duration time.Duration
	// Uncapped is the duration before a start that is too old was moved.
	Uncapped time.Duration
	Trouble  Trouble
	// Stages add up to Duration. Stages whose end did not happen are left out.
	Stages []StageTime
}
