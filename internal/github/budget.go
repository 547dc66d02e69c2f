package github

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"time"
)

// Spending is what queries have cost.
type Spending struct {
	Requests  int       // sent, retries included
	Points    int       // as GitHub counted them; what failed requests cost is not known
	Predicted int       // what the same answers should cost by the formula of [Units]
	Mispriced int       // answers whose cost was another than predicted
	Remaining int       // points left in this hour, -1 while unknown or without a limit
	Reset     time.Time // when the hour ends, zero while unknown
}

// RateLimit is what GitHub says of the budget with each answer.
type RateLimit struct {
	Cost      int
	Limit     int
	Remaining int
	ResetAt   time.Time
}

// Meter is embedded in every query struct, so that each answer says what it cost.
// RateLimit is nil where a server has no limit.
type Meter struct {
	RateLimit *RateLimit
}

// The reasons for waiting, as [Notice.Why] tells them.
const (
	whyHourly      = "GitHub's hourly limit is spent"
	whySecondary   = "GitHub asks to slow down"
	whySlow        = "GitHub took too long or failed over the answer"
	whyUnavailable = "the server does not answer"
)

// budget is what may still be spent: points of the hour, and time.
type budget struct {
	spent  Spending
	waited time.Duration
	// costs are those of the last answers, by the type of the query.
	costs map[reflect.Type]int
}

// observe takes what the headers of an answer say. They come with failures too.
func (b *budget) observe(h http.Header) {
	if r := h.Get("X-Ratelimit-Resource"); r != "" && r != "graphql" {
		return
	}
	remaining, err := strconv.Atoi(h.Get("X-Ratelimit-Remaining"))
	if err != nil || remaining < 0 {
		return
	}
	b.spent.Remaining, b.spent.Reset = remaining, resetOf(h)
}

// resetOf returns when the hour ends, zero where a server does not say.
func resetOf(h http.Header) time.Time {
	seconds, err := strconv.ParseInt(h.Get("X-Ratelimit-Reset"), 10, 64)
	if err != nil || seconds <= 0 || seconds > farFuture {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// farFuture is the year 9999 in seconds, beyond which a time cannot be written.
const farFuture = 253402300799

// maxCost is more than any query can cost: GitHub returns 500,000 nodes at most.
const maxCost = 500_000

// charge takes what an answered query says of its cost, beside what was predicted.
func (b *budget) charge(q any, predicted int) {
	limit := meterOf(q)
	if limit == nil {
		return
	}
	cost := min(max(limit.Cost, 0), maxCost)
	b.spent.Points += cost
	b.spent.Predicted += predicted
	if cost != predicted {
		b.spent.Mispriced++
	}
	b.spent.Remaining, b.spent.Reset = max(limit.Remaining, 0), limit.ResetAt.UTC()
	b.costs[reflect.TypeOf(q)] = cost
}

// meterOf finds the [Meter] of a query, nil without one: embedded, or written out
// in a type that was made at run time.
func meterOf(q any) *RateLimit {
	v := reflect.Indirect(reflect.ValueOf(q))
	if v.Kind() != reflect.Struct {
		return nil
	}
	f := v.FieldByName("RateLimit")
	if !f.IsValid() {
		return nil
	}
	limit, _ := f.Interface().(*RateLimit)
	return limit
}

// lacks returns until when a query of this type has to wait for points, or false. It
// costs what the last one of the type cost, or else what is predicted.
func (b *budget) lacks(kind reflect.Type, predicted int, now time.Time) (time.Time, bool) {
	s := b.spent
	cost, known := b.costs[kind]
	if !known {
		cost = predicted
	}
	enough := s.Remaining < 0 || s.Remaining >= max(cost, 1)
	if enough || !now.Before(s.Reset) {
		return time.Time{}, false
	}
	return s.Reset, true
}

// wait waits for d, unless that is more than the run may wait in all.
func (c *Client) wait(ctx context.Context, why string, d time.Duration) error {
	if left := c.o.MaxWait - c.waited; d > left {
		at := c.o.Now().UTC().Add(d)
		return &QueryError{
			Err:     ErrMaxWait,
			Detail:  fmt.Sprintf("%s, and going on takes a wait of %s where %s are left", why, d.Round(time.Second), left.Round(time.Second)),
			Remedy:  "try again after " + at.Format("2006-01-02 15:04:05 UTC") + ", or allow a longer wait",
			RetryAt: at,
		}
	}
	if c.o.Notice != nil {
		c.o.Notice(Notice{Why: why, Wait: d})
	}
	c.waited += d
	return c.o.Sleep(ctx, d)
}
