package timeline

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shipshape-report/shipshape"
)

// reviewer reads who looked at a change before it was merged.
type reviewer struct {
	actors actors
	words  []string
}

// review fills the change's review facts from its pull request. A review at the
// second of the merge came before it: merging waits for the approval and both
// can carry the same second.
func (v reviewer) review(c *Change) {
	if c.Facts == nil {
		return
	}
	for _, r := range c.Facts.Reviews {
		if v.counts(c, r.Author, r.At) {
			c.reviewed(r.Author, r.At, v.approves(r))
		}
	}
	for _, m := range c.Facts.Comments {
		if v.counts(c, m.Author, m.At) && v.saysApproval(m.Body) {
			c.reviewed(m.Author, m.At, true)
		}
	}
	slices.Sort(c.Approvers)
	c.Approvers = slices.Compact(c.Approvers)
}

// counts reports whether what the account wrote then is another person's word
// before the merge. A deleted account counts wherever the author is known: it
// was not the author.
func (v reviewer) counts(c *Change, who shipshape.Login, at time.Time) bool {
	return !at.After(c.Merged) && !sameLogin(who, c.Author) && !v.actors.machine(who)
}

// approves reports whether a review is an approval. A dismissed one is none,
// whatever it said: GitHub does not keep what it was.
func (v reviewer) approves(r shipshape.Review) bool {
	switch r.State {
	case shipshape.Approved:
		return true
	case shipshape.Dismissed:
		return false
	}
	return v.saysApproval(r.Body)
}

// saysApproval reports whether a line begins with an approval word, as written,
// and the word ends there: "ACK abc1234" approves, "Concept ACK" and "ACKed" do
// not.
func (v reviewer) saysApproval(body string) bool {
	for line := range strings.Lines(body) {
		for _, w := range v.words {
			rest, found := strings.CutPrefix(line, w)
			if found && w != "" && !beginsWithWord(rest) {
				return true
			}
		}
	}
	return false
}

func beginsWithWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r))
}

// reviewed notes one review of the change.
func (c *Change) reviewed(who shipshape.Login, at time.Time, approval bool) {
	if c.FirstReview.IsZero() || at.Before(c.FirstReview) {
		c.FirstReview = at
	}
	if !approval {
		return
	}
	if at.After(c.LastApproval) {
		c.LastApproval = at
	}
	if who != "" {
		c.Approvers = append(c.Approvers, who)
	}
}

// recorded reports whether any of the pull requests, merged or not, ever had a
// review or another person's approval word.
func (v reviewer) recorded(changes []shipshape.Change) bool {
	return slices.ContainsFunc(changes, func(c shipshape.Change) bool {
		return len(c.Reviews) > 0 || slices.ContainsFunc(c.Comments, func(m shipshape.Comment) bool {
			return !sameLogin(m.Author, c.Author) && !v.actors.machine(m.Author) && v.saysApproval(m.Body)
		})
	})
}

// readyAt returns the last time before the merge that the change was made ready
// for review, else its opening; zero where neither is known.
func readyAt(c *Change) time.Time {
	ready := c.Opened
	for _, e := range c.Facts.Events {
		if e.Kind == shipshape.ReadyForReview && !e.At.After(c.Merged) {
			ready = later(ready, e.At)
		}
	}
	return ready
}
