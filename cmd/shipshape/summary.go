package main

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/report"
)

// summary says what a report holds: "3 repositories, 20 May to …".
func summary(s kpi.Scorecard, w written) string {
	measured, partial := 0, 0
	for _, r := range s.Results {
		switch r.State {
		case kpi.Measured:
			measured++
		case kpi.Partial:
			partial++
		}
	}
	return fmt.Sprintf("%s, %s; %d of %d KPIs measured, %d partial; %s, %.1f MB",
		number(len(s.Repositories), "repository", "repositories"), report.Index(s, report.Options{}).Period,
		measured, len(s.Results), partial, number(w.files, "file", "files"), float64(w.bytes)/1e6)
}

func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// look says how to see a report. Its pages need no server.
func look(w written) string {
	p := filepath.ToSlash(filepath.Join(w.dir, "index.html"))
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return "Open it in a browser: " + (&url.URL{Scheme: "file", Path: p}).String()
}
