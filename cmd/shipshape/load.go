package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/report"
	"github.com/shipshape-report/shipshape/testdata"
	"github.com/shipshape-report/shipshape/timeline"
)

// readHistory reads the history that --history names. A folder that is no history
// is a wrong flag; damage within a history is not.
func (f *flags) readHistory() (*shipshape.History, error) {
	if f.history == "" {
		return nil, misuse(errors.New("--history is empty"), "name the folder that holds the history")
	}
	h, err := history.Read(f.history)
	return h, f.misnamed(err)
}

// misnamed tells a folder that --history should not have named from damage in it.
func (f *flags) misnamed(err error) error {
	var wrong *history.FileError
	if errors.As(err, &wrong) && filepath.Clean(wrong.Path) == filepath.Clean(f.history) {
		return misuse(fmt.Errorf("--history %w", err), "")
	}
	return err
}

// scorecard measures a scope by the rules that hold where nothing is configured.
func (s scope) scorecard() kpi.Scorecard {
	t := timeline.Build(s.history, timeline.Defaults(s.asOf))
	return kpi.Compute(t, kpi.Options{Window: s.window, Zone: s.zone})
}

// measured reads, chooses and measures what the flags say.
func (f *flags) measured() (kpi.Scorecard, error) {
	h, err := f.readHistory()
	if err != nil {
		return kpi.Scorecard{}, err
	}
	s, err := f.scope(h, f.history)
	if err != nil {
		return kpi.Scorecard{}, err
	}
	return s.scorecard(), nil
}

// bundled is the history that the program carries.
func bundled() (*shipshape.History, error) {
	return history.ReadArchive(bytes.NewReader(testdata.Demo))
}

// reportOptions are what the pages are told beside the scorecard.
func (f *flags) reportOptions(e env) (report.Options, error) {
	o := report.Options{HidePeople: f.hidePeople, BaseURL: f.baseURL}
	if e.version != devel {
		o.Version = e.version
	}
	return o, checkAddress(f.baseURL)
}

// absolute returns where a path given by the user lies.
func (e env) absolute(name string) (target, here string, err error) {
	here, err = e.getwd()
	if filepath.IsAbs(name) {
		return name, here, nil
	}
	if err != nil {
		return "", "", fmt.Errorf("the folder you are in: %w", err)
	}
	return filepath.Join(here, name), here, nil
}
