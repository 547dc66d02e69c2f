package kpi_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shipshape-report/shipshape/internal/script"
	"github.com/shipshape-report/shipshape/kpi"
)

// args are the words of a want: so many by position, then key=value pairs and bare
// flags.
type args struct {
	place []string
	pair  map[string]string
	flag  map[string]bool
}

func takeArgs(places int, words []string) (args, error) {
	if len(words) < places {
		return args{}, fmt.Errorf("%d words are wanted here", places)
	}
	a := args{place: words[:places], pair: map[string]string{}, flag: map[string]bool{}}
	for _, word := range words[places:] {
		if key, value, found := strings.Cut(word, "="); found {
			a.pair[key] = value
		} else {
			a.flag[word] = true
		}
	}
	return a, nil
}

// claims is what a want may state of something: how to check each key and flag.
type claims struct {
	pairs map[string]func(string) error
	flags map[string]bool
}

// check holds every pair and flag of a want against the claims. A flag that is not
// stated must not hold.
func (c claims) check(a args) error {
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(a.pair)) {
		f, ok := c.pairs[key]
		if !ok {
			errs = append(errs, fmt.Errorf("nothing is called %q here", key))
			continue
		}
		if err := f(a.pair[key]); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", key, err))
		}
	}
	for _, flag := range slices.Sorted(maps.Keys(a.flag)) {
		if _, ok := c.flags[flag]; !ok {
			errs = append(errs, fmt.Errorf("nothing is called %q here", flag))
		}
	}
	for _, flag := range slices.Sorted(maps.Keys(c.flags)) {
		if c.flags[flag] != a.flag[flag] {
			errs = append(errs, fmt.Errorf("%s: got %t", flag, c.flags[flag]))
		}
	}
	return errors.Join(errs...)
}

// number holds a number against a quantity; "none" is one that is not known.
func number(got *float64) func(string) error {
	return func(want string) error {
		if want == "none" {
			if got == nil {
				return nil
			}
			return fmt.Errorf("got %v", *got)
		}
		q, err := script.ParseQuantity(want)
		if err != nil {
			return err
		}
		if got == nil {
			return errors.New("got none")
		}
		if !q.Matches(*got) {
			return fmt.Errorf("got %v", *got)
		}
		return nil
	}
}

// measure holds a number against a quantity of a unit.
func measure(unit kpi.Unit, got *float64) func(string) error {
	return func(want string) error {
		q, err := script.ParseQuantity(want)
		if err == nil && q.Unit != units[unit] {
			return fmt.Errorf("%q is no number of unit %q", want, unit)
		}
		return number(got)(want)
	}
}

// units are the units of scripts for those of KPIs.
var units = map[kpi.Unit]string{
	kpi.Seconds: script.Seconds, kpi.PerDay: script.PerDay, kpi.Ratio: script.Plain, kpi.Count: script.Plain,
}

func whole(got int) func(string) error { return text(strconv.Itoa(got)) }

func text(got string) func(string) error {
	return func(want string) error {
		if got != want {
			return fmt.Errorf("got %q", got)
		}
		return nil
	}
}

// says wants a text to hold the words wanted.
func says(got string) func(string) error {
	return func(want string) error {
		if want == "" || !strings.Contains(got, want) {
			return fmt.Errorf("got %q", got)
		}
		return nil
	}
}

// between holds an interval against "low..high"; an end that is not reached is
// "none", as is no interval.
func between(got *kpi.Interval) func(string) error {
	return func(want string) error {
		if got == nil || want == "none" {
			if got == nil && want == "none" {
				return nil
			}
			return fmt.Errorf("got %v", got)
		}
		low, high, found := strings.Cut(want, "..")
		if !found {
			return errors.New("write low..high")
		}
		return errors.Join(number(got.Low)(low), number(got.High)(high))
	}
}
