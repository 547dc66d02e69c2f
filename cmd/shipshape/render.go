package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/publish"
	"github.com/shipshape-report/shipshape/report"
	"github.com/shipshape-report/shipshape/site"
)

// written is what became of a report.
type written struct {
	dir   string // where it is, absolute
	files int
	bytes int
}

// write makes the report's files and puts them where --out says.
func (f *flags) write(ctx context.Context, e env, s kpi.Scorecard) (written, error) {
	options, err := f.reportOptions(e)
	if err != nil {
		return written{}, err
	}
	if f.out == "" {
		return written{}, misuse(errors.New("--out is empty"), "name the folder for the report")
	}
	target, here, err := e.absolute(f.out)
	if err != nil {
		return written{}, err
	}
	folder, err := publish.Stage(target, publish.Options{WorkingDir: here})
	if err != nil {
		return written{}, unwritable(err)
	}
	sink := &counting{folder: folder, ctx: ctx}
	if err := site.Render(report.Pages(s, options), sink); err != nil {
		return written{}, errors.Join(err, folder.Abort())
	}
	if err := folder.Commit(); err != nil {
		return written{}, err
	}
	return written{filepath.Clean(target), sink.files, sink.bytes}, nil
}

// apart refuses a report inside the history or around it: each would take the
// other for foreign files.
func (f *flags) apart(e env) error {
	if f.history == "" || f.out == "" {
		return nil
	}
	out, here, err := e.absolute(f.out)
	if err != nil || out == here {
		return err // package publish refuses the folder one is in
	}
	stored, _, err := e.absolute(f.history)
	if err != nil {
		return err
	}
	if within(out, stored) || within(stored, out) {
		return misuse(fmt.Errorf("--out %s and --history %s lie in each other", f.out, f.history), "name two folders side by side")
	}
	return nil
}

// within reports whether a path is a folder or below it.
func within(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

// unwritable tells a folder that must not be replaced, which is a wrong flag, from
// one that cannot be.
func unwritable(err error) error {
	var occupied *publish.OccupiedError
	if errors.As(err, &occupied) {
		return misuse(fmt.Errorf("--out: %w", err), "name a new folder, or one that holds a report")
	}
	if errors.Is(err, publish.ErrBusy) {
		return err
	}
	return &failure{code: other, err: err, remedy: "name a folder that may be written to with --out"}
}

// counting counts what it hands on, and stops when the user does.
type counting struct {
	folder *publish.Folder
	ctx    context.Context
	files  int
	bytes  int
}

func (c *counting) Write(name string, data []byte) error {
	if c.ctx.Err() != nil {
		return errors.New("interrupted; the report there is as it was")
	}
	c.files++
	c.bytes += len(data)
	return c.folder.Write(name, data)
}
