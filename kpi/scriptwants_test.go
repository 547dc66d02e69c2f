package kpi_test

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
)

// part is a part of a result that a want can speak of.
type part struct {
	places int // words by position
	check  func(*scene, kpi.Result, args) error
}

var parts = map[string]part{
	"previous":  {1, previous},
	"series":    {2, series},
	"weeks":     {1, weeks},
	"breakdown": {3, breakdown},
	"beside":    {2, beside},
	"evidence":  {0, evidence},
	"in":        {1, inside},
	"out":       {2, outside},
	"leftout":   {2, leftOut},
}

// headline holds the value, the state and whatever else is stated. Without
// because= the result must be measured, or not measured where the value is none.
func headline(r kpi.Result, a args) error {
	state := kpi.Measured
	switch {
	case a.pair["because"] != "":
		state = kpi.Partial
	case a.place[0] == "none":
		state = kpi.NotMeasured
	}
	var errs []error
	if r.State != state {
		errs = append(errs, fmt.Errorf("state: got %s %v %s", r.State, r.PartialBecause, r.Reason))
	}
	if state == kpi.NotMeasured && (r.Reason == "" || r.Remedy == "") {
		errs = append(errs, errors.New("not measured without a reason and a remedy"))
	}
	errs = append(errs, measure(r.KPI.Unit, r.Value)(a.place[0]), of(r).check(a))
	return errors.Join(errs...)
}

// of returns what a want may state of a result.
func of(r kpi.Result) claims {
	d := kpi.Distribution{}
	if r.Distribution != nil {
		d = *r.Distribution
	}
	step := "none"
	if r.Step != nil {
		step = fmt.Sprintf("%d/%d", r.Step.Index, r.Step.Of)
	}
	return claims{
		pairs: map[string]func(string) error{
			"because": text(joined(r.PartialBecause)), "n": whole(r.N), "clusters": whole(r.Clusters),
			"coverage": number(r.Coverage), "interval": between(r.Interval), "num": number(r.Numerator), "den": number(r.Denominator),
			"atleast": number(r.AtLeast), "step": text(step), "reason": says(r.Reason), "remedy": says(r.Remedy),
			"finding": says(r.Finding), "repositories": text(joined(r.Repositories)),
			"p25": number(d.P25), "p50": number(d.P50), "p75": number(d.P75), "p90": number(d.P90),
			"mean": number(d.Mean), "min": number(d.Min), "max": number(d.Max),
		},
		flags: map[string]bool{"restricted": d.Restricted},
	}
}

// joined writes a list with commas, "none" for the empty one.
func joined[T ~string](all []T) string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = string(one)
	}
	return cmp.Or(strings.Join(names, ","), "none")
}

// previous holds the preceding window. A verdict that is not stated must not be
// given.
func previous(_ *scene, r kpi.Result, a args) error {
	if r.Previous == nil {
		return errors.New("got no previous window")
	}
	p := r.Previous
	if _, stated := a.pair["verdict"]; !stated {
		a.pair["verdict"] = "none"
	}
	c := claims{pairs: map[string]func(string) error{
		"n": whole(p.N), "state": text(string(p.State)), "verdict": text(cmp.Or(string(p.Verdict), "none")),
		"p": number(p.P), "why": says(p.Why), "from": text(p.Window.From.Format("2006-01-02")), "to": text(p.Window.To.Format("2006-01-02")),
	}}
	return errors.Join(measure(r.KPI.Unit, p.Value)(a.place[0]), c.check(a))
}

func series(_ *scene, r kpi.Result, a args) error {
	for _, p := range r.Series {
		if p.Week.Name() == a.place[0] {
			c := claims{pairs: map[string]func(string) error{"n": whole(p.N)}, flags: map[string]bool{"partial": p.Week.Partial}}
			return errors.Join(measure(r.KPI.Unit, p.Value)(a.place[1]), c.check(a))
		}
	}
	return fmt.Errorf("the series has no week %s", a.place[0])
}

func weeks(_ *scene, r kpi.Result, a args) error { return whole(len(r.Series))(a.place[0]) }

func breakdown(_ *scene, r kpi.Result, a args) error {
	by := map[string][]kpi.Slice{
		"repository": r.Breakdown.Repository, "team": r.Breakdown.Team, "environment": r.Breakdown.Environment,
		"class": r.Breakdown.Class, "actor": r.Breakdown.Actor,
	}
	for _, s := range by[a.place[0]] {
		if s.Name == a.place[1] {
			c := claims{pairs: map[string]func(string) error{"n": whole(s.N), "state": text(string(s.State))}}
			return errors.Join(measure(r.KPI.Unit, s.Value)(a.place[2]), c.check(a))
		}
	}
	if a.place[2] == "absent" {
		return nil
	}
	return fmt.Errorf("nothing by %s is called %s", a.place[0], a.place[1])
}

func beside(_ *scene, r kpi.Result, a args) error {
	for _, f := range r.Beside {
		if f.Name == a.place[0] {
			c := claims{pairs: map[string]func(string) error{"n": whole(f.N), "note": says(f.Note)}}
			return errors.Join(measure(f.Unit, f.Value)(a.place[1]), c.check(a))
		}
	}
	return fmt.Errorf("nothing beside it is called %q", a.place[0])
}

func evidence(_ *scene, r kpi.Result, a args) error {
	in, out := 0, 0
	for _, item := range r.Evidence {
		if item.Excluded == "" {
			in++
		} else {
			out++
		}
	}
	return claims{pairs: map[string]func(string) error{"in": whole(in), "out": whole(out)}}.check(a)
}

// inside holds an item that counts.
func inside(sc *scene, r kpi.Result, a args) error {
	item, err := sc.item(r, a.place[0])
	if err != nil {
		return err
	}
	if item.Excluded != "" {
		return fmt.Errorf("left out: %s", item.Excluded)
	}
	return ofItem(item).check(a)
}

// outside holds an item that was left out, for a reason that holds the words.
func outside(sc *scene, r kpi.Result, a args) error {
	item, err := sc.item(r, a.place[0])
	if err != nil {
		return err
	}
	return errors.Join(says(item.Excluded)(a.place[1]), ofItem(item).check(a))
}

func ofItem(i kpi.Item) claims {
	return claims{
		pairs: map[string]func(string) error{
			"value": number(&i.Value), "cluster": text(i.Cluster), "note": says(i.Note), "part": text(string(i.Part)),
			"environment": text(i.Environment), "class": text(i.Class), "kind": text(i.Kind),
		},
		flags: map[string]bool{"censored": i.Censored, "uncovered": i.Uncovered, "missing": i.Missing, "machine": i.Machine},
	}
}

// item finds a piece of evidence by its id; commits go by name. Where several
// repositories have one, "owner/name:id" tells them apart.
func (sc *scene) item(r kpi.Result, id string) (kpi.Item, error) {
	repo, rest, full := strings.Cut(id, ":")
	var found []kpi.Item
	for _, item := range r.Evidence {
		name := item.ID
		for _, h := range sc.script.History.Repositories {
			for _, c := range h.Commits {
				if string(c.OID) == item.ID {
					name = sc.script.CommitName(c.OID)
				}
			}
		}
		if name == id || full && name == rest && string(item.Repository) == repo {
			found = append(found, item)
		}
	}
	if len(found) != 1 {
		return kpi.Item{}, fmt.Errorf("the evidence holds %d items %s", len(found), id)
	}
	return found[0], nil
}

// leftOut holds a repository that could not be measured, for a reason that holds
// the words.
func leftOut(_ *scene, r kpi.Result, a args) error {
	for _, l := range r.LeftOut {
		if string(l.Repository) == a.place[0] {
			return says(l.Reason)(a.place[1])
		}
	}
	return fmt.Errorf("%s is not left out", a.place[0])
}
