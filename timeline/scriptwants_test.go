package timeline_test

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// none stands for an empty list or nothing at all.
const none = "none"

// never stands for an instant that did not come.
const never = "never"

// ofRepository are the wants that speak of the repository they stand under.
var ofRepository = map[string]func(*scene) string{
	"source":   func(sc *scene) string { return fmt.Sprint(sc.repo.Source.Kind, " ", sc.repo.Source.Items) },
	"why":      func(sc *scene) string { return sc.repo.Source.Why },
	"team":     func(sc *scene) string { return sc.repo.Team },
	"reviews":  func(sc *scene) string { return either(sc.repo.ReviewRecorded, "recorded", "not recorded") },
	"rollouts": func(sc *scene) string { return joined(sc.repo.Rollouts, rolloutName) },
	"releases": func(sc *scene) string { return joined(sc.repo.Releases, releaseName) },
	"changes":  func(sc *scene) string { return joined(sc.repo.Changes, sc.changeName) },
	"gaps": func(sc *scene) string {
		return joined(sc.repo.Gaps, func(g shipshape.Gap) string { return string(g.Entity) + ":" + g.ID })
	},
	"runs": func(sc *scene) string {
		return joined(sc.repo.Runs, func(r shipshape.Run) string { return strconv.FormatInt(r.ID, 10) })
	},
	"estate": func(sc *scene) string {
		return joined(sc.built.Estate, func(e *timeline.EstateEvent) string {
			return plus(e.Items, func(d *timeline.Deployment) string { return string(d.Repo.Name()) + ":" + d.ID })
		})
	},
}

// ofDeployment are the wants that speak of a deployment, by id or tag.
var ofDeployment = map[string]func(*scene, *timeline.Deployment) string{
	"kind":         func(_ *scene, d *timeline.Deployment) string { return cmp.Or(string(d.Kind), none) },
	"kindwhy":      func(_ *scene, d *timeline.Deployment) string { return d.KindWhy },
	"outcome":      func(_ *scene, d *timeline.Deployment) string { return string(d.Outcome) },
	"production":   func(_ *scene, d *timeline.Deployment) string { return strconv.FormatBool(d.Production) },
	"finished":     func(_ *scene, d *timeline.Deployment) string { return at(d.Finished) },
	"failed-after": func(_ *scene, d *timeline.Deployment) string { return at(d.FailedAfter) },
	"waited":       func(_ *scene, d *timeline.Deployment) string { return span(d.WaitedFor) },
	"timed":        func(_ *scene, d *timeline.Deployment) string { return strconv.FormatBool(d.Timed) },
	"undated":      func(_ *scene, d *timeline.Deployment) string { return strconv.FormatBool(d.Undated) },
	"unreachable":  func(_ *scene, d *timeline.Deployment) string { return strconv.FormatBool(d.Unreachable) },
	"bymachine":    func(_ *scene, d *timeline.Deployment) string { return strconv.FormatBool(d.ByMachine) },
	"previous":     func(_ *scene, d *timeline.Deployment) string { return deploymentName(d.Previous) },
	"repeats":      func(_ *scene, d *timeline.Deployment) string { return deploymentName(d.DuplicateOf) },
	"brought":      func(sc *scene, d *timeline.Deployment) string { return sc.commits(d.Commits) },
	"entered":      func(sc *scene, d *timeline.Deployment) string { return joined(d.Changes, sc.changeName) },
	"is-release": func(_ *scene, d *timeline.Deployment) string {
		if d.Release == nil {
			return none
		}
		return d.Release.Tag
	},
	"in-estate": func(_ *scene, d *timeline.Deployment) string { return strconv.FormatBool(d.Estate != nil) },
	"rollout": func(_ *scene, d *timeline.Deployment) string {
		if d.Rollout == nil {
			return none
		}
		return rolloutName(d.Rollout)
	},
	"rollout-kind": func(_ *scene, d *timeline.Deployment) string {
		if d.Rollout == nil {
			return none
		}
		return string(d.Rollout.Kind)
	},
	"rollout-finished": func(_ *scene, d *timeline.Deployment) string {
		if d.Rollout == nil {
			return never
		}
		return at(d.Rollout.Finished)
	},
	"delivers": func(sc *scene, d *timeline.Deployment) string {
		if d.Rollout == nil {
			return none
		}
		return joined(d.Rollout.Changes, sc.changeName)
	},
}

// ofChange are the wants that speak of a change: by number, or a direct change by
// its commit.
var ofChange = map[string]func(*scene, *timeline.Change) string{
	"delivered": func(_ *scene, c *timeline.Change) string {
		if c.Rollout == nil {
			return never
		}
		return c.Rollout.First().ID
	},
	"released": func(_ *scene, c *timeline.Change) string {
		if c.Release == nil {
			return never
		}
		return c.Release.Tag
	},
	"deployments":     func(_ *scene, c *timeline.Change) string { return joined(c.Deployments, deploymentName) },
	"commit":          func(sc *scene, c *timeline.Change) string { return sc.commits([]shipshape.OID{c.Commit}) },
	"class":           func(_ *scene, c *timeline.Change) string { return string(c.Class) },
	"classrule":       func(_ *scene, c *timeline.Change) string { return c.ClassRule },
	"labels":          func(_ *scene, c *timeline.Change) string { return joined(c.Labels, strings.Clone) },
	"machine":         func(_ *scene, c *timeline.Change) string { return strconv.FormatBool(c.ByMachine) },
	"reviewed":        func(_ *scene, c *timeline.Change) string { return strconv.FormatBool(c.Reviewed()) },
	"approvers":       func(_ *scene, c *timeline.Change) string { return joined(c.Approvers, asText[shipshape.Login]) },
	"opened":          func(_ *scene, c *timeline.Change) string { return at(c.Opened) },
	"ready":           func(_ *scene, c *timeline.Change) string { return at(c.Ready) },
	"first-authored":  func(_ *scene, c *timeline.Change) string { return at(c.FirstAuthored) },
	"first-review":    func(_ *scene, c *timeline.Change) string { return at(c.FirstReview) },
	"last-approval":   func(_ *scene, c *timeline.Change) string { return at(c.LastApproval) },
	"in-graph":        func(_ *scene, c *timeline.Change) string { return strconv.FormatBool(c.InGraph) },
	"effective":       func(_ *scene, c *timeline.Change) string { return strconv.FormatBool(c.Effective()) },
	"reverts":         func(sc *scene, c *timeline.Change) string { return joined(c.Reverts, sc.changeName) },
	"reverted-by":     func(sc *scene, c *timeline.Change) string { return joined(c.RevertedBy, sc.changeName) },
	"picked":          func(sc *scene, c *timeline.Change) string { return cmp.Or(sc.origin(c.CherryPickOf), none) },
	"consists":        func(sc *scene, c *timeline.Change) string { return sc.own(c) },
	"lead":            func(_ *scene, c *timeline.Change) string { return span(lead(c).Duration) },
	"uncapped":        func(_ *scene, c *timeline.Change) string { return span(lead(c).Uncapped) },
	"trouble":         func(_ *scene, c *timeline.Change) string { return cmp.Or(string(lead(c).Trouble), none) },
	"stages":          func(_ *scene, c *timeline.Change) string { return stages(lead(c).Stages) },
	"stages-to-merge": func(_ *scene, c *timeline.Change) string { return stages(c.StagesToMerge()) },
}

// ofRelease are the wants that speak of a release, by tag.
var ofRelease = map[string]func(*scene, *timeline.Release) string{
	"published":   func(_ *scene, r *timeline.Release) string { return at(r.Published) },
	"prerelease":  func(_ *scene, r *timeline.Release) string { return strconv.FormatBool(r.Prerelease) },
	"from-tag":    func(_ *scene, r *timeline.Release) string { return strconv.FormatBool(r.FromTag) },
	"tag-undated": func(_ *scene, r *timeline.Release) string { return strconv.FormatBool(r.Undated) },
	"missing":     func(_ *scene, r *timeline.Release) string { return strconv.FormatBool(r.Missing) },
	"line":        func(_ *scene, r *timeline.Release) string { return r.Line },
	"since": func(_ *scene, r *timeline.Release) string {
		if r.Previous == nil {
			return none
		}
		return r.Previous.Tag
	},
	"since-why": func(_ *scene, r *timeline.Release) string { return r.Why },
	"holds":     func(sc *scene, r *timeline.Release) string { return sc.commits(r.Commits) },
	"lists":     func(sc *scene, r *timeline.Release) string { return joined(r.Changes, sc.changeName) },
	"direct":    func(sc *scene, r *timeline.Release) string { return joined(r.Direct, sc.changeName) },
	"picks": func(sc *scene, r *timeline.Release) string {
		return joined(r.CherryPicks, func(p timeline.CherryPick) string {
			return sc.script.CommitName(p.OID) + "<" + sc.origin(p.Origin)
		})
	},
	"ledger": func(_ *scene, r *timeline.Release) string {
		l, out := r.Ledger, 0
		for _, e := range l.Excluded {
			out += e.N
		}
		return fmt.Sprintf("%d=%d+%d+%d+%d+%d", l.Commits, l.Listed, out, l.CherryPicks, l.Direct, l.MergeOnly)
	},
}

func (sc *scene) deployment(id string) (*timeline.Deployment, error) {
	for _, d := range sc.repo.Deployments {
		if d.ID == id {
			return d, nil
		}
	}
	return nil, fmt.Errorf("no deployment %s", id)
}

func (sc *scene) change(name string) (*timeline.Change, error) {
	for _, c := range sc.repo.Changes {
		if sc.changeName(c) == name {
			return c, nil
		}
	}
	return nil, fmt.Errorf("no change %s", name)
}

func (sc *scene) release(tag string) (*timeline.Release, error) {
	for _, r := range sc.repo.Releases {
		if r.Tag == tag {
			return r, nil
		}
	}
	return nil, fmt.Errorf("no release %s", tag)
}

// commits writes commits by name, in alphabetical order: which of two branches
// comes first is nobody's to say.
func (sc *scene) commits(oids []shipshape.OID) string {
	names := make([]string, len(oids))
	for i, o := range oids {
		names[i] = sc.script.CommitName(o)
	}
	slices.Sort(names)
	return cmp.Or(strings.Join(names, ","), none)
}

func (sc *scene) own(c *timeline.Change) string {
	oids := make([]shipshape.OID, len(c.Commits))
	for i, o := range c.Commits {
		oids[i] = o.OID
	}
	return sc.commits(oids)
}

// origin writes a short commit id by its name.
func (sc *scene) origin(text string) string {
	for _, r := range sc.script.History.Repositories {
		for _, c := range r.Commits {
			if text != "" && strings.HasPrefix(string(c.OID), text) {
				return sc.script.CommitName(c.OID)
			}
		}
	}
	return text
}

func (sc *scene) changeName(c *timeline.Change) string {
	if c.Direct() {
		return sc.script.CommitName(c.Commit)
	}
	return strconv.Itoa(c.Number)
}

func deploymentName(d *timeline.Deployment) string {
	if d == nil {
		return none
	}
	return d.ID
}

func rolloutName(r *timeline.Rollout) string { return plus(r.Items, deploymentName) }

func releaseName(r *timeline.Release) string { return r.Tag }

// lead is the way of a change to where it was first delivered, else to its merge.
func lead(c *timeline.Change) timeline.Lead {
	if c.Rollout == nil {
		return c.LeadTo(c.Merged)
	}
	return c.LeadTo(c.Rollout.Finished)
}

// stages writes stages with their lengths; a ? marks one that did not begin at its
// own boundary.
func stages(all []timeline.StageTime) string {
	return joined(all, func(s timeline.StageTime) string {
		return string(s.Stage) + either(s.Whole, "=", "?") + span(s.Duration)
	})
}

func joined[T any](all []T, name func(T) string) string { return listed(all, name, ",") }

func plus[T any](all []T, name func(T) string) string { return listed(all, name, "+") }

func listed[T any](all []T, name func(T) string, between string) string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = name(one)
	}
	return cmp.Or(strings.Join(names, between), none)
}

func asText[T ~string](v T) string { return string(v) }

func either(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}
