package browsertest

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/report"
	"github.com/shipshape-report/shipshape/site"
	"github.com/shipshape-report/shipshape/testdata"
	"github.com/shipshape-report/shipshape/timeline"
)

// files is a site in memory, by path.
type files map[string][]byte

func (f files) Write(path string, data []byte) error {
	f[path] = bytes.Clone(data)
	return nil
}

// ServeHTTP serves the files as GitHub Pages would.
func (f files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	data, found := f[name]
	if !found {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		data = f["404.html"]
		_, _ = w.Write(data) // A browser that went away needs no answer.
		return
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// html returns the paths of all pages, sorted.
func (f files) html() []string {
	var paths []string
	for name := range f {
		if strings.HasSuffix(name, ".html") {
			paths = append(paths, name)
		}
	}
	sort.Strings(paths)
	return paths
}

// largest returns the biggest page among those that choose accepts, which is the
// one most likely to break a budget or a layout.
func (f files) largest(t *testing.T, choose func(path string) bool) string {
	t.Helper()
	best := ""
	for _, name := range f.html() {
		if choose(name) && (best == "" || len(f[name]) > len(f[best])) {
			best = name
		}
	}
	if best == "" {
		t.Fatal("no such page")
	}
	return best
}

// looked returns the pages that are opened in a browser: one of each kind, of each
// repository where there is one for each.
func (f files) looked(t *testing.T, repositories ...string) []string {
	t.Helper()
	pages := []string{
		"index.html", "kpi/index.html", "kpi/lead-time-for-changes/index.html", "kpi/deployment-frequency/index.html",
		"deployments/index.html", "releases/index.html", "why-empty/index.html", "about/index.html", "404.html",
	}
	for _, name := range pages {
		if f[name] == nil {
			t.Fatalf("there is no page %s", name)
		}
	}
	for _, name := range repositories {
		pages = append(pages, f.largest(t, func(path string) bool {
			return strings.HasPrefix(path, "releases/"+name+"/") && !strings.Contains(path, "/_s")
		}))
	}
	for _, list := range []string{"deployments/", "releases/"} {
		stretch := func(path string) bool { return strings.HasPrefix(path, list) && strings.Contains(path, "/_s") }
		if slices.ContainsFunc(f.html(), stretch) {
			pages = append(pages, f.largest(t, stretch))
		}
	}
	return pages
}

// sample is a site under test.
type sample struct {
	name         string
	repositories []string // that have release pages
	views        []view
	make         func() (files, error)
}

// samples are the bundled histories, and one in which all texts attack.
var samples = []sample{
	{"demo", []string{"alphagov/locations-api", "alphagov/search-api-v2", "bitcoin-core/secp256k1"}, []view{desktop, phone, dark, paper}, sync.OnceValues(func() (files, error) {
		h, err := history.ReadArchive(bytes.NewReader(testdata.Demo))
		if err != nil {
			return nil, err
		}
		return rendered(h)
	})},
	{"hostile", []string{"hostile/payloads", longName}, []view{desktop, phone, paper}, sync.OnceValues(func() (files, error) {
		return rendered(hostileHistory())
	})},
}

// rendered takes a history the whole way to files.
func rendered(h *shipshape.History) (files, error) {
	score := kpi.Compute(timeline.Build(h, timeline.Defaults(told)), kpi.Options{Window: shipshape.LastDays(90, told, time.UTC), Zone: time.UTC})
	made := files{}
	return made, site.Render(report.Pages(score, report.Options{Version: "0.1.0"}), made)
}

// site returns the files of a sample.
func (s sample) site(t *testing.T) files {
	t.Helper()
	made, err := s.make()
	if err != nil {
		t.Fatalf("making the %s site: %v", s.name, err)
	}
	return made
}

// serve returns the address of a server on this machine that ends with the test.
func (f files) serve(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return server.URL + "/"
}
