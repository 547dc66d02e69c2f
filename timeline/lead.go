package timeline

import "time"

// LeadTo returns the change's way to its delivery at end: from the earlier of its
// first authored commit and its opening. A clock that cannot be right is mended
// as [Trouble] says; where nothing is known to start from, Start is zero and
// Duration 0, which is no lead time: look at Trouble first.
func (c *Change) LeadTo(end time.Time) Lead {
	l := Lead{Change: c, Start: c.start(), End: end}
	if l.Start.IsZero() {
		l.Trouble = StartUnknown
		return l
	}
	oldest := c.Merged.Add(-c.Repo.startCap)
	l.Uncapped = max(0, end.Sub(l.Start))
	switch {
	case l.Start.After(end):
		// The opening cannot help: the start is the earlier of the two.
		l.Start, l.Trouble = end, StartAfter
	case l.Start.Before(oldest):
		l.Start, l.Trouble = earlier(oldest, end), StartTooOld
	}
	l.Duration = end.Sub(l.Start)
	l.Stages = c.stages(l.Start, end)
	return l
}

// StagesToMerge returns the stages up to the merge; they add up to the time from
// start to merge. Where the start is unknown they begin at the first boundary
// that is known.
func (c *Change) StagesToMerge() []StageTime {
	start := c.LeadTo(c.Merged).Start
	stages := c.stages(start, c.Merged)
	return stages[:max(0, len(stages)-1)]
}

// start is the earlier of the first authored commit and the opening; zero where
// neither is known.
func (c *Change) start() time.Time {
	if c.FirstAuthored.IsZero() || c.Opened.IsZero() {
		return later(c.FirstAuthored, c.Opened)
	}
	return earlier(c.FirstAuthored, c.Opened)
}

// stages cuts the way from start to end at the boundaries that happened before
// the merge. None lies before the one before it nor after the end, so that the
// stages add up; the time of a boundary that did not happen is in the next stage.
func (c *Change) stages(start, end time.Time) []StageTime {
	boundaries := []struct {
		name string
		at   time.Time
	}{
		{atReady, c.Ready}, {atFirstReview, c.FirstReview}, {atLastApproval, c.LastApproval},
		{atMerge, c.Merged}, {atDelivery, end},
	}
	var stages []StageTime
	from, usual, since := atStart, atStart, start
	for i, b := range boundaries {
		happened := b.name == atDelivery || !b.at.IsZero() && !b.at.After(c.Merged)
		if happened {
			at := earlier(end, later(since, b.at))
			if !since.IsZero() {
				stages = append(stages, StageTime{StageNames[i], at.Sub(since), from, from == usual})
			}
			from, since = b.name, at
		}
		usual = b.name
	}
	return stages
}

// The boundaries of stages, as [StageTime].From names them, and the delivery.
const (
	atStart        = "start"
	atReady        = "ready"
	atFirstReview  = "first review"
	atLastApproval = "last approval"
	atMerge        = "merge"
	atDelivery     = "delivery"
)

// Label words the stage by its ends, "ready to first review", and names what was
// not seen between them: "open to merge, no review seen".
func (s StageTime) Label() string {
	if s.Whole {
		return s.From + " to " + s.Stage.end()
	}
	from := s.From
	if from == atReady {
		from = "open"
	}
	return from + " to " + s.Stage.end() + ", no " + s.unseen() + " seen"
}

// end names the boundary that ends the stage.
func (s Stage) end() string {
	switch s {
	case Coding:
		return atReady
	case Pickup:
		return atFirstReview
	case Review:
		return atLastApproval
	case MergeWait:
		return atMerge
	}
	return atDelivery
}

// unseen names what did not happen in a stage that is not whole. Without a
// review there is no approval either, which then need not be said.
func (s StageTime) unseen() string {
	switch {
	case s.From == atFirstReview:
		return "approval"
	case s.From == atReady:
		return "review"
	case s.Stage == Pickup:
		return "opening"
	}
	return "opening or review"
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
