package report

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// The paths of pages that are always the same. Links lead to index.html and not
// to its folder, so that the site also works from a file address.
const (
	overviewPath    = "index.html"
	kpisPath        = "kpi/index.html"
	deploymentsPath = "deployments/index.html"
	releasesPath    = "releases/index.html"
	whyEmptyPath    = "why-empty/index.html"
	aboutPath       = "about/index.html"
	notFoundPath    = "404.html"
	scorecardPath   = "data/scorecard.json"
)

func kpiPath(id string) string { return "kpi/" + id + "/index.html" }

// evidencePath is the path of the nth file of a KPI's evidence, counted from 1.
func evidencePath(id string, n int) string { return evidenceFolder(id) + fmt.Sprintf("%d.json", n) }

func evidenceFolder(id string) string { return "data/evidence/" + id + "/" }

func releasePath(repository shipshape.RepositoryName, tag string) string {
	return "releases/" + folder(repository) + "/" + Slug(tag) + "/index.html"
}

// stretchPath is the path of the nth stretch of a list of one repository, counted
// from 1 at the oldest. No slug of a tag looks like "_s1": in a slug, an underscore
// is followed by two hexadecimal digits.
func stretchPath(list string, repository shipshape.RepositoryName, n int) string {
	return fmt.Sprintf("%s/%s/_s%d/index.html", list, folder(repository), n)
}

// plainName matches the names that GitHub gives out, if no file system or web
// server treats them in a way of its own.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// folder returns the path of a repository's folder, "owner/name". A part that
// would not be safe as a file name is written as a slug.
func folder(repository shipshape.RepositoryName) string {
	part := func(name string) string {
		if plainName.MatchString(name) && !strings.HasSuffix(name, ".") && !reserved(strings.ToLower(name)) {
			return name
		}
		return Slug(name)
	}
	return part(repository.Owner()) + "/" + part(repository.Short())
}

// twin is the path of the same page in Markdown.
func twin(path string) string { return strings.TrimSuffix(path, ".html") + ".md" }

// twinned reports whether a page is there in Markdown too: the overview, the list
// of releases and single releases are, stretches are not.
func twinned(path string) bool {
	return path == overviewPath || strings.HasPrefix(path, "releases/") && !strings.Contains(path, "/_s")
}

// place is where a page stands: links are told from there.
type place struct{ path string }

// markdown reports whether the page is a Markdown page.
func (p place) markdown() bool { return strings.HasSuffix(p.path, ".md") }

// to returns the relative link to another path of the site. From a Markdown page
// it leads to the Markdown page where there is one.
func (p place) to(path string) string {
	if p.markdown() && twinned(path) {
		path = twin(path)
	}
	shared := 0 // length of the folders that both stand in
	for i := 0; i < min(len(p.path), len(path)) && p.path[i] == path[i]; i++ {
		if path[i] == '/' {
			shared = i + 1
		}
	}
	return strings.Repeat("../", strings.Count(p.path[shared:], "/")) + path[shared:]
}

// root is the relative way to the site's root.
func (p place) root() string { return strings.Repeat("../", strings.Count(p.path, "/")) }
