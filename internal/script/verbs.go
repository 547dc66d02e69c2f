package script

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"

	_ "time/tzdata" // Zones must not depend on the machine a test runs on.
)

// verbs are all statements but set and want, which are kept as written.
func verbs() map[string]verb {
	return map[string]verb{
		"zone":   {places: []string{"a zone"}, do: (*builder).zone},
		"window": {places: []string{"its first day..the day after its last"}, do: (*builder).window},
		"asof":   {places: []string{"an instant"}, do: (*builder).asOf},
		"repo":   {places: []string{"a name"}, keys: []string{"created", "since", "until", "codeowners"}, do: (*builder).repository},
		"label":  {places: []string{"a name"}, do: (*builder).label},
		"gap": {places: []string{"what", "a reason", "why", "a remedy"}, keys: []string{"id", "after"},
			do: (*builder).gap},
		"commit": {places: []string{"a name", "an instant"},
			keys: []string{"by", "parents", "branch", "title", "body", "lines", "authored"}, do: (*builder).commit},
		"tag": {places: []string{"a name", "a commit"}, keys: []string{"at"}, do: (*builder).tag},
		"change": {places: []string{"a number", "an instant"},
			keys: []string{"merged", "as", "head", "by", "title", "body", "base", "from", "commits", "labels", "lines",
				"ready", "draft", "approved", "commented", "rejected", "dismissed", "closed", "closes", "mergedby"},
			do: (*builder).change},
		"comment": {places: []string{"a number", "a login@instant", "a text"}, do: (*builder).comment},
		"review":  {places: []string{"a number", "a login@instant", "a text"}, keys: []string{"state"}, do: (*builder).review},
		"event":   {places: []string{"a number", "a kind", "an instant"}, keys: []string{"label", "by"}, do: (*builder).event},
		"deploy": {places: []string{"a number", "a commit", "an environment", "an instant"},
			keys: []string{"by", "ref", "success", "failure", "error", "statuses", "state", "updated"}, do: (*builder).deploy},
		"release": {places: []string{"a tag", "a commit", "an instant"}, keys: []string{"by", "title", "body", "published"},
			flags: []string{"draft", "prerelease"}, do: (*builder).release},
		"run": {places: []string{"a number", "a commit", "an event", "an instant"},
			keys: []string{"branch", "workflow", "took", "conclusion", "started"}, do: (*builder).run},
		"issue": {places: []string{"a number", "an instant"},
			keys: []string{"by", "title", "body", "labels", "closed", "reason"}, do: (*builder).issue},
	}
}

func (b *builder) zone(s *statement) {
	if b.started() {
		s.fail(errors.New("zone stands before the window: it decides when days begin"))
	}
	zone, err := time.LoadLocation(s.place[0])
	if err != nil || s.place[0] == "Local" {
		s.fail(fmt.Errorf("zone %q is unknown", s.place[0]))
		return
	}
	b.script.Zone = zone
}

// started reports whether an instant of the report was stated.
func (b *builder) started() bool { return b.clock.year != 0 }

func (b *builder) window(s *statement) {
	b.alone(s)
	from, to, found := strings.Cut(s.place[0], "..")
	first, err := time.ParseInLocation(time.DateOnly, from, b.script.Zone)
	after, err2 := time.ParseInLocation(time.DateOnly, to, b.script.Zone)
	if !found || errors.Join(err, err2) != nil || !first.Before(after) || first.Year() == 0 {
		s.fail(fmt.Errorf("window %q: write 2026-03-02..2026-03-12, the second day is no longer in it", s.place[0]))
		return
	}
	b.script.Window = shipshape.Window{From: first.UTC(), To: after.UTC()}
	b.clock.year = first.Year()
}

func (b *builder) asOf(s *statement) {
	b.alone(s)
	b.script.AsOf = s.start(s.place[0])
	if !b.started() {
		b.clock.year = b.script.AsOf.Year()
	}
}

// alone fails when a statement that may stand once in a script stands again.
func (b *builder) alone(s *statement) {
	if b.seen[s.verb] {
		s.fail(fmt.Errorf("%s is stated twice", s.verb))
	}
	b.seen[s.verb] = true
}

var repositoryName = regexp.MustCompile(`^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$`)

func (b *builder) repository(s *statement) {
	if !repositoryName.MatchString(s.place[0]) {
		s.fail(fmt.Errorf("repo %q: write owner/name", s.place[0]))
		return
	}
	b.enter(shipshape.RepositoryName(s.place[0]))
	h := &b.repo.history
	if s.has("created") {
		h.Repository.CreatedAt = s.start(s.key["created"])
	}
	if s.has("since") {
		h.Origin.Since = s.start(s.key["since"])
	}
	if s.has("until") {
		h.Origin.Until = s.start(s.key["until"])
	}
	if s.has("codeowners") {
		h.Repository.Codeowners = s.key["codeowners"]
	}
}

func (b *builder) label(s *statement) {
	r := &b.here().history.Repository
	b.repo.once(s, "label", s.place[0])
	r.Labels = append(r.Labels, shipshape.Label{Name: s.place[0]})
}

// entities and reasons are what a gap may speak of, and why there is one.
var (
	entities = []shipshape.Entity{shipshape.RepositoryEntity, shipshape.CommitEntity, shipshape.RefEntity,
		shipshape.ChangeEntity, shipshape.IssueEntity, shipshape.ReleaseEntity, shipshape.DeploymentEntity,
		shipshape.RunEntity, shipshape.MilestoneEntity, shipshape.ControlEntity}
	reasons = []shipshape.GapReason{shipshape.Forbidden, shipshape.Absent, shipshape.Unsupported, shipshape.Derived,
		shipshape.Truncated, shipshape.NotReached}
)

func (b *builder) gap(s *statement) {
	entity, field, _ := strings.Cut(s.place[0], ".")
	g := shipshape.Gap{
		Entity: shipshape.Entity(entity), Field: field, Reason: shipshape.GapReason(s.place[1]),
		Why: s.place[2], Remedy: s.place[3], ID: s.or("id", ""),
	}
	if s.has("after") {
		g.After = s.start(s.key["after"])
	}
	if !slices.Contains(entities, g.Entity) {
		s.fail(fmt.Errorf("gap: %q is no kind of record: %v", entity, entities))
	}
	if !slices.Contains(reasons, g.Reason) {
		s.fail(fmt.Errorf("gap: %q is no reason: %q", g.Reason, reasons))
	}
	h := &b.here().history
	h.Gaps = append(h.Gaps, g)
}
