package collect

import (
	"fmt"
	"strconv"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// gapKey tells gaps apart: the same thing is said once.
type gapKey struct {
	entity shipshape.Entity
	field  string
	id     string
	reason shipshape.GapReason
	why    string
}

// gap notes what is not known. Said twice, it stands once.
func (r *reader) gap(g shipshape.Gap) {
	key := gapKey{g.Entity, g.Field, g.ID, g.Reason, g.Why}
	if !r.known[key] {
		r.known[key] = true
		r.h.Gaps = append(r.h.Gaps, g)
	}
}

// faults turns what GitHub refused within a list of an entity into gaps.
func (r *reader) faults(e shipshape.Entity, faults []github.Fault) { r.listFaults(e, "", faults) }

// listFaults is faults for a list that is a field of an entity.
func (r *reader) listFaults(e shipshape.Entity, field string, faults []github.Fault) {
	for _, f := range faults {
		switch within := insideItem(f.Path); {
		case within == nil:
			r.gap(r.refused(e, field, f))
		case len(within) == 0: // a null node: its list counts those
		case len(within) == 1 && f.Type == github.FaultForbidden:
			r.gap(r.refused(e, nounField(within[0]), f))
		case within[len(within)-1] == "workflowRun" && f.Type == github.FaultForbidden:
			r.gap(r.refused(e, "", f)) // a suite without it tells of nothing
		default:
			r.gap(r.lacking(e, nounField(within[0]), f))
		}
	}
}

// insideItem returns the part of a path that leads into an item of a list: empty
// for the item itself, nil where the path does not reach an item.
func insideItem(path []string) []string {
	for i, key := range path {
		if _, err := strconv.Atoi(key); err == nil {
			return path[i+1 : len(path) : len(path)]
		}
	}
	return nil
}

// nounFields are the fields that the nouns spell differently from GitHub.
var nounFields = map[string]string{
	"baseRefName":             "base",
	"headRefName":             "head",
	"headRefOid":              "headOid",
	"closingIssuesReferences": "closesIssues",
	"timelineItems":           "events",
	"issueType":               "type",
	"tagCommit":               "commit",
	"releaseAssets":           "assets",
	"checkRuns":               "completedAt",
	"checkSuites":             "",
	"deploymentReviews":       "reviews",
	"reviewThreads":           "threads",
	"protectionRules":         "",
	"rules":                   "",
	"history":                 "",
	"target":                  "",
}

// nounField returns what the nouns call a field of GitHub's, "" where it is all
// there is of a record.
func nounField(wire string) string {
	if noun, differs := nounFields[wire]; differs {
		return noun
	}
	return wire
}

// refused is the gap of something that the token may not read at all, or that
// GitHub failed to give.
func (r *reader) refused(e shipshape.Entity, field string, f github.Fault) shipshape.Gap {
	if f.Type != github.FaultForbidden {
		g := shipshape.Gap{Entity: e, Field: field, Reason: shipshape.Absent,
			Why:    fmt.Sprintf("GitHub did not give the %s.", subject(e, field)),
			Remedy: "Collect again; if it stays so, look at GitHub's status page."}
		if f.Type == github.FaultNotFound && field != "" {
			g.Reason = shipshape.Truncated
		}
		return g
	}
	return shipshape.Gap{Entity: e, Field: field, Reason: shipshape.Forbidden,
		Why:    fmt.Sprintf("The token may not read the %s.", subject(e, field)),
		Remedy: r.access(permission(e, field, f.Path), f)}
}

// access says how to get what a fault refuses, which takes a permission.
func (r *reader) access(permission string, f github.Fault) string {
	if f.SAML {
		return signOn(r.name)
	}
	return remedy(permission)
}

// lacking is the gap of parts of single records that GitHub keeps back, such as a
// reference to a repository that the token may not see.
func (r *reader) lacking(e shipshape.Entity, field string, f github.Fault) shipshape.Gap {
	g := shipshape.Gap{Entity: e, Field: field, Reason: shipshape.Truncated,
		Why:    fmt.Sprintf("GitHub kept back parts of the %s.", subject(e, field)),
		Remedy: "They may belong to repositories or accounts that are gone or that the token may not see."}
	if f.SAML {
		g.Remedy = signOn(r.name)
	}
	return g
}

// withheld notes how many items of a list GitHub gave as null, and whether it said that
// the token must be authorised for single sign-on.
func (r *reader) withheld(e shipshape.Entity, field string, n, of int, saml bool) {
	if n == 0 {
		return
	}
	g := shipshape.Gap{Entity: e, Field: field, Reason: shipshape.Truncated,
		Why:    fmt.Sprintf("GitHub withheld %d of %d %s.", n, of, subject(e, field)),
		Remedy: "The token may lack access to them: " + lowerFirst(remedy(permission(e, field, nil)))}
	if n == of {
		g.Reason = shipshape.Forbidden
	}
	if saml {
		g.Remedy = signOn(r.name)
	}
	r.gap(g)
}

// tooBig is the gap of an item that GitHub cannot answer even alone. Position
// counts from 1 in the order of the list.
func tooBig(e shipshape.Entity, field string, position int) shipshape.Gap {
	return shipshape.Gap{Entity: e, Field: field, Reason: shipshape.Truncated,
		Why:    fmt.Sprintf("GitHub could not answer for item %d of the %s: it is too big, and was left out.", position, subject(e, field)),
		Remedy: "Collect again at a quieter hour."}
}

// cutShort is the gap of a list that could not be read on behind an item.
func cutShort(e shipshape.Entity, field string, read int, before time.Time) shipshape.Gap {
	return shipshape.Gap{Entity: e, Field: field, Reason: shipshape.NotReached, Before: before,
		Why:    fmt.Sprintf("GitHub could not answer for what follows the first %d of the %s.", read, subject(e, field)),
		Remedy: "Collect again at a quieter hour."}
}
