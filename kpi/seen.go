package kpi

import (
	"fmt"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// stretch is the part of time in which a KPI can see a repository. An instant that
// is zero bounds nothing.
type stretch struct {
	since time.Time // what the KPI looks at was collected from here on
	// cut is the gap that sets since; its zero value stands for the beginning of the
	// whole history.
	cut   shipshape.Gap
	began time.Time // the repository existed from here on
	// first is the first deployment there ever was, for a KPI of deployments: a source
	// is not known to be connected before.
	first time.Time
	// until is the last instant up to which everything that the KPI looks at was
	// read.
	until time.Time
	// ended is the gap that sets until; its zero value stands for the end of the
	// whole history.
	ended shipshape.Gap
}

// stretch returns when the KPI can see a repository. One whose history reaches
// back before its creation, as after a move, existed from its first item on.
func (k KPI) stretch(r *timeline.Repository) stretch {
	s := stretch{since: r.Origin.Since, began: r.Facts.CreatedAt, until: r.Origin.Until}
	if k.Begun != nil && !s.began.IsZero() {
		if first := k.Begun(r); !first.IsZero() && first.Before(s.began) {
			s.began = first
		}
	}
	if k.Sources != nil && k.Begun != nil {
		s.first = k.Begun(r)
	}
	for _, g := range r.Gaps {
		if g.Field != "" || g.ID != "" || !k.reads(g.Entity, r.Source.Kind) {
			continue
		}
		if !g.After.IsZero() && (s.until.IsZero() || g.After.Before(s.until)) {
			s.until, s.ended = g.After, g
		}
		if g.Before.After(s.since) {
			s.since, s.cut = g.Before, g
		}
	}
	return s
}

// reads reports whether the KPI looks at an entity, given what a repository's
// deployments are taken from.
func (k KPI) reads(e shipshape.Entity, source timeline.SourceKind) bool {
	for _, read := range k.Reads {
		if read == e {
			return true
		}
	}
	return k.Sources != nil && e == recordedAs[source]
}

// recordedAs is the entity that holds the items of a deployment source.
var recordedAs = map[timeline.SourceKind]shipshape.Entity{
	timeline.SourceDeployments: shipshape.DeploymentEntity,
	timeline.SourceWorkflow:    shipshape.RunEntity,
	timeline.SourceReleases:    shipshape.ReleaseEntity,
	timeline.SourceTags:        shipshape.RefEntity,
	timeline.SourceNone:        shipshape.DeploymentEntity, // what would be looked at first
}

// within returns the part of a window that was seen; it may hold no time.
func (s stretch) within(w shipshape.Window) shipshape.Window {
	seen := shipshape.Window{From: laterOf(laterOf(w.From, s.since), s.began), To: w.To}
	if s.ends(w.To) {
		seen.To = s.until
	}
	seen.To = laterOf(seen.To, seen.From)
	return seen
}

// ends reports whether reading ended before an instant.
func (s stretch) ends(before time.Time) bool { return !s.until.IsZero() && s.until.Before(before) }

// blind says why nothing of a window was seen, "" if something was. A tally is told
// at an instant and not of a stretch: it asks only that reading had not ended
// before the window began.
func (s stretch) blind(w shipshape.Window, statistic Statistic) (reason, remedy string) {
	switch {
	case !w.From.Before(w.To):
		return "", ""
	case s.within(w).Days() > 0 && !s.first.IsZero() && !s.first.Before(w.To):
		return fmt.Sprintf("Nothing was recorded before %s, the first deployment there is: it is not known whether any was made in the window.", day(s.first)),
			"Choose a window that ends later."
	case s.within(w).Days() > 0:
		return "", ""
	case !s.until.IsZero() && !s.until.After(w.From):
		return s.over()
	case statistic == Tally:
		return "", ""
	case !s.began.Before(w.To):
		return fmt.Sprintf("The repository did not exist yet: it was created on %s.", day(s.began)), "Choose a window that ends later."
	}
	if s.cut.Entity != "" {
		return inWords(s.cut)
	}
	return fmt.Sprintf("The history was collected from %s on, after the window.", day(s.since)), "Collect the history from an earlier day, or choose a later window."
}

// over says that reading had ended before the window, and what to do about it.
func (s stretch) over() (reason, remedy string) {
	reason, remedy = sentence(s.readTo()), "Collect the history again, or choose an earlier window."
	if s.ended.Entity == "" {
		return reason, remedy
	}
	why, what := inWords(s.ended)
	return reason + " " + why, what
}

// readTo says when reading ended, as a clause.
func (s stretch) readTo() string {
	if s.ended.Entity == "" {
		return "nothing was read after " + day(s.until)
	}
	return fmt.Sprintf("of its %s nothing was read after %s", s.ended.Entity, day(s.until))
}

// limit says what bounds the seen part of a window, as a clause.
func (s stretch) limit(w shipshape.Window) string {
	switch {
	case s.ends(w.To):
		return s.readTo()
	case s.cut.Entity != "" && s.since.After(s.began):
		return fmt.Sprintf("of its %s nothing was read before %s", s.cut.Entity, day(s.since))
	case s.since.After(s.began):
		return "its history begins on " + day(s.since)
	}
	return "it was created on " + day(s.began)
}

// stretch returns when a repository of the scope can be seen. Beside others, one
// that was created later is known to have held nothing before.
func (s Scope) stretch(i int) stretch {
	if i >= len(s.stretches) {
		return stretch{}
	}
	one := s.stretches[i]
	for _, other := range s.stretches {
		if other.began.Before(one.began) {
			one.began = other.began
		}
	}
	return one
}

// seenPart returns the part of a window in which every repository was seen; it may
// hold no time.
func (s Scope) seenPart(w shipshape.Window) shipshape.Window {
	seen := w
	for i := range s.Repositories {
		seen = s.stretch(i).within(seen)
	}
	return seen
}

// seenByOne returns the part of a window in which at least one repository was
// seen; it may hold no time.
func (s Scope) seenByOne(w shipshape.Window) shipshape.Window {
	if len(s.Repositories) == 0 {
		return w
	}
	seen := shipshape.Window{From: w.To, To: w.To}
	for i := range s.Repositories {
		one := s.stretch(i).within(w)
		switch {
		case one.Days() <= 0:
		case seen.Days() <= 0:
			seen = one
		default:
			seen.From, seen.To = earlierOf(seen.From, one.From), laterOf(seen.To, one.To)
		}
	}
	return seen
}

// seen returns the share of the window in which the repositories were seen, on
// their average.
func (s Scope) seen() float64 {
	whole := s.Window.Days()
	if whole <= 0 || len(s.Repositories) == 0 {
		return 1
	}
	total := 0.0
	for i := range s.Repositories {
		total += s.stretch(i).within(s.Window).Days() / whole
	}
	return total / float64(len(s.Repositories))
}

// upToDate returns the share of repositories that were read up to as-of.
func (s Scope) upToDate() float64 {
	n := 0
	for i := range s.Repositories {
		if !s.stretch(i).ends(s.AsOf) {
			n++
		}
	}
	return float64(n) / float64(max(len(s.Repositories), 1))
}

// unseen says that part of the window was not seen, "" if all was.
func (s Scope) unseen() string {
	var names []string
	limit := ""
	for i, r := range s.Repositories {
		if one := s.stretch(i); one.within(s.Window) != s.Window {
			names, limit = append(names, string(r.Name())), one.limit(s.Window)
		}
	}
	switch {
	case len(names) == 0:
		return ""
	case len(s.Repositories) > 1:
		return fmt.Sprintf("Of %s not all of the window was seen.", list(names))
	}
	return fmt.Sprintf("Not all of the %s were seen: %s.", days(s.Window.Days()), limit)
}

// laterOf returns the later of two instants.
func laterOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// earlierOf returns the earlier of two instants.
func earlierOf(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
