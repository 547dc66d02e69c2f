// Package site turns pages into files: HTML and Markdown by template, drawings,
// and published data. It hands them to a [Sink] one by one, in the order of their
// paths, and never holds the whole site.
//
// It decides no word and no number: those come finished from package report. What
// it does decide is how text from GitHub is made safe, by where it is written.
//
// Start reading at [Render].
package site

import (
	"bytes"
	"fmt"
	"iter"

	"github.com/shipshape-report/shipshape/report"
)

// Sink takes files. Paths are relative with forward slashes and arrive in
// ascending byte order; data must not be kept after the call.
type Sink interface {
	Write(path string, data []byte) error
}

// Render writes the files of all pages, and the assets they need, to the sink.
// Pages must come in ascending order of their paths.
func Render(pages iter.Seq[report.Page], sink Sink) error {
	r, err := newRenderer()
	if err != nil {
		return err
	}
	assets, last := r.assets(), ""
	var buf bytes.Buffer
	for page := range pages {
		if page.Path <= last {
			return fmt.Errorf("page %q comes after %q: paths must be unique and ascend", page.Path, last)
		}
		for len(assets) > 0 && assets[0].path < page.Path {
			if err := sink.Write(assets[0].path, assets[0].data); err != nil {
				return fmt.Errorf("writing %s: %w", assets[0].path, err)
			}
			assets = assets[1:]
		}
		buf.Reset()
		if err := r.render(&buf, page); err != nil {
			return fmt.Errorf("rendering %s: %w", page.Path, err)
		}
		if err := sink.Write(page.Path, buf.Bytes()); err != nil {
			return fmt.Errorf("writing %s: %w", page.Path, err)
		}
		last = page.Path
	}
	for _, a := range assets {
		if err := sink.Write(a.path, a.data); err != nil {
			return fmt.Errorf("writing %s: %w", a.path, err)
		}
	}
	return nil
}
