package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// scope is what a report is about.
type scope struct {
	history *shipshape.History
	asOf    time.Time
	window  shipshape.Window
	zone    *time.Location
}

// scope chooses the repositories, the instant and the window of a history that was
// read from a place of that name.
func (f *flags) scope(h *shipshape.History, place string) (scope, error) {
	if _, err := zoneNamed(f.zone); err != nil {
		return scope{}, err
	}
	chosen, err := choose(h, f.repositories, place)
	if err != nil {
		return scope{}, err
	}
	return f.scopeOf(chosen)
}

// scopeOf chooses the instant and the window of a history.
func (f *flags) scopeOf(chosen *shipshape.History) (scope, error) {
	zone, err := zoneNamed(f.zone)
	if err != nil {
		return scope{}, err
	}
	asOf, err := f.instant(chosen, zone)
	if err != nil {
		return scope{}, err
	}
	window, err := f.window(asOf, zone)
	return scope{chosen, asOf, window, zone}, err
}

func zoneNamed(name string) (*time.Location, error) {
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" { // Local is another zone on another machine
		return nil, misuse(fmt.Errorf("--zone %q is not the name of a zone", name), "give one such as UTC or Europe/Berlin")
	}
	return zone, nil
}

// choose returns the repositories of those names; all of them without names.
func choose(h *shipshape.History, names []string, place string) (*shipshape.History, error) {
	if len(h.Repositories) == 0 {
		return nil, misuse(fmt.Errorf("%s holds no repository", place), "name a folder that holds a history")
	}
	if len(names) == 0 {
		return h, nil
	}
	chosen := &shipshape.History{}
	for _, r := range h.Repositories {
		if slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, string(r.Repository.Name)) }) {
			chosen.Repositories = append(chosen.Repositories, r)
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(chosen.Repositories, func(r shipshape.RepositoryHistory) bool {
			return strings.EqualFold(name, string(r.Repository.Name))
		}) {
			return nil, misuse(fmt.Errorf("--repo %q is not in %s", name, place), "it holds "+held(h))
		}
	}
	return chosen, nil
}

// mostNamed is how many repositories an error names.
const mostNamed = 10

func held(h *shipshape.History) string {
	var names []shipshape.RepositoryName
	for _, r := range h.Repositories {
		names = append(names, r.Repository.Name)
	}
	return firstNames(names, mostNamed)
}

// instant is when everything is told from: no later than the earliest instant up
// to which one of the repositories was read, as what happened later is unknown.
func (f *flags) instant(h *shipshape.History, zone *time.Location) (time.Time, error) {
	first := slices.MinFunc(h.Repositories, func(a, b shipshape.RepositoryHistory) int { return a.Origin.Until.Compare(b.Origin.Until) })
	return f.asOfBy(first.Origin.Until.UTC(), fmt.Sprintf("up to which %s was read: what happened since is not known", first.Repository.Name), zone)
}

// asOfBy is --as-of, or the latest instant it may be, for which there is a reason.
func (f *flags) asOfBy(latest time.Time, why string, zone *time.Location) (time.Time, error) {
	if f.asOf == "" {
		return latest, nil
	}
	asOf, err := instantIn(f.asOf, "--as-of", zone)
	if err != nil {
		return time.Time{}, err
	}
	if asOf.After(latest) {
		return time.Time{}, misuse(fmt.Errorf("--as-of %s is later than %s, %s", f.asOf, stamp(latest), why),
			"give that instant or an earlier one, or leave the flag out")
	}
	return asOf, nil
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// instantIn reads a date, which is its midnight in the zone, or an instant.
func instantIn(text, flag string, zone *time.Location) (time.Time, error) {
	if t, err := time.ParseInLocation(time.DateOnly, text, zone); err == nil {
		return t.UTC(), nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC(), nil
	}
	return time.Time{}, misuse(fmt.Errorf("%s %q is not an instant", flag, text), "give a date such as 2026-08-18, or 2026-08-18T09:30:00Z")
}

// window is what is reported on: from --from to --to, the missing end by --window.
func (f *flags) window(asOf time.Time, zone *time.Location) (shipshape.Window, error) {
	days, err := daysIn(f.span)
	if err != nil {
		return shipshape.Window{}, err
	}
	var from, to time.Time
	if f.from != "" {
		if from, err = instantIn(f.from, "--from", zone); err != nil {
			return shipshape.Window{}, err
		}
	}
	if f.to != "" {
		if to, err = instantIn(f.to, "--to", zone); err != nil {
			return shipshape.Window{}, err
		}
	}
	w := f.between(from, to, days, asOf, zone)
	switch {
	case !w.From.Before(w.To):
		err = fmt.Errorf("the window begins at %s and ends at %s", stamp(w.From), stamp(w.To))
	case !w.From.Before(asOf):
		err = fmt.Errorf("the window begins at %s, and the report is told from %s", stamp(w.From), stamp(asOf))
	case f.from != "" && f.to != "" && f.span != "":
		err = errors.New("--from, --to and --window are one too many")
	default:
		return w, nil
	}
	return w, misuse(err, "give --window, --from or --to another value")
}

// between fills in the ends that were not given, by calendar days of the zone.
func (f *flags) between(from, to time.Time, days int, asOf time.Time, zone *time.Location) shipshape.Window {
	switch {
	case f.from != "" && f.to != "":
	case f.from != "" && f.span != "":
		to = from.In(zone).AddDate(0, 0, days).UTC()
	case f.from != "":
		to = shipshape.LastDays(0, asOf, zone).To
	case f.to != "":
		from = to.In(zone).AddDate(0, 0, -days).UTC()
	default:
		return shipshape.LastDays(days, asOf, zone)
	}
	return shipshape.Window{From: from, To: to}
}

// longestSpan is a hundred years: what is longer is a slip of the pen.
const longestSpan = 36500

// daysIn reads a number of days or weeks: "90d", "13w".
func daysIn(span string) (int, error) {
	if span == "" {
		return defaultDays, nil
	}
	number, unit := strings.TrimRight(span, "dw"), 0
	switch strings.TrimPrefix(span, number) {
	case "d":
		unit = 1
	case "w":
		unit = 7
	}
	n, err := strconv.Atoi(number)
	if err == nil && unit > 0 && n > longestSpan/unit {
		return 0, misuse(fmt.Errorf("--window %q is longer than %d days", span, longestSpan), "give one such as 90d or 13w")
	}
	if err != nil || unit == 0 || n < 1 {
		return 0, misuse(fmt.Errorf("--window %q is not a number of days or weeks", span), "give one such as 90d or 13w")
	}
	return n * unit, nil
}
